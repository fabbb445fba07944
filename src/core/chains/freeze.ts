/** Freezes: a chain that rewrote more than its policy expects moves no money until people have looked at it. */

/** Why credits and reversals of a chain are stopped. */
export const FREEZE_KINDS = [
  /** The chain replaced blocks that its policy counts as settled. */
  'deep_rewind',
  /** An operator froze it. */
  'operator',
  /** The token has changed: it is paused or upgraded, or it blocks one of our addresses. */
  'token',
  /** What the chain holds and what the books say differ. */
  'reconciliation',
] as const;
export type FreezeKind = (typeof FREEZE_KINDS)[number];

export interface FreezeCause {
  readonly kind: FreezeKind;
  /** What was seen, in words for people. */
  readonly reason: string;
}

/** What a read of a chain found changed, and what was known before it. */
export interface Rewrite {
  /** The newest head known before. */
  readonly headBlock: number;
  /** The highest block known before to be hard-final; undefined where none was known. */
  readonly hardFinal: number | undefined;
  /** The lowest stored block that the chain no longer holds; undefined when there is none. */
  readonly lowestGone: number | undefined;
  /** Deposits that are no longer on the chain, or not as they were. */
  readonly orphans: readonly { readonly blockNumber: number; readonly committed: boolean }[];
}

/**
 * Judges a rewrite by what it certainly replaced: stored blocks and credited deposits that are gone. Undefined for a
 * rewrite that the policy expects: at most `blocksMax` deep, and above everything that was hard-final.
 */
export function judgeRewrite(rewrite: Rewrite, blocksMax: number): FreezeCause | undefined {
  const { headBlock, hardFinal, lowestGone, orphans } = rewrite;
  const credited = orphans.filter(({ committed }) => committed).map(({ blockNumber }) => blockNumber);
  const gone = [...credited, ...(lowestGone === undefined ? [] : [lowestGone])];
  if (gone.length === 0) return undefined;
  const deepest = gone.reduce((a, b) => Math.min(a, b));
  const kind = 'deep_rewind';
  if (hardFinal !== undefined && deepest <= hardFinal) {
    return { kind, reason: `block ${deepest} was replaced, and blocks up to ${hardFinal} were final` };
  }
  const depth = headBlock - deepest + 1;
  if (depth <= blocksMax) return undefined;
  return { kind, reason: `${depth} blocks were replaced, from ${deepest} on; up to ${blocksMax} are expected` };
}
