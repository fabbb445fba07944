/** Counts again, from the entries, what budgets have counted. */
import type { Database } from '../database.ts';
import { changeRows, count, listRows, micros, textOf, timeOf, type Queries, type Row } from '../rows.ts';

/** A period of a budget whose counter is not what its entries add up to; in micros. */
export interface Miscounted {
  readonly wallet: string;
  readonly budget: string;
  readonly startsAt: Date;
  /** The first entry of the last command that counted there; 1 where none did. */
  readonly seq: number;
  readonly used: bigint;
  readonly reserved: bigint;
  readonly usedDue: bigint;
  readonly reservedDue: bigint;
}

/** Most wallets that are read at once. */
const PAGE_WALLETS_MAX = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** What the commands of a wallet that counted in budgets add up to. All entries of a command have its key. */
const DUE = `SELECT u.wallet, u.budget, u.starts_at, sum(-(e.available_delta + e.held_delta)) AS used, sum(e.held_delta) AS reserved,
    max(u.seq) AS seq
  FROM budget_use u JOIN entry f ON f.wallet = u.wallet AND f.seq = u.seq
  JOIN entry e ON e.wallet = f.wallet AND e.key = f.key
  WHERE u.wallet = :wallet GROUP BY u.wallet, u.budget, u.starts_at`;

const MISCOUNTED = `SELECT wallet, budget, starts_at, coalesce(c.used, 0)::text AS used, coalesce(c.reserved, 0)::text AS reserved,
    coalesce(d.seq, 1) AS seq, coalesce(d.used, 0)::text AS used_due, coalesce(d.reserved, 0)::text AS reserved_due
  FROM (SELECT * FROM budget_period WHERE wallet = :wallet) AS c FULL JOIN (${DUE}) AS d USING (wallet, budget, starts_at)
  WHERE coalesce(c.used, 0) <> coalesce(d.used, 0) OR coalesce(c.reserved, 0) <> coalesce(d.reserved, 0)
  ORDER BY budget, starts_at`;

function miscountedOf(row: Row): Miscounted {
  return {
    wallet: textOf(row['wallet']),
    budget: textOf(row['budget']),
    startsAt: timeOf(row['starts_at']),
    seq: count(row['seq']),
    used: micros(row['used']),
    reserved: micros(row['reserved']),
    usedDue: micros(row['used_due']),
    reservedDue: micros(row['reserved_due']),
  };
}

/** The periods of a wallet's budgets that are miscounted. Each wallet is read in one snapshot, so that others may write. */
export async function findMiscounted(db: Queries, wallet: string): Promise<Miscounted[]> {
  return listRows(db, miscountedOf, MISCOUNTED, { wallet });
}

/** The periods of all budgets that are miscounted. */
export async function listMiscounted(db: Queries): Promise<Miscounted[]> {
  const found: Miscounted[] = [];
  for (let after = BEFORE_ALL; ;) {
    const wallets = await listRows(
      db,
      (row) => textOf(row['wallet']),
      `SELECT DISTINCT wallet FROM budget WHERE wallet > ? ORDER BY wallet LIMIT ?`,
      [after, PAGE_WALLETS_MAX],
    );
    for (const wallet of wallets) found.push(...(await findMiscounted(db, wallet)));
    const last = wallets.at(-1);
    if (last === undefined || wallets.length < PAGE_WALLETS_MAX) return found;
    after = last;
  }
}

/**
 * Sets the counters of a wallet's budgets to what its entries add up to; every writer reads them again before its next
 * decision.
 * @returns how many were wrong
 * @throws a serialization failure when something was counted meanwhile; then nothing is changed
 */
export async function recountBudgets(db: Database, wallet: string): Promise<number> {
  return db.transaction(
    async (trx) => {
      const wrong = await findMiscounted(trx, wallet);
      for (const { budget, startsAt, usedDue, reservedDue } of wrong) {
        await changeRows(
          trx,
          `UPDATE budget_period SET used = ?::bigint, reserved = ?::bigint WHERE wallet = ? AND budget = ? AND starts_at = ?`,
          [String(usedDue), String(reservedDue), wallet, budget, startsAt],
        );
      }
      // Each change of a budget is seen by every writer.
      if (wrong.length > 0) await changeRows(trx, 'UPDATE budget SET version = version WHERE wallet = ?', [wallet]);
      return wrong.length;
    },
    { isolationLevel: 'repeatable read' },
  );
}
