/** What a person has for themselves: their credits, what gives them more, and what moved them. */
import { Alert, Button, Group, NumberInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refused, type Answer } from '../api/client';
import { showCredits } from '../lib/money';
import { useRoute } from '../lib/route';
import { sayService, sayWord } from '../lib/words';
import { Listed, usePages } from '../ui/lists';
import { Foreign, Heading, Loaded, Panel, Problem, Time } from '../ui/parts';
import { backFromPaying } from './back';
import { Plan } from './Plan';

type Balance = Answer<'/credits/balance'>['data'];
type Item = Answer<'/credits/transactions'>['data'][number];

const POLL_MS = 15_000;
/** While a payment is on its way. */
const LIVE_MS = 2_000;
const PAGE = 25;
const KINDS: Partial<Readonly<Record<Item['type'], string>>> = {
  ai_usage: 'AI call',
  checkin: 'Check-in',
  topup: 'Top-up',
};

export function Credits() {
  const isPaid = useRoute().query.get('paid') === 'yes';
  const every = isPaid ? LIVE_MS : POLL_MS;
  const balance = useQuery({
    queryKey: ['own', 'balance'],
    queryFn: () => call('get', '/credits/balance', { org: null }),
    refetchInterval: every,
  });
  return (
    <>
      <Heading
        title="Your credits"
        about="They are yours, whichever org you work for, and pay for what you use yourself."
      />
      {isPaid ? (
        <Alert variant="outline" color="teal" role="status" title="Thank you">
          Your payment is on its way into your credits. This takes seconds; nothing more is to be done.
        </Alert>
      ) : null}
      <Panel>
        <Loaded from={balance}>{({ data }) => <Have balance={data} />}</Loaded>
      </Panel>
      <Plan every={every} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Panel title="Buy credits">
          <Buy />
        </Panel>
        <Panel title="Redeem a code">
          <Redeem />
        </Panel>
      </SimpleGrid>
      <Panel title="What moved them">
        <Movements every={every} />
      </Panel>
    </>
  );
}

function Have({ balance }: { readonly balance: Balance }) {
  const { restricted = [], next_expiry: next } = balance;
  return (
    <Group justify="space-between" align="flex-start">
      <div>
        <Text size="sm" c="dimmed" mb={4}>
          You have
        </Text>
        <div className="figure hero" data-testid="credits">
          {showCredits(balance.balance)}
        </div>
        {restricted.map(({ services, actions, balance: part }) => (
          <Text size="sm" mt="xs" key={JSON.stringify([services, actions])}>
            {showCredits(part)} of it {part === 1 ? 'is' : 'are'} for{' '}
            {[...(services ?? []).map(sayService), ...(actions ?? [])].join(', ')} alone
          </Text>
        ))}
        {next === undefined ? null : (
          <Text size="sm" mt="xs" component="div">
            {showCredits(next.amount)} end <Time at={next.expires_at} />
          </Text>
        )}
      </div>
      <CheckIn />
    </Group>
  );
}

/** What is the matter with a gift, where that is nothing to worry about. */
const CALM: Readonly<Record<string, string>> = {
  ALREADY_CHECKED_IN: 'You have checked in today. The next credits come tomorrow.',
  CHECKIN_DISABLED: 'There is no check-in here at the moment.',
};

/** A gift is given once under its key: one that is asked for again after a lost answer is the same. */
function useGift<A>(give: (key: string) => Promise<A>) {
  const queries = useQueryClient();
  const [key, setKey] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: () => give(key),
    onSuccess: () => {
      setKey(crypto.randomUUID());
      void queries.invalidateQueries({ queryKey: ['own'] });
    },
  });
}

function CheckIn() {
  const checkIn = useGift((key) =>
    call('post', '/checkin', { body: {}, headers: { 'Idempotency-Key': key }, org: null }),
  );
  const { error, data } = checkIn;
  const calm = error instanceof Refused ? CALM[error.code] : undefined;
  return (
    <Stack gap="xs" align="flex-end" maw={320}>
      {data === undefined ? (
        <Button variant="default" loading={checkIn.isPending} onClick={() => checkIn.mutate()}>
          Check in
        </Button>
      ) : null}
      <Text size="sm" c="dimmed" ta="right" role="status">
        {data === undefined
          ? (calm ?? 'Free credits, once a day')
          : `${showCredits(data.data.credits)} for day ${data.data.streak} in a row`}
      </Text>
      {error !== null && calm === undefined ? <Problem error={error} /> : null}
    </Stack>
  );
}

function Redeem() {
  const [code, setCode] = useState('');
  const redeem = useGift((key) =>
    call('post', '/credits/redeem', { body: { code: code.trim() }, headers: { 'Idempotency-Key': key }, org: null }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        redeem.mutate(undefined, { onSuccess: () => setCode('') });
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Code"
          description="Of a coupon that you were given"
          spellCheck={false}
          autoComplete="off"
          value={code}
          onChange={({ currentTarget: { value } }) => setCode(value)}
        />
        {redeem.error ? <Problem error={redeem.error} /> : null}
        {redeem.data === undefined ? null : (
          <Text size="sm" role="status">
            {showCredits(redeem.data.data.credits)} came with it.
          </Text>
        )}
        <Group>
          <Button type="submit" variant="default" disabled={code.trim() === ''} loading={redeem.isPending}>
            Redeem it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Buy() {
  const [credits, setCredits] = useState<number | string>('');
  const buy = useMutation({
    mutationFn: () =>
      call('post', '/payment/create-session', {
        body: { channel: 'stripe', type: 'topup', credits, ...backFromPaying() },
        headers: { 'Idempotency-Key': crypto.randomUUID() },
        org: null,
      }),
    onSuccess: ({ data: { url } }) => {
      if (url !== null) location.assign(url);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        buy.mutate();
      }}
    >
      <Stack gap="md">
        <NumberInput
          label="How many"
          description="You see the price on the page of our payment provider, before you pay"
          min={1}
          allowDecimal={false}
          allowNegative={false}
          value={credits}
          onChange={setCredits}
        />
        {buy.error ? <Problem error={buy.error} /> : null}
        <Group>
          <Button type="submit" variant="default" disabled={typeof credits !== 'number'} loading={buy.isPending}>
            Buy by card
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Movements({ every }: { readonly every: number }) {
  const movements = usePages(
    ['own', 'movements'],
    async (cursor) => {
      const query = { limit: PAGE, cursor };
      const { data, next_cursor: nextCursor } = await call('get', '/credits/transactions', { query, org: null });
      return { data, nextCursor };
    },
    every,
  );
  return (
    <Listed
      of={movements}
      rows={({ data }) => data}
      empty={['Nothing yet', 'A check-in, a code or a purchase brings the first credits.']}
    >
      {(all) => (
        <table className="rows">
          <thead>
            <tr>
              <th>What</th>
              <th className="wide">When</th>
              <th className="end">Credits</th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ id, type, description, amount, created_at: at }) => (
              <tr key={id}>
                <td>
                  {KINDS[type] ?? sayWord(type)}
                  {description === null ? null : (
                    <Text size="xs" c="dimmed" component="div">
                      <Foreign>{description}</Foreign>
                    </Text>
                  )}
                </td>
                <td className="wide">
                  <Time at={at} />
                </td>
                <td className="end">
                  {amount > 0 ? '+' : ''}
                  {amount.toLocaleString('en').replace('-', '−')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Listed>
  );
}
