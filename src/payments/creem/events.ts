/**
 * Creem's webhooks: which bytes are signed, and which object each kind of event is about. Nothing else is read from an event.
 * The older of its two signatures has no time: what comes again is known by its id, and an object that is read again changes
 * nothing.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { findCount } from '../../core/integers.ts';
import type { ObjectName, ProviderEvent, WebhookHeaders, WebhookHints, WebhookReader } from '../port.ts';
import { creemId, ORDER_KEY } from './shapes.ts';

/** How far the time of a signature may be from our clock, either way. */
const AGE_SECONDS_MAX = 300;
const SIGNATURES_MAX = 16;
const PREFIX = 'whsec_';
/** A key of less would be none: what a text gives that is not base64 at all. */
const KEY_BYTES_MIN = 16;

const eventShape = z.object({
  id: creemId,
  eventType: z.string().min(1).max(100),
  /** Milliseconds. */
  created_at: z.int().min(0),
  object: z.record(z.string(), z.unknown()),
});

/** An event in our words. */
function readEvent(value: unknown): ProviderEvent | undefined {
  const read = eventShape.safeParse(value);
  if (!read.success) return undefined;
  const { id, eventType: type, created_at: createdAtMs, object } = read.data;
  const { mode } = object;
  return {
    id,
    type,
    // A mode that is new is tried as the live one: the object is read with the key of the account, which only sees its own.
    mode: mode === 'test' || mode === 'sandbox' ? 'test' : 'live',
    createdAtMs,
    apiVersion: null,
    about: findObject(type, object),
  };
}

/**
 * What an event is about. Refunds and disputes cannot be read; they are found from the checkout, which names our order, or, where a
 * checkout may have several payments, from the transaction.
 */
function findObject(type: string, object: Readonly<Record<string, unknown>>): ObjectName | undefined {
  if (type === 'checkout.completed') return named('checkout', object['id']);
  // Each paid period has a transaction of its own: the subscription only names the last one.
  if (type === 'subscription.paid') {
    return named('invoice', object['last_transaction_id']) ?? named('subscription', object['id']);
  }
  if (type.startsWith('subscription.')) return named('subscription', object['id']);
  const kind = type === 'refund.created' ? 'refund' : type === 'dispute.created' ? 'dispute' : undefined;
  if (kind === undefined) return undefined;
  const checkout = idOf(object['subscription']) === undefined ? idOf(object['checkout']) : undefined;
  return named(kind, checkout?.startsWith('ch_') === true ? checkout : object['transaction']);
}

function named(kind: ObjectName['kind'], value: unknown): ObjectName | undefined {
  const id = idOf(value);
  return id === undefined ? undefined : { kind, id };
}

/** An id, given as text or as the object that it names. */
function idOf(value: unknown): string | undefined {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
  return creemId.safeParse(id).data;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const LINKS = ['id', 'checkout', 'transaction', 'customer'];

function hintsOf(value: unknown): WebhookHints {
  const event = z.object({ object: z.record(z.string(), z.unknown()) }).safeParse(value);
  if (!event.success) return { order: null, ids: [] };
  const { object } = event.data;
  const order = [object, object['checkout']].map(namedOrder).find((one) => one !== undefined);
  return { order: order ?? null, ids: LINKS.flatMap((name) => idOf(object[name]) ?? []) };
}

function namedOrder(checkout: unknown): string | undefined {
  const read = z
    .object({ request_id: z.string().optional(), metadata: z.record(z.string(), z.unknown()).nullish() })
    .safeParse(checkout);
  const order = read.data?.metadata?.[ORDER_KEY];
  return typeof order === 'string' ? order : read.data?.request_id;
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** A way of signing: the signatures that came with a body, and the one that a secret gives. */
interface Scheme {
  readonly given: readonly Buffer[];
  readonly expected: (secret: string) => Buffer | undefined;
}

/** Standard Webhooks: `v1,<base64>` over id, time and body. Undefined where the headers are not there. */
function standardScheme(body: Buffer, headers: WebhookHeaders, nowMs: number): Scheme | 'stale' | undefined {
  const [id, at, signatures] = ['id', 'timestamp', 'signature'].map((name) => headerOf(headers, `webhook-${name}`));
  if (!id || !at || !signatures) return undefined;
  const atSeconds = /^[0-9]{1,15}$/.test(at) ? findCount(at) : undefined;
  if (atSeconds === undefined || Math.abs(Math.floor(nowMs / 1_000) - atSeconds) > AGE_SECONDS_MAX) return 'stale';
  const given = signatures.split(' ').flatMap((one) => {
    const [version, signature = ''] = one.split(',');
    return version === 'v1' ? [Buffer.from(signature, 'base64')] : [];
  });
  const expected = (secret: string): Buffer | undefined => {
    const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
    const key = /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
    if (key.length < KEY_BYTES_MIN) return undefined;
    return createHmac('sha256', key).update(`${id}.${atSeconds}.`).update(body).digest();
  };
  return { given, expected };
}

/** The older way: the hex of an HMAC of the body alone. */
function olderScheme(body: Buffer, headers: WebhookHeaders): Scheme | undefined {
  const header = headerOf(headers, 'creem-signature') ?? headerOf(headers, 'x-creem-signature');
  const hex = header
    ?.trim()
    .replace(/^sha256=/, '')
    .toLowerCase();
  if (hex === undefined || !/^[0-9a-f]{64}$/.test(hex)) return undefined;
  return {
    given: [Buffer.from(hex, 'hex')],
    expected: (secret) => createHmac('sha256', secret).update(body).digest(),
  };
}

/**
 * Verifies the bytes as they came, with no decoding in between: the SDK's own helper turns them into text first, which makes some
 * different bodies equal, and asks the machine's clock. Where the newer headers are there, they alone count.
 */
export const creemWebhooks: WebhookReader = {
  read: (body) => {
    const value = parse(body);
    return { hints: hintsOf(value), event: readEvent(value) };
  },
  verify: (body, headers, secrets, nowMs) => {
    const scheme = standardScheme(body, headers, nowMs) ?? olderScheme(body, headers);
    if (scheme === undefined || scheme === 'stale' || scheme.given.length > SIGNATURES_MAX) return false;
    return secrets.some((secret) => {
      const isBlank = secret.trim() === '' || secret === PREFIX;
      const expected = isBlank ? undefined : scheme.expected(secret);
      if (expected === undefined) return false;
      // timingSafeEqual throws for another length.
      return scheme.given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
    });
  },
};
