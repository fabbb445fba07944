/** What must hold of the books of any test, whatever it did to them. */
import { expect } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { debtOf } from '../../../src/core/ledger/head.ts';
import { formatRestriction } from '../../../src/core/lots/restriction.ts';
import { changesOf } from '../../../src/core/reports/accounts.ts';
import { readHead } from '../../../src/db/ledger/heads.ts';
import { readRestricted } from '../../../src/db/reports/restricted.ts';
import { readSums } from '../../../src/db/reports/sums.ts';
import { expectTrialBalanceZero } from '../ledger/trial-balance.ts';
import { queryRows } from '../process/query.ts';

/**
 * The ledger verifies, its trial balance is zero, and of each wallet paid and promotional credit and debt, as statements and
 * reports have them, are what its lots and holds have left; restricted credit is what the lots of each restriction have.
 */
export async function expectBooksBalance(db: Database): Promise<void> {
  await expectTrialBalanceZero(db);
  const { rows } = await queryRows<{ wallet: string; seq: number }>(
    db,
    'SELECT wallet, max(seq)::int AS seq FROM entry GROUP BY wallet ORDER BY wallet',
  );
  for (const { wallet, seq } of rows) {
    const head = await readHead(db, wallet);
    if (!head) throw new Error(`the wallet ${wallet} has no head`);
    // Written to since.
    if (head.seq > seq) continue;
    expect(head.seq).toBe(seq);
    const sums = await readSums(db, [{ wallet, seq: head.seq }]);
    const parts = [...head.lots, ...[...head.holds.values()].flatMap(({ draws }) => draws)];
    const leftOf = (promotional: boolean): bigint =>
      parts.reduce((sum, { left, terms }) => (terms.promotional === promotional ? sum + left : sum), 0n);
    expect(sums.split).toEqual({ paid: leftOf(false), promotional: leftOf(true), debt: debtOf(head) });
    const restricted = new Map<string, bigint>();
    for (const { left, terms } of head.lots) {
      if (terms.restrictedTo === undefined) continue;
      const text = formatRestriction(terms.restrictedTo);
      restricted.set(text, (restricted.get(text) ?? 0n) + left);
    }
    expect(await readRestricted(db, { wallet, seq: head.seq })).toEqual(restricted);
    const changes = sums.rows().flatMap(changesOf);
    expect(changes.reduce((sum, { micros }) => sum + micros, 0n)).toBe(0n);
  }
}
