/** The commands that change a wallet, and the bounds of what they may ask for. */
import type { LotTerms } from './head.ts';
import type { EntryType, ServiceType } from './vocabulary.ts';

/** How long a hold lasts where its caller names no time. */
export const HOLD_DURATION_DEFAULT_MS = 15 * 60_000;
/** The longest that a hold may last from its opening, or from an extension on. A deployment may allow less. */
export const HOLD_DURATION_MAX_MS = 30 * 24 * 3_600_000;

/** What a command may note on its entries. */
export interface Notes {
  readonly reference?: string | undefined;
  readonly appId?: string | undefined;
  readonly description?: string | undefined;
}

/** Money comes to the wallet from its contra account and opens a lot. */
export interface CreditCommand {
  readonly op: 'credit';
  readonly type: EntryType;
  readonly amountMicros: bigint;
  readonly contra: string;
  readonly terms: LotTerms;
  /** Free gift cards that come with it. */
  readonly giftCards?: number | undefined;
  readonly deposit?: string | undefined;
  readonly packOrder?: string | undefined;
  readonly service?: ServiceType | undefined;
  readonly notes?: Notes | undefined;
}

/** Lots that may go back to a payer, or lots that a revenue share opened. */
export type DrawsOnly = 'refundable' | 'rev_share';

/** Money leaves the wallet for its contra account, drawn from lots in spending order. */
export interface DebitCommand {
  readonly op: 'debit';
  readonly type: EntryType;
  readonly amountMicros: bigint;
  readonly contra: string;
  readonly service?: ServiceType | undefined;
  /** Draw from this lot first (a claw-back or reversal of what opened it). */
  readonly lotFirst?: number | undefined;
  /** Draw only from lots of this kind (what may leave the house); left out: from all. */
  readonly drawsOnly?: DrawsOnly | undefined;
  /** What has been spent already becomes debt instead of a refusal; only types that take money back may. */
  readonly mayOwe?: boolean | undefined;
  /** Free gift cards to take back with it: as many of them as are still available. */
  readonly giftCards?: number | undefined;
  readonly deposit?: string | undefined;
  readonly notes?: Notes | undefined;
}

/** Reserves money, or one free gift card, until it is captured, released or expires. */
export interface HoldCommand {
  readonly op: 'hold';
  readonly service: ServiceType;
  /** Zero exactly when `gift`. */
  readonly amountMicros: bigint;
  readonly gift: boolean;
  /** Counted from the time of the entry that opens it, so that a replay tells the same end. */
  readonly durationMs: number;
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
  /** The owner is suspended by hand: what was held may be spent, nothing beyond it. */
  readonly suspended?: boolean | undefined;
  /** The most that one free gift card pays for, in micros. */
  readonly giftCardMaxMicros: bigint;
  readonly notes?: Notes | undefined;
}

/** Frees a hold without a debit. */
export interface ReleaseCommand {
  readonly op: 'release';
  readonly hold: number;
  readonly notes?: Notes | undefined;
}

/** Prolongs a hold: it lasts this long from now on. Never shortens it. */
export interface ExtendCommand {
  readonly op: 'extend';
  readonly hold: number;
  /** Counted from the time of the entry that tells of the extension. */
  readonly durationMs: number;
  /** The description is the rule's own: it tells the new end. */
  readonly notes?: Omit<Notes, 'description'> | undefined;
}

/** Asks for nothing: what is overdue is settled, as before every command. It writes no entry of its own. */
export interface SettleCommand {
  readonly op: 'settle';
}

export type Command =
  | CreditCommand
  | DebitCommand
  | HoldCommand
  | CaptureCommand
  | ReleaseCommand
  | ExtendCommand
  | SettleCommand;

/** Which command this is, for ever: its 16-byte key, the hash of what it asks for, and the caller's clock. */
export interface Intent {
  readonly key: string;
  readonly inputHash: string;
  readonly atMs: number;
}
