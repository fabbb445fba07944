/** One deposit: what it is, what was read of it by which node, what people did to it, and every act on it. */
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { explorerOf, sayChain, sayWord } from '../lib/words';
import { Dialog } from '../ui/lists';
import { Away, Copyable, Empty, Foreign, Heading, Link, Loaded, Panel, State, Time, Usd, type Tone } from '../ui/parts';
import { Facts } from '../ui/Facts';
import { Refusal } from './Refusal';
import { Decision } from './Unmatched';

type Traced = Answer<'/admin/deposits/{id}'>;

const POLL_MS = 10_000;
const NOTE_CHARS_MAX = 1_000;
const TONES: Readonly<Record<string, Tone>> = {
  observed: 'busy',
  confirming: 'busy',
  credited: 'good',
  unmatched: 'warn',
  screening: 'warn',
  quarantined: 'bad',
  orphaned: 'warn',
  reversed: 'bad',
};
/** States in which an operator may still decide whose it is. */
const OPEN: readonly Traced['state'][] = ['unmatched', 'screening', 'ignored', 'dust'];
const VOTE_TONES: Readonly<Record<Traced['votes'][number]['vote'], Tone>> = {
  log_seen: 'good',
  receipt_holds: 'good',
  log_missing: 'warn',
  receipt_lacks: 'bad',
  receipt_none: 'bad',
  no_answer: 'quiet',
};

const VOTES: Readonly<Record<Traced['votes'][number]['vote'], string>> = {
  log_seen: 'Has the transfer in its block',
  receipt_holds: 'Its receipt has the transfer',
  log_missing: 'Lacks the transfer in that block',
  receipt_lacks: 'Its receipt lacks the transfer',
  receipt_none: 'Has no such transaction',
  no_answer: 'Did not answer',
};

export function DepositPage({ id }: { readonly id: string }) {
  const deposit = useQuery({
    queryKey: ['desk', 'deposit', id],
    queryFn: () => call('get', '/admin/deposits/{id}', { params: { id }, org: null }),
    refetchInterval: POLL_MS,
  });
  const state = deposit.data?.state;
  return (
    <>
      <Heading
        title="Deposit"
        about="What was read on the chain, by which node, and what people did."
        aside={state === undefined ? null : <State tone={TONES[state] ?? 'quiet'}>{sayWord(state)}</State>}
      />
      <Loaded from={deposit} lines={10}>
        {(one) => (
          <>
            <Panel title="Transfer">
              <Transfer deposit={one} />
            </Panel>
            <Panel title="Read on the chain">
              <Readings deposit={one} />
            </Panel>
            <Panel title="What people did">
              <Acts deposit={one} />
            </Panel>
          </>
        )}
      </Loaded>
    </>
  );
}

function Transfer({ deposit }: { readonly deposit: Traced }) {
  const { chain, txHash, org, reason, assignment, creditedAt, entryId, symbol } = deposit;
  const explorer = explorerOf(chain, txHash);
  return (
    <Facts
      of={[
        ['Amount', deposit.amountUsd === null ? `${deposit.amountUnits} units` : <Usd usd={deposit.amountUsd} />],
        ['Chain', sayChain(chain)],
        ['Transaction', <Copyable text={txHash} label="the transaction's hash" />],
        ['Explorer', explorer === undefined ? null : <Away href={explorer}>See it on the chain</Away>],
        ['From', <Copyable text={deposit.fromAddress} label="the sender" />],
        ['To', <Copyable text={deposit.toAddress} label="the receiving address" />],
        ['Token', <Copyable text={symbol === null ? deposit.token : `${symbol} ${deposit.token}`} label="the token" />],
        ['Block', `${deposit.blockNumber}`],
        ['Time of the block', <Time at={deposit.blockTime} exact />],
        ['Why', reason === null ? null : sayWord(reason)],
        ['Org', org === null ? 'None' : <Link to={`/desk/orgs/${org}`}>{org}</Link>],
        [
          'Assigned',
          assignment === null ? null : (
            <>
              by <Foreign>{assignment.actor}</Foreign>, <Time at={assignment.at} />:{' '}
              <Foreign>{assignment.reason}</Foreign>
            </>
          ),
        ],
        ['Set aside', deposit.setAside ? 'Yes: it is not credited unless it is assigned' : null],
        ['Credited', creditedAt === null ? null : <Time at={creditedAt} exact />],
        ['Entry', entryId === null ? null : <Copyable text={entryId} label="the entry's id" />],
        ['Taken back', deposit.revision === 0 ? null : `${deposit.revision} times`],
        ['Id', <Copyable text={deposit.id} label="the deposit's id" />],
      ]}
    />
  );
}

function Acts({ deposit }: { readonly deposit: Traced }) {
  const [isDeciding, setDeciding] = useState(false);
  return (
    <Stack gap="md">
      {deposit.acts.length === 0 ? (
        <Empty title="Nobody has done anything">Notes and decisions are listed here.</Empty>
      ) : null}
      {deposit.acts.map((act) => (
        <div key={act.id}>
          <Text size="sm" component="div">
            <b>{sayWord(act.action)}</b> by <Foreign>{act.actor}</Foreign>, <Time at={act.at} />
          </Text>
          <Text size="sm" component="div">
            <Foreign>{act.words}</Foreign>
          </Text>
        </div>
      ))}
      <Note id={deposit.id} />
      {OPEN.includes(deposit.state) ? (
        <Group>
          <Button size="xs" variant="default" onClick={() => setDeciding(true)}>
            Decide whose it is…
          </Button>
        </Group>
      ) : null}
      <Dialog title="Whose deposit is it?" opened={isDeciding} onClose={() => setDeciding(false)}>
        <Decision deposit={deposit} onDone={() => setDeciding(false)} />
      </Dialog>
    </Stack>
  );
}

function Note({ id }: { readonly id: string }) {
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const add = useMutation({
    mutationFn: () => call('post', '/admin/deposits/{id}/note', { params: { id }, body: { note }, org: null }),
    onSuccess: () => {
      setNote('');
      void queries.invalidateQueries({ queryKey: ['desk', 'deposit', id] });
    },
  });
  return (
    <Stack gap="xs">
      <Textarea
        label="Note, for everybody on the desk"
        autosize
        minRows={2}
        maxLength={NOTE_CHARS_MAX}
        value={note}
        onChange={({ currentTarget: { value } }) => setNote(value)}
      />
      {add.error ? <Refusal error={add.error} /> : null}
      <Group justify="flex-end">
        <Button size="xs" disabled={note.trim() === ''} loading={add.isPending} onClick={() => add.mutate()}>
          Add the note
        </Button>
      </Group>
    </Stack>
  );
}

function Readings({ deposit: { observations, votes } }: { readonly deposit: Traced }) {
  return (
    <Stack gap="lg">
      {observations.length === 0 ? (
        <Text size="sm">No block that it was read in is kept.</Text>
      ) : (
        <Stack gap="xs">
          {observations.map((one) => (
            <Group key={one.blockHash} justify="space-between" gap="sm" className="row" py="xs">
              <div>
                <Text size="sm">Block {one.blockNumber}</Text>
                <Copyable text={one.blockHash} label="the block's hash" />
              </div>
              <div className="beside">
                {one.orphanedAt === null ? (
                  <State tone="good">In the chain</State>
                ) : (
                  <State tone="bad">Left the chain</State>
                )}
                <Text size="sm" c="dimmed" component="div">
                  Read <Time at={one.observedAt} exact />
                  {one.orphanedAt === null ? null : (
                    <>
                      , gone <Time at={one.orphanedAt} exact />
                    </>
                  )}
                </Text>
              </div>
            </Group>
          ))}
        </Stack>
      )}
      {votes.length === 0 ? null : <Text fw={560}>What each node said</Text>}
      {votes.map((one) => (
        <Group key={`${one.rpc} ${one.vote}`} justify="space-between" gap="sm">
          <div>
            <Group gap="sm">
              <span className="mono">{one.rpc}</span>
              <State tone={VOTE_TONES[one.vote]}>{VOTES[one.vote]}</State>
            </Group>
            {one.detail === '' ? null : (
              <Text size="xs" c="dimmed">
                <Foreign>{one.detail}</Foreign>
              </Text>
            )}
          </div>
          <Text size="sm" c="dimmed" component="div">
            <Time at={one.at} exact />
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
