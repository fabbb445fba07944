/** The price book: what each action costs. Rows are added and never changed, so that what was charged stays explained. */
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { Dialog, FormEnd, Listed, usePages } from '../ui/lists';
import { Foreign, Heading, Panel, State, Time } from '../ui/parts';
import { OrgChoice } from './OrgChoice';
import { Refusal } from './Refusal';

type Price = Answer<'/admin/prices'>['prices'][number];

const PAGE = 50;
const RATE = /^[0-9]{1,9}(\.[0-9]{1,12})?$/;

export function Prices() {
  const prices = usePages(['desk', 'prices'], (cursor) =>
    call('get', '/admin/prices', { query: { limit: PAGE, cursor }, org: null }),
  );
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <Heading
        title="Price book"
        about="A new row holds from its time on. What was charged before keeps its own price."
        aside={<Button onClick={() => setAdding(true)}>Add a price</Button>}
      />
      <Panel>
        <Listed
          of={prices}
          rows={(page) => page.prices}
          lines={8}
          empty={['No prices yet', 'Services name dollars until an action has a price.']}
        >
          {(all) => (
            <table className="rows">
              <thead>
                <tr>
                  <th>Action</th>
                  <th>Rate</th>
                  <th className="wide">For</th>
                  <th className="wide">From</th>
                  <th>State</th>
                </tr>
              </thead>
              <tbody>
                {all.map((one) => (
                  <Row key={one.id} price={one} />
                ))}
              </tbody>
            </table>
          )}
        </Listed>
      </Panel>
      <Dialog title="Add a price" opened={isAdding} onClose={() => setAdding(false)}>
        <Add onDone={() => setAdding(false)} />
      </Dialog>
    </>
  );
}

function Row({ price: { action, unit, tiers, org, from, to, addedBy } }: { readonly price: Price }) {
  const now = new Date().toISOString();
  const [tone, word] =
    tiers === null
      ? (['quiet', 'Ends the action'] as const)
      : from > now
        ? (['busy', 'To come'] as const)
        : to !== null && to <= now
          ? (['quiet', 'Ended'] as const)
          : (['good', 'Holds'] as const);
  return (
    <tr>
      <td>
        <Foreign>{action}</Foreign>
        <Text size="xs" c="dimmed" component="div">
          by <bdi>{addedBy}</bdi>
        </Text>
      </td>
      <td className="figure">
        {(tiers ?? []).map(({ upTo, rateUsd }) => (
          <div key={upTo ?? 'above'}>
            ${rateUsd} a {unit}
            {upTo === null ? '' : ` up to ${upTo}`}
          </div>
        ))}
      </td>
      <td className="wide">{org === null ? 'Everybody' : <span className="mono">{org}</span>}</td>
      <td className="wide">
        <Time at={from} />
      </td>
      <td>
        <State tone={tone}>{word}</State>
      </td>
    </tr>
  );
}

function Add({ onDone }: { readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [action, setAction] = useState('');
  const [unit, setUnit] = useState('');
  const [rate, setRate] = useState('');
  const [org, setOrg] = useState<string | null>(null);
  const add = useMutation({
    mutationFn: () =>
      call('post', '/admin/prices', {
        body: { action: action.trim(), unit: unit.trim(), rateUsd: rate.trim(), ...(org === null ? {} : { org }) },
        org: null,
      }),
    onSuccess: (answer) => {
      const waits = 'requestedBy' in answer;
      notifications.show({ message: waits ? 'The price waits for a second person' : 'The price holds now' });
      void queries.invalidateQueries({ queryKey: ['desk'] });
      onDone();
    },
  });
  const isReady = action.trim() !== '' && unit.trim() !== '' && RATE.test(rate.trim());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) add.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Action"
          description="As your services name it"
          placeholder="chat.tokens"
          value={action}
          onChange={({ currentTarget: { value } }) => setAction(value)}
        />
        <TextInput
          label="Unit"
          placeholder="token"
          value={unit}
          onChange={({ currentTarget: { value } }) => setUnit(value)}
        />
        <TextInput
          label="Dollars a unit"
          description="Up to 12 places"
          placeholder="0.0000025"
          inputMode="decimal"
          value={rate}
          error={rate.trim() !== '' && !RATE.test(rate.trim()) ? 'A decimal number such as 0.0000025' : undefined}
          onChange={({ currentTarget: { value } }) => setRate(value)}
        />
        <OrgChoice label="For" placeholder="Everybody" value={org} onChange={setOrg} />
        <FormEnd
          act="Add the price"
          refusal={add.error ? <Refusal error={add.error} /> : null}
          isReady={isReady}
          isPending={add.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}
