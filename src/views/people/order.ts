/** An order of a user as JSON, for the credits surface. */
import { stateAt, type OrderState } from '../../core/billing/order.ts';
import { wholeCredits } from '../../core/credits/unit.ts';
import type { OrderParts } from '../order.ts';

const MICROS_PER_CENT = 10_000n;

export interface CreditOrderView {
  readonly id: string;
  readonly channel: 'stripe' | 'creem';
  readonly type: 'topup' | 'subscription';
  readonly state: OrderState;
  readonly price_cents: bigint;
  readonly currency: string;
  readonly credits: bigint;
  readonly plan_id: string | null;
  readonly refunded_cents: bigint;
  readonly created_at: string;
  readonly paid_at: string | null;
}

/** The JSON of an order. */
export function viewOfCreditOrder(
  { order, steps, payment }: OrderParts,
  { creditMicros, nowMs }: { readonly creditMicros: bigint; readonly nowMs: number },
): CreditOrderView {
  const paid = steps.find(({ what }) => what === 'paid');
  return {
    id: order.id,
    channel: payment?.account.startsWith('creem') === true ? 'creem' : 'stripe',
    type: order.recurring ? 'subscription' : 'topup',
    state: stateAt(order, nowMs),
    price_cents: order.priceMicros / MICROS_PER_CENT,
    currency: payment?.currency ?? 'usd',
    credits: wholeCredits(order.creditMicros + order.bonusMicros, creditMicros),
    plan_id: order.plan,
    refunded_cents: payment?.refundedMinor ?? 0n,
    created_at: new Date(order.openedAtMs).toISOString(),
    paid_at: paid === undefined ? null : new Date(paid.atMs).toISOString(),
  };
}
