/** What the entries of a hold say about its end, so that it can be told after the hold is gone. */
import { toCount } from '../integers.ts';

const OPENED = /^Hold for ([1-9][0-9]{0,6}) s$/;
const EXTENDED = /^Hold extended to ([0-9TZ:.-]+)$/;

/** What the entry that opens a hold says: how long the hold is to last from then on, in whole seconds. */
export function holdNote(durationMs: number): string {
  return `Hold for ${Math.ceil(durationMs / 1_000)} s`;
}

/**
 * When a hold ends (ms since the epoch) as an entry of it says: the one that opened it or one that extended it.
 * Undefined when it does not say so.
 */
export function findHoldEnd(entry: { readonly atMs: number; readonly description: string | null }): number | undefined {
  const { atMs, description } = entry;
  const seconds = OPENED.exec(description ?? '')?.[1];
  if (seconds !== undefined) return atMs + toCount(seconds) * 1_000;
  const end = new Date(EXTENDED.exec(description ?? '')?.[1] ?? '').getTime();
  return end >= 0 ? end : undefined;
}
