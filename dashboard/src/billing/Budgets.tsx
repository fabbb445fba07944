/** What a user, a team, an app, a service or a key may spend in a period. */
import { Button, Group, Progress, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { about, call, type Answer } from '../api/client';
import { readTyped, toMicros } from '../lib/money';
import { Ask, Dialog, FormEnd, Listed, usePages } from '../ui/lists';
import { Foreign, Heading, Panel, Problem, State, Time, Usd, type Tone } from '../ui/parts';
import { mayManage, type OrgRole } from './Pages';

type Budget = Answer<'/treasury/budgets'>['budgets'][number];

const PAGE = 50;
const SUBJECTS: Readonly<Record<Budget['subject'], string>> = {
  teamId: 'Team',
  userId: 'User',
  appId: 'App',
  serviceType: 'Service',
  key: 'Key',
};
const PERIODS: Readonly<Record<Budget['period'], string>> = { month: 'A month', day: 'A day', none: 'In all' };
const MODES: Readonly<Record<Budget['mode'], string>> = {
  hard: 'Hard: what passes it is refused',
  soft: 'Soft: it warns and refuses nothing',
};
const optionsOf = <K extends string>(words: Readonly<Record<K, string>>): { value: string; label: string }[] =>
  Object.entries<string>(words).map(([value, label]) => ({ value, label }));

export function Budgets({ role }: { readonly role: OrgRole }) {
  const queries = useQueryClient();
  const budgets = usePages(['org', about.org, 'budgets'], (cursor) =>
    call('get', '/treasury/budgets', { query: { limit: PAGE, cursor } }),
  );
  const [isAdding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Budget | null>(null);
  const canChange = mayManage(role);
  const remove = useMutation({
    mutationFn: (id: string) => call('delete', '/treasury/budgets/{id}', { params: { id } }),
    onSuccess: () => {
      setEnding(null);
      void queries.invalidateQueries({ queryKey: ['org'] });
    },
  });
  return (
    <>
      <Heading
        title="Budgets"
        about="A spend has to fit into each hard budget that it touches, beside the balance."
        {...(canChange ? { aside: <Button onClick={() => setAdding(true)}>Add a budget</Button> } : {})}
      />
      <Panel>
        <Listed
          of={budgets}
          rows={(page) => page.budgets}
          lines={4}
          empty={['No budgets', 'Everybody with a key may spend all that is available.']}
        >
          {(all) =>
            all.map((one) => <Row key={one.id} budget={one} {...(canChange ? { onEnd: () => setEnding(one) } : {})} />)
          }
        </Listed>
      </Panel>
      <Dialog title="Add a budget" opened={isAdding} onClose={() => setAdding(false)}>
        <Add onDone={() => setAdding(false)} />
      </Dialog>
      <Ask
        title="Delete this budget?"
        opened={ending !== null}
        keep="Keep it"
        act="Delete the budget"
        error={remove.error}
        isPending={remove.isPending}
        onClose={() => setEnding(null)}
        onAct={() => ending !== null && remove.mutate(ending.id)}
      >
        <Text size="sm">From the next spend on it counts and refuses nothing.</Text>
      </Ask>
    </>
  );
}

function toneOf({ leftUsd, mode }: Budget): Tone {
  if (toMicros(leftUsd) > 0n) return 'good';
  return mode === 'hard' ? 'bad' : 'warn';
}

function Row({ budget, onEnd }: { readonly budget: Budget; readonly onEnd?: () => void }) {
  const { name, subject, value, period, mode, limitUsd, usedUsd, reservedUsd, leftUsd, renewsAt } = budget;
  const limit = toMicros(limitUsd);
  const taken = toMicros(usedUsd) + toMicros(reservedUsd);
  const percent = limit > 0n ? (taken * 100n) / limit : 100n;
  const label = `${name ?? value}: ${String(percent)} percent`;
  return (
    <Stack gap={6} py="md" className="row">
      <Group justify="space-between">
        <Group gap="md">
          <Text fw={560} component="div">
            {SUBJECTS[subject]} <Foreign>{value}</Foreign>
          </Text>
          <State tone={toneOf(budget)}>
            <Usd usd={leftUsd} /> left
          </State>
          <Text size="sm" c="dimmed">
            {name === null ? '' : <Foreign>{name}</Foreign>} {mode === 'hard' ? 'Hard' : 'Soft'}
          </Text>
        </Group>
        {onEnd === undefined ? null : (
          <Button size="xs" variant="default" onClick={onEnd} aria-label={`Delete the budget of ${value}`}>
            Delete…
          </Button>
        )}
      </Group>
      <Progress value={Number(percent > 100n ? 100n : percent)} aria-label={label} size="sm" />
      <Text size="sm" c="dimmed" component="div">
        <Usd usd={usedUsd} /> used and <Usd usd={reservedUsd} /> held of <Usd usd={limitUsd} />,{' '}
        {PERIODS[period].toLowerCase()}
        {renewsAt === null ? (
          ''
        ) : (
          <>
            ; renews <Time at={renewsAt} />
          </>
        )}
      </Text>
    </Stack>
  );
}

function Add({ onDone }: { readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [subject, setSubject] = useState<string>('teamId');
  const [value, setValue] = useState('');
  const [period, setPeriod] = useState<string>('month');
  const [mode, setMode] = useState<string>('hard');
  const [limit, setLimit] = useState('');
  const limitUsd = readTyped(limit);
  const add = useMutation({
    mutationFn: () =>
      call('post', '/treasury/budgets', { body: { subject, value: value.trim(), period, mode, limitUsd } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['org'] });
      onDone();
    },
  });
  const choose = (set: (value: string) => void) => (chosen: string | null) => chosen !== null && set(chosen);
  const isReady = value.trim() !== '' && limitUsd !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) add.mutate();
      }}
    >
      <Stack gap="md">
        <Select
          label="Of"
          allowDeselect={false}
          data={optionsOf(SUBJECTS)}
          value={subject}
          onChange={choose(setSubject)}
        />
        <TextInput
          label="Its id"
          description="As your programs send it with each spend"
          value={value}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        />
        <Select
          label="Period"
          allowDeselect={false}
          data={optionsOf(PERIODS)}
          value={period}
          onChange={choose(setPeriod)}
        />
        <TextInput
          label="Limit, in dollars"
          inputMode="decimal"
          value={limit}
          error={limit !== '' && limitUsd === undefined ? 'Dollars and cents, such as 250 or 99.50' : undefined}
          onChange={({ currentTarget }) => setLimit(currentTarget.value)}
        />
        <Select label="Kind" allowDeselect={false} data={optionsOf(MODES)} value={mode} onChange={choose(setMode)} />
        <FormEnd
          act="Add the budget"
          refusal={add.error ? <Problem error={add.error} /> : null}
          isReady={isReady}
          isPending={add.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}
