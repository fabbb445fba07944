/** Approvals: a booking or a change that may create more credit than a limit waits until a second person approves it. */

/** How long a request waits for a decision: 7 days. */
export const APPROVAL_LIFE_MS = 7 * 24 * 60 * 60 * 1000;

/** How much credit a call may create, in micros; `unbounded`: nothing bounds it, so that it counts as above every limit. */
export type Weight = bigint | 'unbounded';

/** The most that is stored as a number, in micros; it is above every limit. */
const WEIGHT_MAX = 2n ** 63n - 1n;

/** A weight as it is stored: what no stored number can hold counts as unbounded. */
export function storedWeight(weight: Weight): Weight {
  return weight !== 'unbounded' && weight > WEIGHT_MAX ? 'unbounded' : weight;
}

/** Whether a call needs a second person; without a limit none does. */
export function needsApproval(weight: Weight, limitMicros: bigint | undefined): boolean {
  if (limitMicros === undefined) return false;
  return weight === 'unbounded' || (weight < 0n ? -weight : weight) > limitMicros;
}

/** The lower of two limits, in micros; undefined and null: no limit. */
export function lowerLimit(one: bigint | undefined, other: bigint | null): bigint | undefined {
  if (other === null) return one;
  return one === undefined || other < one ? other : one;
}

/** The decision as it is stored. `failed`: it was approved, and what it asked for was refused as it was carried out. */
export const APPROVAL_DECISIONS = ['pending', 'approved', 'rejected', 'failed'] as const;
export type ApprovalDecision = (typeof APPROVAL_DECISIONS)[number];

/** The state as it is shown: a request that nobody decided in time has expired. */
export const APPROVAL_STATES = [...APPROVAL_DECISIONS, 'expired'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** The facts by which a request for approval is judged. */
export interface ApprovalTerms {
  readonly decision: ApprovalDecision;
  readonly expiresAt: Date;
  /** How much credit what was requested may create. */
  readonly weight: Weight;
  /** Everyone who may have made the request: `key:<id>`, `user:<id>`. */
  readonly hands: readonly string[];
  /** Why what was approved was refused at the last try; null where it was not. */
  readonly refusal: string | null;
}

/** The state at a time; at `expiresAt` itself it has expired. */
export function approvalStateOf({ decision, expiresAt }: ApprovalTerms, nowMs: number): ApprovalState {
  return decision === 'pending' && expiresAt.getTime() <= nowMs ? 'expired' : decision;
}

/**
 * The outcome of a verdict. `decide`: the request is decided now. `decided`: it already has this decision, and a
 * repeated call succeeds. `own`: the caller may have made the request. `above`: it is above the caller's own limit. Otherwise: the state of the request, which
 * forbids the verdict.
 */
export type ApprovalOutlook = 'decide' | 'decided' | 'own' | 'above' | Exclude<ApprovalState, 'pending'>;

/**
 * Judges the verdict of the caller with these hands (`key:<id>`, `user:<id>`). Nobody approves a request that may be
 * their own, nor one above the limit of their own key: two keys with limits create no more together than each alone. Anyone
 * may reject. A request that was approved in time but refused by the ledger may be retried until it
 * expires.
 */
export function judgeVerdict(
  terms: ApprovalTerms,
  {
    verdict,
    hands,
    limitMicros,
    nowMs,
  }: {
    readonly verdict: 'approved' | 'rejected';
    readonly hands: readonly string[];
    /** That of the key that decides; undefined: it has none. */
    readonly limitMicros: bigint | undefined;
    readonly nowMs: number;
  },
): ApprovalOutlook {
  if (verdict === 'approved' && hands.some((hand) => terms.hands.includes(hand))) return 'own';
  if (verdict === 'approved' && needsApproval(terms.weight, limitMicros)) return 'above';
  const state = approvalStateOf(terms, nowMs);
  if (state === 'pending') return 'decide';
  if (state !== verdict) return state;
  return terms.refusal !== null && terms.expiresAt.getTime() <= nowMs ? 'expired' : 'decided';
}
