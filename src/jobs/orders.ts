/** Marks chain orders whose time is over. May run in every process: a row is marked once. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { EXPIRED_MAX, expireOrders } from '../db/billing/chain-orders.ts';
import type { Database } from '../db/database.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one round to the next. */
const INTERVAL_MS = 30_000;

/** Looks for such orders at once and then every 30 seconds. */
export function startOrders({
  db,
  clock,
  log,
  mayRun,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly mayRun: MayRun;
}): Job {
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      while (!stopped() && (await expireOrders(db, new Date(clock.nowMs()))) === EXPIRED_MAX);
    },
    mayRun,
    { job: 'chain_orders', log, message: 'orders cannot be marked as expired; trying again' },
  );
}
