/** Usage: events with ids of their own, reported after the fact, each charged once. */
import { Refusal } from '../errors.ts';

/** How far ahead of now an event may be: clocks differ. */
export const AT_AHEAD_MS_MAX = 5 * 60_000;
/** How long ago an event may be. Rows of the price book are kept in reach for so long. */
export const AT_BEFORE_MS_MAX = 35 * 24 * 3_600_000;

/** One event, as it is kept for ever. */
export interface UsageLine {
  /** 16 bytes in hex, from its id. */
  readonly id: string;
  /** 8 bytes in hex, from everything else that it says. */
  readonly content: string;
  /** Its own time (ms since the epoch), by which it is priced. */
  readonly atMs: number;
}

/** Why the time of an event is out of bounds; undefined when it is not. */
export function findUsageTimeProblem(atMs: number, nowMs: number): string | undefined {
  if (atMs < nowMs - AT_BEFORE_MS_MAX) return 'must be at most 35 days ago';
  return atMs > nowMs + AT_AHEAD_MS_MAX ? 'must be at most 5 minutes from now' : undefined;
}

/**
 * Events of one command cannot be charged together any more: some were charged meanwhile, or their prices differ by now. Their
 * caller looks again which are new, and asks again.
 */
export class UsageMoved extends Refusal {
  override name = 'UsageMoved';

  constructor() {
    super(
      'LEDGER_UNAVAILABLE',
      'events of this call were charged, or their price has changed, meanwhile; send them again',
    );
  }
}
