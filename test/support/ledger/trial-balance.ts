import { expect } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { verifyLedger } from '../../../src/db/ledger/verify.ts';
import { queryRows } from '../process/query.ts';

/** The accounts of the place sum to zero: what wallets have, and what each contra account lost to them. */
export async function expectTrialBalanceZero(db: Database): Promise<void> {
  const { contra, faults } = await verifyLedger(db);
  expect(faults).toEqual([]);
  const { rows } = await queryRows<{ owed: string }>(
    db,
    `SELECT coalesce(sum(available + held), 0)::text AS owed
     FROM (SELECT DISTINCT ON (wallet) available, held FROM entry ORDER BY wallet, seq DESC) head`,
  );
  const accounts = [...contra.values()].reduce((sum, micros) => sum + micros, 0n);
  expect(BigInt(rows[0]?.owed ?? 'none') + accounts).toBe(0n);
}
