/** Reads what a statement of a wallet is made of. */
import type { Clock } from '../../core/clock.ts';
import type { Period } from '../../core/reports/period.ts';
import { statementOf, type Position, type WalletStatement } from '../../core/reports/statement.ts';
import type { Database } from '../database.ts';
import { waitUntilClosed } from '../ledger/closed.ts';
import { findEntry, findHeadSeq, findLastSeqBefore } from '../ledger/entries.ts';
import { readRestricted } from './restricted.ts';
import { readSums } from './sums.ts';

/**
 * Waits until a period that is over can get no further entry of the wallet.
 * @returns when an unfinished period is read, in milliseconds since the epoch; null for one that is over.
 * @throws Refusal LEDGER_UNAVAILABLE when a write stays at work for too long.
 */
export async function closePeriod(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  wallet: string,
  { toMs }: Period,
): Promise<number | null> {
  const nowMs = clock.nowMs();
  if (toMs > nowMs) return nowMs;
  await waitUntilClosed({ db, clock }, wallet, new Date(toMs));
  return null;
}

/**
 * The statement of a wallet for a period. Entries never change, so reading them one after the other gives the same as reading
 * all of them at once.
 * @param asOfMs from {@link closePeriod}
 */
export async function readStatement(
  db: Database,
  wallet: string,
  { period, asOfMs }: { readonly period: Period; readonly asOfMs: number | null },
): Promise<WalletStatement> {
  const before = await findLastSeqBefore(db, wallet, new Date(period.fromMs));
  const last =
    asOfMs === null ? await findLastSeqBefore(db, wallet, new Date(period.toMs)) : await findHeadSeq(db, wallet);
  return statementOf(await positionAt(db, wallet, before), await positionAt(db, wallet, last));
}

async function positionAt(db: Database, wallet: string, seq: number): Promise<Position> {
  const recorded = await findEntry(db, wallet, seq);
  const sums = await readSums(db, [{ wallet, seq }]);
  return { recorded, sums, restricted: await readRestricted(db, { wallet, seq }) };
}
