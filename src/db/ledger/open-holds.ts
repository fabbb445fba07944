/** The open holds of all wallets: those to be listed after a restore, and whose wallets have to be settled. */
import type { ServiceType } from '../../core/ledger/vocabulary.ts';
import type { Database } from '../database.ts';
import { count, getRow, listRows, orNull, textOf, timeOf, type Row } from '../rows.ts';

/** An open hold of any wallet. */
export interface ListedHold {
  readonly wallet: string;
  readonly hold: number;
  /** `org <id>` or `user <id>`. */
  readonly owner: string;
  readonly service: ServiceType;
  readonly reference: string | null;
  readonly openedAt: Date;
  readonly expiresAt: Date;
}

/** Open holds of all wallets, in order of wallet and number, after the given one. */
export async function listAllOpenHolds(
  db: Database,
  page: { readonly after: Pick<ListedHold, 'wallet' | 'hold'> | undefined; readonly limit: number },
): Promise<ListedHold[]> {
  const { wallet = null, hold = 0 } = page.after ?? {};
  return listRows(
    db,
    openHoldOf,
    `SELECT h.wallet, h.hold, w.owner_kind, w.owner, o.service, o.reference, o.at, h.expires_at
     FROM hold_open h JOIN wallet w ON w.id = h.wallet JOIN entry o ON o.wallet = h.wallet AND o.seq = h.hold
     WHERE :wallet::uuid IS NULL OR (h.wallet, h.hold) > (:wallet::uuid, :hold::bigint)
     ORDER BY h.wallet, h.hold LIMIT :limit`,
    { wallet, hold, limit: page.limit },
  );
}

function openHoldOf(row: Row): ListedHold {
  return {
    wallet: textOf(row['wallet']),
    hold: count(row['hold']),
    owner: `${textOf(row['owner_kind'])} ${textOf(row['owner'])}`,
    service: textOf(row['service']),
    reference: orNull(row['reference'], textOf),
    openedAt: timeOf(row['at']),
    expiresAt: timeOf(row['expires_at']),
  };
}

/**
 * Wallets with an overdue hold or lot (expiry <= now), without those in `but`: of the `limit` holds and the `limit` lots that
 * are overdue longest. So it may be a single wallet, where that has many.
 */
export async function listOverdueWallets(
  db: Database,
  { now, but, limit }: { readonly now: Date; readonly but: ReadonlySet<string>; readonly limit: number },
): Promise<string[]> {
  return listRows(
    db,
    (row) => textOf(row['wallet']),
    `(SELECT wallet FROM hold_open WHERE expires_at <= :now AND wallet <> ALL(:but::uuid[])
       ORDER BY expires_at LIMIT :limit)
     UNION (SELECT wallet FROM lot_open WHERE expires_at <= :now AND wallet <> ALL(:but::uuid[])
       ORDER BY expires_at LIMIT :limit)`,
    { now, but: [...but], limit },
  );
}

/** How many open holds are past their end and have no entry of it yet; counts `most` at most. */
export async function countOverdueHolds(db: Database, now: Date, most: number): Promise<number> {
  return getRow(
    db,
    (row) => count(row['overdue']),
    'SELECT count(*) AS overdue FROM (SELECT 1 FROM hold_open WHERE expires_at <= :now LIMIT :most) AS counted',
    { now, most },
  );
}
