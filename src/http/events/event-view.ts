/** The shape of every kind of event, as the log, the stream and webhooks carry it. */
import { z } from 'zod';
import { BUDGET_PERIODS, BUDGET_SUBJECTS } from '../../core/budgets/budget.ts';
import { BALANCE_STATUSES } from '../../core/ledger/status.ts';
import { INTERVALS, ORDER_CHANNELS, ORDER_STATES } from '../../core/billing/order.ts';
import { STOP_REASONS } from '../../core/billing/refill.ts';
import { DEPOSIT_STATES } from '../../core/deposits/states.ts';
import { SUBSCRIPTION_STATES } from '../../core/subscriptions/state.ts';
import { EVENT_KINDS, type EventDataByKind, type EventKind } from '../../core/events/kinds.ts';
import { amount, time } from '../endpoint/fields.ts';
import { entryView, serviceName } from '../money/schemas.ts';

const transfer = z
  .strictObject({
    chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
    token: z.string().meta({
      description: 'The address of the token contract.',
      examples: ['0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'],
    }),
    txHash: z.string().meta({
      description: 'The hash of the transaction on the chain.',
      examples: ['0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e'],
    }),
    ordinal: z.int().min(0).describe('The position of the transfer among the logs of its transaction.'),
    fromAddress: z.string().meta({
      description: 'The address that sent the transfer.',
      examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
    }),
    toAddress: z.string().meta({
      description: 'The address that received the transfer.',
      examples: ['0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'],
    }),
    blockNumber: z.int().min(0).describe('The number of the block.'),
    blockTime: time.describe('The time of the block.'),
  })
  .meta({ id: 'Transfer', description: 'A transfer of a token on a chain.' });

const deposit = z
  .strictObject({
    depositId: z.uuid().describe('The id of the deposit.'),
    amountUsd: amount.describe('The amount in USD.'),
    state: z.enum(DEPOSIT_STATES).describe('The state afterwards.'),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why; null when the state says enough.', examples: ['unknown_sender'] }),
    transfer: transfer.describe('The transfer on the chain.'),
  })
  .meta({ id: 'DepositEventData', description: 'A deposit as it is now.' });

/** The user whose wallet it is; only in the platform's log. */
const ofUser = {
  userId: z
    .string()
    .optional()
    .meta({
      description: "The user whose wallet it is; only in the platform's log, null where it is nobody's.",
      examples: ['user-17'],
    }),
};

const bookedDeposit = z
  .strictObject({
    depositId: z.uuid().describe('The id of the deposit.'),
    amountUsd: amount.describe('The amount in USD.'),
    entryId: z
      .string()
      .meta({ description: 'The id of the entry.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
    availableAfterUsd: amount.describe('What could be spent after it, in USD.'),
    orderId: z.uuid().nullable().describe('The id of the order; null where there is none.'),
    giftCards: z.int().min(0).describe('How many free gift cards it is about.'),
    transfer: transfer.nullable().describe('The transfer on the chain; null where there is none.'),
    ...ofUser,
  })
  .meta({ id: 'BookedDepositData', description: 'A deposit that was credited, or taken back.' });

const sender = z
  .strictObject({
    senderId: z.uuid().describe('The id of the sender.'),
    address: z
      .string()
      .meta({ description: 'The address of the sender.', examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'] }),
    chain: z
      .string()
      .nullable()
      .meta({ description: 'The chain, as a CAIP-2 id; null where it is about none.', examples: ['eip155:8453'] }),
    family: z.string().meta({ description: 'The family of chains.', examples: ['eip155'] }),
    label: z
      .string()
      .nullable()
      .meta({ description: 'The name that people read; null without one.', examples: ['Treasury'] }),
    state: z.string().meta({ description: 'The state afterwards.', examples: ['bound'] }),
  })
  .meta({ id: 'SenderEventData', description: 'A sender as it is now.' });

const order = z
  .strictObject({
    orderId: z.uuid().describe('The id of the order.'),
    channel: z.enum(ORDER_CHANNELS).describe('How it is paid.'),
    state: z.enum(ORDER_STATES).describe('The state afterwards.'),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why; null when the state says enough.', examples: ['wrong_mode'] }),
    packId: z
      .string()
      .nullable()
      .meta({ description: 'The id of the credit pack; null where no pack was bought.', examples: ['starter'] }),
    amountUsd: amount.describe('The amount in USD.'),
    creditUsd: amount.describe('The credit that it brings, in USD.'),
    giftCards: z.int().min(0).describe('How many free gift cards it is about.'),
    userId: z
      .string()
      .optional()
      .meta({
        description: "The user whose wallet it is; only in the platform's log, null where it is nobody's.",
        examples: ['user-17'],
      }),
  })
  .meta({ id: 'OrderEventData', description: 'An order as it is now.' });

const dispute = z
  .strictObject({
    orderId: z.uuid().describe('The id of the order.'),
    disputeId: z.string().meta({ description: 'The id of the dispute at the provider.', examples: ['dp_1'] }),
    status: z.string().meta({ description: "The provider's word for its state.", examples: ['needs_response'] }),
    reason: z.string().meta({ description: "The bank's reason.", examples: ['fraudulent'] }),
    currency: z.string().meta({ description: 'The currency, as an ISO 4217 code in lower case.', examples: ['usd'] }),
    amountMinor: z.string().meta({ description: 'The amount in the minor unit of its currency.', examples: ['1000'] }),
    withdrawnMinor: z
      .string()
      .meta({ description: 'What the bank has withdrawn, in the minor unit of the currency.', examples: ['1000'] }),
    dueBy: time.nullable().describe('Until when it has to be answered; null where that is unknown.'),
    userId: z
      .string()
      .optional()
      .meta({
        description: "The user whose wallet it is; only in the platform's log, null where it is nobody's.",
        examples: ['user-17'],
      }),
  })
  .meta({ id: 'DisputeEventData', description: 'A dispute as it is now.' });

const refill = z.strictObject({
  account: z.enum(['platform', 'org']).describe("Whose account it is: the platform's or the org's."),
});
const subscription = z
  .strictObject({
    subscriptionId: z.string().meta({ description: 'The id of the subscription.', examples: ['sub_1'] }),
    userId: z
      .string()
      .nullable()
      .meta({
        description: "The user whose wallet it is; only in the platform's log, null where it is nobody's.",
        examples: ['user-17'],
      }),
    state: z.enum(SUBSCRIPTION_STATES).describe('The state afterwards.'),
    periodEnd: time.nullable().describe('When the present period ends; null where there is none.'),
  })
  .meta({ id: 'SubscriptionEventData', description: 'A subscription as it is now.' });
const budget = z.strictObject({
  budgetId: z.uuid().describe('The id of the budget.'),
  name: z
    .string()
    .nullable()
    .meta({ description: 'The name of the budget; null without one.', examples: ['Chat of user-17'] }),
  subject: z.enum(BUDGET_SUBJECTS).describe('Which field of a spend the budget is about.'),
  value: z
    .string()
    .meta({ description: 'The user, team, app, service or key that it is about.', examples: ['user-17'] }),
  period: z.enum(BUDGET_PERIODS).describe('When the budget begins anew, in the time zone of the org; `none`: never.'),
  mode: z.enum(['hard', 'soft']).describe('Whether the budget refuses or only warns.'),
  limitUsd: amount.describe('The limit of a period, in USD.'),
  renewsAt: time.nullable().describe('When the budget begins anew; null where it never does.'),
});
const budgetNotice = budget
  .extend({
    usedUsd: amount.describe('What was spent in the present period, in USD.'),
    reservedUsd: amount.describe('What open holds reserve of it, in USD.'),
    leftUsd: amount.describe('What is left, in USD.'),
    periodStart: time.nullable().describe('When the present period began; null where there is none.'),
    entryId: z
      .string()
      .meta({ description: 'The id of the entry.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
  })
  .meta({ id: 'BudgetNoticeData', description: 'A budget, and what was counted in it.' });
const rail = z
  .strictObject({
    rail: z.string().meta({ description: 'The contra account of the card rail.', examples: ['clearing:stripe'] }),
    reason: z.string().meta({ description: 'Why.', examples: ['more is due than the provider took'] }),
    dueUsd: amount.describe('What is due on the rail, in USD.'),
    gotUsd: amount.describe('What the provider took less what it gave back, in USD.'),
  })
  .meta({ id: 'RailEventData', description: 'A card rail, what is due on it and what was got.' });

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
  'entry.created': z.strictObject({
    entryId: z
      .string()
      .meta({ description: 'The id of the entry.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
    ...ofEntry.shape,
  }),
  'deposit.observed': deposit,
  'deposit.credited': bookedDeposit,
  'deposit.unmatched': deposit,
  'deposit.set_aside': deposit,
  'deposit.orphaned': deposit,
  'deposit.reversed': bookedDeposit,
  'balance.status_changed': z.strictObject({
    status: status.describe('The status afterwards.'),
    previousStatus: status.describe('The status before.'),
    availableUsd: amount.describe('What can be spent, in USD.'),
    cause: z.enum(['entry', 'thresholds', 'suspension', 'freeze']).describe('What changed the status.'),
    entryId: z
      .string()
      .nullable()
      .meta({
        description: 'The id of the entry; null where none caused it.',
        examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
      }),
    ...ofUser,
  }),
  'hold.expired': z.strictObject({
    holdId: z
      .string()
      .meta({ description: 'The id of the hold.', examples: ['hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40'] }),
    entryId: z
      .string()
      .meta({ description: 'The id of the entry.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
    serviceType: service.describe('The service; null where it is about none.'),
    amountUsd: amount.describe('The amount in USD.'),
    giftCards: z.int().min(0).describe('How many free gift cards it is about.'),
    reference: z
      .string()
      .nullable()
      .meta({ description: "The caller's own reference.", examples: ['chat-8812'] }),
    availableAfterUsd: amount.describe('What could be spent after it, in USD.'),
    ...ofUser,
  }),
  'credits.expiring': z.strictObject({
    amountUsd: amount.describe('The amount in USD.'),
    expiresAt: time.describe('When the credit ends.'),
    noticeDays: z.int().describe('How many days before the end the notice comes.'),
    userId: z
      .string()
      .nullable()
      .meta({
        description: "The user whose wallet it is; only in the platform's log, null where it is nobody's.",
        examples: ['user-17'],
      }),
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
    orderId: z.uuid().describe('The id of the order.'),
    amountUsd: amount.describe('The amount in USD.'),
    reason: z.literal('authentication_required').describe('Why.'),
    url: z
      .string()
      .nullable()
      .meta({
        description: 'Where the payer confirms the payment; null where there is no such page.',
        examples: ['https://invoice.stripe.com/i/acct_1/test'],
      }),
  }),
  'auto_refill.succeeded': refill.extend({
    orderId: z.uuid().describe('The id of the order.'),
    amountUsd: amount.describe('The amount in USD.'),
  }),
  'auto_refill.failed': refill.extend({
    orderId: z.uuid().nullable().describe('The id of the order; null where there is none.'),
    amountUsd: amount.describe('The amount in USD.'),
    reason: z.string().meta({ description: 'Why.', examples: ['card_declined'] }),
    retryAt: time.nullable().describe('When it is tried again; null where it is not.'),
  }),
  'auto_refill.stopped': refill.extend({ reason: z.enum(STOP_REASONS).describe('Why.') }),
  'subscription.activated': subscription,
  'subscription.renewed': z.strictObject({
    subscriptionId: z.string().meta({ description: 'The id of the subscription.', examples: ['sub_1'] }),
    userId: z
      .string()
      .nullable()
      .meta({
        description: "The user whose wallet it is; only in the platform's log, null where it is nobody's.",
        examples: ['user-17'],
      }),
    orderId: z.uuid().describe('The id of the order.'),
    planId: z.uuid().describe('The id of the plan.'),
    interval: z.enum(INTERVALS).describe('How long a period of the subscription is.'),
    creditUsd: amount.describe('The credit that it brings, in USD.'),
    periodStart: time.describe('When the present period began.'),
    periodEnd: time.describe('When the present period ends.'),
  }),
  'subscription.past_due': subscription,
  'subscription.cancelled': subscription,
  'subscription.ended': subscription,
  'budget.warned': budgetNotice,
  'budget.exhausted': budgetNotice,
  'budget.renewed': budget.extend({
    lastUsedUsd: amount.describe('What was spent in the period before, in USD.'),
    periodStart: time.describe('When the present period began.'),
  }),
  'rail.frozen': rail,
  'rail.released': rail,
  'webhook.disabled': z.strictObject({
    endpointId: z.uuid().describe('The id of the webhook endpoint.'),
    url: z.string().meta({ description: 'The URL.', examples: ['https://shop.example/hooks'] }),
    reason: z.enum(['failing', 'gone']).describe('Why.'),
    failingSince: time.describe('Since when every delivery has failed.'),
  }),
  'webhook.test': z.strictObject({ endpointId: z.uuid().describe('The id of the webhook endpoint.') }),
} satisfies { readonly [Kind in EventKind]: z.ZodType<EventDataByKind[Kind]> };

const envelope = {
  id: z
    .string()
    .regex(/^evt_[0-9a-f-]{36}$/)
    .meta({
      description: 'The id of the event, also the `webhook-id` of its deliveries.',
      examples: ['evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
    }),
  timestamp: time.describe('When it happened.'),
  orgId: z.uuid().nullable().describe("The org; null in the platform's own log."),
  cursor: z
    .string()
    .regex(/^[0-9]{16}$/)
    .meta({ description: 'The position in the log: read from here on with `after`.', examples: ['0000000000000042'] }),
};

/** One event of a kind. */
const eventOf = (kind: EventKind) =>
  z
    .strictObject({
      ...envelope,
      type: z.literal(kind).describe('Which event it is.'),
      data: DATA[kind].describe('What happened.'),
    })
    .meta({ id: `${typeNameOf(kind)}Event` });

/** `DepositSetAside` for `deposit.set_aside`. */
function typeNameOf(kind: EventKind): string {
  const words = kind.split(/[._]/);
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

const [first, ...others] = EVENT_KINDS;

/** One event: `type` says which data it carries. */
export const eventView = z.discriminatedUnion('type', [eventOf(first), ...others.map(eventOf)]).meta({
  id: 'Event',
  description: 'Something that happened; `type` says what, and which data it carries.',
});
