/** Opaque cursors: a kind and its parts, in base64url. They hold positions only; each call checks permission. */
import { Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { findCount } from '../../core/integers.ts';

/** The last time that a Date can hold (ECMA-262, section 21.4.1.1). */
const TIME_MS_MAX = 8_640_000_000_000_000;

/** The cursor of a position. */
export function encodeCursor(kind: string, ...parts: readonly (string | number)[]): string {
  return Buffer.from([kind, ...parts].join('~')).toString('base64url');
}

/**
 * The parts of a cursor of that kind, read by `read`.
 * @throws Refusal VALIDATION_FAILED for anything that this service did not make.
 */
export function decodeCursor<T>(
  cursor: string | undefined,
  kind: string,
  read: (...parts: readonly string[]) => T | undefined,
): T | undefined {
  if (cursor === undefined) return undefined;
  const [found, ...parts] = Buffer.from(cursor, 'base64url').toString('utf8').split('~');
  const position = found === kind && encodeCursor(kind, ...parts) === cursor ? read(...parts) : undefined;
  if (position !== undefined) return position;
  const message = 'is not a cursor of this list';
  throw new Refusal('VALIDATION_FAILED', `cursor ${message}`, { issues: [{ path: 'cursor', message }] });
}

/** Reads the only part of a cursor of a list that is ordered by UUIDs; undefined for anything else. */
export function readUuid(id?: string): string | undefined {
  return id !== undefined && isUuid(id) ? id : undefined;
}

/** Reads the part of a cursor that is a time in milliseconds; undefined for anything that a Date cannot hold. */
export function readTimeMs(text = ''): number | undefined {
  const timeMs = findCount(text);
  return timeMs !== undefined && timeMs <= TIME_MS_MAX ? timeMs : undefined;
}

/** Reads the parts of a cursor of a list that is ordered by the time of first sight, then by id. */
export function readTimeAndUuid(
  atMs?: string,
  id?: string,
): { readonly observedAtMs: number; readonly id: string } | undefined {
  const observedAtMs = readTimeMs(atMs);
  return observedAtMs !== undefined && id !== undefined && isUuid(id) ? { observedAtMs, id } : undefined;
}

/** Takes a page from rows that were read with one more than `limit`, and gives the cursor of the next page. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (last: T) => string,
): { readonly page: readonly T[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
