/** What the process that serves callers (a front) and the one that owns the ledger's lanes (the owner) say to each other. */
import { Refusal, REFUSAL_CODES, type RefusalCode } from '../core/errors.ts';
import type { JudgedAt } from '../core/ledger/decide.ts';
import { UsageMoved } from '../core/pricing/usage.ts';
import { findJudged, noteJudged, type Outcome, type Submission } from '../db/ledger/submission.ts';

/** A command, without what cannot be sent. */
export type SentSubmission = Omit<Submission, 'isGone'>;

/** From a front: a command under a number of its own, or the number of one whose caller is gone. */
export type AskedCommand = readonly [id: number, submission: SentSubmission] | readonly [gone: number];

export interface FrontMessage {
  readonly asked: readonly AskedCommand[];
}

/** Why a command was not done, as it is sent. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly refusal?: {
    readonly code: RefusalCode;
    readonly issues: Refusal['issues'];
    readonly details: Refusal['details'];
    readonly judged: JudgedAt | undefined;
  };
}

/** The answer to a command. */
export type Answered = readonly [id: number, outcome: Outcome] | readonly [id: number, outcome: undefined, SentError];

/** How the ledger stands. */
export interface SentStatus {
  readonly ready: boolean;
  readonly problem: string | undefined;
  readonly queued: number;
  readonly writes: number;
}

export interface OwnerMessage {
  readonly answered?: readonly Answered[];
  readonly status?: SentStatus;
}

/** Both ends are one version of one program, so that it is enough to tell these messages from those of Node itself. */
export function isFrontMessage(message: unknown): message is FrontMessage {
  return typeof message === 'object' && message !== null && 'asked' in message;
}

/** See {@link isFrontMessage}. */
export function isOwnerMessage(message: unknown): message is OwnerMessage {
  return typeof message === 'object' && message !== null && ('answered' in message || 'status' in message);
}

/** An error as it is sent. */
export function sentErrorOf(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  if (!(error instanceof Refusal)) return { name, message };
  const { code, issues, details } = error;
  return { name, message, refusal: { code, issues, details: plain(details), judged: findJudged(error) } };
}

/** The error that was sent, of the class that it had where callers tell classes apart. */
export function errorOf({ name, message, refusal }: SentError): Error {
  if (name === 'UsageMoved') return new UsageMoved();
  if (refusal === undefined || !REFUSAL_CODES.includes(refusal.code)) {
    const error = new Error(message);
    error.name = name;
    return error;
  }
  const { code, issues, details, judged } = refusal;
  const made = new Refusal(code, message, { issues, details });
  if (judged) noteJudged(made, judged);
  return made;
}

/** The members that JSON would have too: a detail is a machine-readable member of a problem. */
function plain(details: Refusal['details']): Refusal['details'] {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => typeof value !== 'function'));
}
