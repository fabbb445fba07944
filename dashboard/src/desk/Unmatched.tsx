/** Transfers that found no owner: each is assigned, ignored, or left waiting with a note. */
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { sayChain } from '../lib/words';
import { Dialog, Listed, usePages } from '../ui/lists';
import { Copyable, Heading, Link, Panel, Usd, Time } from '../ui/parts';
import { Facts } from '../ui/Facts';
import { OrgChoice } from './OrgChoice';
import { Refusal } from './Refusal';

const POLL_MS = 10_000;
const PAGE = 50;
type Waiting = Answer<'/admin/deposits'>['deposits'][number];

export function Unmatched() {
  const waiting = usePages(
    ['desk', 'deposits'],
    (cursor) => call('get', '/admin/deposits', { query: { state: 'unmatched', limit: PAGE, cursor }, org: null }),
    POLL_MS,
  );
  const [deciding, setDeciding] = useState<Waiting | null>(null);
  return (
    <>
      <Heading
        title="Unmatched deposits"
        about="Transfers whose sender belongs to no org. Assign each to its owner, or leave it waiting."
      />
      <Panel>
        <Listed of={waiting} rows={(page) => page.deposits} empty={['Nothing waits', 'Every transfer found its org.']}>
          {(deposits) => (
            <Stack gap={0}>
              {deposits.map((one) => (
                <Group key={one.id} justify="space-between" align="flex-start" py="md" className="row">
                  <Stack gap={4}>
                    <Group gap="md">
                      <Text fw={600} component="div">
                        {one.amountUsd === null ? one.amountUnits : <Usd usd={one.amountUsd} />}
                      </Text>
                      <Text size="sm" c="dimmed" component="div">
                        {sayChain(one.chain)} · <Time at={one.blockTime} />
                      </Text>
                    </Group>
                    <Facts
                      of={[
                        ['From', <Copyable text={one.fromAddress} label="the sender" />],
                        ['Transaction', <Copyable text={one.txHash} label="the transaction's hash" />],
                      ]}
                    />
                  </Stack>
                  <Group gap="sm">
                    <Link to={`/desk/deposits/${one.id}`}>Everything about it</Link>
                    <Button size="xs" variant="default" onClick={() => setDeciding(one)}>
                      Decide
                    </Button>
                  </Group>
                </Group>
              ))}
            </Stack>
          )}
        </Listed>
      </Panel>
      <Dialog title="Whose deposit is it?" opened={deciding !== null} onClose={() => setDeciding(null)}>
        {deciding === null ? null : <Decision deposit={deciding} onDone={() => setDeciding(null)} />}
      </Dialog>
    </>
  );
}

/** Assigns a deposit to an org, or sets it aside, with a reason. */
export function Decision({
  deposit,
  onDone,
}: {
  readonly deposit: Pick<Waiting, 'id' | 'amountUsd' | 'amountUnits' | 'chain'>;
  readonly onDone: () => void;
}) {
  const queries = useQueryClient();
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
      <OrgChoice
        label="Org"
        placeholder="Choose an org, or type the beginning of its name"
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
