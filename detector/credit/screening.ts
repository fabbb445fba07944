/** Asks about the sender of a deposit before it is credited. Without a clear answer nothing is credited. */
import { readFile, stat } from 'node:fs/promises';
import { withDeadline, type Clock } from '../../src/core/clock.ts';
import type { ChainFamily } from '../../src/core/chains/address.ts';
import {
  judgeByList,
  parseScreeningList,
  screeningOutcome,
  type ScreenedOut,
  type ScreeningList,
  type ScreeningVerdict,
} from '../../src/core/deposits/screening.ts';
import { mapBounded } from '../../src/core/bounded.ts';
import type { DetectorLog } from '../chain/log.ts';
import type { Screener } from '../chain/screener.ts';

const LIST_BYTES_MAX = 64 * 1024 * 1024;
/** How long a screening may take; after that it has no answer. */
const SCREEN_TIMEOUT_MS = 5_000;
const SCREENINGS_IN_FLIGHT_MAX = 8;

/**
 * A screener that follows a file of denied and held senders; the form is that of parseScreeningList. A file that changes
 * counts from the next question on; one that is missing, too large or not of that form answers nothing.
 */
export function openListScreener(path: string): Screener {
  let read: { readonly version: string; readonly list: ScreeningList } | undefined;
  return {
    screen: async ({ family, address }) => {
      const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
      if (size > LIST_BYTES_MAX) throw new Error(`${path} is larger than ${LIST_BYTES_MAX} bytes`);
      const version = `${ino}:${size}:${mtimeNs}:${ctimeNs}`;
      if (read?.version !== version) read = { version, list: parseScreeningList(await readFile(path, 'utf8')) };
      return judgeByList(read.list, family, address);
    },
  };
}

/** What is screened: a deposit that could be credited but for that. */
export interface Screened {
  readonly id: string;
  readonly txHash: string;
  readonly from: string;
  readonly reason: string | null;
  /** How often it was asked before without being let pass. */
  readonly screeningTries: number;
}

/**
 * Asks once for each sender. Those deposits are missing in the answer that may go on; a screening that fails, takes too
 * long or says anything unknown lets nothing go on. What is new is told in the log.
 */
export async function screenDeposits(
  means: {
    readonly chain: string;
    readonly family: ChainFamily;
    readonly screener?: Screener | undefined;
    readonly clock: Clock;
    readonly log: DetectorLog;
  },
  deposits: readonly Screened[],
): Promise<Map<string, ScreenedOut>> {
  const { chain, family, screener, clock, log } = means;
  if (!screener || deposits.length === 0) return new Map();
  const deadline = { clock, timeoutMs: SCREEN_TIMEOUT_MS };
  const senders = [...new Set(deposits.map(({ from }) => from))];
  const verdicts = new Map<string, ScreeningVerdict | 'unavailable'>();
  await mapBounded(senders, SCREENINGS_IN_FLIGHT_MAX, async (address) => {
    try {
      verdicts.set(address, await withDeadline(screener.screen({ chain, family, address }), deadline));
    } catch (error) {
      verdicts.set(address, 'unavailable');
      const problem = error instanceof Error ? error.message : String(error);
      log.warn({ event: 'screening.unavailable', chain, from: address, problem });
    }
  });
  const out = new Map<string, ScreenedOut>();
  for (const { id, txHash, from, reason, screeningTries } of deposits) {
    const outcome = screeningOutcome(verdicts.get(from) ?? 'unavailable', screeningTries);
    if (!outcome) continue;
    out.set(id, outcome);
    if (outcome.reason !== reason) {
      log.error({ event: 'deposit.not_cleared', chain, txHash, from, state: outcome.state, reason: outcome.reason });
    }
  }
  return out;
}
