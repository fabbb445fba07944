/** The table of users who have a wallet: finds, makes and suspends them. */
import { walletId } from '../../core/ids.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { findRow, getRow, orNull, textOf, timeOf, type Queries, type Row } from '../rows.ts';

/** A user who has a wallet. */
export interface WalletUser {
  /** Their id in the sign-in. */
  readonly id: string;
  /** The id of their wallet, which is also what the database goes by when it keeps users apart. */
  readonly wallet: string;
  readonly createdAt: Date;
  /** Set while an operator has suspended the user. */
  readonly suspendedAt: Date | null;
  readonly suspendedReason: string | null;
}

const COLUMNS = 'id, wallet, created_at, suspended_at, suspended_reason';

function userOf(row: Row): WalletUser {
  return {
    id: textOf(row['id']),
    wallet: textOf(row['wallet']),
    createdAt: timeOf(row['created_at']),
    suspendedAt: orNull(row['suspended_at'], timeOf),
    suspendedReason: orNull(row['suspended_reason'], textOf),
  };
}

/** The user with that id; undefined while they have no wallet. */
export async function findUser(db: Queries, id: string): Promise<WalletUser | undefined> {
  return findRow(db, userOf, `SELECT ${COLUMNS} FROM wallet_user WHERE id = ?`, [id]);
}

/** Makes the wallet of a user. One that is there already stays as it is. */
export async function openUserWallet(
  db: Database | DatabaseTransaction,
  { id, at }: { readonly id: string; readonly at: Date },
): Promise<WalletUser> {
  const wallet = walletId({ kind: 'user', id });
  const known = await findUser(db, id);
  if (known) return known;
  // The wallet first: once the user is found, the ledger takes commands for it.
  await db.raw(
    `INSERT INTO wallet (id, owner_kind, owner, asset, created_at) VALUES (?, 'user', ?, 'USD', ?) ON CONFLICT DO NOTHING`,
    [wallet, id, at],
  );
  await db.raw('INSERT INTO wallet_user (wallet, id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [
    wallet,
    id,
    at,
  ]);
  return getRow(db, userOf, `SELECT ${COLUMNS} FROM wallet_user WHERE id = ?`, [id]);
}

/** Makes everybody else who decides about what a user has wait for the end of this transaction. */
export async function lockUser(trx: DatabaseTransaction, wallet: string): Promise<void> {
  await trx.raw('SELECT 1 FROM wallet_user WHERE wallet = ? FOR NO KEY UPDATE', [wallet]);
}

/**
 * Suspends a user, or ends that. One who has no wallet yet gets one. Suspending a suspended user keeps the first time and
 * reason.
 */
export async function suspendUser(
  db: Database,
  {
    id,
    at,
    suspended,
    reason,
  }: {
    readonly id: string;
    readonly at: Date;
    readonly suspended: boolean;
    readonly reason: string | null;
  },
): Promise<WalletUser> {
  return db.transaction(async (trx) => {
    const { wallet } = await openUserWallet(trx, { id, at });
    return getRow(
      trx,
      userOf,
      `UPDATE wallet_user SET suspended_at = CASE WHEN :suspended THEN coalesce(suspended_at, :at::timestamptz) END,
         suspended_reason = CASE WHEN NOT :suspended THEN NULL
           WHEN suspended_at IS NULL THEN :reason::text ELSE suspended_reason END
       WHERE wallet = :wallet RETURNING ${COLUMNS}`,
      { wallet, at, suspended, reason },
    );
  });
}
