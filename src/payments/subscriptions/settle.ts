/**
 * Settles facts about subscriptions: an invoice that is paid becomes an order with the credit of its period, once for each
 * period; a reading of a subscription becomes its state. Both happen under the lock of the subscription, so that whatever is
 * read of it at the same time waits.
 */
import type { CheckoutFact, InvoiceFact, InvoiceLine, SubscriptionFact } from '../../core/billing/facts.ts';
import { eventOfRenewal, eventsOfState } from '../../core/events/subscriptions.ts';
import { isUuid } from '../../core/ids.ts';
import { priceOfPeriod, type ChosenPrice } from '../../core/subscriptions/chosen.ts';
import { judgeInvoice, worthOf, type InvoiceVerdict, type PaidPeriod } from '../../core/subscriptions/grant.ts';
import { termsOfPrice, type PeriodTerms, type PlanVersion } from '../../core/subscriptions/plan.ts';
import { afterReading, stepsBetween } from '../../core/subscriptions/state.ts';
import { findCheckout, type Checkout } from '../../db/billing/checkouts.ts';
import { findOrder, lockOrder, moveOrder, type Order } from '../../db/billing/orders.ts';
import type { DatabaseTransaction } from '../../db/database.ts';
import { recordEvents } from '../../db/events/log.ts';
import { listChosen } from '../../db/subscriptions/choices.ts';
import { listVersionsOfPrice } from '../../db/subscriptions/plans.ts';
import {
  findCheckoutOfInvoice,
  openOrderOfInvoice,
  setWorth,
  storeInvoicePaid,
} from '../../db/subscriptions/renewals.ts';
import {
  bindSubscription,
  claimPeriods,
  lockSubscription,
  storeReading,
  type KnownSubscription,
} from '../../db/subscriptions/subscriptions.ts';
import type { Settlement } from '../port.ts';

const UNKNOWN_ORDER: Settlement = { outcome: 'wait', reason: 'the order that it names is not here' };

/** A reading with a later time is stored. The clocks of two processes differ, so that this one may be the newer all the same. */
const OUTDATED: Settlement = { outcome: 'wait', reason: 'a reading of the subscription with a later time is stored' };

/** Brings a subscription to what its provider says of it. */
export async function noteSubscription(
  trx: DatabaseTransaction,
  fact: SubscriptionFact,
  at: Date,
): Promise<Settlement> {
  const found = await findOrBind(trx, { ...fact, subscription: fact.id }, at);
  if ('outcome' in found) return found;
  const settled = { outcome: 'settled', order: found.firstOrder } as const;
  const read = afterReading(found.isRead ? found : undefined, fact);
  if (read === undefined) return found.state === 'ended' ? settled : OUTDATED;
  await storeReading(
    trx,
    { account: fact.account, id: fact.id },
    { ...read, status: fact.status, customer: fact.customer },
  );
  // Nothing pays the first order of one that ended unpaid; another subscription may begin.
  if (read.state === 'ended') await moveOrder(trx, { id: found.firstOrder, to: 'expired', source: 'provider', at });
  const steps = stepsBetween(found.isRead ? found.state : undefined, read.state);
  const order = await findOrder(trx, found.firstOrder);
  if (order) await recordEvents(trx, eventsOfState(steps, { ...found, ...read, user: order.user, atMs: at.getTime() }));
  return settled;
}

/** Notes which subscription began at a checkout of ours, where its order is for one: it may not name the order itself. */
export async function noteBegun(
  trx: DatabaseTransaction,
  checkout: Checkout,
  fact: CheckoutFact,
  at: Date,
): Promise<void> {
  const { account, mode, subscription: id } = fact;
  if (id === null || fact.id !== checkout.session || mode !== checkout.mode) return;
  const order = await findOrder(trx, checkout.order);
  if (order?.recurring !== true) return;
  await bindSubscription(trx, { account, id, mode, org: order.org, firstOrder: order.id, at });
}

/** Grants what a paid invoice pays for, or parks it. */
export async function noteInvoice(trx: DatabaseTransaction, fact: InvoiceFact, at: Date): Promise<Settlement> {
  const found = await findOrBind(trx, fact, at);
  if ('outcome' in found) return found;
  const known = await findCheckoutOfInvoice(trx, fact);
  const settled = (order: string): Settlement => ({ outcome: 'settled', order });
  // What was paid stays paid, whatever is read of its invoice afterwards.
  if (known !== undefined && known.paidMinor !== null) return settled(known.order);
  const verdict = await judge(trx, found, fact);
  if (verdict.verdict === 'waiting' || verdict.verdict === 'closed' || verdict.verdict === 'nothing') {
    return settled(known?.order ?? found.firstOrder);
  }
  // What settles the checkout of that order locks them in this sequence as well: the order, then its checkout.
  if (known === undefined) await lockOrder(trx, found.firstOrder);
  const id = known?.order ?? (await openOrderOfInvoice(trx, { subscription: found, fact, at }));
  const order = await lockOrder(trx, id);
  if (!order) throw new Error(`there is no order ${id}`);
  const periods = verdict.verdict === 'grants' ? verdict.periods : [];
  const fresh = await claimPeriods(trx, fact.account, order.id, periods, at);
  if (verdict.verdict === 'grants' && fresh.length > 0) return grant(trx, { found, order, fact, fresh, at });
  const reason = verdict.verdict === 'parked' ? verdict.reason : 'granted_before';
  await storeInvoicePaid(trx, order.id, fact, 'parked');
  await moveOrder(trx, { id: order.id, to: 'parked', source: 'provider', at, reason });
  return { outcome: 'parked', reason, order: order.id };
}

async function grant(
  trx: DatabaseTransaction,
  about: {
    readonly found: KnownSubscription;
    readonly order: Order;
    readonly fact: InvoiceFact;
    readonly fresh: readonly PaidPeriod[];
    readonly at: Date;
  },
): Promise<Settlement> {
  const { found, order, fact, fresh, at } = about;
  const worth = worthOf(fresh);
  await setWorth(trx, order.id, fresh, worth);
  await storeInvoicePaid(trx, order.id, fact, 'paid');
  await moveOrder(trx, { id: order.id, to: 'paid', source: 'provider', at });
  if (!fact.isFirst) {
    const events = fresh.map((period) =>
      eventOfRenewal(period, { order: order.id, user: order.user, org: found.org, atMs: at.getTime() }),
    );
    await recordEvents(trx, events);
  }
  return { outcome: 'settled', order: order.id };
}

/** Judges an invoice by the plans that its prices belong to. */
async function judge(trx: DatabaseTransaction, found: KnownSubscription, fact: InvoiceFact): Promise<InvoiceVerdict> {
  const chosen = fact.hasPresentPrice === true ? await listChosen(trx, found) : [];
  const prices = [...fact.lines.map(({ price }) => price), ...chosen.map(({ price }) => price)];
  const versions = new Map<string, readonly PlanVersion[]>();
  for (const price of new Set(prices)) {
    if (price !== null) versions.set(price, await listVersionsOfPrice(trx, price));
  }
  const terms: TermsOf = (price, startMs) => termsOfPrice(versions.get(price) ?? [], price, startMs);
  const lines = fact.lines.map((line) => named(line, chosen, terms));
  return judgeInvoice({ ...fact, lines }, terms);
}

type TermsOf = (price: string, periodStartMs: number) => PeriodTerms | undefined;

/** A line with the price that it is for. What is for none that was chosen settles a switch that was made elsewhere. */
function named(line: InvoiceLine, chosen: readonly ChosenPrice[], termsOf: TermsOf): InvoiceLine {
  const { price: presentPrice, periodStartMs, amountMinor } = line;
  if (chosen.length === 0 || presentPrice === null) return line;
  const fits = (price: string): boolean => termsOf(price, periodStartMs)?.priceMinor === amountMinor;
  const price = priceOfPeriod(chosen, { presentPrice, periodStartMs, fits });
  return price === undefined ? { ...line, isProration: true } : { ...line, price };
}

/** The subscription that a fact is about, locked; noted now where the fact names the order that began it. */
async function findOrBind(
  trx: DatabaseTransaction,
  fact: Pick<InvoiceFact, 'account' | 'mode' | 'order' | 'subscription'>,
  at: Date,
): Promise<KnownSubscription | Settlement> {
  const { account, mode, subscription: id } = fact;
  if (id === null) return { outcome: 'foreign' };
  const known = await lockSubscription(trx, { account, id });
  if (known) return known.mode === mode ? known : { outcome: 'parked', reason: 'wrong_mode', order: known.firstOrder };
  if (fact.order === null || !isUuid(fact.order)) return { outcome: 'foreign' };
  const order = await findOrder(trx, fact.order);
  const checkout = order && (await findCheckout(trx, order.id));
  if (!order || !checkout) return UNKNOWN_ORDER;
  // An account vouches for its own orders only.
  if (checkout.account !== account) return { outcome: 'parked', reason: 'other_account', order: null };
  if (!order.recurring) return { outcome: 'parked', reason: 'wrong_purpose', order: order.id };
  await bindSubscription(trx, { account, id, mode, org: order.org, firstOrder: order.id, at });
  return (await lockSubscription(trx, { account, id })) ?? UNKNOWN_ORDER;
}
