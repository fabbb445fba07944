/** What a failed write means for its commands. */
import { hasSqlState, sqlStateOf, UNIQUE_VIOLATION } from '../errors.ts';
import { BookChanged } from '../pricing/batch-prices.ts';
import { NotSent, RowCountMismatch } from './connection.ts';
import { LedgerCorruption } from './heads.ts';
import type { Pending } from './submission.ts';

/** True when another writer was first: the number of an entry or a command's key is taken. */
export function wasSecond(error: unknown): boolean {
  return hasSqlState(error, UNIQUE_VIOLATION);
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
