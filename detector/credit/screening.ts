/** Screens the sender of a deposit before it is credited. Without a clear verdict it is not credited. */
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
/** How long a screening may take; after that it counts as unavailable. */
const SCREEN_TIMEOUT_MS = 5_000;
const SCREENINGS_IN_FLIGHT_MAX = 8;

/**
 * A screener that follows a file of denied and held senders, in the form of parseScreeningList. A change of the file takes
 * effect with the next question; if it is missing, above 64 MiB or malformed, every question fails.
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

/** A deposit to screen; it could be credited otherwise. */
export interface Screened {
  readonly id: string;
  readonly txHash: string;
  readonly from: string;
  readonly reason: string | null;
  /** How often it was screened before without passing. */
  readonly screeningTries: number;
}

/**
 * Screens each sender once. A screening that fails, takes longer than 5 s or gives an unknown verdict does not pass.
 * @returns the outcome of each deposit that does not pass, by its id; a new reason is logged.
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
