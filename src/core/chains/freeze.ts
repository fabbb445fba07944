/** When a chain has rewritten more than its policy expects, and people must look before money moves. */

/** Why credits and reversals of a chain stand still. */
export const FREEZE_KINDS = [
  /** The chain rewrote blocks that its policy counts as settled. */
  'deep_rewind',
  /** An operator said so. */
  'operator',
  /** The token is not what it was: paused, upgraded, or one of our addresses is barred. */
  'token',
  /** What the chain holds and what the books say part. */
  'reconciliation',
] as const;
export type FreezeKind = (typeof FREEZE_KINDS)[number];

export interface FreezeCause {
  readonly kind: FreezeKind;
  /** For people: what was seen. */
  readonly reason: string;
}

/** What a read of a chain found changed, beside what was known before it. */
export interface Rewrite {
  /** Newest head that was known before. */
  readonly headBlock: number;
  /** Highest block that the chain was said not to take back, before; undefined where none was named. */
  readonly hardFinal: number | undefined;
  /** Lowest stored block that the chain does not hold any more; undefined when there is none. */
  readonly lowestGone: number | undefined;
  /** Deposits that are not on the chain any more, or not as they were. */
  readonly orphans: readonly { readonly blockNumber: number; readonly committed: boolean }[];
}

/**
 * Judges a rewrite by what it certainly replaced: blocks that are stored and gone, deposits that were credited and are
 * gone. Up to `blocksMax` deep and above what was hard-final, the policy has taken it into account: undefined.
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
