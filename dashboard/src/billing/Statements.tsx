/** A month of the ledger: opening, every kind of movement, closing. Equal to the entries to the millionth of a dollar. */
import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { PREFIX, about, headersOf } from '../api/client';
import { useStatement, type Statement } from '../api/queries';
import { useRoute } from '../lib/route';
import { monthOf, showTime } from '../lib/time';
import { sayService, sayType } from '../lib/words';
import { Heading, Loaded, Panel, State, Usd } from '../ui/parts';
import type { OrgRole } from './Pages';

const MONTHS = 24;
const EXPORTERS: readonly OrgRole[] = ['owner', 'admin', 'finance'];
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function months(): { value: string; label: string }[] {
  const now = new Date();
  return Array.from({ length: MONTHS }, (_, back) => {
    const date = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 15));
    return { value: monthOf(date), label: date.toLocaleDateString('en', { month: 'long', year: 'numeric' }) };
  });
}

export function Statements({ role }: { readonly role: OrgRole }) {
  const { query, set } = useRoute();
  const month = query.get('month') ?? monthOf(new Date());
  const period = { month, timeZone: zone };
  const statement = useStatement(period);
  return (
    <>
      <Heading
        title="Statements"
        about={`Months begin and end at midnight in ${zone}.`}
        aside={
          <Group align="flex-end">
            <NativeSelect
              aria-label="Month"
              value={month}
              data={months()}
              onChange={({ currentTarget: { value } }) => set({ month: value })}
            />
            {EXPORTERS.includes(role) ? (
              <Button variant="default" onClick={() => void download(period)}>
                Download CSV
              </Button>
            ) : null}
          </Group>
        }
      />
      <Panel>
        <Loaded from={statement} lines={8}>
          {(data) => <Sheet statement={data} />}
        </Loaded>
      </Panel>
    </>
  );
}

async function download(period: Readonly<Record<string, string>>): Promise<void> {
  const search = new URLSearchParams({ ...period, format: 'csv' });
  const response = await fetch(`${PREFIX}/treasury/statement?${search}`, { headers: headersOf('GET', about.org) });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `statement-${period['month']}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function Sheet({ statement }: { readonly statement: Statement }) {
  const { opening, closing, movements, open, asOf } = statement;
  return (
    <>
      {open ? (
        <Group mb="md" gap="sm">
          <State tone="busy">Still open</State>
          <Text size="sm" c="dimmed">
            {asOf === null ? '' : `As of ${showTime(asOf)}. What comes until the end of the period is missing.`}
          </Text>
        </Group>
      ) : (
        <Group mb="md">
          <State tone="good">Closed</State>
        </Group>
      )}
      <table className="rows">
        <thead>
          <tr>
            <th>Movement</th>
            <th className="end wide">Entries</th>
            <th className="end wide">Paid</th>
            <th className="end wide">Promotional</th>
            <th className="end">Available</th>
          </tr>
        </thead>
        <tbody>
          <Total name="Opening" side={opening} />
          {movements.map((one) => (
            <tr key={`${one.type}-${one.serviceType ?? ''}`}>
              <td>
                {sayType(one.type)}
                {one.serviceType === null ? null : (
                  <Text size="xs" c="dimmed">
                    {sayService(one.serviceType)}
                  </Text>
                )}
              </td>
              <td className="end wide">{one.entries}</td>
              <td className="end wide">
                <Usd usd={one.paidDeltaUsd} signed />
              </td>
              <td className="end wide">
                <Usd usd={one.promotionalDeltaUsd} signed />
              </td>
              <td className="end">
                <Usd usd={one.availableDeltaUsd} signed />
              </td>
            </tr>
          ))}
          <Total name="Closing" side={closing} />
        </tbody>
      </table>
    </>
  );
}

function Total({ name, side }: { readonly name: string; readonly side: Statement['opening'] }) {
  return (
    <tr>
      <td>
        <b>{name}</b>
      </td>
      <td className="wide" />
      <td className="end wide">
        <b>
          <Usd usd={side.paidUsd} />
        </b>
      </td>
      <td className="end wide">
        <b>
          <Usd usd={side.promotionalUsd} />
        </b>
      </td>
      <td className="end">
        <b>
          <Usd usd={side.availableUsd} />
        </b>
      </td>
    </tr>
  );
}
