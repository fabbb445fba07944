/**
 * What the code behind it needs from a payment provider, whichever it is. An adapter (such as stripe/) implements it,
 * turns whatever its provider sends into facts, and knows nothing of orders or of the ledger.
 */
import { Refusal } from '../core/errors.ts';
import type { Evidence } from '../core/billing/evidence.ts';
import type { Interval } from '../core/billing/order.ts';
import type {
  AccountName,
  BalanceMovement,
  FactKind,
  OrderFact,
  PaymentMode,
  Provider,
  ProviderFact,
  RefundFact,
} from '../core/billing/facts.ts';

/** An object of a provider: what a webhook or an event list is about. */
export interface ObjectName {
  readonly kind: FactKind;
  /** The provider's id. */
  readonly id: string;
}

/** Where and when an object was read. */
export interface Reading {
  readonly account: AccountName;
  /** The mode of the account's key. */
  readonly mode: PaymentMode;
  readonly readAtMs: number;
}

/** One event of a provider. It says that something changed and where to look; what is so now is read from the object. */
export interface ProviderEvent {
  readonly id: string;
  /** The provider's name of its kind. */
  readonly type: string;
  readonly mode: PaymentMode;
  /** Whole seconds at some providers: two events may have the same time, in any order. */
  readonly createdAtMs: number;
  /** The version of the provider's API that the event is written in; null where there are no versions. */
  readonly apiVersion: string | null;
  /** Undefined: the event is about nothing that concerns us. */
  readonly about: ObjectName | undefined;
}

/** What an unverified body claims; used only to find the account whose secrets verify it. */
export interface WebhookHints {
  readonly order: string | null;
  /** Ids of the provider's objects that it mentions. */
  readonly ids: readonly string[];
}

/** What a webhook's request says beside its body. */
export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads a provider's webhooks. It needs no connection. */
export interface WebhookReader {
  /**
   * Whether one of the secrets signed exactly these bytes, within the tolerated time.
   * @param secrets blank ones verify nothing.
   */
  verify(body: Buffer, headers: WebhookHeaders, secrets: readonly string[], nowMs: number): boolean;
  /** What the body says. Nothing but the hints may be used before {@link verify} accepts the same bytes. */
  read(body: Buffer): WebhookContent;
}

/** What a webhook's body says. */
export interface WebhookContent {
  /** Empty when the body cannot be read. */
  readonly hints: WebhookHints;
  /** Undefined when it is none that this code can read. */
  readonly event: ProviderEvent | undefined;
}

/** A checkout to create. The provider's id of it is stored before its URL is handed out. */
export interface NewCheckout {
  /** Our order's id: also the idempotency key, so that asking again gives the same checkout. */
  readonly order: string;
  readonly name: string;
  /**
   * The provider's id of what is sold for `priceMinor`: a price at Stripe, in place of one made for this checkout; a product at
   * Creem, which sells nothing else.
   */
  readonly item?: string;
  /** Begins a subscription to `item`, which recurs at this interval; its metadata names the order. */
  readonly interval?: Interval;
  /** Lower case; `priceMinor` is in its minor unit. */
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAtMs: number;
  /** The provider's customer; undefined for a guest. */
  readonly customer?: string;
  /** Keeps the method for later payments; needs `customer`. */
  readonly saveMethod?: boolean;
  /** Shown beside our order's id on the checkout and on its payment. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface OpenedCheckout {
  readonly id: string;
  readonly url: string;
  readonly expiresAtMs: number;
}

/** A customer to make. */
export interface NewCustomer {
  /** The idempotency key: the same key makes one customer. */
  readonly key: string;
  /** The id of our org, which the customer names in its metadata. */
  readonly org: string;
}

/** A payment without the payer, with a method that they saved. Making it charges nothing; confirming it does. */
export interface NewPayment {
  /** Our order's id: also the idempotency key, so that asking again gives the same payment. */
  readonly order: string;
  readonly customer: string;
  readonly method: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** A refund to ask for. */
export interface NewRefund {
  readonly payment: string;
  /** Undefined: what is left. */
  readonly amountMinor?: bigint;
  /** The idempotency key, where the provider knows keys: the same key refunds once. */
  readonly key: string;
  readonly order: string;
}

/** A product as the provider is to have it. */
export interface CatalogItem {
  /** Our id of it, which the provider's objects carry. */
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Lower case; `priceMinor` is in its minor unit. */
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly createdAtMs: number;
  /** Part of the idempotency keys: what is made for one revision is made once. */
  readonly revision: number;
  /** Whether the provider may have it already from an earlier attempt: then it is looked up before it is made. */
  readonly mayExist: boolean;
}

/** What an operator made at the provider for something that is sold, and what it must cost there. */
export interface SoldItem {
  /** The provider's id: of a price at Stripe, of a product at Creem. */
  readonly item: string;
  /** In the minor unit of `currency`. */
  readonly priceMinor: bigint;
  /** Lower case. */
  readonly currency: string;
  /** How often it recurs; undefined: it is bought once. */
  readonly interval?: Interval | undefined;
}

/** A change of a subscription. */
export interface SubscriptionCall {
  /** The provider's id. */
  readonly subscription: string;
  /** The idempotency key: the same key changes it once. */
  readonly key: string;
}

/** A change of what a subscription costs. */
export interface PriceChange extends SubscriptionCall {
  /** The provider's id of the price from then on. */
  readonly price: string;
  /** What it costs for a period, in US cents. */
  readonly priceMinor: bigint;
  readonly interval: Interval;
}

/**
 * Changes subscriptions. What a change brought about is read from the subscription and its invoices afterwards. Each call throws
 * {@link ProviderFailed}, and `CARD_DECLINED` where a charge was declined, which then changes nothing.
 */
export interface SubscriptionCalls {
  /** Whether {@link switchNow} is offered. */
  readonly switchesNow: boolean;
  /** Begins a new period at another price now, charged in full and without prorations. */
  switchNow(change: PriceChange): Promise<void>;
  /** Bills another price from the next period on, in place of a change that was planned before. */
  switchAtPeriodEnd(change: PriceChange): Promise<void>;
  /** Drops a planned change, so that the price of the period that is paid goes on; without one it stays as it is. */
  dropPlanned(change: PriceChange): Promise<void>;
  /** Ends it: with its period, or at once. A planned change is dropped. */
  cancel(change: SubscriptionCall & { readonly atPeriodEnd: boolean }): Promise<void>;
  /** Lets one that was to end with its period go on. */
  keep(change: SubscriptionCall): Promise<void>;
  /** Lets a paused one go on with a new period. */
  unpause(change: SubscriptionCall): Promise<void>;
  /** Makes what {@link openPortal} needs once for each account: plans cannot be switched there. @returns the provider's id */
  makePortal(key: string): Promise<string>;
  /** Opens the provider's page where a customer changes their card and sees their invoices. @returns its URL */
  openPortal(asked: {
    readonly customer: string;
    readonly portal: string;
    readonly returnUrl: string;
  }): Promise<string>;
}

/** One page of events, newest first. */
export interface ProviderEventPage {
  readonly events: readonly ProviderEvent[];
  /** Ask for the page after this; undefined on the last page. */
  readonly next: string | undefined;
}

/** One page of movements on an account's balance, newest first. */
export interface BalancePage {
  /** Those that are about a payment, a refund or a dispute; payouts and the provider's own bills are left out. */
  readonly movements: readonly BalanceMovement[];
  /** Ask for the page after this id; undefined on the last page. */
  readonly next: string | undefined;
}

/** A payment as its provider has it now, with what of it went back. Amounts in the minor unit of `currency`. */
export interface SeenPayment {
  /** The provider's id of the payment. */
  readonly payment: string;
  readonly currency: string;
  /** What came in, tax included; 0 while nothing did. */
  readonly paidMinor: bigint;
  /** What was refunded of it in all. */
  readonly refundedMinor: bigint;
  /** What a dispute holds of it now; null when the provider says something new. */
  readonly withdrawnMinor: bigint | null;
  /** The provider's id of the subscription that it pays a period of; null for any other payment. */
  readonly subscription: string | null;
  readonly atMs: number;
}

/** One page of an account's payments. */
export interface PaymentPage {
  readonly payments: readonly SeenPayment[];
  /** How many on the page cannot be read. */
  readonly unread: number;
  /** The number of the page after it; undefined on the last page. */
  readonly next: number | undefined;
}

/** A provider that lists its events and the movements on its balance, each with its time. */
export interface ListsEvents {
  readonly lists: 'events';
  /**
   * The events about things that concern us, created from `sinceMs` to `untilMs`, both in whole seconds and included.
   * @param after the id after which the page begins; undefined for the first page.
   */
  listEvents(range: {
    readonly sinceMs: number;
    readonly untilMs: number;
    readonly after?: string;
  }): Promise<ProviderEventPage>;
  /** The movements on the account's balance, with the same range and pages. */
  listBalance(range: {
    readonly sinceMs: number;
    readonly untilMs: number;
    readonly after?: string;
  }): Promise<BalancePage>;
}

/**
 * A provider that lists neither: its payments are read as they are now, page by page, and compared with what we hold. What
 * comes to a payment after years is found as well.
 */
export interface ListsPayments {
  readonly lists: 'payments';
  /** A page of all payments of the account. New payments may push others to later pages. @param page from 1 */
  listPayments(page: number): Promise<PaymentPage>;
  /** One payment; undefined when this account has no such payment. */
  readPayment(id: string): Promise<SeenPayment | undefined>;
}

/** An account at a provider that lists its events. */
export type EventAccount = ProviderCalls & ListsEvents;

/** An account at a provider whose payments are read. */
export type PaymentAccount = ProviderCalls & ListsPayments;

/** An account at a provider, with its key. */
export type ProviderAccount = EventAccount | PaymentAccount;

/**
 * What every account at a provider does. Every call has a deadline and a bounded number of tries.
 * Calls throw {@link ProviderFailed}, and `CARD_DECLINED` where a card was declined. What a provider does not offer it
 * refuses, with the code {@link NOT_OFFERED}.
 */
export interface ProviderCalls {
  readonly name: AccountName;
  readonly provider: Provider;
  readonly mode: PaymentMode;
  /**
   * `any`: a refund gives back any amount, and is made once for its key. `whole`: it gives back all that is left of a payment,
   * so that asking twice gives back once, and there are no keys.
   */
  readonly refunds: 'any' | 'whole';
  /** Whether a customer can be made before they pay; else the provider makes one as they do. */
  readonly makesCustomers: boolean;
  /** The provider's id of the account that the key belongs to. */
  identify(): Promise<string>;
  createCheckout(checkout: NewCheckout): Promise<OpenedCheckout>;
  /** Reads an item. @throws ProviderFailed, with the outcome `refused`, where it does not exist or is not what is sold */
  checkItem(sold: SoldItem): Promise<void>;
  /**
   * Closes an open checkout, so that nobody can pay it. One that is closed already stays as it is, and so does any at a provider
   * that cannot close them: what is paid at it counts all the same.
   */
  expireCheckout(id: string): Promise<void>;
  /** The object as it is now, in the API version of this code; undefined when this account has no such object. */
  fetch(object: ObjectName): Promise<ProviderFact | undefined>;
  /** Makes the product, or finds the one that carries our id. @returns the provider's id */
  makeProduct(item: CatalogItem): Promise<string>;
  /** Makes the price of one of the provider's products, or finds the one that carries our id. @returns the provider's id */
  makePrice(item: CatalogItem, product: string): Promise<string>;
  /** Gives product and price the name and the state of the item. */
  showItem(item: CatalogItem, ids: { readonly product: string; readonly price: string }): Promise<void>;
  createCustomer(customer: NewCustomer): Promise<string>;
  /** Makes a payment that nobody has confirmed: no money moves. @returns its id, to be stored before it is confirmed */
  createPayment(payment: NewPayment): Promise<string>;
  /**
   * Charges a payment, once however often it is asked for; it fails rather than wait for the payer.
   * @param order whose id was given to {@link createPayment}
   */
  confirmPayment(id: string, order: string): Promise<void>;
  /** Cancels a payment, so that it can never be charged. Does nothing to one that has succeeded or is on its way. */
  cancelPayment(id: string): Promise<void>;
  refund(refund: NewRefund): Promise<RefundFact>;
  /** All refunds of a payment, as they are now. */
  listRefunds(payment: string): Promise<readonly RefundFact[]>;
  /** All refunds, disputes and warnings about a payment, as they are now. */
  listFollowing(payment: string): Promise<readonly OrderFact[]>;
  readonly subscriptions: SubscriptionCalls;
  /** Gives a dispute up: it is lost. */
  acceptDispute(id: string): Promise<void>;
  /** Sends evidence against a dispute to the payer's bank; it cannot be changed afterwards. */
  submitEvidence(submission: {
    readonly dispute: string;
    readonly evidence: Evidence;
    /** The idempotency key: the same key submits once. */
    readonly key: string;
  }): Promise<void>;
}

/** The code of a call that a provider does not offer. */
export const NOT_OFFERED = 'not_offered';

/** Why a provider did not do what was asked. */
export interface ProviderFault {
  /**
   * `unknown`: the call may have taken effect: look before asking again under another key. `refused`: it had none.
   * `unreachable`: it never arrived, or the provider asked to try again later.
   */
  readonly outcome: 'unknown' | 'refused' | 'unreachable';
  /** The provider's own code; null when there is none. */
  readonly code: string | null;
  /** The provider's id of the request, for its support; null when there is none. */
  readonly requestId: string | null;
  /** What the account lacks: `key` (it is refused), or the name of a permission; null for any other fault. */
  readonly lacks: string | null;
}

/** A call to a provider that failed. Its message names no secret. */
export class ProviderFailed extends Refusal {
  override name = 'ProviderFailed';
  readonly fault: ProviderFault;

  /** @param details what a caller needs beside it, such as the order. */
  constructor(message: string, fault: ProviderFault, details: Readonly<Record<string, unknown>> = {}) {
    super('PAYMENT_PROVIDER_FAILED', message, {
      details: { outcome: fault.outcome, providerCode: fault.code, ...details },
    });
    this.fault = fault;
  }
}

/**
 * What became of a fact. `wait`: what it is about is not here yet (an order whose transaction is not committed, a refund
 * before its payment), so that it is tried again later. `parked`: it is wrong, credits nothing, and a person looks.
 * `foreign`: it is about nothing of ours.
 */
export type Settlement =
  | { readonly outcome: 'settled'; readonly order: string }
  | { readonly outcome: 'wait'; readonly reason: string }
  | { readonly outcome: 'parked'; readonly reason: string; readonly order: string | null }
  | { readonly outcome: 'foreign' };

/**
 * Brings order and ledger to what the fact says: once, whatever the order of facts, and however many at the same time.
 * It rejects only when it could not finish (database or ledger away); then it is called again with a newer fact.
 */
export type Settle = (fact: ProviderFact) => Promise<Settlement>;
