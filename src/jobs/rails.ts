/** Compares the card rails with their providers, continuously. One process does it at a time. */
import { randomUUID } from 'node:crypto';
import { acquireLease, LeaseLost } from '../db/leases.ts';
import { checkRails, finishOrders, LEASE_MS, type SolvencyOptions } from '../payments/solvency.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one round to the next. */
const INTERVAL_MS = 60_000;

/** Compares at once and then every minute, in one of the processes that run this. */
export function startRails(options: Omit<SolvencyOptions, 'stopped'> & { readonly mayRun: MayRun }): Job {
  const { clock, db, log, mayRun } = options;
  const holder = `rails:${randomUUID()}`;
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      const lease = await acquireLease(db, { name: 'rails', holder, ttlMs: LEASE_MS });
      if (lease === undefined) return;
      try {
        await checkRails({ ...options, stopped }, lease);
        if (!stopped()) await finishOrders(options);
      } catch (error) {
        if (!(error instanceof LeaseLost)) throw error;
      }
    },
    mayRun,
    { job: 'rails', log, message: 'comparing the card rails failed; trying again' },
  );
}
