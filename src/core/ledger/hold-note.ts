/** The notes on a hold's entries that say when it ends, so that its end is known after the hold is gone. */
import { toCount } from '../integers.ts';

const OPENED = /^Hold for ([1-9][0-9]{0,6}) s$/;
const EXTENDED = /^Hold extended to ([0-9TZ:.-]+)$/;

/** The note on the entry that opens a hold: how long the hold lasts from then on, in whole seconds. */
export function holdNote(durationMs: number): string {
  return `Hold for ${Math.ceil(durationMs / 1_000)} s`;
}

/**
 * The end of a hold (ms since the epoch) that an entry of it notes: the one that opened it or one that extended it.
 * Undefined when the entry notes no end.
 */
export function findHoldEnd(entry: { readonly atMs: number; readonly description: string | null }): number | undefined {
  const { atMs, description } = entry;
  const seconds = OPENED.exec(description ?? '')?.[1];
  if (seconds !== undefined) return atMs + toCount(seconds) * 1_000;
  const end = new Date(EXTENDED.exec(description ?? '')?.[1] ?? '').getTime();
  return end >= 0 ? end : undefined;
}
