/** Stripe's webhooks: which bytes are signed, and which object each kind of event is about. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { findCount } from '../../core/integers.ts';
import type { FactKind } from '../../core/billing/facts.ts';
import type { ProviderEvent, WebhookHeaders, WebhookHints, WebhookReader } from '../port.ts';

/** The key under which our order's id is in the metadata of a session and of its payment. */
export const ORDER_KEY = 'coffer_order';

/** How old a signature may be. Stripe signs each attempt to deliver anew. */
const AGE_SECONDS_MAX = 300;
/** How far ahead of our clock it may be. Stripe's SDK accepts any time in the future. */
const AHEAD_SECONDS_MAX = 60;
const SIGNATURES_MAX = 16;

/** The events about orders, and the kind of object that each is about. */
const ORDER_EVENTS: Readonly<Record<string, FactKind>> = {
  'checkout.session.completed': 'checkout',
  'checkout.session.async_payment_succeeded': 'checkout',
  'checkout.session.async_payment_failed': 'checkout',
  'checkout.session.expired': 'checkout',
  'payment_intent.succeeded': 'payment',
  'payment_intent.payment_failed': 'payment',
  'payment_intent.requires_action': 'payment',
  'payment_intent.canceled': 'payment',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'refund.failed': 'refund',
  'charge.dispute.created': 'dispute',
  'charge.dispute.updated': 'dispute',
  'charge.dispute.funds_withdrawn': 'dispute',
  'charge.dispute.funds_reinstated': 'dispute',
  'charge.dispute.closed': 'dispute',
  'radar.early_fraud_warning.created': 'early_warning',
  'radar.early_fraud_warning.updated': 'early_warning',
};

/** The events about subscriptions. An invoice that was paid is reported once, whatever paid it. */
const SUBSCRIPTION_EVENTS: Readonly<Record<string, FactKind>> = {
  'invoice.paid': 'invoice',
  'invoice.voided': 'invoice',
  'invoice.marked_uncollectible': 'invoice',
  'customer.subscription.created': 'subscription',
  'customer.subscription.updated': 'subscription',
  'customer.subscription.deleted': 'subscription',
  'customer.subscription.paused': 'subscription',
  'customer.subscription.resumed': 'subscription',
};

/** The kinds of events that are listed together: Stripe's list call takes at most 20. */
export const EVENT_LISTS: readonly (readonly string[])[] = [
  Object.keys(ORDER_EVENTS),
  Object.keys(SUBSCRIPTION_EVENTS),
];

const EVENT_KINDS: Readonly<Record<string, FactKind>> = { ...ORDER_EVENTS, ...SUBSCRIPTION_EVENTS };

const ID = /^[A-Za-z0-9_]{1,255}$/;

const eventShape = z.object({
  id: z.string().regex(ID),
  object: z.literal('event'),
  type: z.string().min(1).max(100),
  created: z.int().min(0),
  livemode: z.boolean(),
  api_version: z.string().max(50).nullish(),
  data: z.object({ object: z.looseObject({}) }),
});

/** An event of Stripe's, from a webhook or from its list, in our words. Its data is left unread. */
export function readEvent(value: unknown): ProviderEvent | undefined {
  const read = eventShape.safeParse(value);
  if (!read.success) return undefined;
  const { id, type, created, livemode, api_version: apiVersion, data } = read.data;
  const kind = EVENT_KINDS[type];
  const object = idOf(data.object['id']);
  return {
    id,
    type,
    mode: livemode ? 'live' : 'test',
    createdAtMs: created * 1_000,
    apiVersion: apiVersion ?? null,
    about: kind === undefined || object === undefined ? undefined : { kind, id: object },
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Members of an object that hold ids of other objects. */
const LINKS = ['id', 'payment_intent', 'charge', 'customer', 'subscription'];

function hintsOf(value: unknown): WebhookHints {
  const object = memberOf(memberOf(value, 'data'), 'object');
  const order = memberOf(memberOf(object, 'metadata'), ORDER_KEY) ?? orderOfInvoice(object);
  return {
    order: typeof order === 'string' ? order : null,
    ids: LINKS.flatMap((name) => idOf(memberOf(object, name)) ?? []),
  };
}

/** An invoice names the order of its subscription. */
function orderOfInvoice(object: unknown): unknown {
  const details = memberOf(memberOf(object, 'parent'), 'subscription_details');
  return memberOf(memberOf(details, 'metadata'), ORDER_KEY);
}

/** A member of an object of JSON; undefined where there is no such member, or no object. */
function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** An id, given as text or as the object that it names. */
function idOf(value: unknown): string | undefined {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
  return typeof id === 'string' && ID.test(id) ? id : undefined;
}

interface SignatureHeader {
  readonly atSeconds: number;
  readonly signatures: readonly Buffer[];
}

/** Reads `t=<seconds>,v1=<hex>,v1=<hex>`; other schemes are ignored. */
function readHeader(headers: WebhookHeaders): SignatureHeader | undefined {
  const header = headers['stripe-signature'];
  if (typeof header !== 'string') return undefined;
  const parts = header.split(',').map((part) => part.split('='));
  const times = parts.flatMap(([name, value]) => (name === 't' ? [findCount(value ?? '')] : []));
  const [atSeconds] = times;
  const signatures = parts.flatMap(([name, value = '']) =>
    name === 'v1' && /^[0-9a-f]{64}$/.test(value) ? [Buffer.from(value, 'hex')] : [],
  );
  const valid = times.length === 1 && atSeconds !== undefined && signatures.length > 0;
  return valid && signatures.length <= SIGNATURES_MAX ? { atSeconds, signatures } : undefined;
}

function isSigned(body: Buffer, { atSeconds, signatures }: SignatureHeader, secret: string): boolean {
  if (secret.trim() === '') return false;
  const expected = createHmac('sha256', secret).update(`${atSeconds}.`).update(body).digest();
  return signatures.some((signature) => timingSafeEqual(signature, expected));
}

/**
 * Verifies the bytes as they came, with no decoding in between: Stripe's own helper turns them into text first, which makes
 * some different bodies equal.
 */
export const stripeWebhooks: WebhookReader = {
  read: (body) => {
    const value = parse(body);
    return { hints: hintsOf(value), event: readEvent(value) };
  },
  verify: (body, headers, secrets, nowMs) => {
    const header = readHeader(headers);
    if (header === undefined) return false;
    const ageSeconds = Math.floor(nowMs / 1_000) - header.atSeconds;
    if (ageSeconds > AGE_SECONDS_MAX || ageSeconds < -AHEAD_SECONDS_MAX) return false;
    return secrets.some((secret) => isSigned(body, header, secret));
  },
};
