/** Opens a checkout under the idempotency key of a call. */
import { Refusal } from '../../core/errors.ts';
import type { CheckoutRequest, OpenCheckout } from '../../core/billing/cashier.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '../endpoint/idempotency.ts';
import type { SurfaceDeps } from '../deps.ts';
import { FailedCall } from '../server/problem.ts';

/**
 * Opens a checkout, or finds the one that the same request opened before.
 * @returns it, with the headers of the answer
 * @throws FailedCall with the key: the outcome may be unknown, and only the same key finds the same order
 */
export async function openCheckout(
  { cards }: Pick<SurfaceDeps, 'cards'>,
  request: CheckoutRequest,
): Promise<{ readonly opened: OpenCheckout; readonly headers: Readonly<Record<string, string>> }> {
  const { key } = request;
  try {
    const opened = await cards.cashier.openCheckout(request);
    const headers = { [IDEMPOTENCY_HEADER]: key, ...(opened.replayed ? { [REPLAYED_HEADER]: 'true' } : {}) };
    return { opened, headers };
  } catch (error) {
    throw new FailedCall(error, { [IDEMPOTENCY_HEADER]: key, ...retryAfter(error) });
  }
}

function retryAfter(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Refusal)) return {};
  const { retryAfterSeconds } = error.details;
  return typeof retryAfterSeconds === 'number' ? { 'Retry-After': String(retryAfterSeconds) } : {};
}

/** Pairs of metadata as part of what requests under one key are compared by. */
export function inputOfPairs(pairs: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(pairs).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
