/** The events of auto-refill. */
import type { AccountName } from '../billing/facts.ts';
import type { StopReason } from '../billing/refill.ts';
import { formatUsd } from '../money.ts';
import type { Addressed } from './deposits.ts';
import { eventId } from './kinds.ts';

/** The event of auto-refill that is turned off. It is on again only under another consent, so that it is one for each. */
export function eventOfStop(stop: {
  readonly org: string;
  readonly account: AccountName;
  readonly consent: string;
  readonly reason: StopReason;
  readonly atMs: number;
}): Addressed {
  const { org, account, consent, reason, atMs } = stop;
  const kind = 'auto_refill.stopped';
  return { log: org, event: { id: eventId(kind, consent), kind, atMs, data: { account: ownerOf(account), reason } } };
}

/** A purchase that was credited, or came to nothing. */
export interface RefillEnd {
  readonly org: string;
  readonly account: AccountName;
  readonly order: string;
  readonly priceMicros: bigint;
  readonly atMs: number;
}

/** The event of a purchase that was credited. */
export function eventOfRefill({ org, account, order, priceMicros, atMs }: RefillEnd): Addressed {
  const kind = 'auto_refill.succeeded';
  const data = { account: ownerOf(account), orderId: order, amountUsd: formatUsd(priceMicros) };
  return { log: org, event: { id: eventId(kind, order), kind, atMs, data } };
}

/** The event of a purchase that failed. @param end.retryAtMs null when auto-refill is stopped */
export function eventOfFailedRefill(
  end: RefillEnd & { readonly reason: string; readonly retryAtMs: number | null },
): Addressed {
  const { org, account, order, priceMicros, atMs, reason, retryAtMs } = end;
  const kind = 'auto_refill.failed';
  const data = {
    account: ownerOf(account),
    orderId: order,
    amountUsd: formatUsd(priceMicros),
    reason,
    retryAt: retryAtMs === null ? null : new Date(retryAtMs).toISOString(),
  };
  return { log: org, event: { id: eventId(kind, order), kind, atMs, data } };
}

/** The event of a purchase that was not begun, because it would have passed a ceiling; one for each time that ends it. */
export function eventOfCeiling(held: {
  readonly org: string;
  readonly account: AccountName;
  readonly priceMicros: bigint;
  readonly reason: string;
  readonly consent: string;
  readonly untilMs: number;
  readonly atMs: number;
}): Addressed {
  const { org, account, priceMicros, reason, consent, untilMs, atMs } = held;
  const kind = 'auto_refill.failed';
  const data = {
    account: ownerOf(account),
    orderId: null,
    amountUsd: formatUsd(priceMicros),
    reason,
    retryAt: new Date(untilMs).toISOString(),
  };
  return { log: org, event: { id: eventId(kind, consent, reason, untilMs), kind, atMs, data } };
}

/** The event of a payment that only the payer can confirm. @param asks.url where they can pay; null when nothing was opened */
export function eventOfActionRequired(asks: {
  readonly org: string;
  readonly order: string;
  readonly priceMicros: bigint;
  readonly url: string | null;
  readonly atMs: number;
}): Addressed {
  const { org, order, priceMicros, url, atMs } = asks;
  const kind = 'payment.action_required';
  const data = { orderId: order, amountUsd: formatUsd(priceMicros), reason: 'authentication_required' as const, url };
  return { log: org, event: { id: eventId(kind, order), kind, atMs, data } };
}

/** Whose account it is. */
function ownerOf(account: AccountName): 'platform' | 'org' {
  return account.includes(':') ? 'org' : 'platform';
}
