/** A second pair of eyes: bookings above a limit wait until somebody else approves them. */

/** How long a request waits for a decision: 7 days. */
export const APPROVAL_LIFE_MS = 7 * 24 * 60 * 60 * 1000;

/** As it is stored. */
export const APPROVAL_DECISIONS = ['pending', 'approved', 'rejected'] as const;
export type ApprovalDecision = (typeof APPROVAL_DECISIONS)[number];

/** As it is told: what nobody decided in time has expired. */
export const APPROVAL_STATES = [...APPROVAL_DECISIONS, 'expired'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** What is known of a request for approval where it is judged. */
export interface ApprovalTerms {
  readonly decision: ApprovalDecision;
  readonly expiresAt: Date;
  /** Everybody whom the request may come from: `key:<id>`, `user:<id>`. */
  readonly hands: readonly string[];
  /** Why the ledger refused the entry when it was tried last. */
  readonly refusal: string | null;
}

/** The state at a time; at `expiresAt` itself it has expired. */
export function approvalStateOf({ decision, expiresAt }: ApprovalTerms, nowMs: number): ApprovalState {
  return decision === 'pending' && expiresAt.getTime() <= nowMs ? 'expired' : decision;
}

/**
 * What a verdict makes of a request. `decide`: it is decided now. `decided`: it was decided so before, which a repeated
 * call is told as its own success. `own`: it comes from the same hands. Else: the state that does not allow it.
 */
export type ApprovalOutlook = 'decide' | 'decided' | 'own' | Exclude<ApprovalState, 'pending'>;

/**
 * Judges a verdict by whoever these hands belong to. Nobody approves what may be their own request; everybody may reject.
 * What was approved in time but refused by the ledger may be tried until it expires.
 */
export function judgeVerdict(
  terms: ApprovalTerms,
  { verdict, hands, nowMs }: { verdict: 'approved' | 'rejected'; hands: readonly string[]; nowMs: number },
): ApprovalOutlook {
  if (verdict === 'approved' && hands.some((hand) => terms.hands.includes(hand))) return 'own';
  const state = approvalStateOf(terms, nowMs);
  if (state === 'pending') return 'decide';
  if (state !== verdict) return state;
  return terms.refusal !== null && terms.expiresAt.getTime() <= nowMs ? 'expired' : 'decided';
}
