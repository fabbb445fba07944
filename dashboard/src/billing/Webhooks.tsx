/** Where events are sent, what came of each delivery, and sending one again. */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { about, call, type Answer } from '../api/client';
import { useRoute } from '../lib/route';
import { sayWord } from '../lib/words';
import { Ask, More, usePages } from '../ui/lists';
import { Copyable, Empty, Foreign, Heading, Loaded, Panel, Problem, State, Time, type Tone } from '../ui/parts';
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
  const list = endpoints.data?.pages.flatMap(({ endpoints: page }) => page);
  const chosen = list?.find(({ id }) => id === query.get('endpoint'));
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
        <Loaded from={{ data: list, error: endpoints.error, refetch: endpoints.refetch }}>
          {(all) =>
            all.length === 0 ? (
              <Empty title="No endpoints">Add the address of a program that wants to know what happens.</Empty>
            ) : (
              all.map((one) => (
                <EndpointRow
                  key={one.id}
                  endpoint={one}
                  canChange={canChange}
                  onOpen={() => set({ endpoint: one.id })}
                />
              ))
            )
          }
        </Loaded>
        <More of={endpoints} />
      </Panel>
      {chosen === undefined ? null : <Deliveries endpoint={chosen} canChange={canChange} />}
      <Modal
        opened={isAdding}
        onClose={() => setAdding(false)}
        title="Add an endpoint"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Add onDone={() => setAdding(false)} />
      </Modal>
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
      {secret === null ? null : <Secret secret={secret} />}
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

function Secret({ secret }: { readonly secret: string }) {
  return (
    <Alert variant="outline" color="yellow" title="Copy the secret now">
      <Stack gap="xs">
        <Text size="sm">It is shown this once. By it your program knows that an event comes from us.</Text>
        <Copyable text={secret} label="the secret" />
      </Stack>
    </Alert>
  );
}

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
  if (add.data !== undefined) {
    return (
      <Stack gap="md">
        <Secret secret={add.data.secret} />
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
        {add.error ? <Problem error={add.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" disabled={url.trim() === ''} loading={add.isPending}>
            Add the endpoint
          </Button>
        </Group>
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
  const list = deliveries.data?.pages.flatMap(({ deliveries: page }) => page);
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
      <Loaded from={{ data: list, error: deliveries.error, refetch: deliveries.refetch }} lines={6}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="Nothing was sent yet">The next event is, or send a test.</Empty>
          ) : (
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
          )
        }
      </Loaded>
      <More of={deliveries} />
    </Panel>
  );
}
