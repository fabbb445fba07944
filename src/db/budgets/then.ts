/** The budgets of a wallet as they were before one of its entries, to judge a command again. */
import { WalletBudgets, type Counter } from '../../core/budgets/budget.ts';
import { listRows, micros, orNull, rowOf, timeMsOf, type Queries } from '../rows.ts';
import { BUDGET_DEFINITION, budgetOf } from './state.ts';

/** How many numbers back the last command is looked for that counted in a budget. */
const LOOKED_BACK_MAX = 20_000;

/**
 * The budgets that there were at a time, with what they had left after the last command before an entry that counted in them.
 * Their limit and mode are those of now: a change between that command and the entry is not seen.
 * @param which.beforeSeq the number of the entry. @param which.atMs when it was judged (ms since the epoch)
 */
export async function readBudgetsThen(
  db: Queries,
  { wallet, beforeSeq, atMs }: { readonly wallet: string; readonly beforeSeq: number; readonly atMs: number },
): Promise<WalletBudgets> {
  const found = await listRows(
    db,
    (row) => ({
      budget: budgetOf(rowOf(row['budget'])),
      startsAtMs: orNull(row['starts_at'], timeMsOf),
      endsAtMs: orNull(row['ends_at'], timeMsOf),
      left: orNull(row['amount_left'], micros),
    }),
    `SELECT json_build_object(${BUDGET_DEFINITION}) AS budget, p.starts_at, p.ends_at, l.amount_left
     FROM budget b
     LEFT JOIN budget_period p ON p.wallet = b.wallet AND p.budget = b.id AND p.starts_at <= :at
       AND (p.ends_at IS NULL OR p.ends_at > :at)
     LEFT JOIN LATERAL (SELECT u.amount_left FROM budget_use u
       WHERE u.wallet = b.wallet AND u.budget = b.id AND u.starts_at = p.starts_at AND u.amount_left IS NOT NULL
         AND u.seq < :beforeSeq AND u.seq >= :fromSeq ORDER BY u.seq DESC LIMIT 1) l ON true
     WHERE b.wallet = :wallet AND b.created_at <= :at AND (b.ended_at IS NULL OR b.ended_at > :at) ORDER BY b.id`,
    { wallet, beforeSeq, fromSeq: beforeSeq - LOOKED_BACK_MAX, at: new Date(atMs) },
  );
  const counters = found.flatMap(({ budget, startsAtMs, endsAtMs, left }): [string, Counter][] => {
    if (startsAtMs === null) return [];
    // Only what is left decides: whether it was used or reserved makes no difference.
    const used = left === null ? 0n : budget.limitMicros - left;
    const reported = { warnedAtLimit: null, exhaustedAtLimit: null };
    return [[budget.id, { startsAtMs, endsAtMs, used, reserved: 0n, ...reported }]];
  });
  return new WalletBudgets(
    found.map(({ budget }) => budget),
    new Map(counters),
  );
}
