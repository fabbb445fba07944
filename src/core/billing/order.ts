/** An order: one purchase, whatever pays it; the states that it goes through, and the steps on its timeline. */

import { walletId } from '../ids.ts';

export const ORDER_CHANNELS = ['chain', 'card', 'auto_refill'] as const;
/** What pays an order: a deposit, a checkout, or a saved payment method without anybody asking. */
export type OrderChannel = (typeof ORDER_CHANNELS)[number];

export const ORDER_STATES = [
  'created',
  'awaiting_payment',
  'processing',
  'paid',
  'credited',
  'parked',
  'failed',
  'expired',
  'cancelled',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const STEP_SOURCES = ['api', 'chain', 'provider', 'operator', 'clock'] as const;
/** Who or what caused a step: a caller, a chain, a payment provider, an operator, or time. */
export type StepSource = (typeof STEP_SOURCES)[number];

/** What happened to an order, and when. `what` is the state that it came to, or something that left its state as it was. */
export interface OrderStep {
  readonly atMs: number;
  readonly what: string;
  readonly source: StepSource;
}

/** The wallet that an order credits: its org's, or its user's. */
export function walletOfOrder({ org, user }: { readonly org: string; readonly user: string | null }): string {
  return user === null ? walletId({ kind: 'org', id: org }) : walletId({ kind: 'user', id: user });
}

export const INTERVALS = ['month', 'year'] as const;
/** How long a period of a plan is. */
export type Interval = (typeof INTERVALS)[number];

/** Most orders that one org may have open, unless a deployment sets another bound. */
export const OPEN_ORDERS_MAX = 20;

/** States in which an order waits for its payment. */
export const OPEN_STATES: readonly OrderState[] = ['created', 'awaiting_payment', 'processing'];

const UNPAID: readonly OrderState[] = ['paid', 'parked', 'failed', 'expired', 'cancelled'];

/**
 * The states that may follow each state. Money decides: an order that failed, expired, was cancelled or parked is paid all
 * the same once its payment is found, and a paid order waits again only when a chain took the payment back.
 */
const NEXT: Readonly<Record<OrderState, readonly OrderState[]>> = {
  created: ['awaiting_payment', 'processing', ...UNPAID],
  awaiting_payment: ['processing', ...UNPAID],
  processing: ['paid', 'parked', 'failed', 'expired'],
  paid: ['credited', 'awaiting_payment'],
  credited: ['awaiting_payment'],
  parked: ['paid'],
  failed: ['processing', 'paid', 'parked'],
  expired: ['processing', 'paid', 'parked'],
  cancelled: ['processing', 'paid', 'parked'],
};

/** Whether an order may go from one state to another. A state never follows itself. */
export function mayFollow(from: OrderState, to: OrderState): boolean {
  return NEXT[from].includes(to);
}

/** What its state depends on beside what is stored. */
interface Waiting {
  readonly state: OrderState;
  readonly channel: OrderChannel;
  readonly expiresAtMs: number;
}

/**
 * The state that callers see. A chain order whose time is over counts as expired before that is stored; the end of a
 * checkout is its provider's to report.
 */
export function stateAt({ state, channel, expiresAtMs }: Waiting, nowMs: number): OrderState {
  return state === 'awaiting_payment' && channel === 'chain' && expiresAtMs <= nowMs ? 'expired' : state;
}

/** How long a checkout can be paid; providers allow a day at most. */
export const CHECKOUT_OPEN_MS = 24 * 3_600_000 - 60_000;

/**
 * Until when an order can be paid, as callers see it. That of a checkout is stored as over from the beginning, so that no deposit
 * pays it.
 */
export function payableUntilMs({
  channel,
  openedAtMs,
  expiresAtMs,
}: Pick<Waiting, 'channel' | 'expiresAtMs'> & { readonly openedAtMs: number }): number {
  return channel === 'card' ? openedAtMs + CHECKOUT_OPEN_MS : expiresAtMs;
}
