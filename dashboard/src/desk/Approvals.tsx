/** What waits for a second person. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, type Answer } from '../api/client';
import { useRoute } from '../lib/route';
import { sayType, sayWord } from '../lib/words';
import { Copyable, Empty, Foreign, Heading, Loaded, Panel, State, Time, Usd, type Tone } from '../ui/parts';
import { Refusal } from './Refusal';

const POLL_MS = 10_000;
type Approval = Answer<'/admin/approvals'>['approvals'][number];

export function Approvals() {
  const approvals = useQuery({
    queryKey: ['desk', 'approvals'],
    queryFn: () => call('get', '/admin/approvals', { query: { limit: 50 }, org: null }),
    refetchInterval: POLL_MS,
  });
  const selected = useRoute().query.get('id');
  return (
    <>
      <Heading
        title="Approvals"
        about="Bookings above the limit, and changes that create credit, wait for a second person. You cannot approve your own."
      />
      {selected === null ? null : <Selected id={selected} />}
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

/** The request that a search led to. */
function Selected({ id }: { readonly id: string }) {
  const approval = useQuery({
    queryKey: ['desk', 'approval', id],
    queryFn: () => call('get', '/admin/approvals/{id}', { params: { id }, org: null }),
  });
  return (
    <Panel title="The request">
      <Loaded from={approval} lines={4}>
        {(one) => <ApprovalRow approval={one} />}
      </Loaded>
    </Panel>
  );
}

const APPROVAL: Readonly<Record<Approval['state'], Tone>> = {
  pending: 'busy',
  approved: 'good',
  rejected: 'bad',
  expired: 'quiet',
  failed: 'bad',
};

function ApprovalRow({ approval }: { readonly approval: Approval }) {
  const queries = useQueryClient();
  const { id, what, booking, change, state, requestedBy, requestedAt, org, user, refusal } = approval;
  const decide = useMutation({
    mutationFn: (verdict: 'approve' | 'reject') =>
      verdict === 'approve'
        ? call('post', '/admin/approvals/{id}/approve', { params: { id }, body: {}, org: null })
        : call('post', '/admin/approvals/{id}/reject', { params: { id }, body: {}, org: null }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['desk'] }),
  });
  return (
    <Stack gap="xs" py="md" className="row">
      <Group justify="space-between">
        <Group gap="md">
          {booking === null ? null : (
            <Text fw={600} component="div">
              <Usd usd={booking.amountUsd} signed />
            </Text>
          )}
          <Text size="sm">{booking === null ? sayWord(change?.kind ?? 'change') : sayType(booking.type)}</Text>
          <State tone={APPROVAL[state]}>{sayWord(state)}</State>
        </Group>
        <Text size="sm" c="dimmed" component="div">
          <bdi>{requestedBy}</bdi> · <Time at={requestedAt} />
        </Text>
      </Group>
      <Text size="sm">
        <Foreign>{booking === null ? what : booking.reason}</Foreign>
      </Text>
      {change?.countsUsd == null ? null : (
        <Text size="sm" component="div">
          Counts as <Usd usd={change.countsUsd} /> against the limit
        </Text>
      )}
      {org === null ? null : <Copyable text={org} label="the org's id" />}
      {user === null ? null : <Copyable text={user} label="the user's id" />}
      {refusal === null ? null : <Text size="sm">The ledger refused it: {refusal}</Text>}
      {decide.error ? <Refusal error={decide.error} /> : null}
      {state === 'pending' ? (
        <Group gap="xs">
          <Button size="xs" loading={decide.isPending} onClick={() => decide.mutate('approve')}>
            {booking === null ? 'Approve the change' : 'Approve and book'}
          </Button>
          <Button size="xs" variant="default" onClick={() => decide.mutate('reject')}>
            Reject
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
