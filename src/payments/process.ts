/**
 * Works the inbox off: claims objects, reads each from its provider as it is now, and settles it. May run in every process:
 * a claim gives each object to one of them. An object that cannot be read or settled yet is tried again with growing
 * pauses, and parked in the end.
 */
import type { Logger } from 'pino';
import type { PaymentMode } from '../core/billing/facts.ts';
import { sleep, type Clock } from '../core/clock.ts';
import { uuidV7 } from '../core/ids.ts';
import { findExhausted } from '../db/billing/checkouts.ts';
import { claimInbox, noteInbox, type InboxItem, type InboxOutcome } from '../db/billing/inbox.ts';
import { moveOrder } from '../db/billing/orders.ts';
import { findOrderInMode } from '../db/billing/provider-ids.ts';
import type { Database } from '../db/database.ts';
import type { PaymentAccounts } from './accounts.ts';
import type { Inlet } from './inlet.ts';
import { settleWithFollowing } from './follow.ts';
import { ProviderFailed, type ProviderAccount, type Settle } from './port.ts';

/** Most objects of one round; each is a call to a provider. */
const ROUND_MAX = 16;
/** Longer than reading an object from its provider and settling it take together. */
const CLAIM_MS = 180_000;
/** Most rounds without a pause. */
const BUSY_ROUNDS_MAX = 50;
/** How long all these rounds together wait for bursts of webhooks to pass; then they share the machine with them. */
export const BURST_WAIT_MS_MAX = 5_000;
/** From one look at a burst to the next. */
const BURST_LOOK_MS = 50;
const FIRST_PAUSE_MS = 2_000;
const PAUSE_MS_MAX = 3_600_000;
/** With the pauses above, three days: as long as providers try to deliver. */
export const ATTEMPTS_MAX = 84;

export interface ProcessOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'error' | 'info'>;
  readonly accounts: Pick<PaymentAccounts, 'find' | 'note'>;
  readonly settle: Settle;
  /** Which money counts in this deployment. */
  readonly mode: PaymentMode;
  /** Once so many payments of a payer failed within a day, the checkout of the last one is closed. */
  readonly failedPerDay: number;
}

/** The pause after an attempt that did not settle an object, in milliseconds. @param attempts made before it */
export function pauseAfter(attempts: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20), PAUSE_MS_MAX);
}

/** Works on what is due, round after round. Providers wait for the answer to a webhook, and nobody for this. */
export async function workInboxOff(
  options: ProcessOptions & { readonly inlet: Pick<Inlet, 'isInBurst'> },
  stopped: () => boolean,
): Promise<void> {
  const { clock, inlet } = options;
  let looks = 0;
  for (let round = 0; round < BUSY_ROUNDS_MAX && !stopped(); round += 1) {
    for (; looks < BURST_WAIT_MS_MAX / BURST_LOOK_MS && inlet.isInBurst() && !stopped(); looks += 1) {
      await sleep(clock, BURST_LOOK_MS);
    }
    if ((await processInbox(options)) === 0) return;
  }
}

/** Works on what is due, up to a bound. @returns how many objects it worked on */
export async function processInbox(options: ProcessOptions): Promise<number> {
  const { db, clock, log } = options;
  const nowMs = clock.nowMs();
  const claim = uuidV7(nowMs);
  const items = await claimInbox(db, { claim, now: new Date(nowMs), leaseMs: CLAIM_MS, limit: ROUND_MAX });
  await Promise.all(
    items.map(async (item) => {
      try {
        const outcome = await settleItem(options, item);
        await noteInbox(db, item, claim, outcome);
      } catch (error) {
        // The claim ends by itself, and then the object is due again.
        log.error({ err: error, inbox: item.id }, 'the outcome of a payment could not be stored');
      }
    }),
  );
  return items.length;
}

async function settleItem(options: ProcessOptions, item: InboxItem): Promise<InboxOutcome> {
  const { clock, log } = options;
  try {
    const outcome = await judge(options, item);
    const at = new Date(clock.nowMs());
    if (outcome.state !== 'waiting') {
      if (outcome.state === 'parked') log.warn({ inbox: item.id, reason: outcome.reason }, 'a payment is parked');
      return { ...outcome, nextAttemptAt: null, at };
    }
    return later(item, outcome.reason ?? 'waiting', at);
  } catch (error) {
    if (!(error instanceof ProviderFailed)) log.error({ err: error, inbox: item.id }, 'a payment could not be settled');
    const reason = error instanceof Error ? error.message : 'it could not be settled';
    return later(item, reason, new Date(clock.nowMs()));
  }
}

type Judged = Pick<InboxOutcome, 'state' | 'reason' | 'order'>;

async function judge(options: ProcessOptions, item: InboxItem): Promise<Judged> {
  const { accounts, settle } = options;
  const account = await accounts.find(item.account);
  if (account === undefined) return waits('the account has no key');
  if (account.mode !== item.mode || item.mode !== options.mode) return parkWrongMode(options, item);
  const fact = await readFact(accounts, account, item);
  if (fact === undefined) return parked('the provider has no such object in this account');
  const settlement = await settleWithFollowing(settle, account, fact);
  if (settlement.outcome === 'wait') return waits(settlement.reason);
  if (settlement.outcome === 'foreign') return { state: 'foreign', reason: null, order: null };
  const { order } = settlement;
  if (fact.kind === 'payment' && fact.decline !== null && order !== null) await closeExhausted(options, account, order);
  return settlement.outcome === 'settled'
    ? { state: 'settled', reason: null, order }
    : { state: 'parked', reason: settlement.reason, order };
}

/** Closes a checkout on whose page too many payments were declined: stolen cards are tried where nobody counts. */
async function closeExhausted(
  { db, clock, log, failedPerDay }: ProcessOptions,
  account: ProviderAccount,
  order: string,
): Promise<void> {
  const session = await findExhausted(db, { order, at: new Date(clock.nowMs()), failedPerDay });
  if (session === undefined) return;
  log.warn({ order, failedPerDay }, 'too many payments of an org failed within a day: the checkout is closed');
  await account.expireCheckout(session);
}

/**
 * What is of the other mode than this deployment, or than the account's key, which then cannot read it. An order whose
 * checkout was made in that mode is parked as well.
 */
async function parkWrongMode({ db, clock }: ProcessOptions, item: InboxItem): Promise<Judged> {
  const order = await findOrderInMode(db, item);
  if (order !== undefined) {
    const at = new Date(clock.nowMs());
    const move = { id: order, to: 'parked', source: 'provider', at, reason: 'wrong_mode' } as const;
    await db.transaction(async (trx) => moveOrder(trx, move));
  }
  return { state: 'parked', reason: 'wrong_mode', order: order ?? null };
}

/** Reads an object from its account, and notes what the account lacks if it is refused. */
async function readFact(
  accounts: ProcessOptions['accounts'],
  account: NonNullable<Awaited<ReturnType<PaymentAccounts['find']>>>,
  { kind, object }: InboxItem,
): ReturnType<typeof account.fetch> {
  try {
    const fact = await account.fetch({ kind, id: object });
    await accounts.note(account.name, kind, undefined);
    return fact;
  } catch (error) {
    if (error instanceof ProviderFailed) await accounts.note(account.name, kind, error.fault);
    throw error;
  }
}

const waits = (reason: string): Judged => ({ state: 'waiting', reason, order: null });
const parked = (reason: string): Judged => ({ state: 'parked', reason, order: null });

function later({ attempts }: InboxItem, reason: string, at: Date): InboxOutcome {
  if (attempts + 1 >= ATTEMPTS_MAX) {
    return { state: 'parked', reason: `given up: ${reason}`, order: null, nextAttemptAt: null, at };
  }
  const nextAttemptAt = new Date(at.getTime() + pauseAfter(attempts));
  return { state: 'waiting', reason, order: null, nextAttemptAt, at };
}
