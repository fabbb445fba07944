/** Keeps the record of status changes up with the ledger. May run in every process: what is recorded twice is recorded once. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import { deriveStatus, listStaleWallets } from '../db/status-events.ts';
import { startRounds, type Job } from './rounds.ts';

/** From the end of one round to the next. */
const INTERVAL_MS = 5_000;
const WALLETS_PAGE = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Derives the status of every wallet that has moved since it was last looked at. `stopped` ends it between two wallets.
 * A wallet that cannot be derived does not hold up the others: `onTrouble` is told.
 */
export async function deriveStatuses(
  db: Database,
  onTrouble: (wallet: string, error: unknown) => void,
  stopped: () => boolean = () => false,
): Promise<void> {
  let afterWallet = FIRST_ID;
  while (!stopped()) {
    const wallets = await listStaleWallets(db, { afterWallet, limit: WALLETS_PAGE });
    for (const wallet of wallets) {
      if (stopped()) return;
      try {
        while ((await deriveStatus(db, wallet)) && !stopped());
      } catch (error) {
        onTrouble(wallet, error);
      }
    }
    const last = wallets.at(-1);
    if (last === undefined || wallets.length < WALLETS_PAGE) return;
    afterWallet = last;
  }
}

/** Derives statuses at once and from then on every five seconds. */
export function startStatusEvents(options: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}): Job {
  const { db, clock, log } = options;
  return startRounds(clock, INTERVAL_MS, async (stopped) => {
    try {
      const onTrouble = (wallet: string, error: unknown): void =>
        log.error({ err: error, wallet }, 'the status of a wallet cannot be derived');
      await deriveStatuses(db, onTrouble, stopped);
    } catch (error) {
      log.warn({ err: error }, 'statuses were not derived; trying again');
    }
  });
}
