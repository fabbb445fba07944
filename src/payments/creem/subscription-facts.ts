/**
 * Turns Creem's subscriptions and their transactions into facts. A transaction of a subscription is what other providers call its
 * invoice: it pays one period of the product that the subscription is for.
 */
import type { InvoiceFact, SubscriptionFact } from '../../core/billing/facts.ts';
import type { Reading } from '../port.ts';
import { modeOf, paidOf, WITHOUT_MONEY } from './facts.ts';
import { ORDER_KEY, type CreemSubscription, type CreemTransaction } from './shapes.ts';

/** How long after its subscription began the first payment may be made. */
const FIRST_MS = 3_600_000;

/** The order that a subscription's checkout named. */
function orderOf({ metadata }: CreemSubscription): string | null {
  const order = metadata?.[ORDER_KEY];
  return typeof order === 'string' ? order : null;
}

/** Creem's word for one that ends with its period is a status of its own. */
const ENDS_WITH_PERIOD = 'scheduled_cancel';
/** Creem's words in the words that every provider's facts have. One that is expired was not paid in time, and may still be. */
const STATUSES: Readonly<Record<string, string>> = { [ENDS_WITH_PERIOD]: 'active', expired: 'unpaid' };

export function factOfSubscription(subscription: CreemSubscription, reading: Reading): SubscriptionFact {
  const { id, mode, status, customer, product, canceled_at: cancelledAt } = subscription;
  return {
    ...reading,
    kind: 'subscription',
    mode: modeOf(mode, reading),
    id,
    order: orderOf(subscription),
    status: STATUSES[status] ?? status,
    customer: customer ?? null,
    invoice: subscription.last_transaction_id ?? null,
    price: product,
    periodStartMs: msOf(subscription.current_period_start_date),
    periodEndMs: msOf(subscription.current_period_end_date),
    endsWithPeriod: status === ENDS_WITH_PERIOD,
    endedAtMs: status === 'canceled' ? (msOf(cancelledAt) ?? reading.readAtMs) : null,
    planned: null,
  };
}

function msOf(text: string | null | undefined): number | null {
  const ms = Date.parse(text ?? '');
  // A text that is no time gives NaN.
  return ms >= 0 ? ms : null;
}

/** @param subscription that the transaction is of, for its order, its product and its beginning */
export function factOfInvoice(
  transaction: CreemTransaction,
  subscription: CreemSubscription,
  reading: Reading,
): InvoiceFact {
  const { id, mode, amount, currency, customer, status, created_at: createdAtMs } = transaction;
  const [taxMinor, discountMinor] = [transaction.tax_amount ?? 0n, transaction.discount_amount ?? 0n];
  const paidMinor = paidOf(transaction);
  // Less is paid than is due where credit that the payer has at Creem pays a part.
  const totalMinor = paidMinor > amount ? paidMinor : amount;
  const [start, end] = [transaction.period_start ?? null, transaction.period_end ?? null];
  const beganMs = msOf(subscription.created_at);
  return {
    ...reading,
    kind: 'invoice',
    mode: modeOf(mode, reading),
    id,
    order: orderOf(subscription),
    subscription: subscription.id,
    state: paidMinor > 0n ? 'paid' : stateOf(status),
    isFirst: beganMs !== null && Math.abs(createdAtMs - beganMs) < FIRST_MS,
    currency,
    totalMinor,
    taxMinor,
    paidMinor,
    paidAtMs: paidMinor > 0n ? createdAtMs : null,
    payment: paidMinor > 0n ? id : null,
    charge: null,
    customer: customer ?? null,
    lines:
      start === null || end === null
        ? []
        : [
            {
              price: subscription.product,
              amountMinor: totalMinor + discountMinor - taxMinor,
              discountMinor,
              isProration: false,
              periodStartMs: start,
              periodEndMs: end,
            },
          ],
    // Without its period nobody knows what it pays.
    isWhole: start !== null && end !== null,
    hasPresentPrice: true,
  };
}

function stateOf(status: string): InvoiceFact['state'] {
  if (status === 'uncollectible') return 'uncollectible';
  if (status === 'void' || status === 'canceled') return 'void';
  return status in WITHOUT_MONEY ? 'open' : 'unknown';
}
