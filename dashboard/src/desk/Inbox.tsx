/** What payment providers reported: what waits, what was parked and why, and the whole story of one payment. */
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, type Answer } from '../api/client';
import { useRoute } from '../lib/route';
import { sayWord } from '../lib/words';
import { Listed, usePages } from '../ui/lists';
import { Copyable, Heading, Panel, Problem, State, Time, type Tone } from '../ui/parts';
import { Refusal } from './Refusal';

type Item = Answer<'/admin/payments/inbox'>['inbox'][number];

const PAGE = 25;
const TONES: Readonly<Record<Item['state'], Tone>> = {
  pending: 'busy',
  waiting: 'busy',
  settled: 'good',
  parked: 'bad',
  foreign: 'quiet',
};

export function Inbox() {
  const { query, set } = useRoute();
  const state = query.get('state') ?? '';
  const inbox = usePages(['desk', 'inbox', state], (cursor) =>
    call('get', '/admin/payments/inbox', { query: { state, limit: PAGE, cursor }, org: null }),
  );
  return (
    <>
      <Heading
        title="Payments inbox"
        about="What the payment providers reported. Parked objects do not fit their order and are never credited by themselves."
        aside={
          <NativeSelect
            aria-label="State"
            value={state}
            data={[
              { value: '', label: 'Not settled' },
              ...Object.keys(TONES).map((value) => ({ value, label: sayWord(value) })),
            ]}
            onChange={({ currentTarget: { value } }) => set({ state: value })}
          />
        }
      />
      <Panel title="Explain a payment">
        <Explain key={query.get('explain') ?? ''} asked={query.get('explain')} />
      </Panel>
      <Panel title="Reported">
        <Listed of={inbox} rows={(page) => page.inbox} empty={['Nothing here', 'Everything of this kind is settled.']}>
          {(all) => all.map((one) => <Row key={one.id} item={one} />)}
        </Listed>
      </Panel>
    </>
  );
}

function Row({ item }: { readonly item: Item }) {
  const queries = useQueryClient();
  const replay = useMutation({
    mutationFn: () =>
      call('post', '/admin/payments/inbox/{id}/replay', { params: { id: item.id }, body: {}, org: null }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['desk', 'inbox'] }),
  });
  return (
    <Stack gap={4} py="md" className="row">
      <Group justify="space-between">
        <Group gap="md">
          <Text fw={560}>{sayWord(item.kind)}</Text>
          <State tone={TONES[item.state]}>{sayWord(item.state)}</State>
          <Text size="sm" c="dimmed">
            {item.mode === 'live' ? 'Live' : 'Test'} · <bdi>{item.account}</bdi>
          </Text>
        </Group>
        <Text size="sm" c="dimmed" component="div">
          <Time at={item.updatedAt} />
        </Text>
      </Group>
      {item.reason === null ? null : <Text size="sm">{sayWord(item.reason)}</Text>}
      <Group justify="space-between">
        <div>
          <Copyable text={item.object} label="the object's id" />
          {item.orderId === null ? null : <Copyable text={item.orderId} label="the order's id" />}
        </div>
        <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
          Read it again
        </Button>
      </Group>
      {replay.error ? <Refusal error={replay.error} /> : null}
    </Stack>
  );
}

/** @param asked what a search led here for: it is explained at once */
function Explain({ asked }: { readonly asked: string | null }) {
  const [id, setId] = useState(asked ?? '');
  const explain = useMutation({
    mutationFn: () => call('get', '/admin/payments/explain', { query: { id: id.trim() }, org: null }),
  });
  const { mutate } = explain;
  useEffect(() => {
    if (asked !== null) mutate();
  }, [asked, mutate]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        explain.mutate();
      }}
    >
      <Stack gap="md">
        <Group align="flex-end">
          <TextInput
            label="A session, payment, refund, dispute or order"
            miw={280}
            flex={1}
            spellCheck={false}
            value={id}
            onChange={({ currentTarget: { value } }) => setId(value)}
          />
          <Button type="submit" variant="default" loading={explain.isPending} disabled={id.trim() === ''}>
            Explain
          </Button>
        </Group>
        {explain.error ? <Problem error={explain.error} /> : null}
        {explain.data === undefined ? null : (
          <Stack gap="xs">
            {explain.data.inbox.length + explain.data.events.length === 0 ? (
              <Text size="sm">Nothing was reported about it.</Text>
            ) : null}
            {explain.data.events.map((one) => (
              <Text size="sm" key={one.id} component="div">
                <Time at={one.receivedAt} /> · <span className="mono">{one.type}</span> by {one.source}
              </Text>
            ))}
            {explain.data.inbox.map((one) => (
              <Text size="sm" key={one.id} component="div">
                {sayWord(one.kind)} <span className="mono">{one.object}</span>:{' '}
                <State tone={TONES[one.state]}>{sayWord(one.state)}</State>
                {one.reason === null ? '' : ` ${sayWord(one.reason)}`}
              </Text>
            ))}
          </Stack>
        )}
      </Stack>
    </form>
  );
}
