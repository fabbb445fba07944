/** The rules of webhooks: which events an endpoint gets, when a delivery is tried again, and when it is given up. */
import { randomBytes } from 'node:crypto';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * From each attempt that failed to the next: a receiver that is away for three days is asked again after it is back, since
 * these add up to more than that.
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
/** Attempts of one delivery until it has failed. */
export const ATTEMPTS_MAX = RETRY_DELAYS_MS.length + 1;
/** Delays grow by up to this share, so that many deliveries that failed together do not come back together. */
const JITTER = 0.2;

/** An endpoint to which nothing got through for so long is disabled; longer than any delivery is retried. */
export const DISABLE_AFTER_MS = 5 * DAY_MS;

/** Bytes of a secret that signs: the most that HMAC-SHA-256 makes use of is 64, Standard Webhooks wants 24 to 64. */
const SECRET_BYTES = 32;
const SECRET_PREFIX = 'whsec_';

/** What a receiver's status code alone decides: 410 says that nobody is there any more. */
export const GONE_STATUS = 410;

/**
 * When a delivery is tried again after its nth attempt (from 1) failed, in milliseconds; undefined after the last one.
 * @param random from 0 (held) to 1 (not held): spreads deliveries; it only ever makes the pause longer.
 */
export function nextAttemptMs(attempts: number, atMs: number, random: number): number | undefined {
  const delayMs = RETRY_DELAYS_MS[attempts - 1];
  return delayMs === undefined ? undefined : atMs + Math.round(delayMs * (1 + JITTER * random));
}

/** A secret for one endpoint, in the form that Standard Webhooks' libraries take. */
export function createWebhookSecret(): string {
  return SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** Where a sealed secret of an endpoint belongs. */
export function secretContext(endpoint: string): string {
  return `webhook_endpoint/${endpoint}/secret`;
}
