/**
 * Brings orders and the ledger to what a provider says: once, whatever the order of facts. A fact is first stored under the
 * lock of its order, where it moves the order's state; then the ledger gets what it lacks, each movement under a key of its
 * own. After a crash between any two steps the next call goes on.
 */
import type { CheckoutFact, OrderFact, PaymentFact, ProviderFact } from '../core/billing/facts.ts';
import { judgeCheckout, judgePayment, type CheckoutVerdict, type ParkReason } from '../core/billing/payment.ts';
import type { Checkout } from '../db/billing/checkouts.ts';
import { holdClosedOrgs } from '../db/access/orgs.ts';
import { keepMethod } from '../db/billing/customers.ts';
import { stopRefill } from '../db/billing/refill-settings.ts';
import { lockOrder, moveOrder, type Order } from '../db/billing/orders.ts';
import { syncFreeze } from '../db/billing/movements.ts';
import { RAIL_FROZEN } from '../db/billing/rails.ts';
import {
  findCheckoutOf,
  isDisputeKnown,
  storeCheckoutFact,
  storeDisputeFact,
  storePaid,
  storeParked,
  storePaymentFact,
  storeRefundFact,
  storeWarningFact,
  sumMoneyBack,
} from '../db/billing/provider-facts.ts';
import type { DatabaseTransaction } from '../db/database.ts';
import type { Settle, Settlement } from './port.ts';
import { writeMovements, type SettleMeans } from './movements.ts';
import { noteBegun, noteInvoice, noteSubscription } from './subscriptions/settle.ts';

/** Settles facts; see {@link Settle}. It may run in any number of processes at once. */
export function openSettle(means: SettleMeans): Settle {
  return async (fact) => {
    const at = new Date(means.clock.nowMs());
    const settlement = await means.db.transaction(async (trx) => noteFact(trx, fact, at));
    const order = 'order' in settlement ? settlement.order : null;
    if (order === null) return settlement;
    // Also for a fact that was parked: what was decided before may not be written yet.
    const outcome = await writeMovements(means, order);
    // A warning may come before the credit that it freezes.
    if (!['refund', 'dispute', 'subscription'].includes(fact.kind)) await syncFreeze(means.db, order, at);
    return outcome === 'frozen' && settlement.outcome === 'settled'
      ? { outcome: 'parked', reason: RAIL_FROZEN, order }
      : settlement;
  };
}

/**
 * A newer reading is stored. The clocks of two processes differ, so that this one may be the newer all the same: the object
 * is read again until the times leave no doubt.
 */
const OUTDATED: Settlement = { outcome: 'wait', reason: 'a reading with a later time is stored' };

/** What is about no order of ours is another business of the account's, unless it says that it tops up a wallet here. */
function judgeForeign(fact: ProviderFact): Settlement {
  const isLost = fact.kind === 'checkout' && fact.isTopup === true && fact.paid === 'paid';
  return isLost ? { outcome: 'parked', reason: 'no_order', order: null } : { outcome: 'foreign' };
}

async function noteFact(trx: DatabaseTransaction, fact: ProviderFact, at: Date): Promise<Settlement> {
  if (fact.kind === 'subscription') return noteSubscription(trx, fact, at);
  if (fact.kind === 'invoice') return noteInvoice(trx, fact, at);
  const found = await findCheckoutOf(trx, fact);
  if (found === undefined) return judgeForeign(fact);
  if (found === 'unknown_order') return { outcome: 'wait', reason: 'the order that it names is not here' };
  // An account vouches for its own orders only: what it says of another's changes nothing.
  if (found.account !== fact.account) return { outcome: 'parked', reason: 'other_account', order: null };
  // A subscription is locked before its orders, wherever both are.
  if (fact.kind === 'checkout') await noteBegun(trx, found, fact, at);
  const order = await lockOrder(trx, found.order);
  if (!order) return { outcome: 'wait', reason: 'the order that it names is not here' };
  if (fact.kind === 'checkout') return noteCheckout(trx, { order, checkout: found, fact, at });
  if (fact.kind === 'dispute' && fact.endsOnly === true && !(await isDisputeKnown(trx, fact))) {
    return { outcome: 'wait', reason: 'the provider does not show the dispute yet' };
  }
  const mismatch = findMismatch(found, fact);
  if (mismatch) return { outcome: 'parked', reason: mismatch, order: order.id };
  if (fact.kind === 'payment' && order.channel === 'auto_refill') {
    return notePayment(trx, { order, checkout: found, fact, at });
  }
  return (await keepFact(trx, { order, checkout: found }, fact)) ? { outcome: 'settled', order: order.id } : OUTDATED;
}

/**
 * Keeps a fact about the payment of an order. What says that a payment was not wanted turns auto-refill off.
 * @returns false when a newer one is kept.
 */
async function keepFact(
  trx: DatabaseTransaction,
  { order, checkout }: { readonly order: Order; readonly checkout: Checkout },
  fact: Exclude<OrderFact, { kind: 'checkout' }>,
): Promise<boolean> {
  if (fact.kind === 'payment') return keepPayment(trx, order, fact);
  const at = new Date(fact.readAtMs);
  if (fact.kind === 'refund') {
    const refund = await storeRefundFact(trx, order, fact);
    if (refund === 'refunded' && (await isUndone(trx, order, checkout))) {
      await stopRefill(trx, order.org, { reason: 'refunded', at });
    }
    return refund !== 'outdated';
  }
  if (fact.kind === 'dispute') {
    const dispute = await storeDisputeFact(trx, order, fact);
    if (dispute === 'opened') await stopRefill(trx, order.org, { reason: 'dispute', at });
    return dispute !== 'outdated';
  }
  const warning = await storeWarningFact(trx, order, fact);
  if (warning === 'new') await stopRefill(trx, order.org, { reason: 'early_warning', at });
  return warning !== 'outdated';
}

/** Whether all of a purchase of auto-refill was given back: buying again at once would undo that. */
async function isUndone(trx: DatabaseTransaction, { id, channel }: Order, { paidMinor }: Checkout): Promise<boolean> {
  if (channel !== 'auto_refill' || paidMinor === null) return false;
  const back = (await sumMoneyBack(trx, [id])).get(id);
  return (back?.refundedMinor ?? 0n) >= paidMinor;
}

/** A payment without a checkout pays its order itself. */
async function notePayment(
  trx: DatabaseTransaction,
  about: { readonly order: Order; readonly checkout: Checkout; readonly fact: PaymentFact; readonly at: Date },
): Promise<Settlement> {
  const { order, checkout, fact, at } = about;
  if (checkout.payment === null) return { outcome: 'wait', reason: 'the payment of the order is not stored yet' };
  if (!(await storePaymentFact(trx, order, fact))) return OUTDATED;
  const judged = judgePayment(checkout, fact);
  if (judged === undefined || checkout.paidMinor !== null) return { outcome: 'settled', order: order.id };
  const verdict = await unlessClosed(trx, order, judged);
  const reason = verdict.state === 'parked' ? verdict.reason : undefined;
  if (verdict.state === 'paid') await storePaid(trx, order.id, fact.receivedMinor);
  const isMoney = fact.receivedMinor > 0n && fact.currency === checkout.currency;
  if (verdict.state === 'parked' && isMoney) await storeParked(trx, order.id, fact.receivedMinor);
  await moveOrder(trx, { id: order.id, to: verdict.state, source: 'provider', at, reason });
  if (reason !== undefined) return { outcome: 'parked', reason, order: order.id };
  return { outcome: 'settled', order: order.id };
}

/** A payment may have saved its method for later ones of the org's customer. */
async function keepPayment(trx: DatabaseTransaction, order: Order, fact: PaymentFact): Promise<boolean> {
  const { customer, savedMethod: method, account, mode } = fact;
  if (customer !== null && method !== null) {
    await keepMethod(trx, { org: order.org, account, mode, customer, method, order: order.id });
  }
  return storePaymentFact(trx, order, fact);
}

async function noteCheckout(
  trx: DatabaseTransaction,
  about: { readonly order: Order; readonly checkout: Checkout; readonly fact: CheckoutFact; readonly at: Date },
): Promise<Settlement> {
  const { order, checkout, fact, at } = about;
  const { session } = checkout;
  if (session === null) return { outcome: 'wait', reason: 'the checkout of the order is not stored yet' };
  const purpose = order.recurring ? 'subscription' : 'payment';
  const judged = judgeCheckout({ ...checkout, session, purpose }, fact);
  const verdict = checkout.paidMinor === null ? await unlessClosed(trx, order, judged) : judged;
  // Money all the same: it is due to its payer until somebody decides.
  const isParked = verdict.state === 'parked' && fact.paid === 'paid' && fact.currency === checkout.currency;
  if (fact.id === session && fact.mode === checkout.mode) {
    const isNew = await storeCheckoutFact(trx, order.id, fact, { paid: verdict.state === 'paid', parked: isParked });
    if (!isNew) return OUTDATED;
    // What was paid stays paid, whatever is read of its checkout afterwards.
    if (checkout.paidMinor !== null) return { outcome: 'settled', order: order.id };
  }
  const reason = verdict.state === 'parked' ? verdict.reason : undefined;
  // Its invoice pays a subscription's order, whatever its state: once it has expired it does not wait for that again.
  const waitsAgain = order.recurring && verdict.state === 'processing' && order.state === 'expired';
  if (!waitsAgain) await moveOrder(trx, { id: order.id, to: verdict.state, source: 'provider', at, reason });
  if (reason !== undefined) return { outcome: 'parked', reason, order: order.id };
  return { outcome: 'settled', order: order.id };
}

/** The verdict on an order, where a payment that comes to a closed org is parked. It stays open until the transaction ends. */
async function unlessClosed(
  trx: DatabaseTransaction,
  { org }: Order,
  verdict: CheckoutVerdict,
): Promise<CheckoutVerdict> {
  if (verdict.state !== 'paid') return verdict;
  const closed = await holdClosedOrgs(trx, [org]);
  return closed.has(org) ? { state: 'parked', reason: 'org_closed' } : verdict;
}

/** Why a fact about the payment of an order cannot be what it says; undefined when it can. */
function findMismatch(checkout: Checkout, fact: Exclude<OrderFact, { kind: 'checkout' }>): ParkReason | undefined {
  if (fact.mode !== checkout.mode) return 'wrong_mode';
  const payment = fact.kind === 'payment' ? fact.id : fact.payment;
  if (checkout.payment !== null && payment !== null && payment !== checkout.payment) return 'other_payment';
  if ('currency' in fact && fact.currency !== checkout.currency) return 'wrong_currency';
  return undefined;
}
