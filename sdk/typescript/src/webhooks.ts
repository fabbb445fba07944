/** Webhooks: what a receiver checks before it believes a delivery (Standard Webhooks). */
import type { Event } from './generated/api.ts';

const TOLERANCE_SECONDS = 300;
const SIGNATURES_MAX = 16;

/** Why a delivery is not believed. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly reason: 'headers' | 'timestamp' | 'signature' | 'body';

  constructor(reason: WebhookError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface WebhookOptions {
  /** How far the sender's clock may be from this one, in seconds. Default: 300. */
  readonly toleranceSeconds?: number;
  /** This clock, in milliseconds; for tests. */
  readonly nowMs?: number;
}

/** The headers of a request, as `Headers` or as Node has them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The event of a delivery, once its signature and its time are checked. Deliveries come at least once: store the event's `id`
 * in one transaction with what it changes, and an id that is there is done.
 * @param body the raw bytes or text of the request, before any JSON parser
 * @param secrets the endpoint's secret (`whsec_...`), or several while one is rotated
 * @throws WebhookError, to be answered with 400
 */
export async function constructWebhookEvent(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = TOLERANCE_SECONDS, nowMs = Date.now() }: WebhookOptions = {},
): Promise<Event> {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new TypeError('the body must be the raw bytes or text of the request, before any JSON parser');
  }
  const [id, time, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    read(headers, name),
  );
  if (id === undefined || time === undefined || signatures === undefined) {
    throw new WebhookError('headers', 'webhook-id, webhook-timestamp and webhook-signature are needed');
  }
  if (!/^\d{1,12}$/.test(time)) throw new WebhookError('timestamp', 'webhook-timestamp is not a time');
  const offBy = Math.abs(+time - Math.floor(nowMs / 1_000));
  if (offBy > toleranceSeconds) {
    throw new WebhookError('timestamp', `webhook-timestamp is ${offBy} s off; check this machine's clock`);
  }
  const content = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const signed = join(new TextEncoder().encode(`${id}.${time}.`), content);
  const list = typeof secrets === 'string' ? [secrets] : secrets;
  if (!(await isSigned(signed, signatures.split(' ').slice(0, SIGNATURES_MAX), list))) {
    throw new WebhookError(
      'signature',
      'no signature fits; verify over the raw body, with the secret of this endpoint',
    );
  }
  return eventIn(content, id);
}

/** Whether one of the signatures is that of one of the secrets. WebCrypto compares in constant time. */
async function isSigned(
  signed: Uint8Array<ArrayBuffer>,
  signatures: readonly string[],
  secrets: readonly string[],
): Promise<boolean> {
  const given = signatures.flatMap((one) => (one.startsWith('v1,') ? (bytesOf(one.slice(3)) ?? []) : []));
  for (const secret of secrets) {
    const raw = bytesOf(secret.replace(/^whsec_/, ''));
    if (raw === undefined || raw.length === 0) throw new TypeError('a webhook secret is `whsec_` and base64');
    const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
    for (const signature of given) if (await crypto.subtle.verify('HMAC', key, signature, signed)) return true;
  }
  return false;
}

function eventIn(content: Uint8Array, id: string): Event {
  let event: unknown;
  try {
    event = JSON.parse(new TextDecoder().decode(content));
  } catch {
    throw new WebhookError('body', 'the body is not JSON');
  }
  if (typeof event !== 'object' || event === null || !('id' in event) || event.id !== id) {
    throw new WebhookError('body', 'the body is not the event that webhook-id names');
  }
  return event as Event;
}

function read(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : found?.[0];
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
