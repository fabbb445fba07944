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
/** Once so many pages of a round had a wallet that could not be settled, the ledger itself may be away. */
const FAILED_PAGES_MAX = 3;

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
  // A wallet with much to settle comes again once the others were settled, one that failed not in this round.
  let settledOnce = new Set<string>();
  const failed = new Set<string>();
  let failedPages = 0;
  for (let page = 0; page < PAGES_MAX && failedPages < FAILED_PAGES_MAX && !stopped(); page += 1) {
    const overdue = { now: new Date(clock.nowMs()), limit: PAGE };
    let wallets = await listOverdueWallets(db, { ...overdue, but: new Set([...settledOnce, ...failed]) });
    if (wallets.length === 0 && settledOnce.size > 0) {
      settledOnce = new Set();
      wallets = await listOverdueWallets(db, { ...overdue, but: failed });
    }
    if (wallets.length === 0) return;
    const failures = await settleEach(wallets, { writer, clock });
    for (const wallet of wallets) {
      if (failures.has(wallet)) failed.add(wallet);
      else settledOnce.add(wallet);
    }
    for (const [wallet, error] of failures) onTrouble(wallet, error);
    if (failures.size > 0) failedPages += 1;
  }
}

/** Settles a part of what is overdue in each of the wallets; gives the errors of those that cannot be settled. */
async function settleEach(
  wallets: readonly string[],
  { writer, clock }: Pick<Means, 'writer' | 'clock'>,
): Promise<ReadonlyMap<string, unknown>> {
  const failures = new Map<string, unknown>();
  const settle = async (wallet: string): Promise<void> => {
    const asked = { wallet, key: uuidV7(clock.nowMs()), inputHash: inputHash('settle') };
    try {
      await writer.submit({ ...asked, command: { op: 'settle' } });
    } catch (error) {
      failures.set(wallet, error);
    }
  };
  await Promise.all(wallets.map(settle));
  return failures;
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
    { job: 'expiry', log, message: 'settling overdue holds and lots failed; trying again' },
  );
}
