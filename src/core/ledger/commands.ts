import type { LotTerms } from './head.ts';
import type { EntryType, ServiceType } from './vocabulary.ts';

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

/** Money leaves the wallet for its contra account, drawn from lots in spending order. */
export interface DebitCommand {
  readonly op: 'debit';
  readonly type: EntryType;
  readonly amountMicros: bigint;
  readonly contra: string;
  readonly service?: ServiceType | undefined;
  /** Draw from this lot first (a claw-back or reversal of what opened it). */
  readonly lotFirst?: number | undefined;
  /** What has been spent already becomes debt instead of a refusal; only types that take money back may. */
  readonly mayOwe?: boolean | undefined;
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
  readonly expiresAtMs: number;
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

export type Command = CreditCommand | DebitCommand | HoldCommand | CaptureCommand | ReleaseCommand;

/** Which command this is, for ever: its 16-byte key, the hash of what it asks for, and the caller's clock. */
export interface Intent {
  readonly key: string;
  readonly inputHash: string;
  readonly atMs: number;
}
