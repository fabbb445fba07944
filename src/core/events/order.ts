/** The order in which a log takes what came to it on two ways: from entries, and from transactions without one. */

interface Timed {
  readonly atMs: number;
}

/** What was read of one of the two ways; `full` when there may be more behind it. */
export interface Read<T extends Timed> {
  readonly items: readonly T[];
  readonly full: boolean;
}

/**
 * How many of each may be taken now: up to the time that both ways are known to, so that what is read next belongs
 * behind it. One that is not full is known to its end. At least one of two that are not empty gives all it has.
 */
export function takeable<A extends Timed, B extends Timed>(
  entries: Read<A>,
  recorded: Read<B>,
): { readonly entries: readonly A[]; readonly recorded: readonly B[] } {
  const knownTo = ({ items, full }: Read<Timed>): number => (full ? (items.at(-1)?.atMs ?? 0) : Infinity);
  const horizonMs = Math.min(knownTo(entries), knownTo(recorded));
  const upTo = <T extends Timed>({ items }: Read<T>): T[] => items.filter(({ atMs }) => atMs <= horizonMs);
  return { entries: upTo(entries), recorded: upTo(recorded) };
}

/** Both in order of time; each keeps its own order, and at the same time what has no entry comes first. */
export function mergeByTime<A extends Timed, B extends Timed>(
  entries: readonly A[],
  recorded: readonly B[],
): (A | B)[] {
  const merged: (A | B)[] = [];
  let next = 0;
  for (const entry of entries) {
    for (let one = recorded[next]; one && one.atMs <= entry.atMs; one = recorded[next]) {
      merged.push(one);
      next += 1;
    }
    merged.push(entry);
  }
  return [...merged, ...recorded.slice(next)];
}
