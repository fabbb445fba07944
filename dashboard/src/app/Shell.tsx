/** The frame of every page: where one is, for which org, who one is. */
import {
  ActionIcon,
  AppShell,
  Box,
  Burger,
  Group,
  Menu,
  Select,
  Stack,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../api/client';
import type { Me } from '../api/queries';
import type { StreamState } from '../api/stream';
import { SearchField } from '../desk/Search';
import { go, hrefOf, useRoute } from '../lib/route';
import { Link, State } from '../ui/parts';
import { Boundary } from '../ui/Boundary';
import { Mark } from './Mark';

const BILLING = [
  ['/billing', 'Overview'],
  ['/billing/top-up', 'Top up'],
  ['/billing/money-in', 'Money in'],
  ['/billing/ledger', 'Ledger'],
  ['/billing/holds', 'Holds'],
  ['/billing/statements', 'Statements'],
  ['/billing/budgets', 'Budgets'],
  ['/billing/auto-refill', 'Auto-refill'],
  ['/billing/products', 'Products'],
  ['/billing/team', 'Members and keys'],
  ['/billing/webhooks', 'Webhooks'],
  ['/billing/settings', 'Settings'],
] as const;
/** What is the person's own, not their org's. */
const OWN = [['/credits', 'Credits and plan']] as const;
const DESK = [
  ['/desk', 'Unmatched deposits'],
  ['/desk/approvals', 'Approvals'],
  ['/desk/orders', 'Orders'],
  ['/desk/disputes', 'Disputes'],
  ['/desk/inbox', 'Payments inbox'],
  ['/desk/solvency', 'Solvency'],
  ['/desk/reports', 'Reports'],
  ['/desk/prices', 'Price book'],
  ['/desk/plans', 'Plans'],
  ['/desk/rewards', 'Rewards'],
  ['/desk/chains', 'Chains'],
  ['/desk/orgs', 'Orgs'],
  ['/desk/jobs', 'Jobs'],
  ['/desk/audit', 'Audit log'],
] as const;

interface Props {
  readonly me: Me;
  readonly org: Me['orgs'][number] | undefined;
  readonly stream: StreamState;
  readonly children: ReactNode;
}

export function Shell({ me, org, stream, children }: Props) {
  const { path } = useRoute();
  const [open, { toggle, close }] = useDisclosure(false);
  const isOperator = me.person?.isPlatformAdmin === true;
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <AppShell.Header bg="var(--coffer-panel)">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Pages" aria-expanded={open} />
            <Mark />
            <Text fw={650} visibleFrom="sm">
              Coffer
            </Text>
          </Group>
          {isOperator ? (
            <Box visibleFrom="sm" flex={1} style={{ display: 'flex', justifyContent: 'center' }}>
              <SearchField hotkey />
            </Box>
          ) : null}
          <Group gap="sm" wrap="nowrap">
            <OrgChoice me={me} org={org} />
            <PersonMenu me={me} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar bg="var(--coffer-panel)" p="sm" aria-label="Pages" style={{ overflowY: 'auto' }}>
        {isOperator ? (
          <Box hiddenFrom="sm" mb="sm">
            <SearchField onGone={close} />
          </Box>
        ) : null}
        <Stack justify="space-between" flex={1}>
          <Stack gap={2} onClick={close}>
            {org ? <Pages of={BILLING} /> : null}
            {isOperator ? <Pages of={DESK} title="Desk" /> : null}
            <Pages of={OWN} title="Yours" />
          </Stack>
          {org ? (
            <Group px={12} py="xs">
              <State tone={stream === 'live' ? 'good' : 'quiet'}>
                {stream === 'live' ? 'Live' : stream === 'off' ? 'Updated every 15 s' : 'Reconnecting'}
              </State>
            </Group>
          ) : null}
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main>
        <Stack maw={1120} mx="auto" gap="lg">
          <Boundary of={path}>{children}</Boundary>
        </Stack>
      </AppShell.Main>
    </AppShell>
  );
}

function Pages({ of, title }: { readonly of: readonly (readonly [string, string])[]; readonly title?: string }) {
  const { path } = useRoute();
  return (
    <>
      {title === undefined ? null : (
        <Text size="xs" c="dimmed" fw={560} mt="lg" mb={4} px={12}>
          {title}
        </Text>
      )}
      {of.map(([to, name]) => (
        <Link key={to} to={to} className="nav" current={path === to}>
          {name}
        </Link>
      ))}
    </>
  );
}

function OrgChoice({ me, org }: Pick<Props, 'me' | 'org'>) {
  const { path } = useRoute();
  if (!org) return null;
  if (me.orgs.length === 1) {
    return (
      <Text size="sm" fw={560} truncate maw={180}>
        <bdi>{org.name}</bdi>
      </Text>
    );
  }
  return (
    <Select
      aria-label="Org"
      size="sm"
      w={{ base: 150, sm: 220 }}
      allowDeselect={false}
      value={org.id}
      data={me.orgs.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(id) => id !== null && go(`${path}?org=${id}`)}
    />
  );
}

function PersonMenu({ me }: { readonly me: Me }) {
  const queries = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = async (everywhere: boolean): Promise<void> => {
    await call('post', '/app/sign-out', { body: { everywhere } });
    queries.clear();
    location.assign(hrefOf(''));
  };
  const user = me.person?.user ?? '';
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" radius="xl" aria-label="Your account">
          <Text size="sm" fw={600}>
            {user.slice(0, 1).toUpperCase()}
          </Text>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          Signed in as <bdi>{user}</bdi>
        </Menu.Label>
        {(['light', 'dark', 'auto'] as const).map((scheme) => (
          <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)} fw={colorScheme === scheme ? 600 : 400}>
            {{ light: 'Light', dark: 'Dark', auto: 'Like the system' }[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut(false)}>Sign out</Menu.Item>
        <Menu.Item onClick={() => void signOut(true)}>Sign out everywhere</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
