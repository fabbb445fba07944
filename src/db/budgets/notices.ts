/** What is to be reported of budgets: what commands made of them, and that reported ones begin anew. */
import type { BudgetNotice, EndedPeriod } from '../../core/events/budgets.ts';
import type { DatabaseTransaction } from '../database.ts';
import { count, listRows, micros, oneOf, orNull, rowOf, timeMsOf, type Queries, type Row } from '../rows.ts';
import { BUDGET_DEFINITION, budgetOf } from './state.ts';

/** A notice, and the first entry of the command that caused it. */
export interface FoundNotice {
  readonly seq: number;
  readonly notice: BudgetNotice;
}

function noticeOf(row: Row): FoundNotice {
  return {
    seq: count(row['seq']),
    notice: {
      kind: oneOf(['warned', 'exhausted'] as const, row['kind']),
      budget: budgetOf(rowOf(row['budget'])),
      limitMicros: micros(row['amount']),
      used: micros(row['used']),
      reserved: micros(row['reserved']),
      startsAtMs: timeMsOf(row['starts_at']),
      endsAtMs: orNull(row['ends_at'], timeMsOf),
    },
  };
}

/** The notices of a wallet's commands whose first entries lie between two, both included. */
export async function listNotices(db: Queries, wallet: string, fromSeq: number, toSeq: number): Promise<FoundNotice[]> {
  return listRows(
    db,
    noticeOf,
    `SELECT n.seq, n.kind, n.starts_at, n.ends_at, n.amount, n.used, n.reserved, json_build_object(${BUDGET_DEFINITION}) AS budget
     FROM budget_notice n JOIN budget b ON b.wallet = n.wallet AND b.id = n.budget
     WHERE n.wallet = ? AND n.seq >= ? AND n.seq <= ? ORDER BY n.seq, n.budget, n.kind DESC`,
    [wallet, fromSeq, toSeq],
  );
}

/** Most periods that are taken at once. */
export const RENEWALS_MAX = 100;

/**
 * Takes periods that are over and in which a budget was reported, each once. A budget that was deleted since gives none.
 * @returns how many were taken, and those whose budgets begin anew
 */
export async function takeRenewals(
  trx: DatabaseTransaction,
  now: Date,
): Promise<{ readonly taken: number; readonly ended: EndedPeriod[] }> {
  const rows = await listRows(
    trx,
    (row) => orNull(row['budget'], (budget) => endedOf(row, rowOf(budget))),
    `WITH due AS (
       SELECT wallet, budget, starts_at FROM budget_period
       WHERE renewed_at IS NULL AND (warned_amount IS NOT NULL OR exhausted_amount IS NOT NULL) AND ends_at <= :now
       ORDER BY ends_at LIMIT ${RENEWALS_MAX} FOR UPDATE SKIP LOCKED), taken AS (
       UPDATE budget_period p SET renewed_at = :now FROM due
       WHERE p.wallet = due.wallet AND p.budget = due.budget AND p.starts_at = due.starts_at
       RETURNING p.wallet, p.budget, p.ends_at, p.used)
     SELECT t.ends_at, t.used, CASE WHEN b.id IS NOT NULL THEN json_build_object(${BUDGET_DEFINITION}) END AS budget
     FROM taken t LEFT JOIN budget b ON b.wallet = t.wallet AND b.id = t.budget AND b.ended_at IS NULL`,
    { now },
  );
  return { taken: rows.length, ended: rows.filter((one) => one !== null) };
}

function endedOf(row: Row, budget: Row): EndedPeriod {
  return { budget: budgetOf(budget), endedAtMs: timeMsOf(row['ends_at']), used: micros(row['used']) };
}
