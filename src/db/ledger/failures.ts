/** What a failed write means for its commands. */
import { hasSqlState, sqlStateOf, UNIQUE_VIOLATION } from '../errors.ts';
import { BookChanged } from '../pricing/batch-prices.ts';
import { LedgerCorruption } from './heads.ts';
import type { Pending } from './submission.ts';

const DIVISION_BY_ZERO = '22012';

/**
 * The database wrote another number of rows than was sent: a wallet's last entry has changed, the statement came too late,
 * or tables are wrong.
 */
export class RowCountMismatch extends Error {
  override name = 'RowCountMismatch';
}

/** The statement was not sent: there is no connection, or another one than it was meant for. */
export class NotSent extends Error {
  override name = 'NotSent';
}

/** True for a wrong row count, including one that the statement reports itself by dividing by zero. */
export function isMismatch(error: unknown): boolean {
  if (error instanceof RowCountMismatch) return true;
  return error instanceof Error && 'code' in error && error.code === DIVISION_BY_ZERO;
}

/** The batch was not sent: it is written in the turn of its wallets, since it would be second without. */
export class GoesInTurn extends NotSent {
  override name = 'GoesInTurn';
}

/** True when another writer was first: the number of an entry or a command's key is taken. */
export function wasSecond(error: unknown): boolean {
  return hasSqlState(error, UNIQUE_VIOLATION);
}

/** True when the batch is written next in the turn of its wallets: it was second, or would have been. */
export function takesTurn(error: unknown): boolean {
  return wasSecond(error) || error instanceof GoesInTurn;
}

/**
 * After a unique key was violated, entries found under a command's key are another writer's, even when they have the
 * hash that ours would have had: the command is then answered as a replay.
 */
export function disown(pendings: readonly Pending[], error: unknown): void {
  if (wasSecond(error)) for (const pending of pendings) pending.triedHash = undefined;
}

/** True when the database may have carried out the statement that failed: it was sent, and not refused. */
export function isUnknown(error: unknown): boolean {
  if (error instanceof NotSent || error instanceof RowCountMismatch || error instanceof BookChanged) return false;
  return !/^[24][0-9]...$/.test(sqlStateOf(error));
}

/**
 * True for errors that no retry can fix: tables that contradict each other, and data that the database refuses as such
 * (SQLSTATE classes 22 and 23, except unique keys). This only saves the commands behind it the time: retrying would end
 * in the same error.
 */
export function isHopeless(error: unknown): boolean {
  // Values that do not fit their columns.
  if (error instanceof LedgerCorruption || error instanceof RangeError) return true;
  return /^2[23]/.test(sqlStateOf(error)) && !wasSecond(error);
}

/** Waits for both; where both fail, the first one's error says why. */
export async function bothOf(first: Promise<void>, second: Promise<void>): Promise<void> {
  for (const ended of await Promise.allSettled([first, second])) if (ended.status === 'rejected') throw ended.reason;
}
