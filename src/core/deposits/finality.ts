/** When a deposit may be credited: how deep it lies, how large it is, and how much of its chain is at risk already. */

export interface FinalityPolicy {
  /** `finalized`: at the height that the chain does not take back. `depth`: this many blocks below the head. */
  readonly kind: 'finalized' | 'depth';
  readonly blocks: number;
}

/** Starknet: accepted on L2 and 4 blocks on top, Circle's own figure for fast transfers; EVM: the finalized block. */
export const DEFAULT_FINALITY: Readonly<Record<'starknet' | 'eip155', FinalityPolicy>> = {
  starknet: { kind: 'depth', blocks: 4 },
  eip155: { kind: 'finalized', blocks: 0 },
};

export interface Heights {
  readonly head: number;
  /** Height that the chain does not take back; undefined while the node names none. */
  readonly hardFinal: number | undefined;
}

export interface CreditCaps {
  readonly perDepositMicros: bigint;
  readonly outstandingMicros: bigint;
}

/** The highest block whose deposits up to the caps may be credited; undefined while there is none. */
export function creditHeight(policy: FinalityPolicy, heights: Heights): number | undefined {
  if (policy.kind === 'finalized') return heights.hardFinal;
  const height = heights.head - policy.blocks;
  return height < 0 ? undefined : height;
}

/** What a deposit waits for, or `credit`. Above a cap it waits for hard finality, where nothing is at risk. */
export type FinalityVerdict = 'credit' | 'too_recent' | 'above_deposit_cap' | 'above_chain_cap';

/**
 * Judges one deposit.
 * @param exposedMicros credited on this chain, all orgs together, and not yet hard-final.
 */
export function judgeFinality(
  deposit: { readonly blockNumber: number; readonly amountMicros: bigint },
  heights: Heights,
  rules: { readonly policy: FinalityPolicy; readonly caps: CreditCaps; readonly exposedMicros: bigint },
): FinalityVerdict {
  const limit = creditHeight(rules.policy, heights);
  if (limit === undefined || deposit.blockNumber > limit) return 'too_recent';
  if (isHardFinal(deposit.blockNumber, heights)) return 'credit';
  if (deposit.amountMicros > rules.caps.perDepositMicros) return 'above_deposit_cap';
  if (rules.exposedMicros + deposit.amountMicros > rules.caps.outstandingMicros) return 'above_chain_cap';
  return 'credit';
}

/** True when the chain does not take this block back. */
export function isHardFinal(blockNumber: number, heights: Heights): boolean {
  return heights.hardFinal !== undefined && blockNumber <= heights.hardFinal;
}

/**
 * Progress towards credit as people read it: n of m blocks. m is what the policy asks for at this moment, so for
 * `finalized` it is how far that height lies behind the head. Undefined while the chain names no such height.
 */
export function confirmations(
  blockNumber: number,
  policy: FinalityPolicy,
  heights: Heights,
): { readonly n: number; readonly m: number } | undefined {
  const limit = creditHeight(policy, heights);
  if (limit === undefined) return undefined;
  const m = Math.max(0, heights.head - limit);
  return { n: Math.min(m, Math.max(0, heights.head - blockNumber)), m };
}
