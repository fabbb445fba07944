/** Who may do what for the org: the people who were seen, and the keys of its programs. */
import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { about, call, type Answer } from '../api/client';
import { sayWord } from '../lib/words';
import { Ask, More, usePages } from '../ui/lists';
import { Copyable, Empty, Foreign, Heading, Loaded, Panel, Problem, State, Time, type Tone } from '../ui/parts';
import { mayManage, type OrgRole } from './Pages';

type Key = Answer<'/treasury/keys'>['keys'][number];

const PAGE = 50;
const SCOPES = {
  'treasury:read': 'Read balances, entries and orders',
  'treasury:spend': 'Spend: debits, holds, captures',
  'treasury:admin': 'Change settings, senders and keys',
} as const satisfies Readonly<Record<Key['scopes'][number], string>>;
type Scope = keyof typeof SCOPES;
const TONES: Readonly<Record<Key['state'], Tone>> = {
  active: 'good',
  replaced: 'busy',
  expired: 'quiet',
  revoked: 'quiet',
};

export function Team({ role }: { readonly role: OrgRole }) {
  return (
    <>
      <Heading
        title="Members and keys"
        about="Roles are given at your identity provider; whoever signed in is listed here."
      />
      <Members />
      {mayManage(role) ? <Keys /> : null}
    </>
  );
}

function Members() {
  const members = usePages(['org', about.org, 'members'], (cursor) =>
    call('get', '/treasury/members', { query: { limit: PAGE, cursor } }),
  );
  const list = members.data?.pages.flatMap(({ members: page }) => page);
  return (
    <Panel title="Members">
      <Loaded from={{ data: list, error: members.error, refetch: members.refetch }}>
        {(all) => (
          <table className="rows">
            <thead>
              <tr>
                <th>Person</th>
                <th>Role</th>
                <th className="wide">First seen</th>
                <th>Last seen</th>
              </tr>
            </thead>
            <tbody>
              {all.map((one) => (
                <tr key={one.user}>
                  <td>
                    <Foreign>{one.user}</Foreign>
                  </td>
                  <td>{sayWord(one.role)}</td>
                  <td className="wide">
                    <Time at={one.firstSeenAt} />
                  </td>
                  <td>
                    <Time at={one.lastSeenAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      <More of={members} />
    </Panel>
  );
}

function Keys() {
  const keys = usePages(['org', about.org, 'keys'], (cursor) =>
    call('get', '/treasury/keys', { query: { limit: PAGE, cursor } }),
  );
  const list = keys.data?.pages.flatMap(({ keys: page }) => page);
  const queries = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Key | null>(null);
  const revoke = useMutation({
    mutationFn: (id: string) => call('delete', '/treasury/keys/{id}', { params: { id } }),
    onSuccess: () => {
      setEnding(null);
      void queries.invalidateQueries({ queryKey: ['org'] });
    },
  });
  return (
    <Panel
      title="Keys"
      aside={
        <Button size="xs" onClick={() => setAdding(true)}>
          Create a key
        </Button>
      }
    >
      <Loaded from={{ data: list, error: keys.error, refetch: keys.refetch }}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="No keys">A program needs a key to spend or to read for you.</Empty>
          ) : (
            all.map((one) => <KeyRow key={one.id} of={one} onEnd={() => setEnding(one)} />)
          )
        }
      </Loaded>
      <More of={keys} />
      <Modal
        opened={isAdding}
        onClose={() => setAdding(false)}
        title="Create a key"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Create onDone={() => setAdding(false)} />
      </Modal>
      <Ask
        title="Revoke this key?"
        opened={ending !== null}
        keep="Keep the key"
        act="Revoke the key"
        error={revoke.error}
        isPending={revoke.isPending}
        onClose={() => setEnding(null)}
        onAct={() => ending !== null && revoke.mutate(ending.id)}
      >
        <Text size="sm">
          Every program that uses <b>{ending?.name ?? ''}</b> is refused from now on. This cannot be undone.
        </Text>
      </Ask>
    </Panel>
  );
}

function KeyRow({ of: key, onEnd }: { readonly of: Key; readonly onEnd: () => void }) {
  return (
    <Group justify="space-between" align="flex-start" py="md" className="row">
      <Stack gap={2}>
        <Group gap="md">
          <Text fw={560} component="div">
            <Foreign>{key.name}</Foreign>
          </Text>
          <State tone={TONES[key.state]}>{sayWord(key.state)}</State>
        </Group>
        <Text size="sm" c="dimmed">
          {key.scopes.map((scope) => SCOPES[scope]).join(' · ')}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          Created <Time at={key.createdAt} />
          {key.lastUsedAt === null ? (
            ', never used'
          ) : (
            <>
              , last used <Time at={key.lastUsedAt} />
            </>
          )}
          {key.expiresAt === null ? (
            ''
          ) : (
            <>
              , ends <Time at={key.expiresAt} />
            </>
          )}
          {key.allowedIps === null ? '' : ` · from ${key.allowedIps.join(', ')} alone`}
        </Text>
      </Stack>
      {key.state === 'active' || key.state === 'replaced' ? (
        <Button size="xs" variant="default" onClick={onEnd} aria-label={`Revoke ${key.name}`}>
          Revoke…
        </Button>
      ) : null}
    </Group>
  );
}

function Create({ onDone }: { readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['treasury:read']);
  const create = useMutation({
    mutationFn: () => call('post', '/treasury/keys', { body: { name: name.trim(), scopes } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['org'] }),
  });
  if (create.data !== undefined) {
    return (
      <Stack gap="md">
        <Alert variant="outline" color="yellow" title="Copy the key now">
          It is shown this once. We keep a hash of it and cannot show it again.
        </Alert>
        <Copyable text={create.data.key} label="the key" />
        <Group justify="flex-end">
          <Button onClick={onDone}>I have copied it</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          description="By which you recognise it, such as the program's"
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <Checkbox.Group
          label="It may"
          value={[...scopes]}
          onChange={(values) => setScopes(values.filter((one): one is Scope => one in SCOPES))}
        >
          <Stack gap="xs" mt="xs">
            {Object.entries(SCOPES).map(([scope, what]) => (
              <Checkbox key={scope} value={scope} label={what} description={scope} />
            ))}
          </Stack>
        </Checkbox.Group>
        {create.error ? <Problem error={create.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === '' || scopes.length === 0} loading={create.isPending}>
            Create the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
