/** The events of an order: one for each state that it comes to, one for each refund, and those of its disputes. */
import type { DisputeStep } from '../billing/dispute.ts';
import type { OrderChannel, OrderState } from '../billing/order.ts';
import { formatUsd } from '../money.ts';
import type { Addressed } from './deposits.ts';
import { eventId, PLATFORM_LOG, type EventKind } from './kinds.ts';

/** An order as its events show it. */
export interface OrderFacts {
  readonly id: string;
  readonly org: string;
  /** The user who pays; null where an org does. */
  readonly user: string | null;
  readonly channel: OrderChannel;
  readonly state: OrderState;
  readonly reason: string | null;
  readonly pack: string | null;
  readonly priceMicros: bigint;
  readonly creditMicros: bigint;
  readonly bonusMicros: bigint;
  readonly freeGiftCards: number;
}

/** Users have no log of their own: what happens to their orders is in the platform's. */
function logOf({ org, user }: OrderFacts): string {
  return user === null ? org : PLATFORM_LOG;
}

/** Whose order it is, where the log does not say so. */
function payerOf({ user }: OrderFacts): { readonly userId?: string } {
  return user === null ? {} : { userId: user };
}

type Kind = Extract<EventKind, `order.${string}`>;

const KINDS: Readonly<Record<string, Kind>> = {
  created: 'order.created',
  paid: 'order.paid',
  credited: 'order.credited',
  parked: 'order.parked',
  failed: 'order.failed',
  expired: 'order.expired',
  cancelled: 'order.cancelled',
  refunded: 'order.refunded',
};

/**
 * The event of a step of an order; undefined for a step that callers learn from the timeline only.
 * @param n the number of the step on the order's timeline: an order can be paid more than once.
 */
export function eventOfStep(
  order: OrderFacts,
  step: { readonly n: number; readonly what: string; readonly atMs: number },
): Addressed | undefined {
  const kind = KINDS[step.what];
  if (kind === undefined) return undefined;
  const { id, channel, state, reason, pack, priceMicros, creditMicros, bonusMicros, freeGiftCards } = order;
  const data = {
    orderId: id,
    channel,
    state,
    reason,
    packId: pack,
    amountUsd: formatUsd(priceMicros),
    creditUsd: formatUsd(creditMicros + bonusMicros),
    giftCards: freeGiftCards,
    ...payerOf(order),
  };
  return { log: logOf(order), event: { id: eventId(kind, id, step.n), kind, atMs: step.atMs, data } };
}

/** A dispute as its events show it. */
export interface DisputeFacts {
  readonly account: string;
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly withdrawnMinor: bigint;
  readonly dueByMs: number | null;
  readonly readAtMs: number;
}

/** The event of a step of a dispute. Read again it is the same event; what happens later is another. */
export function eventOfDispute(order: OrderFacts, dispute: DisputeFacts, step: DisputeStep): Addressed {
  const { account, id, status, reason, currency, amountMinor, withdrawnMinor, dueByMs, readAtMs } = dispute;
  const kind = `dispute.${step}` as const;
  const data = {
    orderId: order.id,
    disputeId: id,
    status,
    reason,
    currency,
    amountMinor: String(amountMinor),
    withdrawnMinor: String(withdrawnMinor),
    dueBy: dueByMs === null ? null : new Date(dueByMs).toISOString(),
    ...payerOf(order),
  };
  return { log: logOf(order), event: { id: eventId(kind, account, id, readAtMs), kind, atMs: readAtMs, data } };
}
