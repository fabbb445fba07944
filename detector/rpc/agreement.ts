/** Votes of RPCs: what a quorum says. Pure. */
import type { RpcFault } from './fault.ts';

/** What one RPC answered, or why it did not. */
export type Ballot<Value> =
  | { readonly rpc: string; readonly answer: Value; readonly fault?: undefined }
  | { readonly rpc: string; readonly fault: RpcFault };

/** What came of asking: the answer of a quorum, or none; in either case with every ballot. */
export type Agreement<Value> =
  | { readonly reached: true; readonly value: Value; readonly ballots: readonly Ballot<Value>[] }
  | { readonly reached: false; readonly ballots: readonly Ballot<Value>[] };

/**
 * Counts ballots. An answer is a quorum's when at least `quorum` RPCs gave it and no other answer was given by as many.
 * @param keyOf text that is equal for answers that count as the same.
 */
export function tally<Value>(
  ballots: readonly Ballot<Value>[],
  quorum: number,
  keyOf: (value: Value) => string,
): Agreement<Value> {
  const answers = ballots.flatMap((ballot) => (ballot.fault ? [] : [ballot.answer]));
  const groups = [...Map.groupBy(answers, keyOf).values()].toSorted((a, b) => b.length - a.length);
  const [most = [], second = []] = groups;
  const [value] = most;
  const reached = most.length >= quorum && most.length > second.length;
  // An answer may be undefined: how many gave it tells that it is one.
  return reached ? { reached, value: value as Value, ballots } : { reached: false, ballots };
}

/** How many more RPCs must be asked at least before an answer can be a quorum's. */
export function missingVotes<Value>(
  ballots: readonly Ballot<Value>[],
  quorum: number,
  keyOf: (value: Value) => string,
): number {
  const answers = ballots.flatMap((ballot) => (ballot.fault ? [] : [ballot.answer]));
  const most = Math.max(0, ...[...Map.groupBy(answers, keyOf).values()].map(({ length }) => length));
  return Math.max(1, quorum - most);
}
