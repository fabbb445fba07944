/** Where events are sent, what came of each delivery, and sending one again. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { about, call, type Answer } from '../api/client';
import { useRoute } from '../lib/route';
import { sayWord } from '../lib/words';
import { Ask, Dialog, FormEnd, Listed, ShownOnce, usePages } from '../ui/lists';
import { Copyable, Foreign, Heading, Panel, Problem, State, Time, type Tone } from '../ui/parts';
import { mayManage, type OrgRole } from './Pages';

type Endpoint = Answer<'/webhook-endpoints'>['endpoints'][number];
type Delivery = Answer<'/webhook-endpoints/{id}/deliveries'>['deliveries'][number];

const PAGE = 25;
const POLL_MS = 10_000;
const TONES: Readonly<Record<Delivery['state'], Tone>> = { pending: 'busy', delivered: 'good', failed: 'bad' };

export function Webhooks({ role }: { readonly role: OrgRole }) {
  const { query, set } = useRoute();
  const endpoints = usePages(['org', about.org, 'webhooks'], (cursor) =>
    call('get', '/webhook-endpoints', { query: { limit: PAGE, cursor } }),
  );
  const chosen = endpoints.data?.pages.flatMap((page) => page.endpoints).find(({ id }) => id === query.get('endpoint'));
  const [isAdding, setAdding] = useState(false);
  const canChange = mayManage(role);
  return (
    <>
      <Heading
        title="Webhooks"
        about="Each event is sent, signed, to your endpoints until one of them takes it."
        {...(canChange ? { aside: <Button onClick={() => setAdding(true)}>Add an endpoint</Button> } : {})}
      />
      <Panel title="Endpoints">
        <Listed
          of={endpoints}
          rows={(page) => page.endpoints}
          lines={4}
          empty={['No endpoints', 'Add the address of a program that wants to know what happens.']}
        >
          {(all) =>
            all.map((one) => (
              <EndpointRow key={one.id} endpoint={one} canChange={canChange} onOpen={() => set({ endpoint: one.id })} />
            ))
          }
        </Listed>
      </Panel>
      {chosen === undefined ? null : <Deliveries endpoint={chosen} canChange={canChange} />}
      <Dialog title="Add an endpoint" opened={isAdding} onClose={() => setAdding(false)}>
        <Add onDone={() => setAdding(false)} />
      </Dialog>
    </>
  );
}

function useAct<V>(act: (values: V) => Promise<unknown>, done: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => {
      notifications.show({ message: done, color: 'teal' });
      void queries.invalidateQueries({ queryKey: ['org'] });
    },
  });
}

interface RowProps {
  readonly endpoint: Endpoint;
  readonly canChange: boolean;
  readonly onOpen: () => void;
}

function EndpointRow({ endpoint, canChange, onOpen }: RowProps) {
  const { id, url, description, enabled, disabledReason, failingSince, types } = endpoint;
  const params = { id };
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const test = useAct(
    () => call('post', '/webhook-endpoints/{id}/test', { params, body: {} }),
    'A test event is on its way',
  );
  const change = useAct(
    (isOn: boolean) => call('patch', '/webhook-endpoints/{id}', { params, body: { enabled: isOn } }),
    'Saved',
  );
  const remove = useAct(() => call('delete', '/webhook-endpoints/{id}', { params }), 'The endpoint is removed');
  const rotate = useAct(async () => {
    setSecret((await call('post', '/webhook-endpoints/{id}/rotate-secret', { params, body: {} })).secret);
  }, 'The old secret signs beside the new one for a while');
  const failed = test.error ?? change.error ?? rotate.error;
  return (
    <Stack gap={6} py="md" className="row">
      <Group justify="space-between" align="flex-start">
        <div>
          <Copyable text={url} label="the address" />
          <Text size="sm" c="dimmed" component="div">
            {description === null ? '' : <Foreign>{description}</Foreign>}{' '}
            {types === null ? 'Every event' : types.map(sayWord).join(', ')}
          </Text>
        </div>
        {enabled ? (
          <State tone={failingSince === null ? 'good' : 'warn'}>{failingSince === null ? 'On' : 'Failing'}</State>
        ) : (
          <State tone="bad">Off{disabledReason === null ? '' : `: ${sayWord(disabledReason).toLowerCase()}`}</State>
        )}
      </Group>
      {failingSince === null ? null : (
        <Text size="sm" component="div">
          Nothing got through since <Time at={failingSince} />
        </Text>
      )}
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={onOpen}>
          Deliveries
        </Button>
        {canChange ? (
          <>
            <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate(undefined)}>
              Send a test
            </Button>
            <Button size="xs" variant="default" loading={change.isPending} onClick={() => change.mutate(!enabled)}>
              {enabled ? 'Turn off' : 'Turn on'}
            </Button>
            <Button size="xs" variant="default" loading={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
              New secret
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              Remove…
            </Button>
          </>
        ) : null}
      </Group>
      {failed ? <Problem error={failed} /> : null}
      {secret === null ? null : <ShownOnce {...SECRET} secret={secret} />}
      <Ask
        title="Remove this endpoint?"
        opened={isAsking}
        keep="Keep it"
        act="Remove the endpoint"
        error={remove.error}
        isPending={remove.isPending}
        onClose={() => setAsking(false)}
        onAct={() => remove.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        <Text size="sm">Nothing more is sent there. Events stay in the event log, from which they can be read.</Text>
      </Ask>
    </Stack>
  );
}

const SECRET = {
  name: 'the secret',
  about: 'It is shown this once. By it your program knows that an event comes from us.',
} as const;

function Add({ onDone }: { readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const add = useMutation({
    mutationFn: () =>
      call('post', '/webhook-endpoints', {
        body: { url: url.trim(), ...(description.trim() === '' ? {} : { description: description.trim() }) },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['org'] }),
  });
  if (add.data !== undefined) return <ShownOnce {...SECRET} secret={add.data.secret} onDone={onDone} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Address"
          placeholder="https://example.com/events"
          type="url"
          spellCheck={false}
          value={url}
          onChange={({ currentTarget: { value } }) => setUrl(value)}
        />
        <TextInput
          label="Description"
          value={description}
          onChange={({ currentTarget: { value } }) => setDescription(value)}
        />
        <FormEnd
          act="Add the endpoint"
          refusal={add.error ? <Problem error={add.error} /> : null}
          isReady={url.trim() !== ''}
          isPending={add.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

function Deliveries({ endpoint, canChange }: { readonly endpoint: Endpoint; readonly canChange: boolean }) {
  const params = { id: endpoint.id };
  const deliveries = usePages(
    ['org', about.org, 'deliveries', endpoint.id],
    (cursor) => call('get', '/webhook-endpoints/{id}/deliveries', { params, query: { limit: PAGE, cursor } }),
    POLL_MS,
  );
  const again = useAct(
    (delivery: string) =>
      call('post', '/webhook-endpoints/{id}/deliveries/{delivery}/redeliver', {
        params: { ...params, delivery },
        body: {},
      }),
    'It is sent once more',
  );
  return (
    <Panel title="Deliveries">
      {again.error ? <Problem error={again.error} /> : null}
      <Listed
        of={deliveries}
        rows={(page) => page.deliveries}
        empty={['Nothing was sent yet', 'The next event is, or send a test.']}
      >
        {(all) => (
          <table className="rows">
            <thead>
              <tr>
                <th>Event</th>
                <th>State</th>
                <th className="wide">Last answer</th>
                <th className="wide">When</th>
                <th>
                  <span className="unseen">Act</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {all.map((one) => {
                const last = one.attempts.at(-1);
                return (
                  <tr key={one.id}>
                    <td>
                      <span className="mono">{one.type}</span>
                    </td>
                    <td>
                      <State tone={TONES[one.state]}>{sayWord(one.state)}</State>
                      <Text size="xs" c="dimmed">
                        {one.attempts.length === 1 ? '1 attempt' : `${one.attempts.length} attempts`}
                      </Text>
                    </td>
                    <td className="wide">
                      {last === undefined ? '–' : (last.statusCode ?? '')}{' '}
                      {last?.error == null ? '' : <Foreign>{last.error}</Foreign>}
                    </td>
                    <td className="wide">
                      <Time at={one.createdAt} />
                    </td>
                    <td className="end">
                      {canChange && one.state !== 'pending' ? (
                        <Button size="xs" variant="default" onClick={() => again.mutate(one.id)}>
                          Send again
                        </Button>
                      ) : null}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </Listed>
    </Panel>
  );
}
