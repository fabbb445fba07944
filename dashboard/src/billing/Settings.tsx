/** When the status changes, and from which addresses money comes. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { useSenders, useSettings } from '../api/queries';
import { readTyped } from '../lib/money';
import { sayChain } from '../lib/words';
import { Ask } from '../ui/lists';
import { Copyable, Empty, Foreign, Heading, Loaded, Panel, Problem, State, Time } from '../ui/parts';
import { ProveByWallet } from '../wallet/Wallets';
import { mayManage, type OrgRole } from './Pages';
import { Addresses } from './Addresses';

type Values = Answer<'/treasury/settings'>;
type Sender = Answer<'/treasury/senders'>['senders'][number];

export function Settings({ role }: { readonly role: OrgRole }) {
  const settings = useSettings();
  const senders = useSenders();
  const canChange = mayManage(role);
  return (
    <>
      <Heading
        title="Settings"
        {...(canChange ? {} : { about: `Changing them needs the role owner or admin; yours is ${role}.` })}
      />
      <Panel title="Thresholds">
        <Loaded from={settings}>{(data) => <Thresholds values={data} canChange={canChange} />}</Loaded>
      </Panel>
      <Addresses canChange={canChange} />
      <Panel title="Sending addresses">
        <Loaded from={senders}>{({ senders: list }) => <Senders senders={list} canChange={canChange} />}</Loaded>
      </Panel>
    </>
  );
}

function Thresholds({ values, canChange }: { readonly values: Values; readonly canChange: boolean }) {
  const queries = useQueryClient();
  const [low, setLow] = useState(values.lowBalanceThresholdUsd ?? '');
  const [critical, setCritical] = useState(values.criticalThresholdUsd ?? '');
  const read = (text: string): string | null => (text.trim() === '' ? null : (readTyped(text) ?? text));
  const save = useMutation({
    mutationFn: () =>
      call('patch', '/treasury/settings', {
        body: { lowBalanceThresholdUsd: read(low), criticalThresholdUsd: read(critical) },
      }),
    onSuccess: () => {
      notifications.show({ message: 'Thresholds saved', color: 'teal' });
      void queries.invalidateQueries({ queryKey: ['org'] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md" maw={420}>
        <TextInput
          label="Low balance, in dollars"
          description="Below it the status is Low, and an event is sent"
          inputMode="decimal"
          placeholder="None"
          disabled={!canChange}
          value={low}
          onChange={({ currentTarget: { value } }) => setLow(value)}
        />
        <TextInput
          label="Critical balance, in dollars"
          description="At most the low one"
          inputMode="decimal"
          placeholder="None"
          disabled={!canChange}
          value={critical}
          onChange={({ currentTarget: { value } }) => setCritical(value)}
        />
        {save.error ? <Problem error={save.error} /> : null}
        <Group>
          <Button type="submit" disabled={!canChange} loading={save.isPending}>
            Save thresholds
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Senders({ senders, canChange }: { readonly senders: readonly Sender[]; readonly canChange: boolean }) {
  const [removing, setRemoving] = useState<Sender | null>(null);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => call('delete', '/treasury/senders/{id}', { params: { id } }),
    onSuccess: () => {
      setRemoving(null);
      void queries.invalidateQueries({ queryKey: ['org'] });
    },
  });
  if (senders.length === 0)
    return <Empty title="No address registered">Top up with USDC to register the first one.</Empty>;
  return (
    <Stack gap="md">
      {senders.map((one) => (
        <Group key={one.senderId} justify="space-between" align="flex-start">
          <div>
            <Copyable text={one.address} label="the address" />
            <Text size="xs" c="dimmed" component="div">
              {one.label === null ? null : (
                <>
                  <Foreign>{one.label}</Foreign> ·{' '}
                </>
              )}
              {one.chains.map(sayChain).join(', ')} · since <Time at={one.registeredAt} />
            </Text>
            {canChange && one.provenAt === null ? (
              <ProveByWallet
                address={one.address}
                chains={one.chains}
                onRegistered={() => void queries.invalidateQueries({ queryKey: ['org'] })}
              />
            ) : null}
          </div>
          <Group gap="sm">
            {one.state === 'unproven' ? (
              <State tone="warn">Not proven</State>
            ) : (
              <State tone="good">{one.provenAt === null ? 'Registered' : 'Proven'}</State>
            )}
            {canChange ? (
              <Button size="xs" variant="default" onClick={() => setRemoving(one)}>
                Remove
              </Button>
            ) : null}
          </Group>
        </Group>
      ))}
      <Ask
        title="Remove this address?"
        opened={removing !== null}
        keep="Keep it"
        act="Remove the address"
        error={remove.error}
        isPending={remove.isPending}
        onClose={() => setRemoving(null)}
        onAct={() => removing !== null && remove.mutate(removing.senderId)}
      >
        <span className="mono">{removing?.address}</span>
        <Text size="sm">
          Transfers from it that are sent from now on belong to nobody, and wait until somebody claims them. What was
          credited stays yours.
        </Text>
      </Ask>
    </Stack>
  );
}
