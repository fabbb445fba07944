/**
 * Auto-refill: decides what to buy, and charges it with the saved payment method. A payment is made, its id is stored, it is
 * marked as possibly charged, and only then confirmed; a payment succeeds once at most. So whatever is lost in between, the
 * payment is looked at before anything else is bought. May run in any number of processes at once.
 */
import type { Logger } from 'pino';
import { mapBounded } from '../core/bounded.ts';
import type { Cashier } from '../core/billing/cashier.ts';
import { accountName, type PaymentFact, type PaymentMode } from '../core/billing/facts.ts';
import { afterFailure, isFresh, type RefillFailure } from '../core/billing/refill.ts';
import { Refusal } from '../core/errors.ts';
import { uuidV7 } from '../core/ids.ts';
import { failpoint } from '../db/failpoint.ts';
import { findOrder } from '../db/billing/orders.ts';
import { decideRefill, listDueRefills, type DueRefill, type FindProduct } from '../db/billing/refill-decisions.ts';
import {
  bindPayment,
  claimPurchases,
  endPaid,
  failPurchase,
  mayConfirm,
  parkElsewhere,
  postpone,
  release,
  releaseUnconfirmed,
  type Purchase,
} from '../db/billing/refill-purchases.ts';
import { stopRefill } from '../db/billing/refill-settings.ts';
import type { PaymentAccounts } from './accounts.ts';
import type { SettleMeans } from './movements.ts';
import { ProviderFailed, type ProviderAccount, type Settle } from './port.ts';

/** Settings of one page, and how many of them are decided about at once. */
const PAGE_MAX = 500;
const DECISIONS_AT_ONCE_MAX = 4;
/** Most pages of one round. */
const PAGES_MAX = 200;
/** Most purchases that one round works on. */
const PURCHASES_MAX = 16;
/** Longer than the calls to the provider for one purchase usually take together. Nothing rests on it but speed. */
const CLAIM_MS = 180_000;
/** Most steps of a purchase in one go: made, bound, confirmed, settled, ended. */
const STEPS_MAX = 8;
const FIRST_PAUSE_MS = 2_000;
const PAUSE_MS_MAX = 300_000;
const MICROS_PER_CENT = 10_000n;

export interface RefillMeans extends SettleMeans {
  readonly log: Pick<Logger, 'warn' | 'error' | 'info'>;
  readonly accounts: Pick<PaymentAccounts, 'find' | 'note'>;
  readonly settle: Settle;
  /** Which money counts in this deployment. */
  readonly mode: PaymentMode;
  readonly findProduct: FindProduct;
  /** Opens a checkout for a payer who has to confirm; and where that checkout leads back to. */
  readonly cashier: Pick<Cashier, 'openCheckout'>;
  readonly billingUrl: string;
}

/** Decides about every setting whose balance is too low, and works on the purchases that are due. `stopped` ends it early. */
export async function refillRound(means: RefillMeans, stopped: () => boolean = () => false): Promise<void> {
  await decideAll(means, stopped);
  while (!stopped() && (await workOnPurchases(means)) === PURCHASES_MAX);
}

async function decideAll(means: RefillMeans, stopped: () => boolean): Promise<void> {
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX && !stopped(); page += 1) {
    const now = new Date(means.clock.nowMs());
    const { last, due } = await listDueRefills(means.db, { now, after, limit: PAGE_MAX });
    await mapBounded(due, DECISIONS_AT_ONCE_MAX, async (one) => decideOne(means, one));
    if (last === undefined) return;
    after = last;
  }
}

/** One org that cannot be decided about holds up no other. */
async function decideOne(means: RefillMeans, due: DueRefill): Promise<void> {
  const { db, accounts, clock, mode, findProduct, log } = means;
  const { org, account: name } = due;
  try {
    const account = await accounts.find(name);
    if (account === undefined) return;
    const at = new Date(clock.nowMs());
    if (account.mode !== mode) {
      await db.transaction(async (trx) => stopRefill(trx, org, { reason: 'wrong_mode', at }));
      return;
    }
    const decision = await decideRefill(db, { ...due, mode }, { findProduct, at });
    failpoint('refill.after-decision');
    if (decision !== 'nothing') log.info({ org, account: name, decision }, 'auto-refill has decided');
  } catch (error) {
    log.error({ err: error, org, account: name }, 'auto-refill could not decide; trying again');
  }
}

/** Works on purchases that are due. @returns how many */
async function workOnPurchases(means: RefillMeans): Promise<number> {
  const { db, clock, log } = means;
  const nowMs = clock.nowMs();
  const claim = uuidV7(nowMs);
  const due = await claimPurchases(db, { claim, now: new Date(nowMs), leaseMs: CLAIM_MS, limit: PURCHASES_MAX });
  await Promise.all(
    due.map(async (purchase) => {
      try {
        if (await carryOn(means, purchase)) return;
      } catch (error) {
        const about = { err: error instanceof ProviderFailed ? undefined : error, order: purchase.order };
        log.warn(about, `a purchase of auto-refill waits: ${error instanceof Error ? error.message : 'unknown error'}`);
      }
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(purchase.attempts, 20), PAUSE_MS_MAX);
      await postpone(db, { order: purchase.order, claim, at: new Date(clock.nowMs() + pauseMs) });
    }),
  );
  return due.length;
}

/** A purchase, and the account that it is charged on. */
interface Work {
  readonly means: RefillMeans;
  readonly account: ProviderAccount;
}

/** Takes a purchase as far as it goes. @returns whether it has ended; otherwise it is looked at again later */
async function carryOn(means: RefillMeans, first: Purchase): Promise<boolean> {
  const account = await means.accounts.find(first.account);
  if (account === undefined || account.mode !== means.mode) {
    // Its org buys nothing else meanwhile, on any account: what was never confirmed does not wait for the key.
    return releaseUnconfirmed(means.db, first.order, new Date(means.clock.nowMs()));
  }
  const work = { means, account };
  let purchase = first;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    if (purchase.state === 'decided') {
      const bound = await makePayment(work, purchase);
      if (bound === undefined) return true;
      purchase = bound;
    } else if (purchase.payment !== null && (purchase.state === 'bound' || purchase.state === 'confirming')) {
      const { order } = purchase;
      return chargePayment(work, { ...purchase, payment: purchase.payment }).catch(async (error: unknown) => {
        if (!isElsewhere(error)) throw error;
        const now = new Date(means.clock.nowMs());
        return (await releaseUnconfirmed(means.db, order, now)) || parkElsewhere(means.db, order, now);
      });
    } else return true;
  }
  return false;
}

/** Makes the payment of a purchase and stores its id. @returns undefined when the purchase has ended */
async function makePayment({ means, account }: Work, purchase: Purchase): Promise<Purchase | undefined> {
  const { db, clock } = means;
  const { order: id, customer, method, priceMinor, attempts, decidedAtMs } = purchase;
  const order = await findOrder(db, id);
  const now = new Date(clock.nowMs());
  if (order?.state !== 'created' || !isFresh(decidedAtMs, now.getTime())) {
    // A payment that was made and whose id is lost was never confirmed, and nobody can confirm it any more.
    if (attempts === 0 || order?.state !== 'created') await release(db, id, now);
    else await fail(means, purchase, { code: 'provider_unreachable' });
    return undefined;
  }
  try {
    const asked = { order: id, customer, method, currency: 'usd', amountMinor: priceMinor };
    const payment = await account.createPayment(asked);
    await means.accounts.note(account.name, 'payment', undefined);
    failpoint('refill.after-create');
    return await bindPayment(db, { order: id, payment, at: new Date(clock.nowMs()) });
  } catch (error) {
    if (!isRefused(error)) throw error;
    if (error instanceof ProviderFailed) await means.accounts.note(account.name, 'payment', error.fault);
    await fail(means, purchase, { code: 'refused_by_provider' }, isAboutMethod(error));
    return undefined;
  }
}

type Bound = Purchase & { readonly payment: string };

/** Confirms a payment, or finds out what became of it. @returns whether its purchase has ended */
async function chargePayment(work: Work, purchase: Bound): Promise<boolean> {
  const { means, account } = work;
  const { order, payment } = purchase;
  failpoint('refill.after-bind');
  if (purchase.state === 'confirming') {
    // Somebody confirmed it before, or was about to.
    const before = await fetchPayment(account, payment);
    if (before.state !== 'needs_confirmation') return conclude(work, purchase, before);
  }
  if (!(await mayConfirm(means.db, order, new Date(means.clock.nowMs())))) {
    await account.cancelPayment(payment);
    return conclude(work, purchase, await fetchPayment(account, payment));
  }
  failpoint('refill.after-mark');
  const refusal = await confirm(account, purchase);
  failpoint('refill.after-confirm');
  const fact = await fetchPayment(account, payment);
  if (fact.state !== 'needs_confirmation' || refusal === undefined) return conclude(work, purchase, fact);
  await account.cancelPayment(payment);
  failpoint('refill.after-cancel');
  return conclude(work, purchase, await fetchPayment(account, payment), refusal);
}

/** Confirms a payment. What became of it is read from it; only a refusal of the call itself is told apart. */
async function confirm(account: ProviderAccount, { payment, order }: Bound): Promise<unknown> {
  try {
    await account.confirmPayment(payment, order);
  } catch (error) {
    if (isRefused(error)) return error;
    if (!(error instanceof ProviderFailed) && !isDecline(error)) throw error;
  }
  return undefined;
}

async function fetchPayment(account: ProviderAccount, id: string): Promise<PaymentFact> {
  const fact = await account.fetch({ kind: 'payment', id });
  if (fact?.kind === 'payment') return fact;
  throw new PaymentMissing(`the provider has no payment ${id} in this account`);
}

/** A payment that we made is not there: it was made with the key of another account. */
class PaymentMissing extends Error {
  override name = 'PaymentMissing';
}

/** Whether a payment cannot be reached, since the key belongs to another account by now. */
function isElsewhere(error: unknown): boolean {
  return (
    error instanceof PaymentMissing || (error instanceof ProviderFailed && error.fault.code === 'resource_missing')
  );
}

/** Does what the state of a payment asks for. @returns whether its purchase has ended */
async function conclude(work: Work, purchase: Bound, fact: PaymentFact, refusal?: unknown): Promise<boolean> {
  const { means, account } = work;
  const { db, clock } = means;
  switch (fact.state) {
    case 'succeeded':
      await means.settle(fact);
      failpoint('refill.after-settle');
      return endPaid(db, purchase.order, new Date(clock.nowMs()));
    case 'cancelled':
      if (refusal === undefined && fact.decline === null) await release(db, purchase.order, new Date(clock.nowMs()));
      else await fail(means, purchase, failureOf(fact), refusal !== undefined && isAboutMethod(refusal));
      return true;
    case 'needs_method':
    case 'needs_action': {
      await account.cancelPayment(fact.id);
      failpoint('refill.after-cancel');
      const after = await fetchPayment(account, fact.id);
      if (after.state === 'needs_method' || after.state === 'needs_action') return false;
      const decline = after.decline ?? fact.decline ?? NEEDS_ACTION;
      return conclude(work, purchase, after.state === 'cancelled' ? { ...after, decline } : after);
    }
    case 'needs_confirmation':
    case 'processing':
    case 'unknown':
      // On its way, or not known: looked at again later.
      await means.settle(fact);
      return false;
    default:
      return fact.state satisfies never;
  }
}

/** What a payment that waits for the payer amounts to: nobody is there to answer. */
const NEEDS_ACTION = { code: 'authentication_required', declineCode: null, advice: null };

function failureOf({ decline }: PaymentFact): RefillFailure {
  return decline === null ? { code: 'refused_by_provider' } : { decline };
}

/** Ends a purchase that failed; a payer who has to confirm gets a checkout for the same credit. */
async function fail(
  means: RefillMeans,
  purchase: Purchase,
  failure: RefillFailure,
  methodUnusable = false,
): Promise<void> {
  const then = afterFailure(failure, 1, means.clock.nowMs());
  const asksPayer = 'stop' in then && then.stop === 'authentication_required';
  const url = asksPayer ? await openLink(means, purchase) : null;
  await failPurchase(means.db, purchase.order, { failure, methodUnusable, url }, new Date(means.clock.nowMs()));
}

/** A checkout for what a purchase would have bought; null when none can be opened. Asking again gives the same one. */
async function openLink(means: RefillMeans, { order: id, org, account, priceMinor }: Purchase): Promise<string | null> {
  const { cashier, billingUrl, log } = means;
  const order = await findOrder(means.db, id);
  if (!order) return null;
  try {
    const { url } = await cashier.openCheckout({
      org,
      ownAccount: account === accountName('stripe', org),
      pack: order.pack,
      product: order.product,
      name: 'Credit',
      priceMicros: priceMinor * MICROS_PER_CENT,
      creditMicros: order.creditMicros,
      bonusMicros: order.bonusMicros,
      freeGiftCards: order.freeGiftCards,
      successUrl: billingUrl,
      cancelUrl: billingUrl,
      metadata: {},
      saveMethod: true,
      key: `auto-refill:${id}`,
      hash: 'auto-refill',
    });
    return url;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // When it may have been made, the same call finds it.
    if (error instanceof ProviderFailed && error.fault.outcome !== 'refused') throw error;
    log.warn({ order: id, reason: error.message }, 'no checkout for a payer who has to confirm');
    return null;
  }
}

function isDecline(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'CARD_DECLINED';
}

function isRefused(error: unknown): boolean {
  return error instanceof ProviderFailed && error.fault.outcome === 'refused';
}

/** Whether a call was refused since the saved method, or its customer, is not there any more. */
function isAboutMethod(error: unknown): boolean {
  return error instanceof ProviderFailed && METHOD_GONE.has(error.fault.code ?? '');
}

const METHOD_GONE: ReadonlySet<string> = new Set(['resource_missing', 'payment_method_unexpected_state']);
