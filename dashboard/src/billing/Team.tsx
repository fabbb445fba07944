/** Who may do what for the org: the people who were seen, and the keys of its programs. */
import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { about, call, type Answer } from '../api/client';
import { sayWord } from '../lib/words';
import { Ask, Dialog, FormEnd, Listed, ShownOnce, usePages } from '../ui/lists';
import { Foreign, Heading, Panel, Problem, State, Time, type Tone } from '../ui/parts';
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
  return (
    <Panel title="Members">
      <Listed
        of={members}
        rows={(page) => page.members}
        lines={4}
        empty={['Nobody has signed in yet', 'People are listed here once they have signed in.']}
      >
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
      </Listed>
    </Panel>
  );
}

function Keys() {
  const keys = usePages(['org', about.org, 'keys'], (cursor) =>
    call('get', '/treasury/keys', { query: { limit: PAGE, cursor } }),
  );
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
      <Listed
        of={keys}
        rows={(page) => page.keys}
        lines={4}
        empty={['No keys', 'A program needs a key to spend or to read for you.']}
      >
        {(all) => all.map((one) => <KeyRow key={one.id} of={one} onEnd={() => setEnding(one)} />)}
      </Listed>
      <Dialog title="Create a key" opened={isAdding} onClose={() => setAdding(false)}>
        <Create onDone={() => setAdding(false)} />
      </Dialog>
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
    const about = 'It is shown this once. We keep a hash of it and cannot show it again.';
    return <ShownOnce name="the key" about={about} secret={create.data.key} onDone={onDone} />;
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
        <FormEnd
          act="Create the key"
          refusal={create.error ? <Problem error={create.error} /> : null}
          isReady={name.trim() !== '' && scopes.length > 0}
          isPending={create.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}
