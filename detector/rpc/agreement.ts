/** Counts the votes of RPCs. Pure. */
import type { RpcFault } from './fault.ts';

/** What one RPC answered, or why it did not. */
export type Ballot<Value> =
  | { readonly rpc: string; readonly answer: Value; readonly fault?: undefined }
  | { readonly rpc: string; readonly fault: RpcFault };

/** The outcome of asking several RPCs: the answer of a quorum if there is one, and every ballot. */
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
  // The agreed answer may itself be undefined, so only the count says whether there is one.
  return reached ? { reached, value: value as Value, ballots } : { reached: false, ballots };
}

/** The least number of further RPCs to ask before an answer can be a quorum's; at least 1. */
export function missingVotes<Value>(
  ballots: readonly Ballot<Value>[],
  quorum: number,
  keyOf: (value: Value) => string,
): number {
  const answers = ballots.flatMap((ballot) => (ballot.fault ? [] : [ballot.answer]));
  const most = Math.max(0, ...[...Map.groupBy(answers, keyOf).values()].map(({ length }) => length));
  return Math.max(1, quorum - most);
}
