/**
 * Writes the entries of what is overdue: releases of holds, expiries of lots. Answers do not depend on it, since they
 * treat overdue holds and lots as ended; it keeps the tables of open ones small. May run in every process: an expiry
 * has one idempotency key.
 */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { uuidV7 } from '../core/ids.ts';
import { inputHash } from '../core/ledger/entry.ts';
import type { Database } from '../db/database.ts';
import type { LedgerWriter } from '../db/ledger/writer.ts';
import { listOverdueWallets } from '../db/ledger/open-holds.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one round to the next. */
const INTERVAL_MS = 5_000;
/** Most overdue holds, and most overdue lots, that are read at once, and most such pages of one round. */
const PAGE = 200;
const PAGES_MAX = 50;

interface Means {
  readonly db: Database;
  readonly writer: Pick<LedgerWriter, 'submit'>;
  readonly clock: Clock;
}

/**
 * Settles every wallet that has something overdue, up to a bound; the next round does the rest. A wallet that cannot be
 * settled is reported to `onTrouble` and delays no other. `stopped` ends it between two pages.
 */
export async function settleOverdueWallets(
  { db, writer, clock }: Means,
  onTrouble: (wallet: string, error: unknown) => void,
  stopped: () => boolean = () => false,
): Promise<void> {
  for (let page = 0; page < PAGES_MAX && !stopped(); page += 1) {
    const wallets = await listOverdueWallets(db, { now: new Date(clock.nowMs()), limit: PAGE });
    if (wallets.length === 0) return;
    const settled = await Promise.allSettled(
      wallets.map(async (wallet) =>
        writer.submit({
          wallet,
          key: uuidV7(clock.nowMs()),
          inputHash: inputHash('settle'),
          command: { op: 'settle' },
        }),
      ),
    );
    for (const [index, result] of settled.entries()) {
      if (result.status === 'rejected') onTrouble(wallets[index] ?? '', result.reason);
    }
    if (settled.some(({ status }) => status === 'rejected')) return;
  }
}

/** Settles what is overdue at once and then every five seconds. */
export function startExpiry(options: Means & { readonly log: Logger; readonly mayRun: MayRun }): Job {
  const { log, clock, mayRun } = options;
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      const onTrouble = (wallet: string, error: unknown): void =>
        log.error({ err: error, wallet }, 'overdue holds and lots of a wallet cannot be settled');
      await settleOverdueWallets(options, onTrouble, stopped);
    },
    mayRun,
    { log, message: 'settling overdue holds and lots failed; trying again' },
  );
}
