/**
 * Keeps the sums of entries up to date, so that statements and reports read few entries. Nothing depends on it: what is not
 * kept yet is summed by whoever asks. May run in every process.
 */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import { KEPT_EVERY } from '../db/ledger/beside/kinds.ts';
import { keepSums, listBehind } from '../db/reports/sums.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one round to the next; a round that takes long is followed by a pause ten times as long. */
const INTERVAL_MS = 30_000;
const PAUSE_FACTOR = 10;
const WALLETS_PAGE = 500;
const PAGES_MAX = 100_000;
/** How many sums one round keeps for one wallet at most; the next round goes on. */
const KEPT_IN_A_ROUND_MAX = 2_000;
const BEFORE_ALL_WALLETS = '00000000-0000-0000-0000-000000000000';

/** Keeps the sums of every wallet as far as they can be kept; `stopped` ends it between two statements. */
export async function keepAllSums(db: Database, stopped = (): boolean => false): Promise<void> {
  let after: string | undefined = BEFORE_ALL_WALLETS;
  for (let page = 0; page < PAGES_MAX && after !== undefined; page += 1) {
    const { last, behind } = await listBehind(db, { after, limit: WALLETS_PAGE });
    for (const { wallet, kept, seq } of behind) {
      const end = Math.min(seq, kept + KEPT_EVERY * KEPT_IN_A_ROUND_MAX);
      for (let at = kept; at + KEPT_EVERY <= end; at += KEPT_EVERY) {
        if (stopped()) return;
        await keepSums(db, { wallet, kept: at });
      }
    }
    after = last;
  }
}

/** Keeps the sums at once and then every half minute. */
export function startSums({
  db,
  clock,
  log,
  mayRun,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  readonly mayRun: MayRun;
}): Job {
  let notBeforeMs = 0;
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      const startedMs = clock.nowMs();
      if (startedMs < notBeforeMs) return;
      await keepAllSums(db, stopped);
      const endedMs = clock.nowMs();
      notBeforeMs = endedMs + PAUSE_FACTOR * (endedMs - startedMs);
    },
    mayRun,
    { job: 'sums', log, message: 'sums of entries were not kept; trying again' },
  );
}
