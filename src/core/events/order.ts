/** The order of a log's events from its two sources: entries, and transactions that record events without an entry. */

interface Timed {
  readonly atMs: number;
}

/** What was read from one source; `full` when it may have more after that. */
export interface Read<T extends Timed> {
  readonly items: readonly T[];
  readonly full: boolean;
}

/**
 * The events of each source that may be taken now: up to the time to which both sources have been read, so that
 * whatever is read next is later. A read that is not full reaches the end of its source. Of two reads that are not
 * empty, at least one is taken whole.
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

/**
 * Merges both in order of time. Each keeps its own order; at equal times, recorded events come before those of entries.
 */
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
