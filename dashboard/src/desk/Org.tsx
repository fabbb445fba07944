/** One org: its balance, its settings, its suspension, and bookings by hand. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { readTyped } from '../lib/money';
import { useRoute } from '../lib/route';
import { Copyable, Foreign, Heading, Loaded, Panel, State, Time, Usd } from '../ui/parts';
import { Booking } from './Booking';
import { Facts } from '../ui/Facts';
import { OwnAccount } from './OwnAccount';
import { Refusal } from './Refusal';
import { KIND, useSearch } from './Search';
import { Suspension } from './Suspension';

type Org = Answer<'/admin/orgs/{org}'>;

const POLL_MS = 15_000;
const NAME_CHARS_MAX = 200;
const FOUND_MAX = 5;

export function OrgPage({ id }: { readonly id: string }) {
  const org = useQuery({
    queryKey: ['desk', 'org', id],
    queryFn: () => call('get', '/admin/orgs/{org}', { params: { org: id }, org: null }),
    refetchInterval: POLL_MS,
  });
  const found = useRoute().query.get('found');
  return (
    <>
      <Heading title={org.data?.name ?? 'Org'} aside={org.data === undefined ? null : <Standing org={org.data} />} />
      {found === null ? null : <FoundHere id={found} org={id} />}
      <Loaded from={org} lines={10}>
        {(one) => (
          <>
            <Panel title="Balance">
              <Facts
                of={[
                  ['Available', <Usd usd={one.availableUsd} />],
                  ['Held', <Usd usd={one.heldUsd} />],
                  ['Wallet', <Copyable text={one.walletId} label="the wallet's id" />],
                ]}
              />
            </Panel>
            <Panel title="Book by hand">
              <Booking org={one.id} name={one.name} />
            </Panel>
            <Panel title="Settings">
              <Settings key={`${one.name} ${one.externalId ?? ''} ${one.provisionalLimitUsd}`} org={one} />
            </Panel>
            <Panel title="Own payment account">
              <OwnAccount org={one} />
            </Panel>
            <Panel title="Suspension">
              <OrgSuspension org={one} />
            </Panel>
          </>
        )}
      </Loaded>
    </>
  );
}

function Standing({ org }: { readonly org: Org }) {
  return org.suspendedAt === null ? <State tone="good">Active</State> : <State tone="bad">Suspended</State>;
}

/** What a search led here for, which has no page of its own. */
function FoundHere({ id, org }: { readonly id: string; readonly org: string }) {
  const search = useSearch(id, FOUND_MAX);
  const found = search.data?.results.filter((one) => one.id === id && one.orgId === org) ?? [];
  return found.map(({ kind, title, at }) => (
    <Panel key={kind} title={`Found: ${KIND[kind].toLowerCase()}`}>
      <Facts
        of={[
          ['What', <Foreign>{title}</Foreign>],
          ['When', at === null ? null : <Time at={at} />],
          ['Id', <Copyable text={id} label="the id" />],
        ]}
      />
    </Panel>
  ));
}

function Settings({ org }: { readonly org: Org }) {
  const queries = useQueryClient();
  const [name, setName] = useState(org.name);
  const [externalId, setExternalId] = useState(org.externalId ?? '');
  const [limit, setLimit] = useState(org.provisionalLimitUsd);
  const provisionalLimitUsd = readTyped(limit) ?? (/^0*(\.0*)?$/.test(limit.trim()) ? '0' : undefined);
  const save = useMutation({
    mutationFn: () =>
      call('patch', '/admin/orgs/{org}', {
        params: { org: org.id },
        body: { name, externalId: externalId === '' ? null : externalId, provisionalLimitUsd },
        org: null,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['desk'] }),
  });
  const isSame = name === org.name && externalId === (org.externalId ?? '') && limit === org.provisionalLimitUsd;
  return (
    <Stack gap="md">
      <Facts
        of={[
          ['Id', <Copyable text={org.id} label="the org's id" />],
          ['Created', <Time at={org.createdAt} />],
          ...Object.entries(org.metadata).map(
            ([key, value]) => [`metadata ${key}`, <Foreign>{value}</Foreign>] as const,
          ),
        ]}
      />
      <TextInput
        label="Name"
        maxLength={NAME_CHARS_MAX}
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <TextInput
        label="External id"
        description="Your own id for it; unique. Empty: none."
        value={externalId}
        onChange={({ currentTarget: { value } }) => setExternalId(value)}
      />
      <TextInput
        label="Provisional limit, in dollars"
        description="How much of it may be credited at a time before a chain is final, where its policy is early."
        inputMode="decimal"
        value={limit}
        error={provisionalLimitUsd === undefined ? 'An amount in dollars, or 0' : undefined}
        onChange={({ currentTarget: { value } }) => setLimit(value)}
      />
      {save.error ? <Refusal error={save.error} /> : null}
      <Group justify="flex-end">
        <Button
          disabled={isSame || name.trim() === '' || provisionalLimitUsd === undefined}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          Save
        </Button>
      </Group>
    </Stack>
  );
}

function OrgSuspension({ org }: { readonly org: Org }) {
  return (
    <Stack gap="md">
      <Suspension
        what="org"
        suspendedAt={org.suspendedAt}
        reason={org.suspendedReason}
        about="Its calls that spend are refused at once. Deposits are still credited, and bookings by hand still work."
        act={async (suspended, reason) => {
          await call('patch', '/admin/orgs/{org}', { params: { org: org.id }, body: { suspended, reason }, org: null });
        }}
      />
      {org.suspensions.map(({ begins, reason, actor, at }) => (
        <Text size="sm" key={`${at} ${begins}`} component="div">
          <Time at={at} /> · {begins ? 'suspended' : 'resumed'} by <Foreign>{actor}</Foreign>
          {reason === null ? null : (
            <>
              : <Foreign>{reason}</Foreign>
            </>
          )}
        </Text>
      ))}
    </Stack>
  );
}
