/** Whether what is owed is covered: every chain and card rail beside the books, with what differs in red. */
import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call, type Answer } from '../api/client';
import { sayChain, sayWord } from '../lib/words';
import { Empty, Foreign, Heading, Loaded, Panel, State, Time, Usd, type Tone } from '../ui/parts';
import { Refusal } from './Refusal';

type Books = Answer<'/admin/reconciliation'>;
type ChainBooks = Books['chains'][number];
type Rail = Books['rails'][number];

const POLL_MS = 30_000;
const TONES: Readonly<Record<Books['status'], Tone>> = { OK: 'good', GAP: 'bad', UNKNOWN: 'warn' };
const WORDS: Readonly<Record<Books['status'], string>> = { OK: 'Agrees', GAP: 'Differs', UNKNOWN: 'Not known' };

export function Solvency() {
  const books = useQuery({
    queryKey: ['desk', 'reconciliation'],
    queryFn: () => call('get', '/admin/reconciliation', { org: null }),
    refetchInterval: POLL_MS,
  });
  return (
    <>
      <Heading
        title="Solvency"
        about="What is owed to customers beside what is held for them, on every chain and rail."
      />
      <Loaded from={books} lines={8}>
        {(data) => (
          <>
            <Panel title="Total" aside={<Verdict status={data.status} />}>
              <SimpleGrid cols={{ base: 2, md: 4 }}>
                <Figure name="Owed to wallets" usd={data.owedUsd} at={data.owedAt} />
                <Figure name="Held" usd={data.heldUsd} />
                <Figure name="Held above what is owed" usd={data.coverageUsd} />
                <Figure name="Debts of wallets" usd={data.debtUsd} />
              </SimpleGrid>
            </Panel>
            {data.chains.map((one) => (
              <OfChain key={one.chain} books={one} />
            ))}
            {data.rails.map((one) => (
              <OfRail key={one.rail} rail={one} />
            ))}
            {data.chains.length + data.rails.length === 0 ? (
              <Panel>
                <Empty title="Nothing to compare">No chain and no card rail is configured.</Empty>
              </Panel>
            ) : null}
          </>
        )}
      </Loaded>
    </>
  );
}

function Verdict({ status }: { readonly status: Books['status'] | null }) {
  return status === null ? (
    <State tone="quiet">Not compared yet</State>
  ) : (
    <State tone={TONES[status]}>{WORDS[status]}</State>
  );
}

function Figure({
  name,
  usd,
  at = null,
}: {
  readonly name: string;
  readonly usd: string | null;
  readonly at?: string | null;
}) {
  const isBad = usd?.startsWith('-') === true;
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text fw={600} component="div" {...(isBad ? { c: 'var(--coffer-bad)' } : {})}>
        {usd === null ? '–' : <Usd usd={usd} />}
      </Text>
      {at === null ? null : (
        <Text size="xs" c="dimmed" component="div">
          <Time at={at} />
        </Text>
      )}
    </div>
  );
}

function Trouble({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="sm" c="var(--coffer-bad)" component="div">
      {children}
    </Text>
  );
}

function OfChain({ books }: { readonly books: ChainBooks }) {
  return (
    <Panel
      title={sayChain(books.chain)}
      aside={
        <Group gap="sm">
          {books.frozen ? <State tone="bad">Frozen</State> : null}
          <Verdict status={books.status} />
        </Group>
      }
    >
      <Stack gap="md">
        <SimpleGrid cols={{ base: 2, md: 4 }}>
          <Figure name="On the chain now" usd={books.heldUsd} at={books.auditedAt} />
          <Figure name="Sum of the transfers read" usd={books.reckonedUsd} />
          <Figure name="In the ledger" usd={books.ledgerUsd} at={books.booksAt} />
          <Figure name="Ledger minus deposits" usd={books.ledgerDeltaUsd} />
          <Figure name="Waiting for finality" usd={books.pendingUsd} />
          <Figure name="Unmatched" usd={books.unmatchedUsd} />
          <Figure name="Under review" usd={books.screeningUsd} />
          <Figure name="Chain minus transfers" usd={books.deltaUsd} />
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          Our addresses there: {books.addresses.ok} agree, {books.addresses.gap} differ, {books.addresses.unknown} not
          compared yet
        </Text>
        {books.problem === null ? null : <Trouble>{books.problem}</Trouble>}
        {books.gaps.map((gap) => (
          <Trouble key={gap.address + gap.token + gap.block}>
            <Usd usd={gap.amountUsd} signed /> at <span className="mono">{gap.address}</span> in block {gap.block}
          </Trouble>
        ))}
        {books.troubled.map((one) => (
          <Trouble key={one.address + one.token}>
            <span className="mono">{one.address}</span>: {one.problem ?? WORDS[one.status]}
          </Trouble>
        ))}
      </Stack>
    </Panel>
  );
}

function OfRail({ rail }: { readonly rail: Rail }) {
  return (
    <Panel
      title={`Card rail ${rail.rail}`}
      aside={
        <Group gap="sm">
          {rail.frozen ? <State tone="bad">Frozen</State> : null}
          <Verdict status={rail.status} />
        </Group>
      }
    >
      <Stack gap="md">
        <SimpleGrid cols={{ base: 2, md: 4 }}>
          <Figure name="Credited" usd={rail.creditedUsd} />
          <Figure name="Due from the provider" usd={rail.dueUsd} />
          <Figure name="The provider says" usd={rail.gotUsd} at={rail.checkedAt} />
          <Figure name="Difference" usd={rail.deltaUsd} />
          <Figure name="Parked" usd={rail.parkedUsd} />
          <Figure name="Tax" usd={rail.taxUsd} />
          <Figure name="Of sellers" usd={rail.sellerUsd} />
          <Figure name="Difference that was accepted" usd={rail.acceptedUsd} />
        </SimpleGrid>
        {rail.problem === null ? null : <Trouble>{rail.problem}</Trouble>}
        {rail.frozen ? <Release rail={rail} /> : null}
      </Stack>
    </Panel>
  );
}

function Release({ rail }: { readonly rail: Rail }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const release = useMutation({
    mutationFn: () =>
      call('post', '/admin/rails/{rail}/release', {
        params: { rail: rail.rail },
        body: { reason: reason.trim() },
        org: null,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['desk'] }),
  });
  return (
    <Stack gap="sm">
      {rail.reason === null ? null : (
        <Text size="sm" component="div">
          Frozen {rail.frozenAt === null ? '' : <Time at={rail.frozenAt} />}: <Foreign>{sayWord(rail.reason)}</Foreign>.
          Payments are taken and not credited.
        </Text>
      )}
      <Group align="flex-end">
        <TextInput
          label="Why it may go on, for the audit log"
          miw={280}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        <Button
          variant="default"
          disabled={reason.trim() === ''}
          loading={release.isPending}
          onClick={() => release.mutate()}
        >
          Release the rail
        </Button>
      </Group>
      {release.error ? <Refusal error={release.error} /> : null}
    </Stack>
  );
}
