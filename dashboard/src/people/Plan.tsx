/** A person's plan: what they have subscribed to, what else is for sale, and changing, ending and keeping it. */
import { Button, Group, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { show, showCredits } from '../lib/money';
import { hrefOf } from '../lib/route';
import { Ask } from '../ui/lists';
import { Empty, Foreign, Loaded, Panel, Problem, State, Time, type Tone } from '../ui/parts';
import { backFromPaying } from './back';

type Offer = Answer<'/subscription/plans'>['data'][number];
type Subscription = NonNullable<Answer<'/subscription'>['data']>;
type Interval = NonNullable<Subscription['interval']>;

const STATES: Readonly<Record<Subscription['state'], readonly [tone: Tone, word: string]>> = {
  incomplete: ['busy', 'Not paid yet'],
  trialing: ['good', 'On trial'],
  active: ['good', 'Active'],
  past_due: ['bad', 'The last payment failed'],
  unpaid: ['bad', 'Not paid'],
  paused: ['quiet', 'Paused'],
  cancelled_at_period_end: ['warn', 'Ends with its period'],
  ended: ['quiet', 'Ended'],
};
const CANCELLABLE: readonly Subscription['state'][] = [
  'incomplete',
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'paused',
];
const RESUMABLE: readonly Subscription['state'][] = ['paused', 'cancelled_at_period_end'];
const LENGTHS: Readonly<Record<Interval, string>> = { month: 'month', year: 'year' };

/** @param every how often it is read, in milliseconds */
export function Plan({ every }: { readonly every: number }) {
  const plans = useQuery({
    queryKey: ['own', 'plans'],
    queryFn: () => call('get', '/subscription/plans', { org: null }),
  });
  const own = useQuery({
    queryKey: ['own', 'subscription'],
    queryFn: () => call('get', '/subscription', { org: null }),
    refetchInterval: every,
  });
  return (
    <Panel title="Your plan">
      <Loaded from={own} lines={3}>
        {({ data: subscription }) => (
          <Loaded from={plans} lines={3}>
            {({ data: offers }) => <Both subscription={subscription} offers={offers} />}
          </Loaded>
        )}
      </Loaded>
    </Panel>
  );
}

function Both({
  subscription,
  offers,
}: {
  readonly subscription: Subscription | null;
  readonly offers: readonly Offer[];
}) {
  const live = subscription === null || subscription.state === 'ended' ? null : subscription;
  return (
    <Stack gap="lg">
      {subscription === null ? null : <Present subscription={subscription} offers={offers} />}
      {offers.length === 0 ? (
        <Empty title="No plan is for sale">Credits can be bought one by one below.</Empty>
      ) : (
        <Offers offers={offers} live={live} />
      )}
    </Stack>
  );
}

/** A plan that is no longer for sale has no name here. */
const nameOf = (offers: readonly Offer[], id: string | null): string =>
  offers.find((one) => one.id === id)?.name ?? 'A plan that is no longer sold';

function useAct(act: () => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => queries.invalidateQueries({ queryKey: ['own'] }) });
}

function Present({ subscription, offers }: { readonly subscription: Subscription; readonly offers: readonly Offer[] }) {
  const { state, plan_id: plan, interval, period_end: end, next } = subscription;
  const [tone, word] = STATES[state];
  const [isEnding, setEnding] = useState(false);
  const headers = (): Record<string, string> => ({ 'Idempotency-Key': crypto.randomUUID() });
  const cancel = useAct(() => call('post', '/subscription/cancel', { body: {}, headers: headers(), org: null }));
  const resume = useAct(() => call('post', '/subscription/resume', { body: {}, headers: headers(), org: null }));
  const portal = useMutation({
    mutationFn: () =>
      call('post', '/subscription/portal', { body: { return_url: location.origin + hrefOf('/credits') }, org: null }),
    onSuccess: ({ data: { url } }) => location.assign(url),
  });
  const failed = resume.error ?? portal.error;
  const isOther = next !== null && (next.plan_id !== plan || next.interval !== interval);
  return (
    <Stack gap="sm">
      <Group gap="md">
        <Text fw={600} size="lg" component="div">
          <Foreign>{nameOf(offers, plan)}</Foreign>
        </Text>
        <State tone={tone}>{word}</State>
      </Group>
      <Text size="sm" c="dimmed" component="div">
        {interval === null ? '' : `Paid each ${LENGTHS[interval]}. `}
        {end === null ? null : (
          <>
            {state === 'cancelled_at_period_end' ? 'It ends' : 'This period ends'} <Time at={end} />.
          </>
        )}
        {isOther ? (
          <>
            {' '}
            Then comes <Foreign>{nameOf(offers, next.plan_id)}</Foreign>.
          </>
        ) : null}
      </Text>
      {failed ? <Problem error={failed} /> : null}
      <Group gap="xs">
        {RESUMABLE.includes(state) ? (
          <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>
            {state === 'paused' ? 'Go on with it' : 'Keep the plan'}
          </Button>
        ) : null}
        {state === 'ended' ? null : (
          <Button size="xs" variant="default" loading={portal.isPending} onClick={() => portal.mutate()}>
            Card and invoices
          </Button>
        )}
        {CANCELLABLE.includes(state) ? (
          <Button size="xs" variant="default" onClick={() => setEnding(true)}>
            End it…
          </Button>
        ) : null}
      </Group>
      <Ask
        title="End your plan?"
        opened={isEnding}
        keep="Keep the plan"
        act="End the plan"
        error={cancel.error}
        isPending={cancel.isPending}
        onClose={() => setEnding(false)}
        onAct={() => cancel.mutate(undefined, { onSuccess: () => setEnding(false) })}
      >
        <Text size="sm">
          What is paid stays yours until its period ends, and nothing is charged after that. Where nothing is paid, it
          ends at once.
        </Text>
      </Ask>
    </Stack>
  );
}

const priceOf = (offer: Offer, interval: Interval): number | null =>
  interval === 'year' && offer.kind === 'subscription' ? offer.price_yearly : offer.price_monthly;

function Offers({ offers, live }: { readonly offers: readonly Offer[]; readonly live: Subscription | null }) {
  const [interval, setInterval] = useState<Interval>('month');
  const [wanted, setWanted] = useState<Offer | null>(null);
  const hasYears = offers.some(({ price_yearly: price }) => price !== null);
  const shown = offers.filter((one) => priceOf(one, interval) !== null);
  return (
    <Stack gap="md">
      {hasYears ? (
        <Group>
          <SegmentedControl
            aria-label="Paid each"
            value={interval}
            onChange={(value) => setInterval(value === 'year' ? 'year' : 'month')}
            data={[
              { value: 'month', label: 'Monthly' },
              { value: 'year', label: 'Yearly' },
            ]}
          />
        </Group>
      ) : null}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
        {shown.map((one) => (
          <OfferCard key={one.id} offer={one} interval={interval} live={live} onChange={() => setWanted(one)} />
        ))}
      </SimpleGrid>
      {wanted === null ? null : <ChangeQuestion offer={wanted} interval={interval} onDone={() => setWanted(null)} />}
    </Stack>
  );
}

interface OfferProps {
  readonly offer: Offer;
  readonly interval: Interval;
  readonly live: Subscription | null;
  readonly onChange: () => void;
}

function OfferCard({ offer, interval, live, onChange }: OfferProps) {
  const isRecurring = offer.kind === 'subscription';
  const months = isRecurring && interval === 'year' ? 12 : 1;
  const isPresent = isRecurring && live?.plan_id === offer.id && live.interval === interval;
  const buy = useMutation({
    mutationFn: () =>
      call('post', '/payment/create-session', {
        body: {
          channel: 'stripe',
          type: isRecurring ? 'subscription' : 'topup',
          plan_id: offer.id,
          ...(isRecurring ? { interval } : {}),
          ...backFromPaying(),
        },
        headers: { 'Idempotency-Key': crypto.randomUUID() },
        org: null,
      }),
    onSuccess: ({ data: { url } }) => {
      if (url !== null) location.assign(url);
    },
  });
  return (
    <div className="offer">
      <Group justify="space-between" gap={4}>
        <Text size="sm" fw={560} component="div">
          <Foreign>{offer.name}</Foreign>
        </Text>
        {isPresent ? <State tone="good">Yours</State> : null}
      </Group>
      <Text fz="1.375rem" fw={640} className="figure" my={4}>
        {show(String(priceOf(offer, interval) ?? 0))}
        <Text span size="sm" c="dimmed" fw={400}>
          {isRecurring ? ` a ${LENGTHS[interval]}` : ' once'}
        </Text>
      </Text>
      <Text size="sm">{showCredits(offer.credits_included * months)}</Text>
      {offer.description === '' ? null : (
        <Text size="sm" c="dimmed" component="div">
          <Foreign>{offer.description}</Foreign>
        </Text>
      )}
      <ul className="features">
        {offer.features.map((one) => (
          <li key={one}>
            <Foreign>{one}</Foreign>
          </li>
        ))}
      </ul>
      {buy.error ? <Problem error={buy.error} /> : null}
      <Group mt="auto" pt="sm">
        {isPresent ? null : isRecurring && live !== null ? (
          <Button size="xs" variant="default" disabled={live.state !== 'active'} onClick={onChange}>
            Change to {offer.name}…
          </Button>
        ) : (
          <Button size="xs" loading={buy.isPending} onClick={() => buy.mutate()}>
            {isRecurring ? `Subscribe to ${offer.name}` : `Buy ${offer.name}`}
          </Button>
        )}
      </Group>
    </div>
  );
}

/** Says when a change of plan takes effect, before it is made. */
function ChangeQuestion({
  offer,
  interval,
  onDone,
}: {
  readonly offer: Offer;
  readonly interval: Interval;
  readonly onDone: () => void;
}) {
  // One for each question: sent again after a lost answer, it changes once.
  const [key] = useState(() => crypto.randomUUID());
  const change = useAct(() =>
    call('post', '/subscription/change', {
      body: { plan_id: offer.id, interval },
      headers: { 'Idempotency-Key': key },
      org: null,
    }),
  );
  return (
    <Ask
      title="Change your plan?"
      opened
      keep="Keep the present plan"
      act="Change the plan"
      error={change.error}
      isPending={change.isPending}
      onClose={onDone}
      onAct={() => change.mutate(undefined, { onSuccess: onDone })}
    >
      <Text size="sm" component="div">
        <Foreign>{offer.name}</Foreign> costs {show(String(priceOf(offer, interval) ?? 0))} a {LENGTHS[interval]}. A
        plan that costs more for the same time begins now and is charged in full, and what the present one brought stays
        yours. Any other change takes effect when the present period ends.
      </Text>
    </Ask>
  );
}
