/** The shape of every kind of event, as the log, the stream and webhooks carry it. */
import { z } from 'zod';
import { BUDGET_PERIODS, BUDGET_SUBJECTS } from '../../core/budgets/budget.ts';
import { BALANCE_STATUSES } from '../../core/ledger/status.ts';
import { INTERVALS, ORDER_CHANNELS, ORDER_STATES } from '../../core/billing/order.ts';
import { STOP_REASONS } from '../../core/billing/refill.ts';
import { DEPOSIT_STATES } from '../../core/deposits/states.ts';
import { SUBSCRIPTION_STATES } from '../../core/subscriptions/state.ts';
import type { EventDataByKind, EventKind } from '../../core/events/kinds.ts';
import { amount, time } from '../endpoint/fields.ts';
import { entryView, serviceName } from '../money/schemas.ts';

const transfer = z.strictObject({
  chain: z.string(),
  token: z.string(),
  txHash: z.string(),
  ordinal: z.int().min(0),
  fromAddress: z.string(),
  toAddress: z.string(),
  blockNumber: z.int().min(0),
  blockTime: time,
});

const deposit = z.strictObject({
  depositId: z.uuid(),
  amountUsd: amount,
  state: z.enum(DEPOSIT_STATES),
  reason: z.string().nullable(),
  transfer,
});

/** The user whose wallet it is; only in the platform's log. */
const ofUser = { userId: z.string().optional() };

const bookedDeposit = z.strictObject({
  depositId: z.uuid(),
  amountUsd: amount,
  entryId: z.string(),
  availableAfterUsd: amount,
  orderId: z.uuid().nullable(),
  giftCards: z.int().min(0),
  transfer: transfer.nullable(),
  ...ofUser,
});

const sender = z.strictObject({
  senderId: z.uuid(),
  address: z.string(),
  chain: z.string().nullable(),
  family: z.string(),
  label: z.string().nullable(),
  state: z.string(),
});

const order = z.strictObject({
  orderId: z.uuid(),
  channel: z.enum(ORDER_CHANNELS),
  state: z.enum(ORDER_STATES),
  reason: z.string().nullable(),
  packId: z.string().nullable(),
  amountUsd: amount,
  creditUsd: amount,
  giftCards: z.int().min(0),
  userId: z.string().optional(),
});

const dispute = z.strictObject({
  orderId: z.uuid(),
  disputeId: z.string(),
  status: z.string(),
  reason: z.string(),
  currency: z.string(),
  amountMinor: z.string(),
  withdrawnMinor: z.string(),
  dueBy: time.nullable(),
  userId: z.string().optional(),
});

const refill = z.strictObject({ account: z.enum(['platform', 'org']) });
const subscription = z.strictObject({
  subscriptionId: z.string(),
  userId: z.string().nullable(),
  state: z.enum(SUBSCRIPTION_STATES),
  periodEnd: time.nullable(),
});
const budget = z.strictObject({
  budgetId: z.uuid(),
  name: z.string().nullable(),
  subject: z.enum(BUDGET_SUBJECTS),
  value: z.string(),
  period: z.enum(BUDGET_PERIODS),
  mode: z.enum(['hard', 'soft']),
  limitUsd: amount,
  renewsAt: time.nullable(),
});
const budgetNotice = budget.extend({
  usedUsd: amount,
  reservedUsd: amount,
  leftUsd: amount,
  periodStart: time.nullable(),
  entryId: z.string(),
});
const rail = z.strictObject({ rail: z.string(), reason: z.string(), dueUsd: amount, gotUsd: amount });

const status = z.enum(BALANCE_STATUSES);
const service = serviceName.nullable();

/** An event has an id and a time of its own, and carries neither the lot nor the chain transaction of the entry. */
const ofEntry = entryView.omit({
  id: true,
  lotId: true,
  lotLeftUsd: true,
  restrictedTo: true,
  refundOf: true,
  parentHoldId: true,
  txHash: true,
  chain: true,
  createdAt: true,
});

const DATA = {
  'entry.created': z.strictObject({ entryId: z.string(), ...ofEntry.shape }),
  'deposit.observed': deposit,
  'deposit.credited': bookedDeposit,
  'deposit.unmatched': deposit,
  'deposit.set_aside': deposit,
  'deposit.orphaned': deposit,
  'deposit.reversed': bookedDeposit,
  'balance.status_changed': z.strictObject({
    status,
    previousStatus: status,
    availableUsd: amount,
    cause: z.enum(['entry', 'thresholds', 'suspension', 'freeze']),
    entryId: z.string().nullable(),
    ...ofUser,
  }),
  'hold.expired': z.strictObject({
    holdId: z.string(),
    entryId: z.string(),
    serviceType: service,
    amountUsd: amount,
    giftCards: z.int().min(0),
    reference: z.string().nullable(),
    availableAfterUsd: amount,
    ...ofUser,
  }),
  'credits.expiring': z.strictObject({
    amountUsd: amount,
    expiresAt: time,
    noticeDays: z.int(),
    userId: z.string().nullable(),
  }),
  'sender.registered': sender,
  'sender.unbound': sender,
  'order.created': order,
  'order.paid': order,
  'order.credited': order,
  'order.parked': order,
  'order.failed': order,
  'order.expired': order,
  'order.cancelled': order,
  'order.refunded': order,
  'dispute.opened': dispute,
  'dispute.funds_withdrawn': dispute,
  'dispute.funds_reinstated': dispute,
  'dispute.closed': dispute,
  'payment.action_required': z.strictObject({
    orderId: z.uuid(),
    amountUsd: amount,
    reason: z.literal('authentication_required'),
    url: z.string().nullable(),
  }),
  'auto_refill.succeeded': refill.extend({ orderId: z.uuid(), amountUsd: amount }),
  'auto_refill.failed': refill.extend({
    orderId: z.uuid().nullable(),
    amountUsd: amount,
    reason: z.string(),
    retryAt: time.nullable(),
  }),
  'auto_refill.stopped': refill.extend({ reason: z.enum(STOP_REASONS) }),
  'subscription.activated': subscription,
  'subscription.renewed': z.strictObject({
    subscriptionId: z.string(),
    userId: z.string().nullable(),
    orderId: z.uuid(),
    planId: z.uuid(),
    interval: z.enum(INTERVALS),
    creditUsd: amount,
    periodStart: time,
    periodEnd: time,
  }),
  'subscription.past_due': subscription,
  'subscription.cancelled': subscription,
  'subscription.ended': subscription,
  'budget.warned': budgetNotice,
  'budget.exhausted': budgetNotice,
  'budget.renewed': budget.extend({ lastUsedUsd: amount, periodStart: time }),
  'rail.frozen': rail,
  'rail.released': rail,
  'webhook.disabled': z.strictObject({
    endpointId: z.uuid(),
    url: z.string(),
    reason: z.enum(['failing', 'gone']),
    failingSince: time,
  }),
  'webhook.test': z.strictObject({ endpointId: z.uuid() }),
} satisfies { readonly [Kind in EventKind]: z.ZodType<EventDataByKind[Kind]> };

const envelope = {
  /** Also the `webhook-id` of its deliveries. */
  id: z.string().regex(/^evt_[0-9a-f-]{36}$/),
  timestamp: time,
  /** Null in the platform's own log. */
  orgId: z.uuid().nullable(),
  cursor: z.string().regex(/^[0-9]{16}$/),
};

/** One event: `type` says which data it carries. */
export const eventView = z
  .discriminatedUnion('type', [
    z.strictObject({ ...envelope, type: z.literal('entry.created'), data: DATA['entry.created'] }),
    z.strictObject({ ...envelope, type: z.literal('deposit.observed'), data: DATA['deposit.observed'] }),
    z.strictObject({ ...envelope, type: z.literal('deposit.credited'), data: DATA['deposit.credited'] }),
    z.strictObject({ ...envelope, type: z.literal('deposit.unmatched'), data: DATA['deposit.unmatched'] }),
    z.strictObject({ ...envelope, type: z.literal('deposit.set_aside'), data: DATA['deposit.set_aside'] }),
    z.strictObject({ ...envelope, type: z.literal('deposit.orphaned'), data: DATA['deposit.orphaned'] }),
    z.strictObject({ ...envelope, type: z.literal('deposit.reversed'), data: DATA['deposit.reversed'] }),
    z.strictObject({ ...envelope, type: z.literal('balance.status_changed'), data: DATA['balance.status_changed'] }),
    z.strictObject({ ...envelope, type: z.literal('hold.expired'), data: DATA['hold.expired'] }),
    z.strictObject({ ...envelope, type: z.literal('credits.expiring'), data: DATA['credits.expiring'] }),
    z.strictObject({ ...envelope, type: z.literal('sender.registered'), data: DATA['sender.registered'] }),
    z.strictObject({ ...envelope, type: z.literal('sender.unbound'), data: DATA['sender.unbound'] }),
    z.strictObject({ ...envelope, type: z.literal('order.created'), data: DATA['order.created'] }),
    z.strictObject({ ...envelope, type: z.literal('order.paid'), data: DATA['order.paid'] }),
    z.strictObject({ ...envelope, type: z.literal('order.credited'), data: DATA['order.credited'] }),
    z.strictObject({ ...envelope, type: z.literal('order.parked'), data: DATA['order.parked'] }),
    z.strictObject({ ...envelope, type: z.literal('order.failed'), data: DATA['order.failed'] }),
    z.strictObject({ ...envelope, type: z.literal('order.expired'), data: DATA['order.expired'] }),
    z.strictObject({ ...envelope, type: z.literal('order.cancelled'), data: DATA['order.cancelled'] }),
    z.strictObject({ ...envelope, type: z.literal('order.refunded'), data: DATA['order.refunded'] }),
    z.strictObject({ ...envelope, type: z.literal('dispute.opened'), data: DATA['dispute.opened'] }),
    z.strictObject({ ...envelope, type: z.literal('dispute.funds_withdrawn'), data: DATA['dispute.funds_withdrawn'] }),
    z.strictObject({
      ...envelope,
      type: z.literal('dispute.funds_reinstated'),
      data: DATA['dispute.funds_reinstated'],
    }),
    z.strictObject({ ...envelope, type: z.literal('dispute.closed'), data: DATA['dispute.closed'] }),
    z.strictObject({
      ...envelope,
      type: z.literal('payment.action_required'),
      data: DATA['payment.action_required'],
    }),
    z.strictObject({ ...envelope, type: z.literal('auto_refill.succeeded'), data: DATA['auto_refill.succeeded'] }),
    z.strictObject({ ...envelope, type: z.literal('auto_refill.failed'), data: DATA['auto_refill.failed'] }),
    z.strictObject({ ...envelope, type: z.literal('auto_refill.stopped'), data: DATA['auto_refill.stopped'] }),
    z.strictObject({ ...envelope, type: z.literal('budget.warned'), data: DATA['budget.warned'] }),
    z.strictObject({ ...envelope, type: z.literal('budget.exhausted'), data: DATA['budget.exhausted'] }),
    z.strictObject({ ...envelope, type: z.literal('budget.renewed'), data: DATA['budget.renewed'] }),
    z.strictObject({ ...envelope, type: z.literal('rail.frozen'), data: DATA['rail.frozen'] }),
    z.strictObject({ ...envelope, type: z.literal('rail.released'), data: DATA['rail.released'] }),
    z.strictObject({ ...envelope, type: z.literal('webhook.disabled'), data: DATA['webhook.disabled'] }),
    z.strictObject({ ...envelope, type: z.literal('webhook.test'), data: DATA['webhook.test'] }),
  ])
  .meta({ id: 'Event' });
