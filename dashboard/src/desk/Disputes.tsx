/** Payments that a payer's bank takes back: what is known, what is due, and the evidence. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { usdOfCents } from '../lib/money';
import { useRoute } from '../lib/route';
import { sayWord } from '../lib/words';
import { Ask, Dialog, Listed, usePages } from '../ui/lists';
import { Copyable, Heading, Loaded, Panel, State, Time, Usd, type Tone } from '../ui/parts';
import { Refusal } from './Refusal';

type Dispute = Answer<'/admin/disputes'>['disputes'][number];

const PAGE = 50;
const SOON_MS = 3 * 86_400_000;
const ANSWERABLE = ['needs_response', 'warning_needs_response'];
const TONES: Readonly<Record<string, Tone>> = {
  needs_response: 'bad',
  warning_needs_response: 'bad',
  under_review: 'busy',
  warning_under_review: 'busy',
  won: 'good',
  prevented: 'good',
  lost: 'quiet',
  warning_closed: 'quiet',
};

/** Those that wait for an answer first, the one that is due first on top; then the others, the newest first. */
function byUrgency(list: readonly Dispute[]): Dispute[] {
  const dueOf = ({ status, dueBy }: Dispute): string => (ANSWERABLE.includes(status) ? (dueBy ?? '9998') : '9999');
  return list.toSorted((a, b) => dueOf(a).localeCompare(dueOf(b)) || b.openedAt.localeCompare(a.openedAt));
}

/** The one that a search led to is on top of all. */
function selectedFirst(list: readonly Dispute[], id: string | null): Dispute[] {
  return [...list.filter((one) => one.id === id), ...list.filter((one) => one.id !== id)];
}

export function Disputes() {
  const disputes = usePages(['desk', 'disputes'], (cursor) =>
    call('get', '/admin/disputes', { query: { limit: PAGE, cursor }, org: null }),
  );
  const selected = useRoute().query.get('id');
  const [reading, setReading] = useState<Dispute | null>(null);
  const [giving, setGiving] = useState<Dispute | null>(null);
  const queries = useQueryClient();
  const accept = useMutation({
    mutationFn: (id: string) => call('post', '/admin/disputes/{id}/accept', { params: { id }, body: {}, org: null }),
    onSuccess: () => {
      setGiving(null);
      void queries.invalidateQueries({ queryKey: ['desk'] });
    },
  });
  return (
    <>
      <Heading title="Disputes" about="What is due first is on top. Evidence can be sent once." />
      <Panel>
        <Listed
          of={disputes}
          rows={(page) => page.disputes}
          empty={['No disputes', 'No payer has disputed a payment.']}
        >
          {(all) =>
            selectedFirst(byUrgency(all), selected).map((one) => (
              <Row
                key={one.id}
                dispute={one}
                isSelected={one.id === selected}
                onRead={() => setReading(one)}
                onGiveUp={() => setGiving(one)}
              />
            ))
          }
        </Listed>
      </Panel>
      <Dialog title="Evidence" size="xl" opened={reading !== null} onClose={() => setReading(null)}>
        {reading === null ? null : <Evidence dispute={reading} />}
      </Dialog>
      <Ask
        title="Give the dispute up?"
        opened={giving !== null}
        keep="Do not give it up"
        act="Give it up"
        error={accept.error}
        isPending={accept.isPending}
        onClose={() => setGiving(null)}
        onAct={() => giving !== null && accept.mutate(giving.id)}
      >
        <Text size="sm">It is lost at once: the payer keeps the money, and the credit stays taken back.</Text>
      </Ask>
    </>
  );
}

interface RowProps {
  readonly dispute: Dispute;
  readonly isSelected: boolean;
  readonly onRead: () => void;
  readonly onGiveUp: () => void;
}

function Row({ dispute, isSelected, onRead, onGiveUp }: RowProps) {
  const { id, orderId, status, reason, amountCents, currency, withdrawnCents, dueBy, openedAt } = dispute;
  const isOpen = ANSWERABLE.includes(status);
  return (
    <Stack gap={4} py="md" className="row" {...(isSelected ? { 'aria-current': 'true' as const } : {})}>
      <Group justify="space-between">
        <Group gap="md">
          <Text fw={600} component="div">
            {currency === 'usd' ? <Usd usd={usdOfCents(amountCents)} /> : `${amountCents} ${currency}`}
          </Text>
          <State tone={TONES[status] ?? 'warn'}>{sayWord(status)}</State>
          <Text size="sm">{sayWord(reason)}</Text>
        </Group>
        <Text size="sm" c="dimmed" component="div">
          opened <Time at={openedAt} />
        </Text>
      </Group>
      {isOpen && dueBy !== null ? (
        <Text size="sm" component="div">
          <State tone={Date.parse(dueBy) - Date.now() < SOON_MS ? 'bad' : 'warn'}>
            Answer until <Time at={dueBy} />
          </State>
        </Text>
      ) : null}
      <Text size="sm" component="div">
        {withdrawnCents > 0 ? (
          <>
            The bank has taken <Usd usd={usdOfCents(withdrawnCents)} />
          </>
        ) : (
          'The bank has taken nothing'
        )}
      </Text>
      <Copyable text={orderId} label="the order's id" />
      <Copyable text={id} label="the dispute's id" />
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={onRead}>
          Evidence…
        </Button>
        {isOpen ? (
          <Button size="xs" variant="default" onClick={onGiveUp}>
            Give it up…
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}

function Evidence({ dispute }: { readonly dispute: Dispute }) {
  const queries = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const evidence = useQuery({
    queryKey: ['desk', 'evidence', dispute.id],
    queryFn: () => call('get', '/admin/disputes/{id}/evidence', { params: { id: dispute.id }, org: null }),
  });
  const submit = useMutation({
    mutationFn: () =>
      call('post', '/admin/disputes/{id}/submit', {
        params: { id: dispute.id },
        headers: { 'Idempotency-Key': key },
        body: {},
        org: null,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['desk'] }),
  });
  return (
    <Loaded from={evidence} lines={8}>
      {({ text, hash, submittedAt }) => (
        <Stack gap="md">
          <pre className="paper" tabIndex={0}>
            {text}
          </pre>
          <Text size="xs" c="dimmed" component="div">
            SHA-256 <span className="mono">{hash}</span>
          </Text>
          {submit.error ? <Refusal error={submit.error} /> : null}
          {submittedAt === null ? (
            <Group justify="space-between">
              <Text size="sm">It can be sent once, and not changed afterwards.</Text>
              <Button
                loading={submit.isPending}
                disabled={!ANSWERABLE.includes(dispute.status)}
                onClick={() => submit.mutate()}
              >
                Send to the bank
              </Button>
            </Group>
          ) : (
            <State tone="good">
              Sent <Time at={submittedAt} />
            </State>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
