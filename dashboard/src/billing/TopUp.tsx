/** Topping up: how much, on which rail, and then the money's way until it is credit. */
import { Alert, Button, Group, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client';
import { useOrders, usePacks, type Order, type Pack } from '../api/queries';
import { readTyped, show } from '../lib/money';
import { hrefOf, useRoute } from '../lib/route';
import { OrderHead } from '../ui/order';
import { Heading, Loaded, Panel, Problem, State, Time } from '../ui/parts';
import { ByChain } from './ByChain';
import { mayManage, type OrgRole } from './Pages';

const LIVE_MS = 3_000;

export function TopUp({ role }: { readonly role: OrgRole }) {
  const { query, set } = useRoute();
  const packs = usePacks();
  const rail = query.get('rail') === 'card' ? 'card' : 'chain';
  if (!mayManage(role)) {
    return (
      <>
        <Heading title="Top up" />
        <Alert variant="outline" color="yellow" title="Your role cannot top up">
          Topping up needs the role owner or admin in this org; yours is {role}. Ask one of them, or your identity
          provider.
        </Alert>
      </>
    );
  }
  return (
    <>
      <Heading title="Top up" about="A pack brings free gift cards; any other amount is plain credit." />
      <Panel title="1. How much">
        <Loaded from={packs}>{({ packs: list }) => <Packs packs={list} />}</Loaded>
      </Panel>
      <Panel
        title="2. How to pay"
        aside={
          <SegmentedControl
            aria-label="How to pay"
            value={rail}
            onChange={(value) => set({ rail: value })}
            data={[
              { value: 'chain', label: 'USDC transfer' },
              { value: 'card', label: 'Card' },
            ]}
          />
        }
      >
        {rail === 'chain' ? <ByChain packId={query.get('pack')} /> : <ByCard />}
      </Panel>
    </>
  );
}

function Packs({ packs }: { readonly packs: readonly Pack[] }) {
  const { query, set } = useRoute();
  const [typed, setTyped] = useState(query.get('amount') ?? '');
  const chosen = query.get('pack');
  const isWrong = typed !== '' && readTyped(typed) === undefined;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} spacing="sm" role="group" aria-label="Packs">
        {packs.map(({ id, name, amountUsd, freeGiftCards, tagline, popular }) => (
          <button
            key={id}
            type="button"
            className="pick"
            aria-pressed={chosen === id}
            onClick={() => {
              setTyped('');
              set({ pack: id, amount: null });
            }}
          >
            <Group justify="space-between" gap={4}>
              <Text size="sm" fw={560}>
                {name}
              </Text>
              {popular ? <State tone="good">Popular</State> : null}
            </Group>
            <Text fz="1.375rem" fw={640} className="figure" my={4}>
              {show(amountUsd)}
            </Text>
            <Text size="xs" c="dimmed">
              {freeGiftCards === 1 ? '1 free gift card' : `${freeGiftCards} free gift cards`}
              {tagline === '' || popular ? '' : ` · ${tagline}`}
            </Text>
          </button>
        ))}
      </SimpleGrid>
      <TextInput
        label="Or another amount, in dollars"
        inputMode="decimal"
        placeholder="250.00"
        maw={260}
        value={typed}
        error={isWrong ? 'Dollars and cents, such as 250 or 99.50' : undefined}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          const usd = readTyped(value);
          set(usd === undefined ? { amount: null } : { amount: usd, pack: null });
        }}
      />
    </Stack>
  );
}

function ByCard() {
  const { query, set } = useRoute();
  const [pack, amount, back] = [query.get('pack'), query.get('amount'), query.get('card')];
  const checkout = useMutation({
    mutationFn: async () => {
      const here = (how: string): string => location.origin + hrefOf(`/billing/top-up?rail=card&card=${how}`);
      const what = pack === null ? { amountUsd: amount } : { packId: pack };
      return call('post', '/treasury/checkout', {
        body: { ...what, successUrl: here('back'), cancelUrl: here('cancelled') },
        headers: { 'Idempotency-Key': crypto.randomUUID() },
      });
    },
    onSuccess: ({ url }) => {
      if (url !== null) location.assign(url);
    },
  });
  if (back === 'back') return <CardLife onAgain={() => set({ card: null })} />;
  const isReady = pack !== null || amount !== null;
  return (
    <Stack gap="md" align="flex-start">
      {back === 'cancelled' ? (
        <Alert variant="outline" color="gray" w="100%">
          The checkout was left. Nothing was charged.
        </Alert>
      ) : null}
      <Text size="sm" c="dimmed">
        You pay on the page of our payment provider and come back here. We never see your card.
      </Text>
      {checkout.error ? <Problem error={checkout.error} /> : null}
      <Button disabled={!isReady} loading={checkout.isPending} onClick={() => checkout.mutate()}>
        {isReady ? 'Pay by card' : 'Choose a pack or an amount first'}
      </Button>
    </Stack>
  );
}

/** What became of the payment, once the payer is back. It is followed until it has ended. */
function CardLife({ onAgain }: { readonly onAgain: () => void }) {
  const orders = useOrders(5, LIVE_MS);
  return (
    <Loaded from={orders}>
      {({ orders: list }) => {
        const order = list.find(({ channel }) => channel === 'card');
        if (order === undefined) return <Text size="sm">There is no card order yet.</Text>;
        return (
          <Stack gap="md" align="flex-start">
            <OrderLife order={order} />
            <Button variant="default" onClick={onAgain}>
              Top up again
            </Button>
          </Stack>
        );
      }}
    </Loaded>
  );
}

function OrderLife({ order }: { readonly order: Order }) {
  return (
    <Stack gap="xs" aria-live="polite" data-testid="order-life">
      <OrderHead order={order} />
      {order.timeline.map(({ at, what }, index) => (
        <Text size="sm" key={`${at}-${index}`}>
          <Time at={at} /> · {what}
        </Text>
      ))}
    </Stack>
  );
}
