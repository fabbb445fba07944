/** Takes card payments on accounts at a provider, and gives them back. Settles what the provider answers at once. */
import type { Cashier, CheckoutRequest, OpenCheckout, RefundRequest } from '../core/billing/cashier.ts';
import { accountName } from '../core/billing/facts.ts';
import { CHECKOUT_OPEN_MS } from '../core/billing/order.ts';
import { Refusal } from '../core/errors.ts';
import { uuidV7 } from '../core/ids.ts';
import {
  bindCheckout,
  findCheckout,
  makeCardOrder,
  type Checkout,
  type CheckoutLimits,
} from '../db/billing/checkouts.ts';
import { cancelOrder, failOrder, findOrder, type Order } from '../db/billing/orders.ts';
import { sumMoneyBack } from '../db/billing/provider-facts.ts';
import { bindRefund, dropRefundRequest, findRefundRequest, storeRefundRequest } from '../db/billing/refund-requests.ts';
import type { Database } from '../db/database.ts';
import { callAccount, getAccount, type AccountMeans } from './account-calls.ts';
import { getCustomer } from './customers.ts';
import type { SettleMeans } from './movements.ts';
import { ProviderFailed, type OpenedCheckout, type ProviderAccount } from './port.ts';
import { settleWithFollowing } from './follow.ts';
import { openSettle } from './settle.ts';

/** How long a provider surely knows a key: a refund asked for again after that could be a second one. */
const KEY_KEPT_MS = 23 * 3_600_000;
const CURRENCY = 'usd';
const MICROS_PER_CENT = 10_000n;

export interface CashierMeans extends SettleMeans, AccountMeans {
  readonly limits: CheckoutLimits;
}

/** Opens the cashier of all accounts. */
export function openCashier(means: CashierMeans): Cashier {
  return {
    openCheckout: async (request) => openCheckout(means, request),
    verify: async (order) => verify(means, order),
    cancelOrder: async (order) => cancelUnpaid(means, order),
    refund: async (request) => refund(means, request),
  };
}

/**
 * The order is stored first, the checkout is made under the order's key, its id is stored, and only then its URL is handed
 * out: a checkout that we could not find again must not be paid.
 */
async function openCheckout(means: CashierMeans, request: CheckoutRequest): Promise<OpenCheckout> {
  const { db, clock } = means;
  const { key, hash, name, item, saveMethod, tags, ownAccount, provider = 'stripe', ...asked } = request;
  const account = await getAccount(means, accountName(provider, ownAccount ? request.org : null));
  const openedAt = new Date(clock.nowMs());
  const { order, isNew } = await makeCardOrder(db, {
    ...asked,
    id: uuidV7(openedAt.getTime()),
    openedAt,
    account: account.name,
    mode: account.mode,
    currency: CURRENCY,
    priceMinor: request.priceMicros / MICROS_PER_CENT,
    item,
    request: { key, hash },
    limits: means.limits,
  });
  const stored = await getCheckout(means, order.id);
  const making = { ...stored, name, item, saveMethod, tags };
  const checkout = stored.session === null ? await makeCheckout(means, account, order, making) : stored;
  return { order: order.id, session: checkout.session ?? '', url: checkout.url, replayed: !isNew };
}

async function makeCheckout(
  means: CashierMeans,
  account: ProviderAccount,
  order: Order,
  asked: Checkout & Pick<CheckoutRequest, 'name' | 'item' | 'saveMethod' | 'tags'>,
): Promise<Checkout> {
  const { db, clock } = means;
  const { currency, priceMinor, successUrl, cancelUrl, name, item, saveMethod, tags } = asked;
  const makeIt = async (): Promise<OpenedCheckout> =>
    account.createCheckout({
      order: order.id,
      name,
      ...(item !== undefined && { item }),
      ...(tags !== undefined && { metadata: tags }),
      currency,
      priceMinor,
      successUrl,
      cancelUrl,
      // From the order's time, so that asking again under its key is the same request.
      expiresAtMs: order.openedAtMs + CHECKOUT_OPEN_MS,
      ...(order.interval !== null && { interval: order.interval }),
      ...(saveMethod && { saveMethod }),
      // The portal is a customer's, so that a subscription has one that is known.
      ...((saveMethod || (order.recurring && account.makesCustomers)) && {
        customer: await getCustomer({ db, clock }, account, order.org),
      }),
    });
  const calling = async (): Promise<OpenedCheckout> => callAccount(means, { account, what: 'open_checkout' }, makeIt);
  const made = await naming(order.id, calling).catch(async (error: unknown) => {
    if (error instanceof ProviderFailed && error.fault.outcome === 'refused') {
      await failOrder(db, { id: order.id, reason: 'refused_by_provider', at: new Date(clock.nowMs()) });
    }
    throw error;
  });
  try {
    const at = new Date(clock.nowMs());
    return await bindCheckout(db, { order: order.id, session: made.id, url: made.url, at });
  } catch (error) {
    // Nobody has its URL; closed, it cannot be paid by anybody who should come by it either.
    await account.expireCheckout(made.id).catch(() => undefined);
    throw error;
  }
}

function stillPayable(): Refusal {
  return new Refusal(
    'ORDER_NOT_OPEN',
    'the order stays open: its provider closes no checkouts, so that it can still be paid',
    {
      details: { state: 'awaiting_payment' },
    },
  );
}

/** Runs a call for an order; where it fails, the refusal names the order. */
async function naming<Result>(orderId: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ProviderFailed)) throw error;
    const { fault, message } = error;
    throw new ProviderFailed(message, fault, { orderId });
  }
}

async function getCheckout({ db }: SettleMeans, order: string): Promise<Checkout> {
  const checkout = await findCheckout(db, order);
  if (checkout) return checkout;
  throw new Refusal('NOT_FOUND', 'the order has no checkout');
}

async function verify(means: CashierMeans, orderId: string): Promise<void> {
  const { session, account: name } = await getCheckout(means, orderId);
  if (session === null) return;
  const account = await getAccount(means, name);
  const fact = await callAccount(means, { account, what: 'read_checkout' }, async () =>
    account.fetch({ kind: 'checkout', id: session }),
  );
  if (!fact) throw new Refusal('NOT_FOUND', 'the account of the configured key has no such checkout');
  await settleWithFollowing(openSettle(means), account, fact);
}

/**
 * Cancels an order whose checkout nobody has paid. The checkout is closed first, and read: one that can still be paid keeps its order.
 * @throws Refusal ORDER_NOT_OPEN where it was paid, or where its provider closes no checkouts
 */
export async function cancelUnpaid(means: SettleMeans & AccountMeans, orderId: string): Promise<void> {
  const { db, clock } = means;
  const { session, payment, account: name } = await getCheckout(means, orderId);
  const account = await getAccount(means, name);
  if (session === null && payment !== null) {
    await account.cancelPayment(payment);
    const fact = await account.fetch({ kind: 'payment', id: payment });
    if (fact?.kind === 'payment' && fact.state !== 'cancelled') await openSettle(means)(fact);
  }
  if (session !== null) {
    await account.expireCheckout(session);
    // What became of it decides: it may have been paid a moment before.
    const fact = await account.fetch({ kind: 'checkout', id: session });
    if (fact?.kind === 'checkout' && fact.state === 'complete') {
      await settleWithFollowing(openSettle(means), account, fact);
    }
    if (fact?.kind === 'checkout' && fact.state === 'open') throw stillPayable();
  }
  await cancelOrder(db, { id: orderId, at: new Date(clock.nowMs()) });
}

async function refund(
  means: CashierMeans,
  { order: orderId, amountCents, key }: RefundRequest,
): Promise<{ readonly replayed: boolean }> {
  const { db, clock } = means;
  const order = await findOrder(db, orderId);
  if (!order) throw new Refusal('NOT_FOUND', 'there is no such order');
  const checkout = await findCheckout(db, orderId);
  if (!checkout) throw notRefundable('not_by_card', 'it was not paid by card');
  const { payment } = checkout;
  // Money that is parked is the payer's: giving it back is how that ends.
  const paidMinor = checkout.paidMinor ?? checkout.parkedMinor;
  if (paidMinor === null || payment === null) throw notRefundable('not_paid', 'nothing was paid for it');
  const account = await getAccount(means, checkout.account);
  const asked = { order: orderId, key, amountMinor: amountCents ?? null };
  // Only a new request is judged here: of one that was sent already, its provider knows what became of it.
  const known = await findRefundRequest(db, asked);
  if (known === undefined) await checkLeft(db, { order: orderId, account, paidMinor, amountCents });
  const request = known ?? (await storeRefundRequest(db, asked, new Date(clock.nowMs())));
  const outcome = { replayed: known !== undefined };
  if (request.refund !== null) return outcome;
  if (account.refunds === 'any' && clock.nowMs() - request.askedAtMs > KEY_KEPT_MS) {
    throw notRefundable('outcome_unknown', 'an earlier answer was lost, and the provider has forgotten the key');
  }
  const amount = amountCents === undefined ? {} : { amountMinor: amountCents };
  const asking = { payment, key: `coffer-refund-${orderId}-${key}`, order: orderId, ...amount };
  const fact = await callAccount(means, { account, what: 'give_refund' }, async () => account.refund(asking)).catch(
    async (error: unknown) => {
      // Nothing came of a new request: its key is free again. What became of an older one is not known.
      const isRefused = error instanceof ProviderFailed && error.fault.outcome === 'refused';
      if (isRefused && known === undefined) await dropRefundRequest(db, asked);
      throw error;
    },
  );
  await bindRefund(db, asked, fact.id, new Date(clock.nowMs()));
  await openSettle(means)(fact);
  return outcome;
}

interface AskedBack {
  readonly order: string;
  readonly account: ProviderAccount;
  readonly paidMinor: bigint;
  /** Undefined: all that is left. */
  readonly amountCents: bigint | undefined;
}

async function checkLeft(db: Database, { order, account, paidMinor, amountCents }: AskedBack): Promise<void> {
  const back = (await sumMoneyBack(db, [order])).get(order);
  if ((back?.withdrawnMinor ?? 0n) > 0n) throw notRefundable('disputed', 'a dispute has taken the money already');
  const left = paidMinor - (back?.refundedMinor ?? 0n);
  if (left <= 0n || (amountCents ?? 0n) > left) {
    throw notRefundable('amount', `${left} of ${paidMinor} cents are left`);
  }
  if (account.refunds === 'whole' && amountCents !== undefined && amountCents !== left) {
    throw notRefundable('whole_only', `its provider gives back only all that is left: ${left} cents`);
  }
}

function notRefundable(reason: string, why: string): Refusal {
  return new Refusal('REFUND_NOT_POSSIBLE', `the order cannot be refunded: ${why}`, { details: { reason } });
}
