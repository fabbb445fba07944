/** Whether what is due on a card rail is backed by what its provider holds, and what follows when it is not. */

/** Comparisons in a row that must find a difference before anything follows from it. */
export const ROUNDS_TO_ACT = 2;

/** How old a comparison may be before it says nothing any more. */
const CHECK_AGE_MS_MAX = 10 * 60_000;

/** What is due on a rail, each part less what was taken back of it, in micros. */
export interface RailDue {
  /** Paid parts that are credited, from the ledger. */
  readonly creditedMicros: bigint;
  readonly taxMicros: bigint;
  /** What the seller keeps of payments; below zero by what a provider took back beyond a payment. */
  readonly sellerMicros: bigint;
  /** Paid and not credited: parked, or waiting for the rail's release. */
  readonly parkedMicros: bigint;
}

/** What the provider took less what it gave back, without its fees, in micros. */
export interface RailGot {
  readonly gotMicros: bigint;
  /** The most that it can be: what went back lately may not be known to our orders yet, and is left out. */
  readonly mostMicros: bigint;
  /** The least that it can be: what came in lately is left out. */
  readonly leastMicros: bigint;
}

/** What comparisons before this one found. */
export interface RailHistory {
  /** The shortage that an operator accepted with a release, in micros. */
  readonly acceptedMicros: bigint;
  /** Comparisons in a row that found a shortage, or a surplus, above the tolerance. */
  readonly shortRounds: number;
  readonly surplusRounds: number;
}

export interface RailJudgement extends RailHistory {
  /** More is due than the provider holds, for the second time or longer: crediting stops. */
  readonly freezes: boolean;
  /** The provider holds more than is due, for the second time: somebody's payment may wait for its credit. */
  readonly alarms: boolean;
}

/** What a rail owes in all. */
export function dueOf({ creditedMicros, taxMicros, sellerMicros, parkedMicros }: RailDue): bigint {
  return creditedMicros + taxMicros + sellerMicros + parkedMicros;
}

/**
 * Compares a rail with its provider. Only what is due without money behind it freezes; the opposite is an alarm. A shortage
 * that was accepted counts no more; once it is certain that it has shrunk, only the rest of it stays accepted.
 */
export function judgeRail(sums: RailDue & RailGot, before: RailHistory, toleranceMicros: bigint): RailJudgement {
  const due = dueOf(sums);
  const short = due - sums.mostMicros;
  const atMost = due - sums.leastMicros;
  const acceptedMicros = atMost < before.acceptedMicros ? (atMost > 0n ? atMost : 0n) : before.acceptedMicros;
  const isShort = short - acceptedMicros > toleranceMicros;
  const isOver = sums.leastMicros - due > toleranceMicros;
  const shortRounds = isShort ? before.shortRounds + 1 : 0;
  const surplusRounds = isOver ? before.surplusRounds + 1 : 0;
  return {
    acceptedMicros,
    shortRounds,
    surplusRounds,
    freezes: shortRounds >= ROUNDS_TO_ACT,
    alarms: surplusRounds === ROUNDS_TO_ACT,
  };
}

/** A difference that was found last is a gap; a comparison that failed, or is old, leaves the rail unknown. */
export function verdictOfRail(
  check: Pick<RailHistory, 'shortRounds' | 'surplusRounds'> & {
    readonly checkedAt: Date | null;
    readonly problem: string | null;
  },
  nowMs: number,
): 'OK' | 'GAP' | 'UNKNOWN' {
  if (check.shortRounds > 0 || check.surplusRounds > 0) return 'GAP';
  const isFresh = check.checkedAt !== null && nowMs - check.checkedAt.getTime() <= CHECK_AGE_MS_MAX;
  return isFresh && check.problem === null ? 'OK' : 'UNKNOWN';
}

/** Where money comes from, as a contra account. @param account the name of an account at a provider, or `offline` */
export function railOf(account: string): string {
  return `assets:${account}`;
}
