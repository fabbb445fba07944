/** The periodic work on payments: settling what came in, reading each provider's events, auto-refill, deleting what is over. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { listAccounts } from '../db/billing/accounts.ts';
import { purgeEvidence } from '../db/billing/evidence.ts';
import { trimAccount } from '../db/billing/provider-events.ts';
import { PURGE_MAX, purgeInbox, purgeParked } from '../db/billing/retention.ts';
import type { PaymentAccounts } from '../payments/accounts.ts';
import { Backlog } from '../payments/backlog.ts';
import type { Inlet } from '../payments/inlet.ts';
import { ProviderFailed } from '../payments/port.ts';
import { repairProducts } from '../payments/products.ts';
import { workInboxOff } from '../payments/process.ts';
import { refillRound, type RefillMeans } from '../payments/refill.ts';
import { endCredits } from '../payments/subscriptions/credit-ends.ts';
import { sweepAccount } from '../payments/sweep.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From one look at the inbox to the next; a look is one query of an index. */
const INBOX_INTERVAL_MS = 500;
const SWEEP_INTERVAL_MS = 60_000;
/** From one look at the balances of those who have auto-refill to the next. */
const REFILL_INTERVAL_MS = 2_000;
const DAY_MS = 24 * 3_600_000;
/** How long events are kept, and objects that were settled or that are parked without an order. */
const KEEP_MS = 90 * DAY_MS;
/** How long objects of nobody are kept. */
const FOREIGN_MS = 7 * DAY_MS;
/** How long objects are kept that are parked with their order. */
const PARKED_MS = 550 * DAY_MS;
/** How long evidence is kept after its case: 18 months. */
const EVIDENCE_MS = 550 * DAY_MS;
/** Most pieces that one round deletes. */
const PURGES_MAX = 50;
/**
 * Most events of an org's own account that are kept: the newest. The org can sign any number of them; nobody but the provider and the
 * operator can sign the platform's.
 */
const EVENTS_OF_ORG_MAX = 100_000;

interface Means extends RefillMeans {
  readonly log: Logger;
  readonly accounts: PaymentAccounts;
  readonly inlet: Pick<Inlet, 'isInBurst'>;
  /** How many failed payments a payer may have within a day. */
  readonly failedPerDay: number;
}

/** Starts them. May run in every process: each object, and each account, is worked on by one at a time. */
export function startPayments(means: Means & { readonly mayRun: MayRun }): Job {
  const { clock, log, mayRun } = means;
  const inbox = startRounds(clock, INBOX_INTERVAL_MS, async (stopped) => workInboxOff(means, stopped), mayRun, {
    job: 'payments',
    log,
    message: 'the inbox of payments cannot be read; trying again',
  });
  const holder = `payments:${randomUUID()}`;
  const backlog = new Backlog(means.db, clock);
  const sweep = startRounds(
    clock,
    SWEEP_INTERVAL_MS,
    async (stopped) => {
      const names = await means.accounts.list();
      for (const name of names) {
        if (stopped()) return;
        await sweepOne({ ...means, backlog }, { name, holder });
      }
      await repairProducts(
        means,
        (product, error) => log.warn({ product }, `a product is not brought to its provider: ${messageOf(error)}`),
        stopped,
      );
      await endCredits(means, stopped);
      await purge(means, stopped);
    },
    mayRun,
    { job: 'payment_sweep', log, message: 'the payment accounts cannot be read; trying again' },
  );
  const refill = startRounds(clock, REFILL_INTERVAL_MS, async (stopped) => refillRound(means, stopped), mayRun, {
    job: 'auto_refill',
    log,
    message: 'auto-refill cannot look at the balances; trying again',
  });
  return {
    stop: async () => {
      await Promise.all([inbox.stop(), sweep.stop(), refill.stop()]);
    },
    rounds: () => [inbox, sweep, refill].flatMap((job) => job.rounds()),
  };
}

/** Deletes what is over, in bounded pieces. What of an order was paid, taken back or disputed is kept with the order. */
async function purge({ db, clock }: Means, stopped: () => boolean): Promise<void> {
  const before = (keepMs: number): Date => new Date(clock.nowMs() - keepMs);
  const ends = {
    events: before(KEEP_MS),
    done: before(KEEP_MS),
    foreign: before(FOREIGN_MS),
    parked: before(PARKED_MS),
  };
  for (let piece = 0; piece < PURGES_MAX && !stopped() && (await purgeInbox(db, ends)) > 0; piece += 1);
  for (
    let piece = 0;
    piece < PURGES_MAX && !stopped() && (await purgeEvidence(db, before(EVIDENCE_MS))) > 0;
    piece += 1
  );
  const most = { keptMax: EVENTS_OF_ORG_MAX, limit: PURGE_MAX };
  // Also of those without a key: what their secrets sign is stored all the same.
  for (const { name, org } of await listAccounts(db)) {
    for (let piece = 0; piece < PURGES_MAX && !stopped() && (await purgeParked(db, name)) > 0; piece += 1);
    if (org === null) continue;
    for (let piece = 0; piece < PURGES_MAX && !stopped() && (await trimAccount(db, name, most)) > 0; piece += 1);
  }
}

/** One account that cannot be swept holds up no other. */
async function sweepOne(
  means: Means & { readonly backlog: Backlog },
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
