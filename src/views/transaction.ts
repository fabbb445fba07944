/** A movement of an org's wallet as JSON: what one command did to what is available, in whole micro-dollars. */
import { formatEntryId } from '../core/ids.ts';
import type { EntryType } from '../core/ledger/vocabulary.ts';
import { formatUsd } from '../core/money.ts';
import type { Transaction } from '../db/ledger/transactions.ts';

export const TRANSACTION_TYPES = ['deposit', 'charge', 'hold', 'release', 'refund', 'expiry', 'adjustment'] as const;
export type TransactionType = (typeof TRANSACTION_TYPES)[number];

/** How each type of entry is called here. */
const TYPES: Readonly<Record<EntryType, TransactionType>> = {
  DEPOSIT: 'deposit',
  GRANT: 'deposit',
  FREE_TIER_GRANT: 'deposit',
  CHECK_IN_GRANT: 'deposit',
  COUPON_GRANT: 'deposit',
  SUBSCRIPTION_GRANT: 'deposit',
  REV_SHARE_CREDIT: 'deposit',
  SKU_MARGIN: 'charge',
  AI_API_CALL: 'charge',
  GAS_SUBSIDY: 'charge',
  GIFT_REDEEM: 'charge',
  CHARGE: 'charge',
  GIFT_HOLD: 'hold',
  HOLD: 'hold',
  GIFT_HOLD_RELEASE: 'release',
  HOLD_RELEASE: 'release',
  REFUND: 'refund',
  CLAWBACK: 'refund',
  CLAWBACK_REVERSAL: 'refund',
  GRANT_REVERSAL: 'refund',
  DEPOSIT_REVERSAL: 'refund',
  REV_SHARE_PAYOUT: 'refund',
  WITHDRAWAL: 'refund',
  LOT_EXPIRY: 'expiry',
  ADJUSTMENT: 'adjustment',
  SETTLEMENT: 'adjustment',
};

export interface TransactionView {
  readonly transaction_id: string;
  readonly type: TransactionType;
  /** Its effect on what is available: these amounts sum to the balance. */
  readonly amount_micros: bigint;
  readonly balance_after: bigint;
  readonly description: string | null;
  readonly app_id: string | null;
  readonly created_at: string;
}

/** The JSON of a transaction. */
export function viewOfTransaction({ first, amountMicros, balanceMicros }: Transaction): TransactionView {
  return {
    transaction_id: formatEntryId(first.wallet, BigInt(first.seq)),
    type: TYPES[first.type],
    amount_micros: amountMicros,
    balance_after: balanceMicros,
    description: first.text?.description ?? first.description,
    app_id: first.appId,
    created_at: new Date(first.atMs).toISOString(),
  };
}

export interface OrgWalletView {
  /** What can be spent, in micros; below zero in debt. */
  readonly wallet_balance: bigint;
  readonly wallet_balance_usd: string;
}

/** The JSON of a balance. */
export function viewOfOrgWallet(balanceMicros: bigint): OrgWalletView {
  return { wallet_balance: balanceMicros, wallet_balance_usd: dollars(balanceMicros) };
}

/** Micros as people write dollars: `$10.00`, `-$3.20`. */
export function dollars(micros: bigint): string {
  return micros < 0n ? `-$${formatUsd(-micros)}` : `$${formatUsd(micros)}`;
}
