/** Reads what a statement of a wallet is made of. */
import type { Clock } from '../../core/clock.ts';
import type { Period } from '../../core/reports/period.ts';
import { statementOf, type Position, type WalletStatement } from '../../core/reports/statement.ts';
import type { Database } from '../database.ts';
import { waitUntilClosed } from '../ledger/closed.ts';
import { findEntry, findHeadSeq, findLastSeqBefore } from '../ledger/entries.ts';
import { readSums } from './sums.ts';

/** A statement; `asOfMs` is null where its period is over and closed, and else when it was read. */
export interface ReadStatement {
  readonly statement: WalletStatement;
  readonly asOfMs: number | null;
}

/**
 * The statement of a wallet for a period. Waits until a period that is over can get no further entry. Entries never change, so
 * reading them one after the other gives the same as reading all of them at once.
 * @throws Refusal LEDGER_UNAVAILABLE when a write stays at work for too long.
 */
export async function readStatement(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  wallet: string,
  { fromMs, toMs }: Period,
): Promise<ReadStatement> {
  const nowMs = clock.nowMs();
  const isOver = toMs <= nowMs;
  if (isOver) await waitUntilClosed({ db, clock }, wallet, new Date(toMs));
  const before = await findLastSeqBefore(db, wallet, new Date(fromMs));
  const last = isOver ? await findLastSeqBefore(db, wallet, new Date(toMs)) : await findHeadSeq(db, wallet);
  const statement = statementOf(await positionAt(db, wallet, before), await positionAt(db, wallet, last));
  return { statement, asOfMs: isOver ? null : nowMs };
}

async function positionAt(db: Database, wallet: string, seq: number): Promise<Position> {
  return { recorded: await findEntry(db, wallet, seq), sums: await readSums(db, [{ wallet, seq }]) };
}
