/** What moved the wallet of a user as JSON: in dollars for the universal wallet, in whole credits for the credits surface. */
import { creditsMoved } from '../../core/credits/unit.ts';
import { formatEntryId } from '../../core/ids.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import type { EntryType } from '../../core/ledger/vocabulary.ts';
import type { Transaction } from '../../db/ledger/transactions.ts';

export const WALLET_ENTRY_TYPES = [
  'topup',
  'deduct',
  'grant',
  'refund',
  'hold',
  'release',
  'expiry',
  'adjustment',
] as const;
export type WalletEntryType = (typeof WALLET_ENTRY_TYPES)[number];

export const CREDIT_ENTRY_TYPES = [
  'ai_usage',
  'usage',
  'topup',
  'subscription',
  'checkin',
  'coupon',
  'manual',
  'refund',
  'hold',
  'release',
  'expiry',
] as const;
export type CreditEntryType = (typeof CREDIT_ENTRY_TYPES)[number];

/** How each type of entry is called on the two surfaces. */
const NAMES: Readonly<Record<EntryType, readonly [WalletEntryType, CreditEntryType]>> = {
  DEPOSIT: ['topup', 'topup'],
  GRANT: ['grant', 'manual'],
  FREE_TIER_GRANT: ['grant', 'manual'],
  CHECK_IN_GRANT: ['grant', 'checkin'],
  COUPON_GRANT: ['grant', 'coupon'],
  SUBSCRIPTION_GRANT: ['grant', 'subscription'],
  REV_SHARE_CREDIT: ['grant', 'manual'],
  SKU_MARGIN: ['deduct', 'usage'],
  AI_API_CALL: ['deduct', 'ai_usage'],
  GAS_SUBSIDY: ['deduct', 'usage'],
  GIFT_REDEEM: ['deduct', 'usage'],
  CHARGE: ['deduct', 'usage'],
  GIFT_HOLD: ['hold', 'hold'],
  HOLD: ['hold', 'hold'],
  GIFT_HOLD_RELEASE: ['release', 'release'],
  HOLD_RELEASE: ['release', 'release'],
  REFUND: ['refund', 'refund'],
  CLAWBACK: ['refund', 'refund'],
  CLAWBACK_REVERSAL: ['refund', 'refund'],
  GRANT_REVERSAL: ['refund', 'refund'],
  DEPOSIT_REVERSAL: ['refund', 'refund'],
  REV_SHARE_PAYOUT: ['refund', 'refund'],
  WITHDRAWAL: ['refund', 'refund'],
  LOT_EXPIRY: ['expiry', 'expiry'],
  ADJUSTMENT: ['adjustment', 'manual'],
  SETTLEMENT: ['adjustment', 'manual'],
};

/** The name under which a deduct of a named amount notes its feature, beside the ledger. */
export const FEATURE_KEY = 'feature';

export interface WalletItemView {
  readonly id: string;
  readonly type: WalletEntryType;
  readonly feature?: string;
  /** In micros: its effect on what can be spent. */
  readonly credits: bigint;
  readonly balance_after: bigint;
  readonly stripe_session_id?: string;
  readonly created_at: string;
}

/**
 * The JSON of a transaction for the universal wallet.
 * @param sessions the checkout of each order, by the order
 */
export function viewOfWalletItem(transaction: Transaction, sessions: ReadonlyMap<string, string>): WalletItemView {
  const { first, amountMicros, balanceMicros } = transaction;
  const feature = featureOf(first);
  const session = first.packOrder === null ? undefined : sessions.get(first.packOrder);
  return {
    id: formatEntryId(first.wallet, BigInt(first.seq)),
    type: NAMES[first.type][0],
    ...(feature === undefined ? {} : { feature }),
    credits: amountMicros,
    balance_after: balanceMicros,
    ...(session === undefined ? {} : { stripe_session_id: session }),
    created_at: new Date(first.atMs).toISOString(),
  };
}

/** A feature that the price book priced is the action of its entry. */
function featureOf({ action, text }: Entry): string | undefined {
  return action ?? text?.metadata?.[FEATURE_KEY];
}

export interface CreditItemView {
  readonly id: string;
  readonly type: CreditEntryType;
  /** Whole credits; those of all transactions sum to the balance. */
  readonly amount: bigint;
  readonly description: string | null;
  readonly created_at: string;
}

/**
 * The JSON of a transaction in whole credits.
 * @param subscribed whether the order that it is of pays a subscription
 */
export function viewOfCreditItem(
  { first, amountMicros, balanceMicros: afterMicros }: Transaction,
  creditMicros: bigint,
  subscribed: (order: string) => boolean,
): CreditItemView {
  const isSubscription = first.type === 'DEPOSIT' && first.packOrder !== null && subscribed(first.packOrder);
  return {
    id: formatEntryId(first.wallet, BigInt(first.seq)),
    type: isSubscription ? 'subscription' : NAMES[first.type][1],
    amount: creditsMoved({ beforeMicros: afterMicros - amountMicros, afterMicros }, creditMicros),
    description: first.text?.description ?? first.description,
    created_at: new Date(first.atMs).toISOString(),
  };
}
