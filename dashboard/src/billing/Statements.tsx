/** A month of the ledger: opening, every kind of movement, closing. Equal to the entries to the millionth of a dollar. */
import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { download } from '../api/download';
import { useStatement, type Statement } from '../api/queries';
import { showTime } from '../lib/time';
import { sayService, sayType } from '../lib/words';
import { Heading, Loaded, Panel, Problem, State, Usd } from '../ui/parts';
import { nameOf, PeriodChoice, usePeriod } from '../ui/period';
import type { OrgRole } from './Pages';

const EXPORTERS: readonly OrgRole[] = ['owner', 'admin', 'finance'];

export function Statements({ role }: { readonly role: OrgRole }) {
  const period = usePeriod();
  const statement = useStatement(period);
  const save = useMutation({
    mutationFn: () =>
      download('/treasury/statement', { ...period, format: 'csv' }, { name: `statement-${nameOf(period)}.csv` }),
  });
  return (
    <>
      <Heading title="Statements" about={`Days begin at midnight in ${period['timeZone']}.`} />
      <Panel>
        <Group justify="space-between" align="flex-end" mb="md">
          <PeriodChoice />
          {EXPORTERS.includes(role) ? (
            <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
              Download CSV
            </Button>
          ) : null}
        </Group>
        {save.error ? <Problem error={save.error} /> : null}
        <Loaded from={statement} lines={8}>
          {(data) => <Sheet statement={data} />}
        </Loaded>
      </Panel>
    </>
  );
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
      <Text size="sm" c="dimmed" mt="xs" component="div">
        {closing.restricted.map(({ services, actions, availableUsd }) => (
          <div key={JSON.stringify([services, actions])}>
            <Usd usd={availableUsd} /> of the closing balance is for{' '}
            {[...(services ?? []).map(sayService), ...(actions ?? [])].join(', ')} alone
          </div>
        ))}
      </Text>
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
