/**
 * Finds out what webhooks did not bring from a provider that lists no events. Our own checkouts that are not known to be paid, and
 * subscriptions that have not ended, are read again, and all payments of the account, page by page and round by round, are compared with what we hold of them. What
 * differs goes through the inbox, as if its webhook had come.
 */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { moveOrder } from '../db/billing/orders.ts';
import {
  findSeenTo,
  listLapsed,
  listUnmatched,
  storeMoved,
  storeSeenTo,
  wakeChanged,
  wakeSubscriptions,
  wakeUnpaid,
} from '../db/billing/seen-payments.ts';
import type { Database } from '../db/database.ts';
import { acquireLease, LeaseLost, withLease, type Lease } from '../db/leases.ts';
import type { PaymentAccount, SeenPayment } from './port.ts';

/** Most pages of one round, beside the first one. */
const PAGES_MAX = 20;
/** Most checkouts that one round has read again. */
const UNPAID_MAX = 200;
/** From one reading of a checkout to the next. */
const PAUSE_MS = { least: 120_000, most: 6 * 3_600_000 };
/** Most subscriptions that one round has read again. */
const SUBSCRIPTIONS_MAX = 200;
/** From one reading of a subscription to the next, while its period runs and once it is over. */
const SUBSCRIPTION_PAUSE_MS = { running: 6 * 3_600_000, over: 10 * 60_000 };
/** Up to this age a checkout may still be paid, as far as we look: providers do not say when they close one. */
const UNPAID_MS = 30 * 24 * 3_600_000;
/** After so long an order whose checkout is unpaid no longer counts as open. What is paid later counts all the same. */
const OPEN_MS = 24 * 3_600_000;
/** Most payments that one comparison of a rail reads one by one. */
const UNMATCHED_MAX = 100;
/** How long ago a page may have been read last for the account to count as readable. */
const READ_MS_MAX = 10 * 60_000;
/** How long reading all pages may take. */
const WHOLE_MS_MAX = 24 * 3_600_000;

export interface LookOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'info'>;
  /** Most pages of one round, beside the first one. */
  readonly pagesMax?: number;
}

/**
 * One round: the first page, where new payments are at most providers, and some pages from the stored position on.
 * @param held the lease of the account, and how long it is held for
 * @returns how many objects are to be read because of it
 * @throws ProviderFailed; LeaseLost when another process has taken over
 */
export async function lookThrough(
  options: LookOptions,
  account: PaymentAccount,
  held: { readonly lease: Lease; readonly ttlMs: number },
): Promise<number> {
  const { db, clock, pagesMax = PAGES_MAX } = options;
  const start = new Date(clock.nowMs());
  const sinceMs = start.getTime() - UNPAID_MS;
  let woken = await wakeUnpaid(db, account, { at: start, pauseMs: PAUSE_MS, sinceMs, limit: UNPAID_MAX });
  const again = { at: start, pauseMs: SUBSCRIPTION_PAUSE_MS, limit: SUBSCRIPTIONS_MAX };
  woken += await wakeSubscriptions(db, account, again);
  await lapse(options, account, start);
  let { page, since, to } = await findSeenTo(db, account.name);
  if (page > 1) woken += (await lookAtPage(options, account, { ...held, page: 1 })).woken;
  for (let read = 0; read < pagesMax; read += 1) {
    if (page === 1) since = new Date(clock.nowMs());
    const looked = await lookAtPage(options, account, { ...held, page });
    woken += looked.woken;
    const isLast = looked.next === undefined || looked.next <= page;
    if (isLast) to = since;
    page = isLast ? 1 : (looked.next ?? 1);
    const seen = { page, since, to, at: new Date(clock.nowMs()) };
    await withLease(db, held.lease, async (trx) => storeSeenTo(trx, account.name, seen));
    if (isLast) break;
  }
  return woken;
}

async function lookAtPage(
  { db, clock, log }: LookOptions,
  account: PaymentAccount,
  { lease, ttlMs, page }: { readonly lease: Lease; readonly ttlMs: number; readonly page: number },
): Promise<{ readonly woken: number; readonly next: number | undefined }> {
  const renewed = await acquireLease(db, { name: lease.name, holder: lease.holder, ttlMs });
  if (renewed?.fence !== lease.fence) throw new LeaseLost(`${lease.name} has another holder`);
  const { payments, unread, next } = await account.listPayments(page);
  if (unread > 0) log.warn({ account: account.name, page, unread }, 'payments of an account cannot be read');
  const at = new Date(clock.nowMs());
  await storeMoved(db, account, payments, at);
  return { woken: await wakeChanged(db, account, payments, at), next };
}

/** Expires orders whose checkout stayed unpaid for a day: a payer may have so many open. */
async function lapse({ db }: LookOptions, account: PaymentAccount, at: Date): Promise<void> {
  const sinceMs = at.getTime() - UNPAID_MS;
  for (const id of await listLapsed(db, account, { openMs: OPEN_MS, sinceMs, limit: UNPAID_MAX })) {
    await db.transaction(async (trx) => moveOrder(trx, { id, to: 'expired', source: 'clock', at }));
  }
}

/**
 * Brings the movements on an account's balance up to what our orders say, for the comparison of its rail: where the two differ,
 * the payment itself is read. All others were read in the turn of their page.
 * @returns why the rail cannot be compared, if it cannot
 * @throws ProviderFailed
 */
export async function readUnmatched(
  { db, clock }: Pick<LookOptions, 'db' | 'clock'>,
  account: PaymentAccount,
): Promise<string | undefined> {
  const unmatched = await listUnmatched(db, account, UNMATCHED_MAX);
  const payments: SeenPayment[] = [];
  for (const id of unmatched) {
    const payment = await account.readPayment(id);
    if (payment) payments.push(payment);
  }
  await storeMoved(db, account, payments, new Date(clock.nowMs()));
  if (unmatched.length >= UNMATCHED_MAX)
    return 'too many of its payments differ from their orders to read them at once';
  const { to, at } = await findSeenTo(db, account.name);
  const nowMs = clock.nowMs();
  if (to === null) return 'its earlier payments are being read';
  if (at === null || nowMs - at.getTime() > READ_MS_MAX) return 'its payments could not be read lately';
  return nowMs - to.getTime() > WHOLE_MS_MAX ? 'reading all of its payments takes too long' : undefined;
}
