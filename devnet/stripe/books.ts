/** The objects of one account in one mode, and the events about them. */
import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import { noSuch } from './refusal.ts';
import type { Schedule } from './schedule.ts';

/** A price as it is on the wire: its decimal amount is text there. */
export type WirePrice = Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string | null };

/** Every kind of object that the fake keeps. */
export type Stored =
  | Stripe.Checkout.Session
  | Stripe.PaymentIntent
  | Stripe.PaymentMethod
  | Stripe.Charge
  | Stripe.Refund
  | Stripe.Dispute
  | Stripe.Radar.EarlyFraudWarning
  | Stripe.BalanceTransaction
  | Stripe.Customer
  | Stripe.Product
  | Stripe.Subscription
  | Stripe.SubscriptionSchedule
  | Stripe.Invoice
  | Stripe.InvoicePayment
  | Stripe.BillingPortal.Configuration
  | Stripe.BillingPortal.Session
  | Stripe.TestHelpers.TestClock
  | WirePrice;

export type ObjectType = Stored['object'];

/** An event as it is stored: its data is a copy, made when it happened. */
export interface StoredEvent {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly data: { readonly object: Readonly<Record<string, unknown>> };
  readonly livemode: boolean;
  pending_webhooks: number;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  readonly type: string;
}

/** The call that causes a change; its ids are written into the events. */
export interface Cause {
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;
}

/** A change that nobody called for, such as money that arrives. */
export const BY_ITSELF: Cause = { requestId: null, idempotencyKey: null };

/** How the provider's world is set up for one account. */
export interface Settings {
  /** The version in which events are written: the account's default in reality. */
  apiVersion: string;
  /** Added on top of the price of each checkout, in percent. */
  taxPercent: number;
  /** Taken off the price of each checkout, in percent. */
  discountPercent: number;
  /** What payers see in place of the price's currency. */
  presentment: { readonly currency: string; readonly rate: number } | undefined;
  /** How long delayed methods take. */
  delayMs: number;
  /** What becomes of a subscription whose renewal failed for the last time. */
  afterDunning: 'cancel' | 'unpaid';
  /** The test clock of customers that are made without one; Stripe has no such setting. */
  testClock: string | undefined;
}

const DAY_MS = 24 * 3_600_000;

export const DEFAULT_API_VERSION = '2026-10-28.endive';

const SETTINGS: Settings = {
  apiVersion: DEFAULT_API_VERSION,
  taxPercent: 0,
  discountPercent: 0,
  presentment: undefined,
  delayMs: 4 * DAY_MS,
  afterDunning: 'cancel',
  testClock: undefined,
};

export class Books {
  readonly schedule: Schedule;
  readonly livemode: boolean;
  readonly settings: Settings;
  /** Oldest first. */
  readonly events: StoredEvent[];
  /** The same objects with the account's own time. */
  readonly base: Books;
  readonly #objects: Map<string, Stored>;
  readonly #onEvent: (event: StoredEvent) => void;
  /** Gives the text of an object in the version of the account. */
  readonly #render: (object: Stored, version: string) => Readonly<Record<string, unknown>>;

  constructor(parts: {
    readonly schedule: Schedule;
    readonly livemode: boolean;
    readonly onEvent: (event: StoredEvent) => void;
    readonly render: (object: Stored, version: string) => Readonly<Record<string, unknown>>;
    /** Books whose objects and events these are too. */
    readonly base?: Books;
  }) {
    const { base } = parts;
    this.base = base ?? this;
    this.settings = base?.settings ?? { ...SETTINGS };
    this.events = base?.events ?? [];
    this.#objects = base === undefined ? new Map<string, Stored>() : base.#objects;
    this.schedule = parts.schedule;
    this.livemode = parts.livemode;
    this.#onEvent = parts.onEvent;
    this.#render = parts.render;
  }

  /** The same books with another time. */
  on(schedule: Schedule): Books {
    const { base, livemode } = this;
    return new Books({ schedule, livemode, base, onEvent: this.#onEvent, render: this.#render });
  }

  /** A new id, such as `cs_test_...`. */
  newId(prefix: string): string {
    return `${prefix}_${randomBytes(12).toString('hex')}`;
  }

  now(): number {
    return this.schedule.now();
  }

  add<One extends Stored>(object: One): One {
    this.#objects.set(object.id, object);
    return object;
  }

  remove(id: string): void {
    this.#objects.delete(id);
  }

  /** Any object by its id. */
  find(id: string): Stored | undefined {
    return this.#objects.get(id);
  }

  /** @throws StripeRefusal 404 when there is none of this type. */
  get<Type extends ObjectType>(type: Type, id: string, param = 'id'): Extract<Stored, { object: Type }> {
    const found = this.#objects.get(id);
    if (found?.object !== type) throw noSuch(type, id, param);
    return found as Extract<Stored, { object: Type }>;
  }

  /** All objects of a type, newest first. */
  list<Type extends ObjectType>(type: Type): Extract<Stored, { object: Type }>[] {
    const all = [...this.#objects.values()].filter(({ object }) => object === type);
    return all.toReversed() as Extract<Stored, { object: Type }>[];
  }

  /** Records that something happened to an object, and hands the event to the deliveries. */
  emit(type: string, object: Stored, { requestId, idempotencyKey }: Cause): StoredEvent {
    const version = this.settings.apiVersion;
    const event: StoredEvent = {
      id: this.newId('evt'),
      object: 'event',
      api_version: version,
      created: this.base.now(),
      data: { object: structuredClone(this.#render(object, version)) },
      livemode: this.livemode,
      pending_webhooks: 0,
      request: { id: requestId, idempotency_key: idempotencyKey },
      type,
    };
    this.record(event);
    return event;
  }

  /** Adds an event that was made elsewhere, such as the twin of one. */
  record(event: StoredEvent): void {
    this.events.push(event);
    this.#onEvent(event);
  }
}
