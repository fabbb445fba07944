/** Positions of a log: their text, and the gaps that recoveries leave between them. */
import { findCount } from '../integers.ts';

const POSITION_DIGITS = 16;
/**
 * How far a recovery moves a log: to the next multiple of this. A log that gets 100,000 events a second takes four
 * months to come as far, so no position above was given out before the restore.
 */
const RECOVERY_STEP = 2 ** 40;

/** Positions above `before`, up to and including `last`, that no event has: they may have been given before a restore. */
export interface Gap {
  readonly before: number;
  readonly last: number;
}

/** How far a log has come. */
export interface LogEnd {
  /** Of its newest event; or the last one of a gap, if no event came after that. */
  readonly position: number;
  /** In order. */
  readonly gaps: readonly Gap[];
}

/** A position as callers see it: text of fixed length, so that it sorts like the events. */
export function formatPosition(position: number): string {
  return String(position).padStart(POSITION_DIGITS, '0');
}

/** The position in a cursor; undefined for text that is not a cursor. */
export function parsePosition(cursor: string): number | undefined {
  return cursor.length === POSITION_DIGITS && /^[0-9]+$/.test(cursor) ? findCount(cursor) : undefined;
}

/**
 * The position to read again from when a cursor is one that this log never gave out, because it is ahead of the log or
 * in a gap; undefined for a cursor that it gave out.
 */
export function readAgainFrom(cursor: number, { position, gaps }: LogEnd): number | undefined {
  if (cursor > position) return position;
  return gaps.find(({ before, last }) => before < cursor && cursor < last)?.before;
}

/** Up to where a page looks that takes `most` positions after `after`: gaps do not count, and no page ends in one. */
export function pageEnd(after: number, { position, gaps }: LogEnd, most: number): number {
  let end = after + most;
  for (const { before, last } of gaps) {
    if (after < last && before <= end) end += last - Math.max(before, after);
  }
  return Math.min(end, position);
}

/** The gap that a recovery makes at the end of a log, so that positions given before a restore are never given again. */
export function gapAfter(position: number): Gap {
  return { before: position, last: (Math.floor(position / RECOVERY_STEP) + 1) * RECOVERY_STEP };
}
