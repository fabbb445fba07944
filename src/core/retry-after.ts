import { findCount } from './integers.ts';

/**
 * The pause that a `Retry-After` header asks for (RFC 9110 section 10.2.3: seconds, or a date), in milliseconds from now
 * and at most `maxMs`; undefined when there is none, or it cannot be read.
 */
export function readRetryAfterMs(
  header: string | null | undefined,
  { nowMs, maxMs }: { readonly nowMs: number; readonly maxMs: number },
): number | undefined {
  if (header === null || header === undefined) return undefined;
  const seconds = findCount(header);
  const ms = seconds === undefined ? Date.parse(header) - nowMs : seconds * 1_000;
  // A date that cannot be read gives NaN, which is not above zero.
  return ms > 0 ? Math.min(ms, maxMs) : undefined;
}
