/** Creem's objects as they are kept and sent, with the names, the words and the kinds of times that the SDK knows. */

export type Mode = 'test' | 'prod';

interface AnyObject {
  readonly id: string;
  readonly mode: Mode;
}

export interface Product extends AnyObject {
  readonly object: 'product';
  readonly name: string;
  readonly description: string;
  price: number;
  currency: 'USD' | 'EUR';
  readonly billing_type: 'recurring' | 'onetime';
  readonly billing_period: 'every-month' | 'every-year' | 'once';
  status: 'active' | 'archived';
  tax_mode: 'inclusive' | 'exclusive';
  readonly tax_category: 'saas';
  /** ISO text, as of customers, orders and subscriptions. */
  readonly created_at: string;
  updated_at: string;
}

export interface Customer extends AnyObject {
  readonly object: 'customer';
  readonly email: string;
  readonly name: string | null;
  readonly country: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Order extends AnyObject {
  readonly object: 'order';
  readonly customer: string;
  readonly product: string;
  readonly transaction: string;
  readonly amount: number;
  readonly sub_total: number;
  readonly tax_amount: number;
  readonly discount_amount: number;
  readonly amount_due: number;
  readonly amount_paid: number;
  readonly currency: string;
  readonly status: 'pending' | 'paid';
  readonly type: 'recurring' | 'onetime';
  readonly created_at: string;
  readonly updated_at: string;
}

export type TransactionStatus =
  | 'pending'
  | 'paid'
  | 'refunded'
  | 'partialRefund'
  | 'chargedBack'
  | 'uncollectible'
  | 'declined'
  | 'canceled'
  | 'void';

export interface Transaction extends AnyObject {
  readonly object: 'transaction';
  readonly amount: number;
  readonly amount_paid: number;
  readonly discount_amount: number;
  readonly currency: string;
  readonly type: 'payment' | 'invoice';
  readonly tax_country: string | null;
  readonly tax_amount: number;
  status: TransactionStatus;
  refunded_amount: number | null;
  readonly order: string | null;
  readonly subscription: string | null;
  readonly customer: string | null;
  readonly description: string;
  readonly period_start?: number;
  readonly period_end?: number;
  /** Milliseconds, as of refunds, disputes and events. */
  readonly created_at: number;
}

export type SubscriptionStatus =
  | 'active'
  | 'canceled'
  | 'unpaid'
  | 'paused'
  | 'trialing'
  | 'scheduled_cancel'
  | 'past_due'
  /** A word that the SDK does not know. */
  | 'expired';

export interface Subscription extends AnyObject {
  readonly object: 'subscription';
  product: string;
  readonly customer: string;
  readonly collection_method: 'charge_automatically';
  status: SubscriptionStatus;
  last_transaction_id: string;
  last_transaction_date: string;
  next_transaction_date: string;
  current_period_start_date: string;
  current_period_end_date: string;
  canceled_at: string | null;
  readonly created_at: string;
  updated_at: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Checkout extends AnyObject {
  readonly object: 'checkout';
  status: 'pending' | 'processing' | 'completed' | 'expired';
  readonly request_id?: string;
  readonly product: string;
  readonly units: number;
  readonly checkout_url: string;
  readonly success_url: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  order?: string;
  subscription?: string;
  customer?: string;
}

export interface Refund extends AnyObject {
  readonly object: 'refund';
  status: 'pending' | 'succeeded' | 'failed';
  readonly refund_amount: number;
  readonly refund_currency: string;
  readonly reason: 'requested_by_customer';
  readonly transaction: string;
  readonly created_at: number;
}

export interface Dispute extends AnyObject {
  readonly object: 'dispute';
  readonly amount: number;
  readonly currency: string;
  readonly transaction: string;
  readonly created_at: number;
}

export type AnyStored = Product | Customer | Order | Transaction | Subscription | Checkout | Refund | Dispute;

export interface Stored {
  product: Product;
  customer: Customer;
  order: Order;
  transaction: Transaction;
  subscription: Subscription;
  checkout: Checkout;
  refund: Refund;
  dispute: Dispute;
}

/** An event on its way. */
export interface CreemEvent {
  readonly id: string;
  readonly eventType: string;
  readonly created_at: number;
  readonly object: unknown;
}

/** An object as JSON has it. */
export type Shown = Readonly<Record<string, unknown>>;
