/** What moved the wallets of users, for operators. */
import type { Transaction } from '../ledger/transactions.ts';
import type { Database } from '../database.ts';
import { ENTRY_COLUMNS, entryOfRow } from '../ledger/entry-columns.ts';
import { listRows, micros, textOf } from '../rows.ts';

/** A transaction of a user's wallet. */
export interface UserTransaction {
  readonly user: string;
  readonly transaction: Transaction;
}

/**
 * Transactions of every user, or of one, newest first. Only the wallets that moved last are looked into: as many as a page
 * has rows, since the page lies in these.
 */
export async function listUserTransactions(
  db: Database,
  page: {
    readonly user: string | undefined;
    readonly before: { readonly atMs: number; readonly wallet: string; readonly seq: number } | undefined;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<UserTransaction[]> {
  const { user, before, offset, limit } = page;
  return listRows(
    db,
    (row) => ({
      user: textOf(row['user_name']),
      transaction: {
        first: entryOfRow(row),
        amountMicros: micros(row['moved']),
        balanceMicros: micros(row['left_after']),
      },
    }),
    `SELECT ${ENTRY_COLUMNS}, u.id AS user_name,
       (SELECT sum(p.available_delta)::bigint FROM entry p WHERE p.wallet = e.wallet AND p.key = e.key) AS moved,
       (SELECT p.available FROM entry p WHERE p.wallet = e.wallet AND p.key = e.key ORDER BY p.part DESC LIMIT 1)
         AS left_after
     FROM (SELECT w.id, w.wallet, l.at FROM wallet_user w
       JOIN LATERAL (SELECT e.at FROM entry e WHERE e.wallet = w.wallet AND e.part = 0 AND ${BEFORE}
         ORDER BY e.seq DESC LIMIT 1) l ON true
       WHERE (:user::text IS NULL OR w.id = :user::text)
       ORDER BY l.at DESC, w.wallet DESC LIMIT :last) u
     JOIN LATERAL (SELECT f.wallet, f.seq FROM entry f WHERE f.wallet = u.wallet AND f.part = 0
       AND ${BEFORE.replaceAll('e.', 'f.')} ORDER BY f.seq DESC LIMIT :last) found ON true
     JOIN entry e ON e.wallet = found.wallet AND e.seq = found.seq
     ORDER BY e.at DESC, e.wallet DESC, e.seq DESC LIMIT :limit OFFSET :offset`,
    {
      user: user ?? null,
      at: before === undefined ? null : new Date(before.atMs),
      wallet: before?.wallet ?? null,
      seq: before?.seq ?? null,
      offset,
      limit,
      last: offset + limit,
    },
  );
}

const BEFORE =
  '(:at::timestamptz IS NULL OR (e.at, e.wallet, e.seq) < (:at::timestamptz, :wallet::uuid, :seq::bigint))';
