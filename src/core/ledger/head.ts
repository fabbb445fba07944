/** The head: the state of a wallet after its last entry, with its balances, lots and holds. */
import { WalletBudgets, type BudgetMark } from '../budgets/budget.ts';
import { GENESIS_HASH } from './entry.ts';
import type { EntryText } from './entry-text.ts';
import { isSameRestriction, type Restriction } from '../lots/restriction.ts';
import { HoldBook } from './hold-book.ts';
import type { ServiceType } from './vocabulary.ts';

/** The sources of a lot. */
export const LOT_SOURCES = ['deposit', 'card', 'grant', 'refund', 'adjustment', 'settlement', 'rev_share'] as const;

/** The terms that decide when and how a lot is spent. Fixed when the lot opens. */
export interface LotTerms {
  readonly source: (typeof LOT_SOURCES)[number];
  /** The lower is spent first. */
  readonly priority: number;
  readonly promotional: boolean;
  readonly refundable: boolean;
  readonly transferable: boolean;
  readonly expiresAtMs: number | null;
  /** An order hangs on the lot, so that it is never merged. Follows from the entry that opened it; left out: none does. */
  readonly ofOrder?: true | undefined;
  /** What alone it may pay for. Stored with the entry that opened it; left out: it may pay for everything. */
  readonly restrictedTo?: Restriction | undefined;
}

/** Terms of paid-in money: spent after credit that was given away, never expires, may be returned to its payer. */
export const DEPOSIT_TERMS: LotTerms = {
  source: 'deposit',
  priority: 100,
  promotional: false,
  refundable: true,
  transferable: true,
  expiresAtMs: null,
};

/** A lot that has something left; `lot` is the seq of the entry that opened it. */
export interface OpenLot {
  readonly lot: number;
  readonly left: bigint;
  readonly terms: LotTerms;
}

/** The part of a hold that was drawn from one lot. */
export interface Draw {
  readonly lot: number;
  readonly left: bigint;
  readonly terms: LotTerms;
}

/** A hold that is not yet fully captured, released or expired. */
export interface OpenHold {
  readonly hold: number;
  readonly service: ServiceType;
  /** The action that it was priced by; null where its caller named an amount. */
  readonly action: string | null;
  /** Holds one free gift card instead of money. */
  readonly gift: boolean;
  /** All that was ever held in it, in micros. */
  readonly amount: bigint;
  readonly draws: readonly Draw[];
  readonly reference: string | null;
  readonly appId: string | null;
  readonly userId: string | null;
  readonly teamId: string | null;
  readonly text: EntryText | null;
  /** The budgets that it counts in, in the periods in which it was opened; left out: none. */
  readonly budgets?: readonly BudgetMark[] | undefined;
  /** When it ended before it was extended; later, if the lots that it drew on last longer, no extension may go. */
  readonly firstEndMs: number;
  readonly expiresAtMs: number;
  /** The hold that its money came from, and that gets what it frees. */
  readonly parent?: number | undefined;
  /** How many holds of which it is the parent are open. While there are any it stays open, even with nothing left. */
  readonly children?: number | undefined;
  /** Its owner reports at least so often: `expiresAtMs` is when it ends without a report, and this its end in any case. */
  readonly heartbeat?: { readonly everyMs: number; readonly endsAtMs: number } | undefined;
}

/** When a hold ends whatever is reported, in ms since the epoch. */
export function endOfHold({ heartbeat, expiresAtMs }: Pick<OpenHold, 'heartbeat' | 'expiresAtMs'>): number {
  return heartbeat?.endsAtMs ?? expiresAtMs;
}

/** What a hold has left, in micros. */
export function leftInHold({ draws }: Pick<OpenHold, 'draws'>): bigint {
  return draws.reduce((sum, { left }) => sum + left, 0n);
}

/** A wallet's balances that a caller is answered with, in micros. */
export type Balances = Pick<Head, 'available' | 'held'>;

/** The state of a wallet after its last entry: everything that the rules look at. Never changed, only replaced. */
export interface Head {
  readonly wallet: string;
  readonly seq: number;
  readonly atMs: number;
  readonly hash: string;
  readonly available: bigint;
  readonly held: bigint;
  readonly deposited: bigint;
  readonly giftAvailable: number;
  readonly giftHeld: number;
  /** In spending order. What they have left adds up to available plus debt. */
  readonly lots: readonly OpenLot[];
  /** They add up to `held`. */
  readonly holds: HoldBook<OpenHold>;
  readonly budgets: WalletBudgets;
  /** No lot or hold expires before this; Infinity when nothing expires. */
  readonly nextExpiryMs: number;
}

/** The head of a wallet without entries. */
export function emptyHead(wallet: string): Head {
  return {
    wallet,
    seq: 0,
    atMs: 0,
    hash: GENESIS_HASH,
    available: 0n,
    held: 0n,
    deposited: 0n,
    giftAvailable: 0,
    giftHeld: 0,
    lots: [],
    holds: HoldBook.of([]),
    budgets: WalletBudgets.NONE,
    nextExpiryMs: Infinity,
  };
}

/** The debt: available below zero, as a positive amount; else zero. */
export function debtOf(head: { readonly available: bigint }): bigint {
  return head.available < 0n ? -head.available : 0n;
}

/** The spending order: restricted lots first; then priority, soonest expiry, promotional before paid, oldest. */
export function spendsBefore(a: OpenLot, b: OpenLot): number {
  return (
    (b.terms.restrictedTo ? 1 : 0) - (a.terms.restrictedTo ? 1 : 0) ||
    a.terms.priority - b.terms.priority ||
    compareExpiry(a.terms.expiresAtMs, b.terms.expiresAtMs) ||
    (b.terms.promotional ? 1 : 0) - (a.terms.promotional ? 1 : 0) ||
    a.lot - b.lot
  );
}

function compareExpiry(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}

/**
 * True for lots whose credit is alike in everything but its age, so that they may become one lot. What was paid by card
 * always belongs to an order.
 */
export function mayMerge(a: LotTerms, b: LotTerms): boolean {
  return (
    a.source !== 'card' &&
    a.source === b.source &&
    a.priority === b.priority &&
    a.promotional === b.promotional &&
    a.refundable === b.refundable &&
    a.transferable === b.transferable &&
    a.expiresAtMs === b.expiresAtMs &&
    isSameRestriction(a.restrictedTo, b.restrictedTo) &&
    a.ofOrder !== true &&
    b.ofOrder !== true
  );
}

/**
 * Of open lots in spending order, the one that is stored without its amount, so that drawing from it changes no row: what it has
 * left is what is available less what the others have. It is the first that may pay for everything, else the first.
 */
export function remainderLot<Lot extends Pick<OpenLot, 'terms'>>(lots: readonly Lot[]): Lot | undefined {
  return lots.find(({ terms }) => terms.restrictedTo === undefined) ?? lots[0];
}

/** The earliest expiry among lots (ms since the epoch), Infinity when none expires. */
export function nextLotExpiry(lots: readonly Pick<OpenLot, 'terms'>[]): number {
  let next = Infinity;
  for (const { terms } of lots) if (terms.expiresAtMs !== null && terms.expiresAtMs < next) next = terms.expiresAtMs;
  return next;
}
