/** The first page: what there is to spend, how long it lasts, where it goes. */
import { Button, Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { Suspense, lazy } from 'react';
import { useBalance, useDeposits, useRecentEntries, useStatement, type Balance, type Statement } from '../api/queries';
import { show, toMicros, toUsd } from '../lib/money';
import { go } from '../lib/route';
import { ago, daysAfter, daysBefore, showDay } from '../lib/time';
import { sayDeposit, sayService, sayType, STATUS } from '../lib/words';
import { Boundary } from '../ui/Boundary';
import { Empty, Heading, Link, Loaded, Panel, State, Time, Usd } from '../ui/parts';
import { mayManage, type OrgRole } from './Pages';

const Chart = lazy(async () => ({ default: (await import('./Chart')).BalanceChart }));
const WINDOW_DAYS = 28;
/** A suggested top-up lasts for so long. */
const SUGGESTED_DAYS = 30n;

export function Overview({ role }: { readonly role: OrgRole }) {
  const balance = useBalance();
  const period = { from: daysBefore(WINDOW_DAYS), to: daysAfter(1) };
  const statement = useStatement(period);
  return (
    <>
      <Heading
        title="Billing"
        aside={mayManage(role) ? <Button onClick={() => go('/billing/top-up')}>Top up</Button> : undefined}
      />
      <Panel>
        <Loaded from={balance} lines={5}>
          {(data) => <BalanceCard balance={data} statement={statement.data} canTopUp={mayManage(role)} />}
        </Loaded>
      </Panel>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <BalanceOverTime />
        <Panel title="Spending by service" aside={<Note>Last {WINDOW_DAYS} days</Note>}>
          <Loaded from={statement}>{(data) => <ByService statement={data} />}</Loaded>
        </Panel>
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Newest />
        <Arriving />
      </SimpleGrid>
    </>
  );
}

function Note({ children }: { readonly children: React.ReactNode }) {
  return (
    <Text size="sm" c="dimmed" component="span">
      {children}
    </Text>
  );
}

function BalanceCard({
  balance,
  statement,
  canTopUp,
}: {
  readonly balance: Balance;
  readonly statement: Statement | undefined;
  readonly canTopUp: boolean;
}) {
  const { word, tone, about } = STATUS[balance.status];
  const hasDebt = toMicros(balance.debtUsd) > 0n;
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start">
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            Available
          </Text>
          <div className="figure hero" data-testid="available">
            {show(balance.availableUsd)}
          </div>
        </div>
        <Stack gap={2} align="flex-end" maw={300}>
          <State tone={tone}>{word}</State>
          <Text size="sm" c="dimmed" ta="right">
            {about}
          </Text>
        </Stack>
      </Group>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="lg" verticalSpacing="md">
        <Figure name="Held" about={<Link to="/billing/holds">Reserved by open holds</Link>} value={balance.heldUsd} />
        <Figure name="Pending" about="Seen on chain, not final yet" value={balance.pendingUsd} />
        <Figure name="Deposited" about="In all, on every rail" value={balance.totalUsd} />
        {hasDebt ? (
          <Figure name="Debt" about="Paid first by the next top-up" value={balance.debtUsd} />
        ) : (
          <div>
            <Text size="sm" c="dimmed">
              Free gift cards
            </Text>
            <Text size="lg" fw={600} className="figure">
              {balance.freeGiftCards}
            </Text>
            <Text size="xs" c="dimmed">
              Come with packs
            </Text>
          </div>
        )}
      </SimpleGrid>
      <Group justify="space-between" gap="xs">
        <Text size="sm" component="div" mih={22}>
          {statement ? (
            <Runway balance={balance} statement={statement} canTopUp={canTopUp} />
          ) : (
            <Skeleton height={18} width={260} />
          )}
          {balance.nextExpiry === null ? null : (
            <div>
              <Usd usd={balance.nextExpiry.amountUsd} /> expires <Time at={balance.nextExpiry.expiresAt} />
            </div>
          )}
          {balance.restricted.map(({ services, actions, availableUsd }) => (
            <div key={JSON.stringify([services, actions])}>
              <Usd usd={availableUsd} /> of it is for{' '}
              {[...(services ?? []).map(sayService), ...(actions ?? [])].join(', ')} alone
            </div>
          ))}
        </Text>
        <Text size="xs" c="dimmed" title={balance.at}>
          As of {ago(balance.at)}
        </Text>
      </Group>
    </Stack>
  );
}

function Figure({
  name,
  about,
  value,
}: {
  readonly name: string;
  readonly about: React.ReactNode;
  readonly value: string;
}) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text size="lg" fw={600} component="div">
        <Usd usd={value} />
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {about}
      </Text>
    </div>
  );
}

/** What services took over the period, in micros, by service: the largest first. */
function spendingOf({ movements }: Statement): (readonly [service: string, micros: bigint])[] {
  const sums = new Map<string, bigint>();
  for (const { type, serviceType, availableDeltaUsd, heldDeltaUsd } of movements) {
    if (serviceType === null || type === 'DEPOSIT') continue;
    const spent = -(toMicros(availableDeltaUsd) + toMicros(heldDeltaUsd));
    sums.set(serviceType, (sums.get(serviceType) ?? 0n) + spent);
  }
  return [...sums].filter(([, micros]) => micros > 0n).sort(([, a], [, b]) => (a < b ? 1 : -1));
}

/** How long the balance lasts at the pace of the last weeks. */
function Runway({
  balance,
  statement,
  canTopUp,
}: {
  readonly balance: Balance;
  readonly statement: Statement;
  readonly canTopUp: boolean;
}) {
  const spent = spendingOf(statement).reduce((sum, [, micros]) => sum + micros, 0n);
  const available = toMicros(balance.availableUsd);
  if (spent === 0n) return <span>No spending in the last {WINDOW_DAYS} days.</span>;
  const perDay = spent / BigInt(WINDOW_DAYS);
  if (perDay === 0n || available <= 0n) return <span>Top up to go on spending.</span>;
  const days = available / perDay;
  const suggested = ((perDay * SUGGESTED_DAYS) / 1_000_000n + 1n) * 1_000_000n;
  if (days > 999n) return <span>Lasts more than 999 days at the pace of the last {WINDOW_DAYS} days.</span>;
  return (
    <span>
      Lasts about <b>{String(days)} days</b>, until {showDay(daysAfter(Number(days)))}, at the pace of the last{' '}
      {WINDOW_DAYS} days. A month costs about {show(toUsd(suggested))}
      {canTopUp ? (
        <>
          : <Link to={`/billing/top-up?amount=${toUsd(suggested)}`}>top up for a month</Link>
        </>
      ) : null}
      .
    </span>
  );
}

function ByService({ statement }: { readonly statement: Statement }) {
  const spending = spendingOf(statement);
  const [, largest = 1n] = spending[0] ?? [];
  if (spending.length === 0) {
    return <Empty title="Nothing spent yet">What your services spend is shown here, by service.</Empty>;
  }
  return (
    <Stack gap="sm">
      {spending.slice(0, 6).map(([service, micros]) => (
        <div key={service}>
          <Group justify="space-between" mb={4}>
            <Text size="sm">
              <bdi>{sayService(service)}</bdi>
            </Text>
            <Text size="sm" fw={560} className="figure">
              {show(toUsd(micros))}
            </Text>
          </Group>
          <svg width="100%" height="6" aria-hidden="true">
            <rect width="100%" height="6" rx="3" fill="var(--coffer-line)" />
            <rect
              width={`${Number((micros * 100n) / largest)}%`}
              height="6"
              rx="3"
              fill="var(--mantine-color-anchor)"
            />
          </svg>
        </div>
      ))}
    </Stack>
  );
}

function BalanceOverTime() {
  const entries = useRecentEntries();
  return (
    <Panel title="Balance" aside={<Note>Last {entries.data?.entries.length ?? 100} entries</Note>}>
      <Loaded from={entries} lines={6}>
        {({ entries: list }) =>
          list.length < 2 ? (
            <Empty title="Not enough to draw yet">The balance over time appears with the second entry.</Empty>
          ) : (
            <Boundary of="chart">
              <Suspense fallback={<Skeleton height={220} />}>
                <Chart entries={list} />
              </Suspense>
            </Boundary>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Newest() {
  const entries = useRecentEntries();
  return (
    <Panel title="Newest entries" aside={<Link to="/billing/ledger">All entries</Link>}>
      <Loaded from={entries}>
        {({ entries: list }) =>
          list.length === 0 ? (
            <Empty title="No entries yet">
              Every movement of the balance is an entry. The first one comes with a top-up.
            </Empty>
          ) : (
            <table className="rows">
              <thead>
                <tr>
                  <th>What</th>
                  <th className="wide">When</th>
                  <th className="end">Effect</th>
                </tr>
              </thead>
              <tbody>
                {list.slice(0, 6).map(({ id, type, createdAt, availableDeltaUsd }) => (
                  <tr key={id}>
                    <td>{sayType(type)}</td>
                    <td className="wide">
                      <Time at={createdAt} />
                    </td>
                    <td className="end">
                      <Usd usd={availableDeltaUsd} signed />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Arriving() {
  const deposits = useDeposits(6);
  return (
    <Panel title="Money in" aside={<Link to="/billing/money-in">All of it</Link>}>
      <Loaded from={deposits}>
        {({ deposits: list }) =>
          list.length === 0 ? (
            <Empty title="No transfers yet">
              Send USDC from an address that you registered, and watch it arrive here.
            </Empty>
          ) : (
            <table className="rows">
              <thead>
                <tr>
                  <th>State</th>
                  <th className="wide">Seen</th>
                  <th className="end">Amount</th>
                </tr>
              </thead>
              <tbody>
                {list.map((one) => {
                  const { tone, word } = sayDeposit(one);
                  return (
                    <tr key={one.id}>
                      <td>
                        <State tone={tone}>{word}</State>
                      </td>
                      <td className="wide">
                        <Time at={one.observedAt} />
                      </td>
                      <td className="end">
                        <Usd usd={one.amountUsd} />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Panel>
  );
}
