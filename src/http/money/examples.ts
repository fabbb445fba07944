/** Examples for the document of what commands answer: a debit of 0.35 USD from 100.00, a hold of 25.00. */
import type { EntryView } from '../../views/entry.ts';

const WALLET = '019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21';
const AT = '2026-01-31T12:00:00.000Z';

const notes = {
  reference: 'chat-8812',
  description: null,
  appId: null,
  userId: 'user-17',
  teamId: null,
  metadata: null,
};
const unpriced = { action: null, quantity: null, price: null };
const noCards = { giftCardsDelta: 0, giftCardsAvailableAfter: 0, giftCardsHeldAfter: 0 };

export const ENTRY_EXAMPLE = {
  id: `ent_${WALLET}_42`,
  commandId: `cmd_${WALLET}_42`,
  type: 'AI_API_CALL',
  serviceType: 'AI_API',
  amountUsd: '-0.35',
  availableDeltaUsd: '-0.35',
  heldDeltaUsd: '0.00',
  availableAfterUsd: '99.65',
  heldAfterUsd: '0.00',
  ...noCards,
  idempotencyKey: 'chat-8812',
  lotId: `lot_${WALLET}_1`,
  lotLeftUsd: '99.65',
  restrictedTo: null,
  refundOf: null,
  holdId: null,
  parentHoldId: null,
  depositId: null,
  orderId: null,
  txHash: null,
  chain: null,
  ...unpriced,
  ...notes,
  createdAt: AT,
} as const satisfies EntryView;

const HOLD_ENTRY = {
  ...ENTRY_EXAMPLE,
  id: `ent_${WALLET}_43`,
  commandId: `cmd_${WALLET}_43`,
  type: 'HOLD',
  serviceType: 'SKU_PURCHASE',
  amountUsd: '-25.00',
  availableDeltaUsd: '-25.00',
  heldDeltaUsd: '25.00',
  availableAfterUsd: '74.65',
  heldAfterUsd: '25.00',
  idempotencyKey: 'order-8812',
  lotLeftUsd: '74.65',
  holdId: `hold_${WALLET}_43`,
  reference: 'order-8812',
} as const satisfies EntryView;

export const DEBIT_EXAMPLE = {
  entryId: ENTRY_EXAMPLE.id,
  type: ENTRY_EXAMPLE.type,
  serviceType: ENTRY_EXAMPLE.serviceType,
  amountUsd: '0.35',
  ...unpriced,
  ...notes,
  createdAt: AT,
  availableUsd: '99.65',
  heldUsd: '0.00',
  entries: [ENTRY_EXAMPLE],
  idempotencyKey: 'chat-8812',
} as const;

export const HOLD_EXAMPLE = {
  holdId: HOLD_ENTRY.holdId,
  serviceType: HOLD_ENTRY.serviceType,
  amountUsd: '25.00',
  useGiftCard: false,
  parentHoldId: null,
  ...unpriced,
  ...notes,
  reference: 'order-8812',
  createdAt: AT,
  expiresAt: '2026-01-31T12:15:00.000Z',
  heartbeatSeconds: null,
  aliveUntil: null,
  availableUsd: '74.65',
  heldUsd: '25.00',
  entries: [HOLD_ENTRY],
  idempotencyKey: 'order-8812',
} as const;

export const BALANCE_EXAMPLE = {
  totalUsd: '99.65',
  availableUsd: '74.65',
  heldUsd: '25.00',
  pendingUsd: '0.00',
  debtUsd: '0.00',
  frozenUsd: '0.00',
  restricted: [],
  nextExpiry: null,
  freeGiftCards: 0,
  status: 'OK',
  lowBalanceThresholdUsd: '20.00',
  criticalThresholdUsd: '5.00',
  at: AT,
} as const;
