/** Reads what a statement of a wallet is made of. */
import { isClosed, type Period } from '../../core/reports/period.ts';
import { statementOf, type Position, type WalletStatement } from '../../core/reports/statement.ts';
import type { Database } from '../database.ts';
import { findEntry, findHeadSeq, findLastSeqBefore, SEQ_END } from '../ledger/entries.ts';
import { readSums } from './sums.ts';

/** A statement; `asOfMs` is null where its period can get no further entry, and else when it was read. */
export interface ReadStatement {
  readonly statement: WalletStatement;
  readonly asOfMs: number | null;
}

/**
 * The statement of a wallet for a period, of the entries that are recorded now. Entries never change, so reading them one
 * after the other gives the same as reading all of them at once.
 */
export async function readStatement(
  db: Database,
  wallet: string,
  { period, nowMs }: { readonly period: Period; readonly nowMs: number },
): Promise<ReadStatement> {
  // Read first: an entry behind the period, found later, then says that all of the period is there.
  const head = await findHeadSeq(db, wallet);
  const [before, last] = [
    await findLastSeqBefore(db, wallet, new Date(period.fromMs)),
    period.toMs > nowMs ? SEQ_END : await findLastSeqBefore(db, wallet, new Date(period.toMs)),
  ];
  const end = Math.max(Math.min(head, last), before);
  const asOfMs = isClosed(period, nowMs, last < head) ? null : nowMs;
  return {
    statement: statementOf(await positionAt(db, wallet, before), await positionAt(db, wallet, end)),
    asOfMs,
  };
}

async function positionAt(db: Database, wallet: string, seq: number): Promise<Position> {
  return { recorded: await findEntry(db, wallet, seq), sums: await readSums(db, [{ wallet, seq }]) };
}
