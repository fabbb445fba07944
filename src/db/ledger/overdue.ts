import type { Database } from '../database.ts';
import { listRows, textOf } from '../rows.ts';

/** Wallets with a hold or lot that is overdue (expiry <= now), those that wait longest first in each kind. */
export async function listOverdueWallets(
  db: Database,
  page: { readonly now: Date; readonly limit: number },
): Promise<string[]> {
  return listRows(
    db,
    (row) => textOf(row['wallet']),
    `(SELECT wallet FROM hold_open WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)
     UNION (SELECT wallet FROM lot_open WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)`,
    page,
  );
}
