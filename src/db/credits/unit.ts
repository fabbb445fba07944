/** What a credit is worth, as the service was last started with. */
import type { Database, DatabaseTransaction } from '../database.ts';
import { findRow, getRow, micros, truth } from '../rows.ts';

/**
 * Stores what a credit is worth, unless a user has an entry: then it stays what it was.
 * @returns what it is worth, in micros
 */
export async function noteCreditUnit(db: Database, creditMicros: bigint, at: Date): Promise<bigint> {
  return db.transaction(async (trx) => {
    const hasEntry = await getRow(
      trx,
      (row) => truth(row['has_entry']),
      `SELECT EXISTS (SELECT 1 FROM wallet w JOIN entry e ON e.wallet = w.id AND e.seq = 1
         WHERE w.owner_kind = 'user') AS has_entry`,
    );
    await trx.raw(
      `INSERT INTO credit_unit AS known (name, micros, set_at) VALUES ('credit', :micros, :at)
       ON CONFLICT (name) DO UPDATE SET micros = excluded.micros, set_at = excluded.set_at
       WHERE known.micros <> excluded.micros AND NOT :hasEntry::boolean`,
      { micros: String(creditMicros), at, hasEntry },
    );
    return getRow(trx, (row) => micros(row['micros']), 'SELECT micros FROM credit_unit');
  });
}

/** What a credit is worth, in micros; undefined where the service never started on this database. */
export async function findCreditUnit(db: Database | DatabaseTransaction): Promise<bigint | undefined> {
  return findRow(db, (row) => micros(row['micros']), 'SELECT micros FROM credit_unit');
}
