/** Every movement of the balance. Filters are in the address, so that a link shows the same. */
import { Button, Drawer, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client';
import { download } from '../api/download';
import { useLedger, type Entry } from '../api/queries';
import { useRoute } from '../lib/route';
import { explorerOf, sayChain, sayService, sayType } from '../lib/words';
import { Away, Copyable, Empty, Foreign, Heading, Loaded, Panel, Problem, Time, Usd } from '../ui/parts';
import type { OrgRole } from './Pages';

const FILTERS = ['type', 'serviceType', 'reference', 'appId', 'holdId', 'from', 'to'] as const;
const TYPES = [
  'DEPOSIT',
  'GRANT',
  'CHARGE',
  'AI_API_CALL',
  'GAS_SUBSIDY',
  'SKU_MARGIN',
  'HOLD',
  'HOLD_RELEASE',
  'GIFT_HOLD',
  'GIFT_REDEEM',
  'REFUND',
  'CLAWBACK',
  'DEPOSIT_REVERSAL',
  'LOT_EXPIRY',
  'ADJUSTMENT',
] as const;
const EXPORTERS: readonly OrgRole[] = ['owner', 'admin', 'finance'];

/** What a list without entries says. A page by app looks at a part of the ledger, so that older entries may still fit. */
function sayNothing(isFiltered: boolean, hasMore: boolean): { readonly title: string; readonly about: string } {
  if (hasMore) return { title: 'None of the newest entries fits', about: 'Look at older entries.' };
  if (isFiltered) return { title: 'No entry fits these filters', about: 'Widen the range, or clear the filters.' };
  return { title: 'No entries yet', about: 'The first one comes with a top-up.' };
}

export function Ledger({ role }: { readonly role: OrgRole }) {
  const { query, set } = useRoute();
  const given = Object.fromEntries(FILTERS.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])));
  const filters = { ...given, ...asTimes(given) };
  const ledger = useLedger(filters);
  const [opened, setOpened] = useState<Entry | null>(null);
  const entries = ledger.data?.pages.flatMap(({ entries: page }) => page);
  const isFiltered = Object.keys(given).length > 0;
  const nothing = sayNothing(isFiltered, ledger.hasNextPage);
  return (
    <>
      <Heading
        title="Ledger"
        about="Entries are never changed. The balance is what they add up to."
        aside={EXPORTERS.includes(role) ? <Export filters={filters} /> : undefined}
      />
      <Panel>
        <Group gap="sm" align="flex-end" mb="md">
          <NativeSelect
            label="Type"
            value={query.get('type') ?? ''}
            data={[
              { value: '', label: 'All types' },
              ...TYPES.map((one) => ({ value: one, label: sayType(one as Entry['type']) })),
            ]}
            onChange={({ currentTarget: { value } }) => set({ type: value })}
          />
          <Typed name="serviceType" label="Service" placeholder="AI_API" />
          <Typed name="reference" label="Reference" placeholder="order-8812" />
          <TextInput
            label="From"
            type="date"
            value={query.get('from') ?? ''}
            onChange={({ currentTarget: { value } }) => set({ from: value })}
          />
          <TextInput
            label="To"
            type="date"
            value={query.get('to') ?? ''}
            onChange={({ currentTarget: { value } }) => set({ to: value })}
          />
          {isFiltered ? (
            <Button variant="default" onClick={() => set(Object.fromEntries(FILTERS.map((name) => [name, null])))}>
              Clear
            </Button>
          ) : null}
        </Group>
        <Loaded from={{ data: entries, error: ledger.error, refetch: ledger.refetch }} lines={8}>
          {(list) =>
            list.length === 0 ? (
              <Empty title={nothing.title}>{nothing.about}</Empty>
            ) : (
              <Rows entries={list} onOpen={setOpened} />
            )
          }
        </Loaded>
        {ledger.hasNextPage ? (
          <Group justify="center" mt="md">
            <Button variant="default" loading={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
              Older entries
            </Button>
          </Group>
        ) : null}
      </Panel>
      <Drawer
        opened={opened !== null}
        onClose={() => setOpened(null)}
        position="right"
        size="md"
        title={opened === null ? '' : sayType(opened.type)}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {opened === null ? null : <Detail entry={opened} />}
      </Drawer>
    </>
  );
}

/** Days of the machine's zone as the times that the service takes: from the first one's start to before the last one's end. */
function asTimes({ from, to }: Readonly<Record<string, string>>): Record<string, string> {
  const start = (day: string, later: number): string => {
    const [year = 0, month = 1, date = 1] = day.split('-').map((part) => Math.trunc(+part));
    return new Date(year, month - 1, date + later).toISOString();
  };
  return { ...(from === undefined ? {} : { from: start(from, 0) }), ...(to === undefined ? {} : { to: start(to, 1) }) };
}

function Typed({
  name,
  label,
  placeholder,
}: {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
}) {
  const { query, set } = useRoute();
  const [text, setText] = useState(query.get(name) ?? '');
  const given = query.get(name) ?? '';
  // Cleared from outside.
  if (given === '' && text !== '' && !document.activeElement?.matches(`[name=${name}]`)) setText('');
  return (
    <TextInput
      name={name}
      label={label}
      placeholder={placeholder}
      w={150}
      value={text}
      onChange={({ currentTarget: { value } }) => setText(value)}
      onBlur={() => set({ [name]: text.trim() })}
      onKeyDown={({ key }) => key === 'Enter' && set({ [name]: text.trim() })}
    />
  );
}

function Rows({ entries, onOpen }: { readonly entries: readonly Entry[]; readonly onOpen: (entry: Entry) => void }) {
  return (
    <table className="rows">
      <thead>
        <tr>
          <th>What</th>
          <th className="wide">When</th>
          <th className="wide">Reference</th>
          <th className="end">Effect</th>
          <th className="end wide">Available after</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>
              <button type="button" className="open" onClick={() => onOpen(entry)}>
                {sayType(entry.type)}
              </button>
              <Text size="xs" c="dimmed">
                {entry.type === 'DEPOSIT' && entry.chain !== null ? (
                  `USDC on ${sayChain(entry.chain)}`
                ) : entry.description === null ? (
                  entry.serviceType && sayService(entry.serviceType)
                ) : (
                  <Foreign>{entry.description.slice(0, 120)}</Foreign>
                )}
              </Text>
            </td>
            <td className="wide">
              <Time at={entry.createdAt} />
            </td>
            <td className="wide">{entry.reference === null ? '' : <Foreign>{entry.reference}</Foreign>}</td>
            <td className="end">
              <Usd usd={entry.availableDeltaUsd} signed />
            </td>
            <td className="end wide">
              <Usd usd={entry.availableAfterUsd} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Detail({ entry }: { readonly entry: Entry }) {
  const { txHash, chain } = entry;
  const explorer = txHash === null || chain === null ? undefined : explorerOf(chain, txHash);
  const texts = {
    Service: entry.serviceType && sayService(entry.serviceType),
    Description: entry.description,
    Reference: entry.reference,
    App: entry.appId,
    User: entry.userId,
    Team: entry.teamId,
    ...entry.metadata,
  };
  const ids = {
    Entry: entry.id,
    Hold: entry.holdId,
    Lot: entry.lotId,
    Order: entry.orderId,
    Deposit: entry.depositId,
    Key: entry.idempotencyKey,
  };
  return (
    <Stack gap="sm">
      <Text fz="1.5rem" fw={640}>
        <Usd usd={entry.availableDeltaUsd} signed />
      </Text>
      <Row name="When">
        <Time at={entry.createdAt} />
      </Row>
      <Row name="Amount">
        <Usd usd={entry.amountUsd} signed />
      </Row>
      <Row name="Held">
        <Usd usd={entry.heldDeltaUsd} signed />
      </Row>
      <Row name="Available after">
        <Usd usd={entry.availableAfterUsd} />
      </Row>
      {entry.giftCardsDelta === 0 ? null : <Row name="Free gift cards">{entry.giftCardsDelta}</Row>}
      {Object.entries(texts).map(([name, text]) =>
        text ? (
          <Row key={name} name={name}>
            <Foreign>{text}</Foreign>
          </Row>
        ) : null,
      )}
      {chain === null ? null : <Row name="Network">{sayChain(chain)}</Row>}
      {txHash === null ? null : (
        <Row name="Transaction">
          <Copyable text={txHash} label="the transaction's hash" />
          {explorer === undefined ? null : <Away href={explorer}>Open in the explorer</Away>}
        </Row>
      )}
      {Object.entries(ids).map(([name, id]) =>
        id ? (
          <Row key={name} name={name}>
            <Copyable text={id} label={name.toLowerCase()} />
          </Row>
        ) : null,
      )}
      <Why key={entry.id} entry={entry.id} />
    </Stack>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        <bdi>{name}</bdi>
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  );
}

/** Why the command of an entry was accepted, decided again by the rule. */
function Why({ entry }: { readonly entry: string }) {
  const why = useMutation({ mutationFn: () => call('get', '/treasury/explain', { query: { entry } }) });
  if (why.data === undefined) {
    return (
      <Stack gap="xs" align="flex-start">
        <Button size="xs" variant="default" loading={why.isPending} onClick={() => why.mutate()}>
          Why?
        </Button>
        {why.error ? <Problem error={why.error} /> : null}
      </Stack>
    );
  }
  return (
    <Stack gap="xs" data-testid="why">
      <Text fw={560}>Why</Text>
      {why.data.decisions.map((decision, index) => (
        <div key={`${decision.at}-${index}`}>
          <Text size="sm">{decision.explanation}</Text>
          {decision.changes.length < 2 ? null : (
            <ul className="features">
              {/* The explanation names the first. */}
              {decision.changes.slice(1).map(({ text }) => (
                <li key={text}>It would also have been {text}.</li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </Stack>
  );
}

/** The same entries as a file. */
function Export({ filters }: { readonly filters: Readonly<Record<string, string>> }) {
  const save = useMutation({
    mutationFn: () => download('/treasury/ledger', { ...filters, format: 'csv' }, { name: 'ledger.csv' }),
  });
  return (
    <Stack gap="xs" align="flex-end">
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        Download CSV
      </Button>
      {save.error ? <Problem error={save.error} /> : null}
    </Stack>
  );
}
