/** Orders of paid periods: the first is the one that began the subscription, each later one is made as its invoice is paid. */
import type { InvoiceFact } from '../../core/billing/facts.ts';
import type { OrderWorth, PaidPeriod } from '../../core/subscriptions/grant.ts';
import { uuidV7 } from '../../core/ids.ts';
import { CHECKOUT_COLUMNS, checkoutOf, type Checkout } from '../billing/checkouts.ts';
import { noteStep, ORDER_COLUMNS, orderOf } from '../billing/orders.ts';
import type { DatabaseTransaction } from '../database.ts';
import { findRow, getRow } from '../rows.ts';
import type { KnownSubscription } from './subscriptions.ts';

const MICROS_PER_CENT = 10_000n;

/** The checkout of the order that an invoice pays; undefined while there is none. */
export async function findCheckoutOfInvoice(
  trx: DatabaseTransaction,
  { account, id }: Pick<InvoiceFact, 'account' | 'id'>,
): Promise<Checkout | undefined> {
  return findRow(trx, checkoutOf, `SELECT ${CHECKOUT_COLUMNS} FROM order_checkout WHERE account = ? AND invoice = ?`, [
    account,
    id,
  ]);
}

/**
 * The order that an invoice pays: the one that began the subscription, where nothing has paid that order yet and the invoice has the
 * payment of its checkout, is the first one, or is the first that is paid, as after a trial; else a new one of the same payer.
 */
export async function openOrderOfInvoice(
  trx: DatabaseTransaction,
  {
    subscription,
    fact,
    at,
  }: { readonly subscription: KnownSubscription; readonly fact: InvoiceFact; readonly at: Date },
): Promise<string> {
  const bound = await findRow(
    trx,
    checkoutOf,
    `UPDATE order_checkout SET invoice = :invoice
     WHERE order_id = :order AND account = :account AND invoice IS NULL AND paid_minor IS NULL
       AND (payment = :payment OR (payment IS NULL AND (:isFirst OR NOT EXISTS
         (SELECT FROM subscription_period p WHERE p.account = :account AND p.subscription = :subscription)))) RETURNING ${CHECKOUT_COLUMNS}`,
    {
      invoice: fact.id,
      order: subscription.firstOrder,
      account: fact.account,
      payment: fact.payment,
      isFirst: fact.isFirst,
      subscription: subscription.id,
    },
  );
  return bound ? bound.order : insertOrder(trx, subscription, fact, at);
}

async function insertOrder(
  trx: DatabaseTransaction,
  { org, firstOrder, account, mode }: KnownSubscription,
  { id: invoice, totalMinor, taxMinor, currency }: InvoiceFact,
  at: Date,
): Promise<string> {
  const priceMinor = totalMinor - taxMinor > 0n ? totalMinor - taxMinor : 1n;
  const order = await getRow(
    trx,
    orderOf,
    // No deposit may pay it: it expires, for deposits, as it opens.
    `INSERT INTO pack_order (id, org, user_id, channel, state, price, free_gift_cards, recurring, opened_at, expires_at)
     SELECT :id, :org, user_id, 'card', 'created', :price, 0, true, :at, :at FROM pack_order WHERE id = :firstOrder
     RETURNING ${ORDER_COLUMNS}`,
    { id: uuidV7(at.getTime()), org, price: String(priceMinor * MICROS_PER_CENT), at, firstOrder },
  );
  await trx.raw(
    `INSERT INTO order_checkout (order_id, account, mode, currency, price_minor, success_url, cancel_url, invoice)
     VALUES (?, ?, ?, ?, ?, '', '', ?)`,
    [order.id, account, mode, currency, String(priceMinor), invoice],
  );
  await noteStep(trx, order, { what: 'created', source: 'provider', at });
  return order.id;
}

/** Gives an order the worth of the periods that it pays. The caller holds its lock. */
export async function setWorth(
  trx: DatabaseTransaction,
  order: string,
  periods: readonly PaidPeriod[],
  { paidMicros, bonusMicros, expiresAtMs }: OrderWorth,
): Promise<void> {
  const [first] = periods;
  const priceMinor = periods.reduce((sum, { terms }) => sum + terms.priceMinor, 0n);
  const asked = priceMinor * MICROS_PER_CENT;
  await trx.raw(
    `UPDATE pack_order SET price = :credit, asked = :asked, bonus = :bonus, plan = :plan, plan_interval = :interval,
       credit_ends = :ends WHERE id = :order`,
    {
      order,
      credit: String(paidMicros),
      asked: asked > paidMicros ? String(asked) : null,
      bonus: String(bonusMicros),
      plan: first?.terms.plan ?? null,
      interval: first?.terms.interval ?? null,
      ends: expiresAtMs === null ? null : new Date(expiresAtMs),
    },
  );
  await trx.raw('UPDATE order_checkout SET price_minor = ? WHERE order_id = ?', [String(priceMinor), order]);
}

/** Keeps how an invoice was paid: for its order, or while it is parked. What was paid for an order stays. */
export async function storeInvoicePaid(
  trx: DatabaseTransaction,
  order: string,
  fact: InvoiceFact,
  means: 'paid' | 'parked',
): Promise<void> {
  const paid = fact.payment !== null && fact.paidMinor > 0n ? String(fact.paidMinor) : null;
  await trx.raw(
    `UPDATE order_checkout SET payment = coalesce(payment, :payment), charge = coalesce(charge, :charge),
       customer = coalesce(customer, :customer), paid_at = :paidAt, url = NULL,
       paid_minor = CASE WHEN :isPaid THEN coalesce(paid_minor, :paid::bigint) ELSE paid_minor END,
       tax_minor = CASE WHEN :isPaid THEN coalesce(tax_minor, :tax::bigint) ELSE tax_minor END,
       parked_minor = CASE WHEN :isPaid THEN parked_minor ELSE :paid::bigint END
     WHERE order_id = :order`,
    {
      order,
      payment: fact.payment,
      charge: fact.charge,
      customer: fact.customer,
      paidAt: fact.paidAtMs === null ? null : new Date(fact.paidAtMs),
      isPaid: means === 'paid',
      paid,
      tax: String(fact.taxMinor),
    },
  );
}
