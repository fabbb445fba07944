/** What a credit is worth, as the service was last started with. */
import type { Database, DatabaseTransaction } from '../database.ts';
import { findRow, getRow, micros } from '../rows.ts';

/**
 * Stores what a credit is worth, unless a user has an entry: then it stays what it was.
 * @returns what it is worth, in micros
 */
export async function noteCreditUnit(db: Database, creditMicros: bigint, at: Date): Promise<bigint> {
  return db.transaction(async (trx) => {
    await trx.raw(
      `INSERT INTO credit_unit AS known (name, micros, set_at) VALUES ('credit', ?, ?)
       ON CONFLICT (name) DO UPDATE SET micros = excluded.micros, set_at = excluded.set_at
       WHERE known.micros <> excluded.micros AND NOT EXISTS (SELECT FROM wallet_user u
         WHERE EXISTS (SELECT FROM entry e WHERE e.wallet = u.wallet AND e.seq = 1))`,
      [String(creditMicros), at],
    );
    return getRow(trx, (row) => micros(row['micros']), 'SELECT micros FROM credit_unit');
  });
}

/** What a credit is worth, in micros; undefined where the service never started on this database. */
export async function findCreditUnit(db: Database | DatabaseTransaction): Promise<bigint | undefined> {
  return findRow(db, (row) => micros(row['micros']), 'SELECT micros FROM credit_unit');
}
