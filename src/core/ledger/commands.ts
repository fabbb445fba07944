/** The commands that change a wallet, and the bounds of what they may ask for. */
import type { PriceRow, Pricing } from '../pricing/price-book.ts';
import type { Priced } from '../pricing/stamp.ts';
import type { Metadata, Words } from './entry-text.ts';
import type { LotTerms } from './head.ts';
import type { EntryType, ServiceType } from './vocabulary.ts';

/** How long a hold lasts where its caller names no duration. */
export const HOLD_DURATION_DEFAULT_MS = 15 * 60_000;
/** The longest that a hold may last, from its opening or from an extension. A deployment may allow less. */
export const HOLD_DURATION_MAX_MS = 30 * 24 * 3_600_000;

/** What a command may note with its entries. */
export interface Notes {
  readonly reference?: string | undefined;
  readonly appId?: string | undefined;
  readonly userId?: string | undefined;
  readonly teamId?: string | undefined;
  /** The caller's words, which lie beside the ledger; up to 1,000 characters. */
  readonly description?: string | undefined;
  readonly metadata?: Metadata | undefined;
  /** Our own words, which are part of the entry. */
  readonly remark?: string | undefined;
}

/** Money comes to the wallet from its contra account, and opens a lot unless it returns to one. */
export interface CreditCommand {
  readonly op: 'credit';
  readonly type: EntryType;
  readonly amountMicros: bigint;
  readonly contra: string;
  readonly terms: LotTerms;
  /**
   * The lot that the money was taken from and returns to, with the terms that it has in the table of lots; only for types
   * that give back (CLAWBACK_REVERSAL, GRANT_REVERSAL).
   */
  readonly lot?: number | undefined;
  /** Free gift cards that come with it. A GRANT_REVERSAL may bring back cards alone, with an amount of zero. */
  readonly giftCards?: number | undefined;
  readonly deposit?: string | undefined;
  readonly packOrder?: string | undefined;
  /** The charge that a REFUND gives back, by the number of its first entry. */
  readonly refundOf?: number | undefined;
  readonly service?: ServiceType | undefined;
  readonly notes?: Notes | undefined;
}

/** What a command that spends may say in place of its amount. */
interface MayBePriced {
  /** The price book says at the command's time what it costs; its amount is zero then. */
  readonly priced?: Priced | undefined;
  /** What the rule priced it by. */
  readonly pricing?: Pricing | undefined;
}

/** Lots that may go back to a payer, or lots that a revenue share opened. */
export type DrawsOnly = 'refundable' | 'rev_share';

/** What is known of a call that spends. */
interface MayBeCounted {
  /** The id of the API key that made it: budgets may be about that. No part of what its idempotency key is compared by. */
  readonly callingKey?: string | undefined;
}

/** Money leaves the wallet for its contra account, drawn from lots in spending order. */
export interface DebitCommand extends MayBePriced, MayBeCounted {
  readonly op: 'debit';
  readonly type: EntryType;
  readonly amountMicros: bigint;
  readonly contra: string;
  readonly service?: ServiceType | undefined;
  /** Draw from these lots first, in this order (a claw-back or reversal of what opened them). */
  readonly lotsFirst?: readonly number[] | undefined;
  /** Draw only from lots of this kind (those that may be paid out); left out: from all. */
  readonly drawsOnly?: DrawsOnly | undefined;
  /** An amount beyond what is available becomes debt instead of a refusal; only for types that take money back. */
  readonly mayOwe?: boolean | undefined;
  /** A CLAWBACK that is written even above what counts as deposited: its payer has the money back already. */
  readonly mustTake?: boolean | undefined;
  /**
   * Free gift cards to take back with it: as many of them as are still available. A GRANT_REVERSAL may take cards alone,
   * with an amount of zero.
   */
  readonly giftCards?: number | undefined;
  readonly deposit?: string | undefined;
  readonly packOrder?: string | undefined;
  readonly notes?: Notes | undefined;
}

/** How many holds a wallet may have open unless it is configured otherwise. */
export const OPEN_HOLDS_MAX = 100_000;

/** Reserves money, or one free gift card, until it is captured, released or expires. */
export interface HoldCommand extends MayBePriced, MayBeCounted {
  readonly op: 'hold';
  readonly service: ServiceType;
  /** Zero exactly when `gift`, or when it is priced. */
  readonly amountMicros: bigint;
  readonly gift: boolean;
  /** Counted from the time of the entry that opens it, so that a replay gives the same end. */
  readonly durationMs: number;
  /** Draw from this open hold, and not from what is available. */
  readonly parent?: number | undefined;
  /** It ends so long after its owner's last report, and not after `durationMs` in any case. */
  readonly heartbeatMs?: number | undefined;
  /** How many holds the wallet may have open, with this one; left out: {@link OPEN_HOLDS_MAX}. */
  readonly openMax?: number;
  readonly notes?: Notes | undefined;
}

/** Debits the actual cost out of a hold and, when final, frees the rest. */
export interface CaptureCommand {
  readonly op: 'capture';
  readonly hold: number;
  readonly amountMicros: bigint;
  readonly final: boolean;
  /** Draw what the hold does not cover from what is available, instead of a refusal. */
  readonly allowOverrun: boolean;
  /** The owner is suspended by hand: what the hold has left may be spent, but nothing beyond it. */
  readonly suspended?: boolean | undefined;
  /** The most that one free gift card pays for, in micros. */
  readonly giftCardMaxMicros: bigint;
}

/** Frees a hold without a debit. */
export interface ReleaseCommand {
  readonly op: 'release';
  readonly hold: number;
  /** Why, in place of the hold's description. */
  readonly reason?: string | undefined;
}

/** Prolongs a hold: it lasts `durationMs` from now on. Never shortens it. */
export interface ExtendCommand {
  readonly op: 'extend';
  readonly hold: number;
  /** Counted from the time of the extension's entry. */
  readonly durationMs: number;
}

/** Adds money to an open hold: so much, or until it has so much left. One with a parent draws from that. */
export interface GrowCommand {
  readonly op: 'grow';
  readonly hold: number;
  readonly add: { readonly byMicros: bigint } | { readonly toMicros: bigint };
}

/** Only settles what is overdue, as happens before every command. It writes no entry of its own. */
export interface SettleCommand {
  readonly op: 'settle';
}

/** Ends what these lots have left, before the end that they were opened with. Lots that are empty stay as they are. */
export interface EndLotsCommand {
  readonly op: 'end_lots';
  /** Each by the seq of the entry that opened it. */
  readonly lots: readonly number[];
}

export type Command =
  | CreditCommand
  | DebitCommand
  | HoldCommand
  | CaptureCommand
  | ReleaseCommand
  | ExtendCommand
  | GrowCommand
  | SettleCommand
  | EndLotsCommand;

/** The identity of a command: its 16-byte key and the hash of what it asks for; and the caller's time. */
export interface Intent {
  readonly key: string;
  readonly inputHash: string;
  readonly atMs: number;
  /** The key as the caller named it, where `key` is only its hash. */
  readonly idempotencyKey?: string | undefined;
  /** 16 random bytes in hex; needed where the caller wrote something. */
  readonly salt?: string | undefined;
  /** Rows of the price book, for a priced command: all that may count at its time. */
  readonly prices?: readonly PriceRow[] | undefined;
}

/** What the caller of a command wrote. */
export function wordsOf(command: Command): Words {
  if (command.op === 'release') return { description: command.reason };
  return 'notes' in command ? (command.notes ?? {}) : {};
}

/** The holds that have to be known before a command is judged. */
export function holdsNamedBy(command: Command): readonly number[] {
  if ('hold' in command) return [command.hold];
  return command.op === 'hold' && command.parent !== undefined ? [command.parent] : [];
}
