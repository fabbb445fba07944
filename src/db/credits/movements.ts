/** What moved the wallets of users, for operators. */
import { walletId } from '../../core/ids.ts';
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
  const bindings = {
    at: before === undefined ? null : new Date(before.atMs),
    wallet: before?.wallet ?? null,
    seq: before?.seq ?? null,
    last: offset + limit,
  };
  const own = user === undefined ? null : walletId({ kind: 'user', id: user });
  const moved = await listRows(db, (row) => textOf(row['id']), MOVED_LAST, { ...bindings, own });
  // A wallet never changes hands, so that it does not matter when its owner is read.
  const names = await listNames(db, moved);
  return listRows(
    db,
    (row) => ({
      user: nameOf(names, textOf(row['wallet'])),
      transaction: {
        first: entryOfRow(row),
        amountMicros: micros(row['moved']),
        balanceMicros: micros(row['left_after']),
      },
    }),
    TRANSACTIONS,
    { ...bindings, offset, limit, wallets: [...names.keys()] },
  );
}

async function listNames(db: Database, wallets: readonly string[]): Promise<Map<string, string>> {
  const names = await listRows(
    db,
    (row) => [textOf(row['wallet']), textOf(row['id'])] as const,
    'SELECT wallet, id FROM wallet_user WHERE wallet = ANY(?::uuid[])',
    [[...wallets]],
  );
  return new Map(names);
}

function nameOf(names: ReadonlyMap<string, string>, wallet: string): string {
  const name = names.get(wallet);
  if (name === undefined) throw new TypeError(`the wallet ${wallet} is no user's`);
  return name;
}

const BEFORE =
  '(:at::timestamptz IS NULL OR (e.at, e.wallet, e.seq) < (:at::timestamptz, :wallet::uuid, :seq::bigint))';

/** The users' wallets that moved last before a place. */
const MOVED_LAST = `
  SELECT w.id FROM wallet w
  JOIN LATERAL (SELECT e.at FROM entry e WHERE e.wallet = w.id AND e.part = 0 AND ${BEFORE}
    ORDER BY e.seq DESC LIMIT 1) l ON true
  WHERE w.owner_kind = 'user' AND (:own::uuid IS NULL OR w.id = :own::uuid)
  ORDER BY l.at DESC, w.id DESC LIMIT :last`;

const TRANSACTIONS = `
  SELECT ${ENTRY_COLUMNS},
    (SELECT sum(p.available_delta)::bigint FROM entry p WHERE p.wallet = e.wallet AND p.key = e.key) AS moved,
    (SELECT p.available FROM entry p WHERE p.wallet = e.wallet AND p.key = e.key ORDER BY p.part DESC LIMIT 1)
      AS left_after
  FROM wallet w
  JOIN LATERAL (SELECT f.wallet, f.seq FROM entry f WHERE f.wallet = w.id AND f.part = 0
    AND ${BEFORE.replaceAll('e.', 'f.')} ORDER BY f.seq DESC LIMIT :last) found ON true
  JOIN entry e ON e.wallet = found.wallet AND e.seq = found.seq
  WHERE w.id = ANY(:wallets::uuid[])
  ORDER BY e.at DESC, e.wallet DESC, e.seq DESC LIMIT :limit OFFSET :offset`;
