/** Schemas of the treasury's calls. Amounts are decimal USD as strings; times are ISO 8601. */
import { z } from 'zod';
import { byteOrderMark } from '../money/period.ts';
import { lotsShown } from '../money/restriction.ts';
import type { BalanceView } from '../../views/balance.ts';
import { cursor, limit, moment, nameText, text } from '../endpoint/validate.ts';
import { chargeFields, mustCharge } from '../money/charge.ts';
import { BALANCE_EXAMPLE, DEBIT_EXAMPLE } from '../money/examples.ts';
import { challengeView, proofBody } from './ownership-schemas.ts';
import { time, nextCursor, amount } from '../endpoint/fields.ts';
import {
  entryType,
  entryView,
  keyFields,
  metadataFilter,
  noteFields,
  notesShown,
  pricingShown,
  outcomeFields,
  serviceName,
  serviceType,
} from '../money/schemas.ts';

const ADDRESS_LENGTH_MAX = 66;

export const registerSenderBody = z.strictObject({
  address: z
    .string()
    .min(1, 'must not be empty')
    .max(ADDRESS_LENGTH_MAX, 'is too long for an address')
    .meta({ description: 'The address on the chain.', examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'] }),
  chain: z
    .string()
    .min(1, 'must not be empty')
    .max(64, 'is too long for a CAIP-2 chain id')
    .optional()
    .meta({
      description: 'The chain, as a CAIP-2 id; left out: every configured chain of the family.',
      examples: ['eip155:8453'],
    }),
  label: nameText(200)
    .optional()
    .meta({ description: 'A name that people read.', examples: ['Treasury'] }),
  packId: z
    .string()
    .min(1, 'must not be empty')
    .max(64, 'is too long for a pack id')
    .optional()
    .meta({ description: 'A credit pack that the next deposit is to pay for.', examples: ['starter'] }),
  proof: proofBody.optional().describe('The signed challenge.'),
});

const senderFields = {
  senderId: z.uuid().describe('The id of the sender.'),
  address: z
    .string()
    .meta({ description: 'The address on the chain.', examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'] }),
  chain: z
    .string()
    .nullable()
    .meta({
      description: 'The chain, as a CAIP-2 id; null: every configured chain of the family.',
      examples: ['eip155:8453'],
    }),
  chains: z.array(z.string()).describe('The chains on which deposits from it count.'),
  label: z
    .string()
    .nullable()
    .meta({ description: 'The name that people read; null without one.', examples: ['Treasury'] }),
  state: z.enum(['bound', 'unproven']).describe('`bound`, or `unproven` until a proof of ownership is given.'),
  registeredAt: time.describe('When it was registered.'),
  provenAt: time.nullable().describe('When the org last proved that it owns the address; null when it never did.'),
};

/** How long a deposit usually takes to be credited, as the deployment says; null when it does not. */
const expectedSeconds = z.int().min(0).nullable();

export const registerSenderReply = z.strictObject({
  ...senderFields,
  creditsAddresses: z
    .array(
      z.strictObject({
        chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
        address: z.string().meta({
          description: 'The credits address to send to.',
          examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
        }),
        token: z.string().meta({
          description: 'The address of the token contract.',
          examples: ['0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'],
        }),
        symbol: z.string().meta({ description: 'The symbol of the token.', examples: ['USDC'] }),
        expectedSeconds: expectedSeconds.describe(
          'How long a deposit usually takes to be credited, in seconds, as the deployment says; null when it does not.',
        ),
      }),
    )
    .describe('Where to send: one address for each token and chain.'),
  expectedSeconds: expectedSeconds.describe(
    'The longest of those of the addresses, in seconds; null when one of them is unknown.',
  ),
  orderId: z.uuid().optional().describe('The order that the deposit is to pay, where a pack was named.'),
  note: z
    .string()
    .optional()
    .meta({
      description: 'What an unproven sender still needs.',
      examples: ['sign the challenge to prove that you own the address'],
    }),
  challenge: challengeView.optional().describe('The message to sign, for an unproven sender.'),
});

const senderView = z.strictObject(senderFields).meta({ id: 'Sender' });

export const sendersReply = z.strictObject({
  senders: z.array(senderView).describe('The senders, newest first.'),
  nextCursor,
});

const packView = z
  .strictObject({
    id: z.string().meta({ description: 'The id of the pack.', examples: ['starter'] }),
    name: z.string().meta({ description: 'The name that people read.', examples: ['Starter'] }),
    amountUsd: amount.describe('What it costs and brings, in USD.'),
    freeGiftCards: z.int().min(0).describe('How many free gift cards it brings.'),
    tagline: z.string().meta({ description: 'A line about the pack.', examples: ['To try it out'] }),
    popular: z.boolean().describe('Whether most buyers choose it.'),
  })
  .meta({ id: 'Pack' });

export const packsReply = z.strictObject({ packs: z.array(packView).describe('The credit packs.') });

export const balanceQuery = z.strictObject({
  at: moment.optional().describe('Of which time: everything recorded before it. Left out: now.'),
});

export const balanceReply = z
  .strictObject({
    totalUsd: amount.describe('What is available and what is held, in USD.'),
    availableUsd: amount.describe('What can be spent, in USD; negative in debt.'),
    heldUsd: amount.describe('What open holds keep, in USD.'),
    pendingUsd: amount.describe('What deposits bring that wait for their blocks, in USD.'),
    debtUsd: amount.describe('What is owed, in USD.'),
    frozenUsd: amount.describe('What disputes keep from being spent, in USD.'),
    ...lotsShown,
    freeGiftCards: z.int().min(0).describe('How many free gift cards there are.'),
    status: z
      .enum(['OK', 'LOW', 'CRITICAL', 'SUSPENDED'])
      .describe('OK, LOW or CRITICAL (below the thresholds), SUSPENDED (nothing is left to spend).'),
    lowBalanceThresholdUsd: amount.nullable().describe('Below it the balance is LOW, in USD; null: never.'),
    criticalThresholdUsd: amount.nullable().describe('Below it the balance is CRITICAL, in USD; null: never.'),
    at: time.describe('The time that the balance is of.'),
  })
  .meta({ id: 'Balance', examples: [BALANCE_EXAMPLE] }) satisfies z.ZodType<BalanceView>;

const entryFilter = {
  type: entryType.optional().describe('What kind of entry it is.'),
  serviceType: serviceType.optional(),
  appId: text(255)
    .optional()
    .meta({
      description:
        'Only entries of this app. A page looks at 10,000 entries: it may have few or none and still a `nextCursor`.',
      examples: ['desk'],
    }),
  reference: text(255)
    .optional()
    .meta({ description: 'Only entries with this reference.', examples: ['chat-8812'] }),
  idempotencyKey: z
    .string()
    .min(1)
    .max(600)
    .optional()
    .meta({
      description: 'Only the entries of the command with this key, as it was sent, with or without its quotes.',
      examples: ['order-8812-charge'],
    }),
  holdId: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({
      description: 'Only the entries about this hold.',
      examples: ['hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40'],
    }),
  metadata: metadataFilter.optional(),
  from: moment.optional().describe('Only entries of this time or later.'),
  to: moment.optional().describe('Only entries before this time.'),
};
export const ledgerQuery = z.discriminatedUnion('format', [
  z.strictObject({
    format: z
      .literal('json')
      .optional()
      .describe('The form of the answer; CSV has all entries of the span and no pages.'),
    ...entryFilter,
    limit,
    cursor,
  }),
  // CSV has no pages: it holds all entries of the span.
  z.strictObject({
    format: z.literal('csv').describe('The form of the answer; CSV has all entries of the span and no pages.'),
    ...entryFilter,
    bom: byteOrderMark,
  }),
]);

export const ledgerReply = z.strictObject({
  entries: z.array(entryView).describe('The entries, newest first.'),
  nextCursor,
});

/** A deposit of an org, with its progress towards credit. */
export const depositView = z
  .strictObject({
    id: z.uuid().describe('The id of the deposit.'),
    state: z
      .string()
      .meta({ description: 'How far it is, such as `confirming` or `credited`.', examples: ['credited'] }),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it is in this state; null when the state says enough.', examples: ['below_minimum'] }),
    amountUsd: amount.describe('The amount in USD.'),
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
    confirmations: z
      .int()
      .min(0)
      .nullable()
      .describe('How many blocks are above that of the deposit; null while that is unknown.'),
    confirmationsNeeded: z
      .int()
      .min(0)
      .nullable()
      .describe('How many blocks have to be above it; null while that is unknown.'),
    estimatedSeconds: z
      .int()
      .min(0)
      .nullable()
      .describe(
        "Seconds until it has enough confirmations, at its chain's pace; null when unknown or when it waits for none.",
      ),
    provisional: z
      .boolean()
      .describe(
        "Whether it was credited early, within the org's provisional limit, and its chain could still undo it.",
      ),
    entryId: z
      .string()
      .nullable()
      .meta({
        description: 'The entry that credited it; null while it is not credited.',
        examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
      }),
    orderId: z.uuid().nullable().describe('The order that it pays; null where it pays none.'),
    observedAt: time.describe('When it was first seen.'),
    creditedAt: time.nullable().describe('When it was credited; null while it is not.'),
  })
  .meta({ id: 'Deposit' });

export const depositsReply = z.strictObject({ deposits: z.array(depositView).describe('The deposits.'), nextCursor });

export const debitBody = mustCharge(
  z.strictObject({
    serviceType,
    /** Either the amount, or an action and its quantity, which the price book prices. */
    ...chargeFields,
    ...noteFields,
    ...keyFields,
  }),
).meta({
  examples: [
    { serviceType: 'AI_API', amountUsd: '0.35', reference: 'chat-8812' },
    { serviceType: 'AI_API', action: 'chat', quantity: '1500' },
  ],
});

export const debitReply = z
  .strictObject({
    entryId: z
      .string()
      .nullable()
      .meta({
        description:
          'The first of the entries: a debit writes one for each lot that it draws on. Null where an action costs nothing.',
        examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
      }),
    type: entryType.describe('What kind of entry it is.'),
    serviceType: serviceName
      .nullable()
      .meta({ description: 'The service that was charged; null where none was.', examples: ['AI_API'] }),
    amountUsd: amount.describe('What was debited, in USD, as a positive amount; the amounts of entries are signed.'),
    ...pricingShown,
    ...notesShown,
    createdAt: time.describe('When it was recorded.'),
    ...outcomeFields,
  })
  .meta({ id: 'Debit', examples: [DEBIT_EXAMPLE] });
