/** Every purchase of every org, and giving its payer the money back. */
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { readTyped, toMicros, usdOfCents } from '../lib/money';
import { useRoute } from '../lib/route';
import { sayWord } from '../lib/words';
import { Dialog, Listed, usePages } from '../ui/lists';
import { OrderRow } from '../ui/order';
import { Copyable, Heading, Loaded, Panel, Time, Usd } from '../ui/parts';
import { Refusal } from './Refusal';

type Order = Answer<'/admin/orders'>['orders'][number];

const STATES: readonly Order['state'][] = [
  'created',
  'awaiting_payment',
  'processing',
  'paid',
  'credited',
  'parked',
  'failed',
  'expired',
  'cancelled',
];
const PAGE = 25;

export function Orders() {
  const { query, set } = useRoute();
  const state = query.get('state') ?? '';
  const orders = usePages(['desk', 'orders', state], (cursor) =>
    call('get', '/admin/orders', { query: { state, limit: PAGE, cursor }, org: null }),
  );
  const selected = query.get('id');
  const [refunding, setRefunding] = useState<Order | null>(null);
  return (
    <>
      <Heading
        title="Orders"
        about="Every purchase of every org. Parked ones were paid in a way that does not fit, and are never credited by themselves."
        aside={
          <NativeSelect
            aria-label="State"
            value={state}
            data={[{ value: '', label: 'Every state' }, ...STATES.map((value) => ({ value, label: sayWord(value) }))]}
            onChange={({ currentTarget: { value } }) => set({ state: value })}
          />
        }
      />
      {selected === null ? null : <Selected id={selected} onRefund={setRefunding} />}
      <Panel>
        <Listed of={orders} rows={(page) => page.orders} lines={8} empty={['No such orders', 'Choose another state.']}>
          {(all) => all.map((one) => <Row key={one.id} order={one} onRefund={() => setRefunding(one)} />)}
        </Listed>
      </Panel>
      <Dialog title="Give the money back?" opened={refunding !== null} onClose={() => setRefunding(null)}>
        {refunding === null ? null : <Refund order={refunding} onDone={() => setRefunding(null)} />}
      </Dialog>
    </>
  );
}

/** The order that a search led to. */
function Selected({ id, onRefund }: { readonly id: string; readonly onRefund: (order: Order) => void }) {
  const order = useQuery({
    queryKey: ['desk', 'order', id],
    queryFn: () => call('get', '/admin/orders/{id}', { params: { id }, org: null }),
  });
  return (
    <Panel title="The order">
      <Loaded from={order} lines={4}>
        {(one) => <Row order={one} onRefund={() => onRefund(one)} />}
      </Loaded>
    </Panel>
  );
}

function Row({ order, onRefund }: { readonly order: Order; readonly onRefund: () => void }) {
  const owner = order.orgId ?? order.userId;
  const canRefund = order.channel !== 'chain' && order.state === 'credited' && order.refundedCents < order.priceCents;
  return (
    <OrderRow order={order}>
      {order.reason === null ? null : <Text size="sm">{sayWord(order.reason)}</Text>}
      {order.refundedCents > 0 ? (
        <Text size="sm" component="div">
          <Usd usd={usdOfCents(order.refundedCents)} /> given back to the payer, <Usd usd={order.takenBackUsd} /> of
          credit taken back
        </Text>
      ) : null}
      <Group justify="space-between" gap="sm">
        <div>
          <Copyable text={order.id} label="the order's id" />
          {owner === null ? null : <Copyable text={owner} label="the owner's id" />}
        </div>
        {canRefund ? (
          <Button size="xs" variant="default" onClick={onRefund}>
            Refund…
          </Button>
        ) : null}
      </Group>
      {order.timeline.map(({ at, what, source }, index) => (
        <Text size="xs" c="dimmed" key={`${at}-${index}`} component="div">
          <Time at={at} /> · {what} ({source})
        </Text>
      ))}
    </OrderRow>
  );
}

function Refund({ order, onDone }: { readonly order: Order; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const left = usdOfCents(order.priceCents - order.refundedCents);
  const [typed, setTyped] = useState(left);
  // One for each time that the question is opened: sent again after a lost answer, it refunds once.
  const [key] = useState(() => crypto.randomUUID());
  const amountUsd = readTyped(typed);
  const isTooMuch = amountUsd !== undefined && toMicros(amountUsd) > toMicros(left);
  const refund = useMutation({
    mutationFn: () =>
      call('post', '/admin/orders/{id}/refunds', {
        params: { id: order.id },
        body: { amountUsd },
        headers: { 'Idempotency-Key': key },
        org: null,
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['desk'] });
      onDone();
    },
  });
  return (
    <Stack gap="md">
      <Text size="sm">
        The provider gives the payer the money, and the ledger takes back what was credited for it. What was spent
        already becomes a debt, which the next top-up pays.
      </Text>
      <TextInput
        label="Amount, in dollars"
        inputMode="decimal"
        value={typed}
        error={isTooMuch ? `At most ${left} is left to give back` : undefined}
        onChange={({ currentTarget: { value } }) => setTyped(value)}
      />
      {refund.error ? <Refusal error={refund.error} /> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Keep the money
        </Button>
        <Button
          color="red"
          disabled={amountUsd === undefined || isTooMuch}
          loading={refund.isPending}
          onClick={() => refund.mutate()}
        >
          Refund the payer
        </Button>
      </Group>
    </Stack>
  );
}
