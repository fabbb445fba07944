import type { Database } from '../database.ts';
import { listRows, textOf } from '../rows.ts';

/** Wallets with an overdue hold or lot (expiry <= now), in each kind those that are overdue longest first. */
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
