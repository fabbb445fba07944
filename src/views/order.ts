/** An order as JSON. */
import {
  payableUntilMs,
  stateAt,
  type OrderChannel,
  type OrderState,
  type OrderStep,
  type StepSource,
} from '../core/billing/order.ts';
import { toCount } from '../core/integers.ts';
import { formatUsd } from '../core/money.ts';
import type { Order } from '../db/billing/orders.ts';
import type { PaymentSummary } from '../db/billing/payments.ts';

const MICROS_PER_CENT = 10_000n;

export interface OrderView {
  readonly id: string;
  readonly state: OrderState;
  /** Why it was parked or failed. */
  readonly reason: string | null;
  readonly channel: OrderChannel;
  readonly packId: string | null;
  /** The org's product that was bought. */
  readonly productId: string | null;
  /** Its price. */
  readonly amountUsd: string;
  readonly priceCents: number;
  /** The credit that it brings. */
  readonly creditUsd: string;
  readonly giftCards: number;
  /** What the payer got back, in cents of the price's currency. */
  readonly refundedCents: number;
  /** What of the credit was taken back. */
  readonly takenBackUsd: string;
  readonly dispute: { readonly status: string; readonly dueBy: string | null } | null;
  readonly receiptUrl: string | null;
  readonly poNumber: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly timeline: { readonly at: string; readonly what: string; readonly source: StepSource }[];
}

/** An order with what hangs on it. */
export interface OrderParts {
  readonly order: Order;
  readonly steps: readonly OrderStep[];
  /** Undefined for an order without a checkout. */
  readonly payment: PaymentSummary | undefined;
}

/** The JSON of an order. The org is left out: it is the caller's. */
export function viewOfOrder({ order, steps, payment }: OrderParts, nowMs: number): OrderView {
  const dispute = payment?.dispute ?? null;
  return {
    id: order.id,
    state: stateAt(order, nowMs),
    reason: order.reason,
    channel: order.channel,
    packId: order.pack,
    productId: order.product,
    amountUsd: formatUsd(order.priceMicros),
    priceCents: toCount(String(order.priceMicros / MICROS_PER_CENT)),
    creditUsd: formatUsd(order.creditMicros + order.bonusMicros),
    giftCards: order.freeGiftCards,
    refundedCents: toCount(String(payment?.refundedMinor ?? 0n)),
    takenBackUsd: formatUsd(payment?.takenBackMicros ?? 0n),
    dispute: dispute && { status: dispute.status, dueBy: timeOrNull(dispute.dueByMs) },
    receiptUrl: payment?.receiptUrl ?? null,
    poNumber: order.poNumber,
    metadata: order.metadata,
    createdAt: new Date(order.openedAtMs).toISOString(),
    expiresAt: new Date(payableUntilMs(order)).toISOString(),
    timeline: steps.map(({ atMs, what, source }) => ({ at: new Date(atMs).toISOString(), what, source })),
  };
}

/** The JSON of an order for operators, who see those of every org. */
export function viewOfAnyOrder(parts: OrderParts, nowMs: number): AnyOrderView {
  const { org, user } = parts.order;
  return { orgId: user === null ? org : null, userId: user, ...viewOfOrder(parts, nowMs) };
}

export interface AnyOrderView extends OrderView {
  /** Null where a user pays. */
  readonly orgId: string | null;
  readonly userId: string | null;
}

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
