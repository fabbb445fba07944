/** Schemas of the treasury's calls. Amounts are decimal USD as strings; times are ISO 8601. */
import { z } from 'zod';
import { byteOrderMark } from '../money/period.ts';
import { lotsShown } from '../money/restriction.ts';
import { ENTRY_TYPES } from '../../core/ledger/vocabulary.ts';
import type { BalanceView } from '../../views/balance.ts';
import { cursor, limit, moment, nameText, text } from '../endpoint/validate.ts';
import { chargeFields, mustCharge } from '../money/charge.ts';
import { challengeView, proofBody } from './ownership-schemas.ts';
import { time, nextCursor, amount } from '../endpoint/fields.ts';
import {
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
  address: z.string().min(1, 'must not be empty').max(ADDRESS_LENGTH_MAX, 'is too long for an address'),
  chain: z.string().min(1, 'must not be empty').max(64, 'is too long for a CAIP-2 chain id').optional(),
  label: nameText(200).optional(),
  packId: z.string().min(1, 'must not be empty').max(64, 'is too long for a pack id').optional(),
  proof: proofBody.optional(),
});

const senderFields = {
  senderId: z.uuid(),
  address: z.string(),
  /** Null means every configured chain of the family, as listed in `chains`. */
  chain: z.string().nullable(),
  chains: z.array(z.string()),
  label: z.string().nullable(),
  state: z.enum(['bound', 'unproven']),
  registeredAt: time,
  /** When the org last proved that it owns the address; null when it never did. */
  provenAt: time.nullable(),
};

/** How long a deposit usually takes to be credited, as the deployment says; null when it does not. */
const expectedSeconds = z.int().min(0).nullable();

export const registerSenderReply = z.strictObject({
  ...senderFields,
  creditsAddresses: z.array(
    z.strictObject({
      chain: z.string(),
      address: z.string(),
      token: z.string(),
      symbol: z.string(),
      expectedSeconds,
    }),
  ),
  /** The longest of those of the addresses; null when one of them is unknown. */
  expectedSeconds,
  orderId: z.uuid().optional(),
  /** What an unproven sender still needs; `challenge` is the message to sign. */
  note: z.string().optional(),
  challenge: challengeView.optional(),
});

export const sendersReply = z.strictObject({ senders: z.array(z.strictObject(senderFields)), nextCursor });

export const packsReply = z.strictObject({
  packs: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      amountUsd: amount,
      freeGiftCards: z.int().min(0),
      tagline: z.string(),
      popular: z.boolean(),
    }),
  ),
});

export const balanceQuery = z.strictObject({ at: moment.optional() });

export const balanceReply = z.strictObject({
  totalUsd: amount,
  availableUsd: amount,
  heldUsd: amount,
  pendingUsd: amount,
  debtUsd: amount,
  frozenUsd: amount,
  ...lotsShown,
  freeGiftCards: z.int().min(0),
  status: z.enum(['OK', 'LOW', 'CRITICAL', 'SUSPENDED']),
  lowBalanceThresholdUsd: amount.nullable(),
  criticalThresholdUsd: amount.nullable(),
  at: time,
}) satisfies z.ZodType<BalanceView>;

const entryFilter = {
  type: z.enum(ENTRY_TYPES, `must be one of ${ENTRY_TYPES.join(', ')}`).optional(),
  serviceType: serviceType.optional(),
  appId: text(255).optional(),
  reference: text(255).optional(),
  /** As it was sent, with or without its quotes. */
  idempotencyKey: z.string().min(1).max(600).optional(),
  holdId: z.string().min(1).max(100).optional(),
  metadata: metadataFilter.optional(),
  from: moment.optional(),
  to: moment.optional(),
};
export const ledgerQuery = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('json').optional(), ...entryFilter, limit, cursor }),
  // CSV has no pages: it holds all entries of the span.
  z.strictObject({ format: z.literal('csv'), ...entryFilter, bom: byteOrderMark }),
]);

export const ledgerReply = z.strictObject({ entries: z.array(entryView), nextCursor });

export const depositsReply = z.strictObject({
  deposits: z.array(
    z.strictObject({
      id: z.uuid(),
      state: z.string(),
      /** Why it is in this state; null when the state says enough. */
      reason: z.string().nullable(),
      amountUsd: amount,
      chain: z.string(),
      token: z.string(),
      txHash: z.string(),
      /** Position of the transfer among the logs of its transaction. */
      ordinal: z.int().min(0),
      fromAddress: z.string(),
      toAddress: z.string(),
      blockNumber: z.int().min(0),
      blockTime: time,
      /** Blocks above the deposit's block so far, and how many are needed now; null while that is unknown. */
      confirmations: z.int().min(0).nullable(),
      confirmationsNeeded: z.int().min(0).nullable(),
      /** Time until it has enough confirmations, at its chain's pace; null when unknown or when it waits for none. */
      estimatedSeconds: z.int().min(0).nullable(),
      /** Whether it was credited early, within the org's provisional limit, and its chain could still undo it. */
      provisional: z.boolean(),
      entryId: z.string().nullable(),
      orderId: z.uuid().nullable(),
      observedAt: time,
      creditedAt: time.nullable(),
    }),
  ),
  nextCursor,
});

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

export const debitReply = z.strictObject({
  /** The first of the entries: a debit writes one for each lot that it draws on. Null where an action costs nothing. */
  entryId: z.string().nullable(),
  type: z.enum(ENTRY_TYPES),
  serviceType: serviceName.nullable(),
  /** What was debited, as a positive amount; the amounts of entries are signed. */
  amountUsd: amount,
  ...pricingShown,
  ...notesShown,
  createdAt: time,
  ...outcomeFields,
});
