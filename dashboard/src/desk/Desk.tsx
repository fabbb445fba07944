/** The pages of operators: what waits for a decision, the chains, and what was done by hand. */
import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, PREFIX, Refused, type Answer } from '../api/client';
import { useRoute } from '../lib/route';
import { sayChain, sayType, sayWord } from '../lib/words';
import { Audit, Orgs, useOrgs } from './Records';
import { Copyable, Empty, Foreign, Heading, Loaded, Panel, Problem, State, Time, Usd, type Tone } from '../ui/parts';

const POLL_MS = 10_000;
type Waiting = Answer<'/admin/deposits'>['deposits'][number];
type Approval = Answer<'/admin/approvals'>['approvals'][number];
type Chain = Answer<'/admin/chains'>['chains'][number];

export function Desk() {
  switch (useRoute().path) {
    case '/desk':
      return <Unmatched />;
    case '/desk/approvals':
      return <Approvals />;
    case '/desk/chains':
      return <Chains />;
    case '/desk/orgs':
      return <Orgs />;
    case '/desk/audit':
      return <Audit />;
    default:
      return (
        <Panel>
          <Empty title="There is no such page">Choose one on the left.</Empty>
        </Panel>
      );
  }
}

/** A refusal because the person proved too long ago who they are leads back here after the proof. */
function Refusal({ error }: { readonly error: Error }) {
  const { path } = useRoute();
  if (!(error instanceof Refused) || error.reason !== 'sign_in_too_old') return <Problem error={error} />;
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">This needs a sign-in of the last ten minutes.</Text>
      <Button
        size="xs"
        component="a"
        href={`${PREFIX}/app/sign-in?fresh=true&returnTo=${encodeURIComponent(`/app${path}`)}`}
      >
        Confirm who you are
      </Button>
    </Stack>
  );
}

function Unmatched() {
  const waiting = useQuery({
    queryKey: ['desk', 'deposits'],
    queryFn: () => call('get', '/admin/deposits', { query: { state: 'unmatched', limit: 50 }, org: null }),
    refetchInterval: POLL_MS,
  });
  const [deciding, setDeciding] = useState<Waiting | null>(null);
  return (
    <>
      <Heading
        title="Unmatched deposits"
        about="Transfers whose sender belongs to no org. Assign each to its owner, or leave it waiting."
      />
      <Panel>
        <Loaded from={waiting} lines={6}>
          {({ deposits }) =>
            deposits.length === 0 ? (
              <Empty title="Nothing waits">Every transfer found its org.</Empty>
            ) : (
              <Stack gap={0}>
                {deposits.map((one) => (
                  <Group
                    key={one.id}
                    justify="space-between"
                    align="flex-start"
                    py="md"
                    style={{ borderBottom: '1px solid var(--coffer-line)' }}
                  >
                    <Stack gap={4}>
                      <Group gap="md">
                        <Text fw={600} component="div">
                          {one.amountUsd === null ? one.amountUnits : <Usd usd={one.amountUsd} />}
                        </Text>
                        <Text size="sm" c="dimmed" component="div">
                          {sayChain(one.chain)} · <Time at={one.blockTime} />
                        </Text>
                      </Group>
                      <Copyable text={one.fromAddress} label="the sender" />
                      <Copyable text={one.txHash} label="the transaction's hash" />
                    </Stack>
                    <Button size="xs" variant="default" onClick={() => setDeciding(one)}>
                      Decide
                    </Button>
                  </Group>
                ))}
              </Stack>
            )
          }
        </Loaded>
      </Panel>
      <Modal
        opened={deciding !== null}
        onClose={() => setDeciding(null)}
        title="Whose deposit is it?"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {deciding === null ? null : <Decision deposit={deciding} onDone={() => setDeciding(null)} />}
      </Modal>
    </>
  );
}

function Decision({ deposit, onDone }: { readonly deposit: Waiting; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const orgs = useOrgs();
  const [org, setOrg] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const decide = useMutation({
    mutationFn: (act: 'assign' | 'ignore') =>
      act === 'assign'
        ? call('post', '/admin/deposits/{id}/assign', { params: { id: deposit.id }, body: { org, reason }, org: null })
        : call('post', '/admin/deposits/{id}/ignore', { params: { id: deposit.id }, body: { reason }, org: null }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['desk'] });
      onDone();
    },
  });
  return (
    <Stack gap="md">
      <Text size="sm">
        <b>{deposit.amountUsd === null ? deposit.amountUnits : <Usd usd={deposit.amountUsd} />}</b> on{' '}
        {sayChain(deposit.chain)}. Assigned, it is credited to that org, and only a reversal takes it back. Ignored, it
        is never credited.
      </Text>
      <Select
        label="Org"
        searchable
        placeholder="Choose an org"
        data={(orgs.data?.orgs ?? []).map(({ id, name, externalId }) => ({
          value: id,
          label: externalId === null ? name : `${name} (${externalId})`,
        }))}
        value={org}
        onChange={setOrg}
      />
      <Textarea
        label="Reason, for the audit log"
        autosize
        minRows={2}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
      {decide.error ? <Refusal error={decide.error} /> : null}
      <Group justify="flex-end">
        <Button variant="default" disabled={reason.trim() === ''} onClick={() => decide.mutate('ignore')}>
          Ignore the deposit
        </Button>
        <Button
          disabled={org === null || reason.trim() === ''}
          loading={decide.isPending}
          onClick={() => decide.mutate('assign')}
        >
          Assign and credit
        </Button>
      </Group>
    </Stack>
  );
}

function Approvals() {
  const approvals = useQuery({
    queryKey: ['desk', 'approvals'],
    queryFn: () => call('get', '/admin/approvals', { query: { limit: 50 }, org: null }),
    refetchInterval: POLL_MS,
  });
  return (
    <>
      <Heading
        title="Approvals"
        about="Bookings above the limit wait for a second person. You cannot approve your own."
      />
      <Panel>
        <Loaded from={approvals} lines={6}>
          {({ approvals: list }) =>
            list.length === 0 ? (
              <Empty title="Nothing to approve">Requests of the last days would be listed here.</Empty>
            ) : (
              list.map((one) => <ApprovalRow key={one.id} approval={one} />)
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

const APPROVAL: Readonly<Record<Approval['state'], Tone>> = {
  pending: 'busy',
  approved: 'good',
  rejected: 'bad',
  expired: 'quiet',
};

function ApprovalRow({ approval }: { readonly approval: Approval }) {
  const queries = useQueryClient();
  const { id, booking, state, requestedBy, requestedAt, org, refusal } = approval;
  const decide = useMutation({
    mutationFn: (verdict: 'approve' | 'reject') =>
      verdict === 'approve'
        ? call('post', '/admin/approvals/{id}/approve', { params: { id }, body: {}, org: null })
        : call('post', '/admin/approvals/{id}/reject', { params: { id }, body: {}, org: null }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['desk'] }),
  });
  return (
    <Stack gap="xs" py="md" style={{ borderBottom: '1px solid var(--coffer-line)' }}>
      <Group justify="space-between">
        <Group gap="md">
          <Text fw={600} component="div">
            <Usd usd={booking.amountUsd} signed />
          </Text>
          <Text size="sm">{sayType(booking.type)}</Text>
          <State tone={APPROVAL[state]}>{sayWord(state)}</State>
        </Group>
        <Text size="sm" c="dimmed" component="div">
          <bdi>{requestedBy}</bdi> · <Time at={requestedAt} />
        </Text>
      </Group>
      <Text size="sm">
        <Foreign>{booking.reason}</Foreign>
      </Text>
      <Copyable text={org} label="the org's id" />
      {refusal === null ? null : <Text size="sm">The ledger refused it: {refusal}</Text>}
      {decide.error ? <Refusal error={decide.error} /> : null}
      {state === 'pending' ? (
        <Group gap="xs">
          <Button size="xs" loading={decide.isPending} onClick={() => decide.mutate('approve')}>
            Approve and book
          </Button>
          <Button size="xs" variant="default" onClick={() => decide.mutate('reject')}>
            Reject
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

const CHAIN: Readonly<Record<Chain['state'], Tone>> = {
  running: 'good',
  waiting: 'quiet',
  behind: 'warn',
  failing: 'bad',
  refused: 'bad',
  frozen: 'bad',
};

function Chains() {
  const chains = useQuery({
    queryKey: ['desk', 'chains'],
    queryFn: () => call('get', '/admin/chains', { org: null }),
    refetchInterval: POLL_MS,
  });
  return (
    <>
      <Heading title="Chains" about="How far each chain is read, by which nodes, and what waits while one is frozen." />
      <Loaded from={chains} lines={6}>
        {({ chains: list }) => (
          <Stack gap="lg">
            {list.map((one) => (
              <Panel
                key={one.chain}
                title={sayChain(one.chain)}
                aside={<State tone={CHAIN[one.state]}>{sayWord(one.state)}</State>}
              >
                <table className="rows">
                  <thead>
                    <tr>
                      <th>Node</th>
                      <th>State</th>
                      <th className="end">Head</th>
                    </tr>
                  </thead>
                  <tbody>
                    {one.rpcs.map((rpc) => (
                      <tr key={rpc.rpc}>
                        <td>
                          <span className="mono">{rpc.rpc}</span>
                        </td>
                        <td>
                          {sayWord(rpc.state)}
                          {rpc.problem === null ? null : (
                            <Text size="xs" c="dimmed">
                              {rpc.problem}
                            </Text>
                          )}
                        </td>
                        <td className="end">{rpc.headBlock ?? '–'}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
                <Text size="sm" mt="md" component="div">
                  Head {one.headBlock ?? '–'}, read up to {one.nextBlock ?? '–'}
                  {one.scannedAt === null ? (
                    ''
                  ) : (
                    <>
                      , <Time at={one.scannedAt} />
                    </>
                  )}
                </Text>
                {one.freezes.map((freeze) => (
                  <Text size="sm" key={freeze.frozenAt}>
                    Frozen by {freeze.frozenBy}: {freeze.reason}
                  </Text>
                ))}
              </Panel>
            ))}
          </Stack>
        )}
      </Loaded>
    </>
  );
}
