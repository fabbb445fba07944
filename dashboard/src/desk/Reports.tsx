/** The reports of finance: equal to the ledger to the last place, each as a file too. */
import { Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { useMutation, useQuery, keepPreviousData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call, type Answer } from '../api/client';
import { download } from '../api/download';
import { useRoute } from '../lib/route';
import { showTime } from '../lib/time';
import { sayService, sayType, sayWord } from '../lib/words';
import { More, usePages } from '../ui/lists';
import { Empty, Heading, Loaded, Panel, Problem, State, Time, Usd } from '../ui/parts';
import { nameOf, PeriodChoice, usePeriod, type Period } from '../ui/period';

const PAGE = 50;

const REPORTS = {
  'trial-balance': ['Trial balance', TrialBalance],
  journal: ['Journal', Journal],
  revenue: ['Revenue', Revenue],
  liability: ['Liability', Liability],
  breakage: ['Breakage', Breakage],
  deferred: ['Deferred revenue', Deferred],
} as const satisfies Readonly<Record<string, readonly [string, (of: { readonly period: Period }) => ReactNode]>>;
type Report = keyof typeof REPORTS;
const isReport = (name: string): name is Report => name in REPORTS;

/** The service takes a moment where a report has one: the end of the period. */
function momentOf({ month, to, timeZone = 'UTC' }: Period): Readonly<Record<string, string>> {
  if (to !== undefined) return { at: to, timeZone };
  const [year = 0, nth = 0] = (month ?? '').split('-').map((part) => Number.parseInt(part, 10));
  const first = new Date(Date.UTC(year, nth, 1)).toISOString().slice(0, 10);
  return { at: first, timeZone };
}

/** The end of the present month has not come: the report is as of now then. */
function pastMoment(period: Period): Readonly<Record<string, string>> {
  const { at = '', timeZone = 'UTC' } = momentOf(period);
  return at > new Date().toISOString().slice(0, 10) ? { timeZone } : { at, timeZone };
}

const isOfMoment = (report: Report): boolean => report === 'trial-balance' || report === 'liability';

export function Reports() {
  const { query, set } = useRoute();
  const period = usePeriod();
  const asked = query.get('report') ?? '';
  const report: Report = isReport(asked) ? asked : 'trial-balance';
  const save = useMutation({
    mutationFn: () =>
      download(
        `/admin/reports/${report}`,
        { ...(isOfMoment(report) ? pastMoment(period) : period), format: 'csv', bom: 'true' },
        { name: `${report}-${nameOf(period)}.csv`, org: null },
      ),
  });
  const Page = REPORTS[report][1];
  return (
    <>
      <Heading title="Reports" about="Made from the ledger each time, so that they cannot differ from it." />
      <Panel>
        <Group justify="space-between" align="flex-end" mb="md">
          <PeriodChoice />
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
            Download CSV
          </Button>
        </Group>
        {save.error ? <Problem error={save.error} /> : null}
        <Tabs value={report} onChange={(value) => set({ report: value })}>
          <Tabs.List mb="md" aria-label="Report">
            {Object.entries(REPORTS).map(([name, [title]]) => (
              <Tabs.Tab key={name} value={name}>
                {title}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={report}>
            <Page period={period} />
          </Tabs.Panel>
        </Tabs>
      </Panel>
    </>
  );
}

/** Whether more may still come into a report. */
function AsOf({ of: { open, asOf } }: { readonly of: { readonly open: boolean; readonly asOf: string | null } }) {
  return (
    <Group mb="md" gap="sm">
      <State tone={open ? 'busy' : 'good'}>{open ? 'Still open' : 'Closed'}</State>
      {open && asOf !== null ? (
        <Text size="sm" c="dimmed">
          As of {showTime(asOf)}
        </Text>
      ) : null}
    </Group>
  );
}

function Table({ heads, children }: { readonly heads: readonly string[]; readonly children: ReactNode }) {
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label="Table">
      <table className="rows">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} className={head.endsWith('$') ? 'end' : undefined}>
                {head.replace(/ \$$/, '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Amount({ usd, isSum = false }: { readonly usd: string; readonly isSum?: boolean }) {
  return (
    <td className="end">
      {isSum ? (
        <b>
          <Usd usd={usd} />
        </b>
      ) : (
        <Usd usd={usd} />
      )}
    </td>
  );
}

function useReport<
  P extends
    | '/admin/reports/trial-balance'
    | '/admin/reports/liability'
    | '/admin/reports/revenue'
    | '/admin/reports/breakage'
    | '/admin/reports/deferred',
>(path: P, query: Readonly<Record<string, string>>) {
  return useQuery({
    queryKey: ['desk', path, query],
    queryFn: (): Promise<Answer<P>> => call('get', path, { query, org: null }) as Promise<Answer<P>>,
    placeholderData: keepPreviousData,
  });
}

function TrialBalance({ period }: { readonly period: Period }) {
  const report = useReport('/admin/reports/trial-balance', pastMoment(period));
  return (
    <Loaded from={report} lines={8}>
      {(data) => (
        <>
          <AsOf of={data} />
          <Table heads={['Account', 'Debit $', 'Credit $']}>
            {data.accounts.map((one) => (
              <tr key={one.account}>
                <td>
                  <span className="mono">{one.account}</span>
                </td>
                <Amount usd={one.debitUsd} />
                <Amount usd={one.creditUsd} />
              </tr>
            ))}
            <tr>
              <td>
                <b>Sum</b>
              </td>
              <Amount usd={data.debitUsd} isSum />
              <Amount usd={data.creditUsd} isSum />
            </tr>
          </Table>
          <Group mt="md">
            {/[1-9]/.test(data.differenceUsd) ? (
              <State tone="bad">
                The books differ by <Usd usd={data.differenceUsd} />
              </State>
            ) : (
              <State tone="good">Debits and credits are equal</State>
            )}
          </Group>
        </>
      )}
    </Loaded>
  );
}

function Journal({ period }: { readonly period: Period }) {
  const journal = usePages(['desk', 'journal', period], (cursor) =>
    call('get', '/admin/reports/journal', { query: { ...period, limit: PAGE, cursor }, org: null }),
  );
  const first = journal.data?.pages[0];
  const lines = journal.data?.pages.flatMap(({ lines: page }) => page);
  return (
    <Loaded from={{ data: lines, error: journal.error, refetch: journal.refetch }} lines={8}>
      {(all) =>
        all.length === 0 ? (
          <Empty title="No entries">Nothing was booked in this period.</Empty>
        ) : (
          <>
            {first === undefined ? null : <AsOf of={first} />}
            <Table heads={['When', 'What', 'Debit', 'Credit', 'Amount $']}>
              {all.map((line) => (
                <tr key={line.entryId}>
                  <td>
                    <Time at={line.date} />
                  </td>
                  <td>
                    {sayType(line.type)}
                    {line.serviceType === null ? '' : ` · ${sayService(line.serviceType)}`}
                  </td>
                  <td>
                    <span className="mono">{line.debitAccount}</span>
                  </td>
                  <td>
                    <span className="mono">{line.creditAccount}</span>
                  </td>
                  <Amount usd={line.amountUsd} />
                </tr>
              ))}
            </Table>
            <More of={journal} />
          </>
        )
      }
    </Loaded>
  );
}

function Revenue({ period }: { readonly period: Period }) {
  const report = useReport('/admin/reports/revenue', period);
  return (
    <Loaded from={report} lines={8}>
      {(data) =>
        data.revenue.length === 0 ? (
          <Empty title="No revenue">Nothing was spent in this period.</Empty>
        ) : (
          <>
            <AsOf of={data} />
            <Table heads={['Month', 'Service', 'Paid $', 'Promotional $', 'Free cards $', 'Refunded $', 'Revenue $']}>
              {data.revenue.map((one) => (
                <tr key={one.month + one.serviceType}>
                  <td>{one.month}</td>
                  <td>{sayService(one.serviceType)}</td>
                  <Amount usd={one.paidUsd} />
                  <Amount usd={one.promotionalUsd} />
                  <Amount usd={one.freeGiftCardsUsd} />
                  <Amount usd={one.refundedUsd} />
                  <Amount usd={one.revenueUsd} />
                </tr>
              ))}
            </Table>
          </>
        )
      }
    </Loaded>
  );
}

function Liability({ period }: { readonly period: Period }) {
  const report = useReport('/admin/reports/liability', pastMoment(period));
  return (
    <Loaded from={report} lines={8}>
      {(data) => (
        <>
          <AsOf of={data} />
          <Table heads={['From', 'Kind', 'Age in days', 'Amount $']}>
            {data.ages.map((one) => (
              <tr key={one.source + one.kind + one.fromDays}>
                <td>{sayWord(one.source)}</td>
                <td>{sayWord(one.kind)}</td>
                <td>{one.toDays === null ? `${one.fromDays} and more` : `${one.fromDays} to ${one.toDays}`}</td>
                <Amount usd={one.amountUsd} />
              </tr>
            ))}
          </Table>
          <Stack gap={2} mt="md">
            <Text size="sm" component="div">
              Paid <Usd usd={data.paidUsd} />, promotional <Usd usd={data.promotionalUsd} />, debts of wallets{' '}
              <Usd usd={data.debtUsd} />
            </Text>
          </Stack>
        </>
      )}
    </Loaded>
  );
}

function Breakage({ period }: { readonly period: Period }) {
  const report = useReport('/admin/reports/breakage', period);
  return (
    <Loaded from={report} lines={6}>
      {(data) =>
        data.breakage.length === 0 ? (
          <Empty title="Nothing expired">No credit ended in this period.</Empty>
        ) : (
          <>
            <AsOf of={data} />
            <Table heads={['Month', 'Lots', 'Paid $', 'Promotional $']}>
              {data.breakage.map((one) => (
                <tr key={one.month}>
                  <td>{one.month}</td>
                  <td>{one.lots}</td>
                  <Amount usd={one.paidUsd} />
                  <Amount usd={one.promotionalUsd} />
                </tr>
              ))}
            </Table>
          </>
        )
      }
    </Loaded>
  );
}

function Deferred({ period }: { readonly period: Period }) {
  const report = useReport('/admin/reports/deferred', period);
  return (
    <Loaded from={report} lines={8}>
      {(data) => (
        <>
          <AsOf of={data} />
          <Table heads={['Line', 'Paid $', 'Promotional $', 'Debt $', 'Total $']}>
            {data.lines.map((one) => (
              <tr key={one.line}>
                <td>{sayWord(one.line.replaceAll(/([A-Z])/g, ' $1'))}</td>
                <Amount usd={one.paidUsd} />
                <Amount usd={one.promotionalUsd} />
                <Amount usd={one.debtUsd} />
                <Amount usd={one.totalUsd} />
              </tr>
            ))}
          </Table>
        </>
      )}
    </Loaded>
  );
}
