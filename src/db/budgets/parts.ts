/** What a batch of the ledger writes into the tables of budgets, in the statement that writes its entries. */
import type { Counting, Move, Notice, BudgetUse } from '../../core/budgets/counting.ts';
import type { Part } from '../side-rows.ts';

/** Rows of the tables of budgets that a batch writes. */
export interface BudgetChanges {
  readonly budgetMoves: (Move & Of)[];
  readonly budgetUses: (BudgetUse & Of)[];
  readonly budgetNotices: (Notice & Of)[];
}

interface Of {
  readonly wallet: string;
}

/** Nothing counted. */
export function noBudgetChanges(): BudgetChanges {
  return { budgetMoves: [], budgetUses: [], budgetNotices: [] };
}

/** Adds what one wallet's posting counted. */
export function collectBudgets(wallet: string, counting: Counting, changes: BudgetChanges): void {
  for (const move of counting.moves) changes.budgetMoves.push({ wallet, ...move });
  for (const use of counting.uses) changes.budgetUses.push({ wallet, ...use });
  for (const notice of counting.notices) changes.budgetNotices.push({ wallet, ...notice });
}

const WALLET = ['wallet', 'uuid', ({ wallet }: Of) => wallet] as const;

/** Adds to what the periods have counted. The row of a period that is over is there: something is counted in it already. */
export function movePart(rows: BudgetChanges['budgetMoves']): Part<Move & Of> {
  return {
    rows,
    columns: [
      WALLET,
      ['budget', 'uuid', ({ budget }) => budget],
      ['starts_at', 'timestamptz', ({ startsAtMs }) => startsAtMs],
      ['ends_at', 'timestamptz', ({ endsAtMs }) => endsAtMs],
      ['used', 'bigint', ({ used }) => used],
      ['reserved', 'bigint', ({ reserved }) => reserved],
      ['warned_amount', 'bigint', ({ warnedAtLimit }) => warnedAtLimit],
      ['exhausted_amount', 'bigint', ({ exhaustedAtLimit }) => exhaustedAtLimit],
    ],
    sql: (t) => `INSERT INTO budget_period AS p
      (wallet, budget, starts_at, ends_at, used, reserved, warned_amount, exhausted_amount) SELECT * FROM ${t}
      ON CONFLICT (wallet, budget, starts_at) DO UPDATE SET used = p.used + excluded.used,
        reserved = p.reserved + excluded.reserved, warned_amount = coalesce(excluded.warned_amount, p.warned_amount),
        exhausted_amount = coalesce(excluded.exhausted_amount, p.exhausted_amount) RETURNING 1`,
  };
}

/** Keeps where commands counted. */
export function usePart(rows: BudgetChanges['budgetUses']): Part<BudgetUse & Of> {
  return {
    rows,
    columns: [
      WALLET,
      ['seq', 'bigint', ({ seq }) => seq],
      ['budget', 'uuid', ({ budget }) => budget],
      ['starts_at', 'timestamptz', ({ startsAtMs }) => startsAtMs],
      ['amount_left', 'bigint', ({ leftMicros }) => leftMicros],
    ],
    sql: (t) => `INSERT INTO budget_use (wallet, seq, budget, starts_at, amount_left) SELECT * FROM ${t} RETURNING 1`,
  };
}

/** Keeps what is to be reported. */
export function noticePart(rows: BudgetChanges['budgetNotices']): Part<Notice & Of> {
  return {
    rows,
    columns: [
      WALLET,
      ['seq', 'bigint', ({ seq }) => seq],
      ['budget', 'uuid', ({ budget }) => budget],
      ['kind', 'text', ({ kind }) => kind],
      ['starts_at', 'timestamptz', ({ startsAtMs }) => startsAtMs],
      ['ends_at', 'timestamptz', ({ endsAtMs }) => endsAtMs],
      ['amount', 'bigint', ({ limitMicros }) => limitMicros],
      ['used', 'bigint', ({ used }) => used],
      ['reserved', 'bigint', ({ reserved }) => reserved],
    ],
    sql: (t) => `INSERT INTO budget_notice (wallet, seq, budget, kind, starts_at, ends_at, amount, used, reserved)
      SELECT * FROM ${t} RETURNING 1`,
  };
}
