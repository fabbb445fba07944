/** The rules of webhooks: which events an endpoint gets, when a delivery is tried again, and when it is given up. */
import { randomBytes } from 'node:crypto';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Delays from each failed attempt to the next. They add up to more than three days, so that a receiver that is away for
 * three days still gets its deliveries afterwards.
 */
const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  1 * HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  ...Array.from({ length: 5 }, () => 12 * HOUR_MS),
];
/** Most attempts of one delivery; after the last one it has failed. */
export const ATTEMPTS_MAX = RETRY_DELAYS_MS.length + 1;
/** Delays grow by up to this share, so that deliveries that failed together are not retried together. */
const JITTER = 0.2;

/** An endpoint that received nothing for this long is disabled; longer than any delivery is retried. */
export const DISABLE_AFTER_MS = 5 * DAY_MS;

/** Bytes of a signing secret: HMAC-SHA-256 uses up to 64, Standard Webhooks requires 24 to 64. */
const SECRET_BYTES = 32;
const SECRET_PREFIX = 'whsec_';

/** The status code by which a receiver says that it is gone for good. */
export const GONE_STATUS = 410;

/**
 * When a delivery is tried again after its nth attempt (from 1) failed, in milliseconds; undefined after the last one.
 * @param random from 0 (included) to 1 (excluded): spreads deliveries; it only makes the delay longer.
 * @param askedMs the pause that the receiver asked for; the delay is no shorter.
 */
export function nextAttemptMs(attempts: number, atMs: number, random: number, askedMs = 0): number | undefined {
  const delayMs = RETRY_DELAYS_MS[attempts - 1];
  return delayMs === undefined ? undefined : atMs + Math.round(Math.max(delayMs, askedMs) * (1 + JITTER * random));
}

/** A new secret for one endpoint, in the form that libraries of Standard Webhooks accept. */
export function createWebhookSecret(): string {
  return SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** The context under which the vault seals the secret of an endpoint. */
export function secretContext(endpoint: string): string {
  return `webhook_endpoint/${endpoint}/secret`;
}
