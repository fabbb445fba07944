/** The budgets of wallets as a writer of the ledger reads them with a wallet's head. */
import {
  BUDGET_PERIODS,
  BUDGET_SUBJECTS,
  WalletBudgets,
  type Budget,
  type BudgetLeft,
  type Counter,
  type BudgetMark,
} from '../../core/budgets/budget.ts';
import {
  count,
  listOf,
  listRows,
  micros,
  oneOf,
  orNull,
  rowOf,
  small,
  textOf,
  truth,
  type Queries,
  type Row,
} from '../rows.ts';

const milliseconds = (column: string): string => `((extract(epoch FROM ${column}) * 1000)::bigint)::text`;

/** The members of a budget `b` as JSON, for {@link budgetOf}. */
export const BUDGET_DEFINITION = `'id', b.id, 'org', b.org, 'name', b.name, 'subject', b.subject, 'value', b.value,
  'period', b.period, 'amount', b.amount::text, 'hard', b.hard, 'warnPercent', b.warn_percent, 'zone', b.zone,
  'createdAtMs', ${milliseconds('b.created_at')}`;

const BUDGET_JSON = `json_build_object(${BUDGET_DEFINITION}, 'startsAtMs', ${milliseconds('p.starts_at')},
  'endsAtMs', ${milliseconds('p.ends_at')}, 'used', p.used::text, 'reserved', p.reserved::text,
  'warned', p.warned_amount::text, 'exhausted', p.exhausted_amount::text)`;

/** Selects the budgets of a wallet with their newest periods, as one value. @param wallet an expression */
export const selectBudgets = (wallet: string): string => `(SELECT json_agg(${BUDGET_JSON} ORDER BY b.id)
  FROM budget b LEFT JOIN LATERAL (SELECT * FROM budget_period n WHERE n.wallet = b.wallet AND n.budget = b.id
    ORDER BY n.starts_at DESC LIMIT 1) AS p ON true
  WHERE b.wallet = ${wallet} AND b.ended_at IS NULL)`;

/** The budgets in a value of {@link selectBudgets}. @throws TypeError or RangeError when they cannot be read */
export function budgetsOf(value: unknown): WalletBudgets {
  if (value === null || value === undefined) return WalletBudgets.NONE;
  const rows = listOf(value, rowOf);
  const counters = rows.flatMap((row): [string, Counter][] =>
    row['startsAtMs'] === null ? [] : [[textOf(row['id']), counterOf(row)]],
  );
  return new WalletBudgets(rows.map(budgetOf), new Map(counters));
}

/** The budget in an object of {@link BUDGET_DEFINITION}. @throws TypeError or RangeError when it cannot be read */
export function budgetOf(row: Row): Budget {
  return {
    id: textOf(row['id']),
    org: textOf(row['org']),
    name: orNull(row['name'], textOf),
    subject: oneOf(BUDGET_SUBJECTS, row['subject']),
    value: textOf(row['value']),
    period: oneOf(BUDGET_PERIODS, row['period']),
    limitMicros: micros(row['amount']),
    hard: truth(row['hard']),
    warnPercent: orNull(row['warnPercent'], small),
    zone: textOf(row['zone']),
    createdAtMs: count(row['createdAtMs']),
  };
}

function counterOf(row: Row): Counter {
  return {
    startsAtMs: count(row['startsAtMs']),
    endsAtMs: orNull(row['endsAtMs'], count),
    used: micros(row['used']),
    reserved: micros(row['reserved']),
    warnedAtLimit: orNull(row['warned'], micros),
    exhaustedAtLimit: orNull(row['exhausted'], micros),
  };
}

/** Selects where a command counted, as one value. @param wallet, seq expressions; `seq` is that of its first entry */
export const selectMarks = (wallet: string, seq: string): string => `(SELECT json_agg(json_build_object(
  'budget', u.budget, 'startsAtMs', ${milliseconds('u.starts_at')}) ORDER BY u.budget)
  FROM budget_use u WHERE u.wallet = ${wallet} AND u.seq = ${seq})`;

/** The marks in a value of {@link selectMarks}; undefined when there are none. */
export function marksOf(value: unknown): readonly BudgetMark[] | undefined {
  if (value === null || value === undefined) return undefined;
  return listOf(value, rowOf).map((row) => ({ budget: textOf(row['budget']), startsAtMs: count(row['startsAtMs']) }));
}

/** SQLSTATE of a write whose entries were judged by budgets that were changed meanwhile. Nothing of it is written. */
export const BUDGETS_CHANGED = '40B01';

/**
 * True unless a budget of one of the wallets was changed after a version; then the statement fails with
 * {@link BUDGETS_CHANGED}. Of the changes it reads those after the version alone, which are none as a rule.
 * @param version a parameter that is a bigint. @param wallets a parameter that is a uuid[].
 */
export const budgetsAsOf = (version: string, wallets: string): string => `(CASE WHEN EXISTS (
    SELECT FROM (SELECT wallet FROM budget WHERE version > ${version}::bigint OFFSET 0) AS changed
    WHERE changed.wallet = ANY(${wallets}::uuid[])) THEN refuse_stale_budgets() ELSE true END)`;

/** The version of all budgets, and the wallets whose budgets were changed after the version in $1. */
export const SELECT_CHANGED = `SELECT (SELECT version FROM budget_book) AS version,
  (SELECT array_agg(wallet) FROM budget WHERE version > $1::bigint) AS wallets`;

/** What {@link SELECT_CHANGED} gives. */
export interface ChangedBudgets {
  readonly version: number;
  readonly wallets: readonly string[];
}

/** The row of {@link SELECT_CHANGED}. @throws Error where it is missing */
export function changedOf([row]: readonly Row[]): ChangedBudgets {
  if (!row) throw new Error('the version of the budgets is missing');
  return { version: count(row['version']), wallets: listOf(row['wallets'] ?? [], textOf) };
}

/**
 * Selects what was left of each budget that commands counted in, right after them.
 * @param wallet a parameter that is a uuid[]. @param seq a parameter that is a bigint[]: of their first entries.
 */
const selectLeft = (wallet: string, seq: string): string => `
  SELECT u.wallet, u.seq, u.budget, u.amount_left, (extract(epoch FROM p.ends_at) * 1000)::bigint AS ends_ms
  FROM unnest(${wallet}::uuid[], ${seq}::bigint[]) AS x (wallet, seq)
  JOIN budget_use u ON u.wallet = x.wallet AND u.seq = x.seq AND u.amount_left IS NOT NULL
  JOIN budget_period p ON p.wallet = u.wallet AND p.budget = u.budget AND p.starts_at = u.starts_at
  ORDER BY u.budget`;

/** The same with $1 and $2. */
export const SELECT_LEFT = selectLeft('$1', '$2');

/** A row of {@link selectLeft}. */
export interface LeftAfter {
  readonly wallet: string;
  readonly seq: number;
  readonly left: BudgetLeft;
}

/** The row of {@link selectLeft}. */
export function leftAfterOf(row: Row): LeftAfter {
  const left = {
    budget: textOf(row['budget']),
    leftMicros: micros(row['amount_left']),
    endsAtMs: orNull(row['ends_ms'], count),
  };
  return { wallet: textOf(row['wallet']), seq: count(row['seq']), left };
}

/** What was left of each budget that a command counted in, right after it. @param seq of its first entry */
export async function listBudgetsLeft(db: Queries, wallet: string, seq: number): Promise<BudgetLeft[]> {
  const rows = await listRows(db, leftAfterOf, selectLeft('?', '?'), [[wallet], [seq]]);
  return rows.map(({ left }) => left);
}
