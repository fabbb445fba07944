/** What a checkout, as its provider reports it, means for the order that it belongs to. */
import type { AccountName, CheckoutFact, PaymentFact, PaymentMode } from './facts.ts';

/** What the order fixed when its checkout was made. Amounts in the minor unit of `currency`. */
export interface CheckoutTerms {
  readonly account: AccountName;
  readonly mode: PaymentMode;
  /** The provider's id of the checkout. */
  readonly session: string;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly purpose: 'payment' | 'subscription';
}

/** Why money that came in, or would, is not credited. */
export const PARK_REASONS = [
  'wrong_mode',
  'other_account',
  'other_session',
  'other_payment',
  'wrong_purpose',
  'wrong_currency',
  'wrong_amount',
  'discounted',
  'nothing_due',
  'unknown_status',
  'org_closed',
] as const;
export type ParkReason = (typeof PARK_REASONS)[number];

/** The state that an order comes to by its checkout. */
export type CheckoutVerdict =
  | { readonly state: 'awaiting_payment' | 'processing' | 'paid' | 'failed' | 'expired' }
  | { readonly state: 'parked'; readonly reason: ParkReason };

/**
 * Judges a checkout against the terms of its order. The price, its currency and the credit are the order's; what was paid
 * is only compared with them. Tax comes on top and brings no credit. We give no discounts, so that one, or a checkout
 * with nothing to pay, is somebody else's doing.
 */
export function judgeCheckout(terms: CheckoutTerms, fact: CheckoutFact): CheckoutVerdict {
  if (fact.account !== terms.account) return parked('other_account');
  if (fact.mode !== terms.mode) return parked('wrong_mode');
  if (fact.id !== terms.session) return parked('other_session');
  if (fact.state === 'open') return { state: 'awaiting_payment' };
  if (fact.state === 'expired') return { state: 'expired' };
  if (fact.purpose !== terms.purpose) return parked('wrong_purpose');
  // What a subscription costs is on its invoice, which pays the order.
  if (terms.purpose === 'subscription') return { state: 'processing' };
  if (fact.currency !== terms.currency) return parked('wrong_currency');
  if (fact.subtotalMinor !== terms.priceMinor) return parked('wrong_amount');
  if (fact.paid === 'nothing_due') return parked('nothing_due');
  if (fact.discountMinor !== 0n || fact.totalMinor < terms.priceMinor) return parked('discounted');
  switch (fact.paid) {
    case 'paid':
      return { state: 'paid' };
    case 'unpaid':
      return { state: hasFailed(fact) ? 'failed' : 'processing' };
    case 'unknown':
      return parked('unknown_status');
    default:
      return fact.paid satisfies never;
  }
}

/**
 * Judges a payment without a checkout against the terms of its order. Undefined when it says nothing about the order's state:
 * a payment that was declined may be tried again, and what ends its order is decided where it is tried.
 */
export function judgePayment(
  { currency, priceMinor }: Pick<CheckoutTerms, 'currency' | 'priceMinor'>,
  fact: PaymentFact,
): CheckoutVerdict | undefined {
  if (fact.state === 'processing') return { state: 'processing' };
  if (fact.state !== 'succeeded') return undefined;
  if (fact.currency !== currency) return parked('wrong_currency');
  return fact.receivedMinor === priceMinor ? { state: 'paid' } : parked('wrong_amount');
}

/** Whether the payment of a complete checkout will not come any more. */
function hasFailed({ paymentState }: CheckoutFact): boolean {
  return paymentState === 'needs_method' || paymentState === 'cancelled';
}

function parked(reason: ParkReason): CheckoutVerdict {
  return { state: 'parked', reason };
}
