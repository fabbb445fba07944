/**
 * The kinds of events and the data of each. A closed list: kinds and the fields of their data are part of the contract;
 * fields may be added, never renamed. Amounts are decimal USD as strings, times ISO 8601.
 */
import type { Interval, OrderChannel, OrderState } from '../billing/order.ts';
import type { StopReason } from '../billing/refill.ts';
import type { BudgetPeriod, BudgetSubject } from '../budgets/budget.ts';
import type { DepositState } from '../deposits/states.ts';
import type { SubscriptionState } from '../subscriptions/state.ts';
import { uuidV5 } from '../ids.ts';
import type { BalanceStatus } from '../ledger/status.ts';
import type { Metadata } from '../ledger/entry-text.ts';
import type { EntryType, ServiceType } from '../ledger/vocabulary.ts';

export const EVENT_KINDS = [
  'entry.created',
  'deposit.observed',
  'deposit.credited',
  'deposit.unmatched',
  'deposit.set_aside',
  'deposit.orphaned',
  'deposit.reversed',
  'balance.status_changed',
  'hold.expired',
  'credits.expiring',
  'sender.registered',
  'sender.unbound',
  'order.created',
  'order.paid',
  'order.credited',
  'order.parked',
  'order.failed',
  'order.expired',
  'order.cancelled',
  'order.refunded',
  'dispute.opened',
  'dispute.funds_withdrawn',
  'dispute.funds_reinstated',
  'dispute.closed',
  'payment.action_required',
  'auto_refill.succeeded',
  'auto_refill.failed',
  'auto_refill.stopped',
  'subscription.activated',
  'subscription.renewed',
  'subscription.past_due',
  'subscription.cancelled',
  'subscription.ended',
  'budget.warned',
  'budget.exhausted',
  'budget.renewed',
  'rail.frozen',
  'rail.released',
  'webhook.disabled',
  'webhook.test',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Kinds so frequent that a receiver gets them only when it asks for them by name. */
export const ONLY_BY_NAME: readonly EventKind[] = ['entry.created'];

/** The platform's own log: events that concern no org. No org has this id, since ids of orgs are of version 7. */
export const PLATFORM_LOG = '00000000-0000-0000-0000-000000000000';

/** The transfer behind a deposit. */
export interface TransferFacts {
  readonly chain: string;
  /** The token's contract. */
  readonly token: string;
  readonly txHash: string;
  readonly ordinal: number;
  readonly fromAddress: string;
  readonly toAddress: string;
  readonly blockNumber: number;
  readonly blockTime: string;
}

interface DepositData {
  readonly depositId: string;
  readonly amountUsd: string;
  readonly state: DepositState;
  readonly reason: string | null;
  readonly transfer: TransferFacts;
}

interface BookedDepositData {
  readonly depositId: string;
  readonly amountUsd: string;
  readonly entryId: string;
  readonly availableAfterUsd: string;
  readonly orderId: string | null;
  readonly giftCards: number;
  /** Null where the deposit itself is no longer known. */
  readonly transfer: TransferFacts | null;
}

interface SenderData {
  readonly senderId: string;
  readonly address: string;
  /** CAIP-2; null: every configured chain of the family. */
  readonly chain: string | null;
  readonly family: string;
  readonly label: string | null;
  readonly state: string;
}

interface OrderData {
  readonly orderId: string;
  readonly channel: OrderChannel;
  readonly state: OrderState;
  /** Why it was parked or failed. */
  readonly reason: string | null;
  readonly packId: string | null;
  /** Its price. */
  readonly amountUsd: string;
  readonly creditUsd: string;
  /** Free gift cards that come with it. */
  readonly giftCards: number;
  /** The user who pays; only in the platform's log. */
  readonly userId?: string | undefined;
}

interface DisputeData {
  readonly orderId: string;
  /** The provider's id. */
  readonly disputeId: string;
  /** The provider's word. */
  readonly status: string;
  readonly reason: string;
  readonly currency: string;
  /** What is disputed, in the minor unit of the currency. */
  readonly amountMinor: string;
  /** What of it the provider has taken and not given back. */
  readonly withdrawnMinor: string;
  /** Until when evidence may be sent. */
  readonly dueBy: string | null;
  /** The user whose order it is; only in the platform's log. */
  readonly userId?: string | undefined;
}

interface SubscriptionData {
  /** The provider's id. */
  readonly subscriptionId: string;
  /** The user who pays; null where an org does. */
  readonly userId: string | null;
  readonly state: SubscriptionState;
  /** The end of its present period; null while that is not known. */
  readonly periodEnd: string | null;
}

/** Which budget an event is about. */
export interface BudgetData {
  readonly budgetId: string;
  readonly name: string | null;
  readonly subject: BudgetSubject;
  readonly value: string;
  readonly period: BudgetPeriod;
  readonly mode: 'hard' | 'soft';
}

interface BudgetNoticeData extends BudgetData {
  /** The limit that it had then. */
  readonly limitUsd: string;
  readonly usedUsd: string;
  readonly reservedUsd: string;
  readonly leftUsd: string;
  /** Null where it has no periods. */
  readonly periodStart: string | null;
  readonly renewsAt: string | null;
  readonly entryId: string;
}

/** Whose account at a payment provider auto-refill pays to. */
type RefillAccount = 'platform' | 'org';

interface RailData {
  /** Its contra account, such as `assets:stripe`. */
  readonly rail: string;
  readonly reason: string;
  /** What was due on it, and what its provider held for it, when they were last compared. */
  readonly dueUsd: string;
  readonly gotUsd: string;
}

/** What an event of each kind carries. */
export interface EventDataByKind {
  readonly 'entry.created': {
    readonly entryId: string;
    readonly commandId: string;
    readonly type: EntryType;
    readonly serviceType: ServiceType | null;
    readonly amountUsd: string;
    readonly availableDeltaUsd: string;
    readonly heldDeltaUsd: string;
    readonly availableAfterUsd: string;
    readonly heldAfterUsd: string;
    readonly giftCardsDelta: number;
    readonly giftCardsAvailableAfter: number;
    readonly giftCardsHeldAfter: number;
    readonly reference: string | null;
    readonly idempotencyKey: string | null;
    readonly holdId: string | null;
    readonly depositId: string | null;
    readonly orderId: string | null;
    readonly action: string | null;
    readonly quantity: string | null;
    readonly price: { readonly priceId: string; readonly rateUsd: string; readonly rounding: 'up' } | null;
    readonly appId: string | null;
    readonly userId: string | null;
    readonly teamId: string | null;
    readonly description: string | null;
    readonly metadata: Metadata | null;
  };
  readonly 'deposit.observed': DepositData;
  readonly 'deposit.credited': BookedDepositData;
  readonly 'deposit.unmatched': DepositData;
  readonly 'deposit.set_aside': DepositData;
  readonly 'deposit.orphaned': DepositData;
  readonly 'deposit.reversed': BookedDepositData;
  readonly 'balance.status_changed': {
    readonly status: BalanceStatus;
    readonly previousStatus: BalanceStatus;
    readonly availableUsd: string;
    /** What caused it: an entry, new thresholds, an operator's suspension or its end, lots frozen or freed. */
    readonly cause: 'entry' | 'thresholds' | 'suspension' | 'freeze';
    readonly entryId: string | null;
  };
  readonly 'hold.expired': {
    readonly holdId: string;
    readonly entryId: string;
    readonly serviceType: ServiceType | null;
    /** The amount that came back to the wallet. */
    readonly amountUsd: string;
    readonly giftCards: number;
    readonly reference: string | null;
    readonly availableAfterUsd: string;
  };
  readonly 'credits.expiring': {
    /** What ends on that day (UTC) and is not spent or held yet. */
    readonly amountUsd: string;
    /** When the first of it ends. */
    readonly expiresAt: string;
    readonly noticeDays: number;
    /** The user whose credit it is; only in the platform's log. */
    readonly userId: string | null;
  };
  readonly 'sender.registered': SenderData;
  readonly 'sender.unbound': SenderData;
  readonly 'order.created': OrderData;
  readonly 'order.paid': OrderData;
  readonly 'order.credited': OrderData;
  readonly 'order.parked': OrderData;
  readonly 'order.failed': OrderData;
  readonly 'order.expired': OrderData;
  readonly 'order.cancelled': OrderData;
  readonly 'order.refunded': OrderData;
  readonly 'dispute.opened': DisputeData;
  readonly 'dispute.funds_withdrawn': DisputeData;
  readonly 'dispute.funds_reinstated': DisputeData;
  readonly 'dispute.closed': DisputeData;
  readonly 'payment.action_required': {
    /** The order whose payment was refused. */
    readonly orderId: string;
    readonly amountUsd: string;
    readonly reason: 'authentication_required';
    /** Where the payer can pay instead; null when no checkout could be opened. */
    readonly url: string | null;
  };
  readonly 'auto_refill.succeeded': {
    readonly account: RefillAccount;
    readonly orderId: string;
    readonly amountUsd: string;
  };
  readonly 'auto_refill.failed': {
    readonly account: RefillAccount;
    /** Null when a ceiling kept the purchase from being begun. */
    readonly orderId: string | null;
    readonly amountUsd: string;
    /** The provider's code, or the ceiling. */
    readonly reason: string;
    /** Nothing is bought before it; null when auto-refill was stopped. */
    readonly retryAt: string | null;
  };
  readonly 'auto_refill.stopped': { readonly account: RefillAccount; readonly reason: StopReason };
  readonly 'subscription.activated': SubscriptionData;
  readonly 'subscription.renewed': {
    readonly subscriptionId: string;
    readonly userId: string | null;
    readonly orderId: string;
    readonly planId: string;
    readonly interval: Interval;
    /** What the period brings. */
    readonly creditUsd: string;
    readonly periodStart: string;
    readonly periodEnd: string;
  };
  readonly 'subscription.past_due': SubscriptionData;
  readonly 'subscription.cancelled': SubscriptionData;
  readonly 'subscription.ended': SubscriptionData;
  readonly 'budget.warned': BudgetNoticeData;
  readonly 'budget.exhausted': BudgetNoticeData;
  readonly 'budget.renewed': BudgetData & {
    readonly limitUsd: string;
    /** What was used in the period that has ended. */
    readonly lastUsedUsd: string;
    readonly periodStart: string;
    readonly renewsAt: string | null;
  };
  readonly 'rail.frozen': RailData;
  readonly 'rail.released': RailData;
  readonly 'webhook.disabled': {
    readonly endpointId: string;
    readonly url: string;
    readonly reason: 'failing' | 'gone';
    readonly failingSince: string;
  };
  readonly 'webhook.test': { readonly endpointId: string };
}
export type EventData = EventDataByKind[EventKind];

/** An event on its way to a log. */
export type NewEvent = {
  readonly [Kind in EventKind]: {
    /** Derived from what happened: the same occurrence recorded twice has the same id and is one event. */
    readonly id: string;
    readonly kind: Kind;
    readonly atMs: number;
    readonly data: EventDataByKind[Kind];
  };
}[EventKind];

/** The id of an event: the same parts give the same id, on every machine and after every restore. */
export function eventId(kind: EventKind, ...parts: readonly (string | number)[]): string {
  return uuidV5('event', kind, ...parts.map(String));
}

/** Whether a name is a kind of event. */
export function isEventKind(name: string): name is EventKind {
  return EVENT_KINDS.some((kind) => kind === name);
}
