/** Reports that budgets begin anew which were near to their limits. May run in every process: each period is reported once. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { eventOfRenewal } from '../core/events/budgets.ts';
import { RENEWALS_MAX, takeRenewals } from '../db/budgets/notices.ts';
import type { Database } from '../db/database.ts';
import { recordEvents } from '../db/events/log.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one round to the next. */
const INTERVAL_MS = 10_000;

/** Looks for such budgets at once and then every ten seconds. */
export function startBudgets({
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
      while (!stopped() && (await reportRenewals(db, clock.nowMs())) === RENEWALS_MAX);
    },
    mayRun,
    { job: 'budgets', log, message: 'budgets that begin anew cannot be reported; trying again' },
  );
}

/** Reports some of the budgets that begin anew. @returns how many periods were looked at */
export async function reportRenewals(db: Database, nowMs: number): Promise<number> {
  return db.transaction(async (trx) => {
    const { taken, ended } = await takeRenewals(trx, new Date(nowMs));
    await recordEvents(
      trx,
      ended.map((period) => eventOfRenewal(period, nowMs)),
    );
    return taken;
  });
}
