/** The periodic work on payments: settling what came in, and reading each provider's list of events. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { PaymentMode } from '../core/billing/facts.ts';
import type { Clock } from '../core/clock.ts';
import { purgeInbox } from '../db/billing/inbox.ts';
import type { Database } from '../db/database.ts';
import type { PaymentAccounts } from '../payments/accounts.ts';
import { ProviderFailed, type Settle } from '../payments/port.ts';
import { repairProducts } from '../payments/products.ts';
import { processInbox } from '../payments/process.ts';
import { sweepAccount } from '../payments/sweep.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From one look at the inbox to the next; a look is one query of an index. */
const INBOX_INTERVAL_MS = 500;
/** Most rounds of the inbox without a pause. */
const BUSY_ROUNDS_MAX = 50;
const SWEEP_INTERVAL_MS = 60_000;
/** How long events are kept. What was settled is kept for ever. */
const KEEP_MS = 90 * 24 * 3_600_000;

interface Means {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accounts: PaymentAccounts;
  readonly settle: Settle;
  /** Which money counts in this deployment. */
  readonly mode: PaymentMode;
}

/** Starts both. May run in every process: each object, and each account, is worked on by one at a time. */
export function startPayments(means: Means & { readonly mayRun: MayRun }): Job {
  const { clock, log, db, mayRun } = means;
  const inbox = startRounds(
    clock,
    INBOX_INTERVAL_MS,
    async (stopped) => {
      try {
        for (let round = 0; round < BUSY_ROUNDS_MAX && !stopped(); round += 1) {
          if ((await processInbox(means)) === 0) return;
        }
      } catch (error) {
        log.warn({ err: error }, 'the inbox of payments cannot be read; trying again');
      }
    },
    mayRun,
  );
  const holder = `payments:${randomUUID()}`;
  const sweep = startRounds(
    clock,
    SWEEP_INTERVAL_MS,
    async (stopped) => {
      try {
        for (const name of await means.accounts.list()) {
          if (stopped()) return;
          await sweepOne(means, { name, holder });
        }
        await repairProducts(
          means,
          (product, error) => log.warn({ product }, `a product is not brought to its provider: ${messageOf(error)}`),
          stopped,
        );
        await purgeInbox(db, new Date(clock.nowMs() - KEEP_MS));
      } catch (error) {
        log.warn({ err: error }, 'the payment accounts cannot be read; trying again');
      }
    },
    mayRun,
  );
  return {
    stop: async () => {
      await Promise.all([inbox.stop(), sweep.stop()]);
    },
  };
}

/** One account that cannot be swept holds up no other. */
async function sweepOne(
  means: Means,
  { name, holder }: { readonly name: string; readonly holder: string },
): Promise<void> {
  try {
    await sweepAccount({ ...means, holder }, name);
  } catch (error) {
    const expected = error instanceof ProviderFailed;
    means.log.warn({ err: expected ? undefined : error, account: name }, `not swept: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
