/** When a deposit may be credited: by its depth, its amount, and how much of its chain is already at risk. */

export interface FinalityPolicy {
  /**
   * `finalized`: at or below the height that the chain does not take back. `depth`: this many blocks below the head.
   */
  readonly kind: 'finalized' | 'depth';
  readonly blocks: number;
}

/** Starknet: accepted on L2 with 4 blocks on top, Circle's own figure for fast transfers; EVM: the finalized block. */
const DEFAULT_FINALITY: Readonly<Record<'starknet' | 'eip155', FinalityPolicy>> = {
  starknet: { kind: 'depth', blocks: 4 },
  eip155: { kind: 'finalized', blocks: 0 },
};

export interface Heights {
  readonly head: number;
  /** The height up to which the chain takes nothing back; undefined while the node names none. */
  readonly hardFinal: number | undefined;
}

/** Deposits up to this amount, included, follow this policy. */
export interface FinalityTier {
  readonly uptoMicros: bigint;
  readonly policy: FinalityPolicy;
}

/** When deposits of a chain are credited. */
export interface CreditRules {
  /**
   * At least one, by growing amount. A larger amount than the last one's waits for its policy and for hard finality.
   */
  readonly tiers: readonly [FinalityTier, ...FinalityTier[]];
  /** The most that may be credited and not yet hard-final, all orgs together. */
  readonly outstandingMicros: bigint;
  /**
   * An earlier policy, by which an org's deposits are credited up to its provisional limit; undefined: no such policy.
   */
  readonly provisional: FinalityPolicy | undefined;
}

/** The rules of a chain, from its configuration; amounts in micros. */
export function creditRulesOf(
  family: keyof typeof DEFAULT_FINALITY,
  config: {
    readonly finality?: FinalityPolicy | undefined;
    readonly tiers?: readonly { readonly uptoMicros: bigint; readonly policy: FinalityPolicy }[] | undefined;
    readonly provisional?: FinalityPolicy | undefined;
    readonly caps: { readonly perDepositMicros: bigint; readonly outstandingMicros: bigint };
  },
): CreditRules {
  const tiers = (config.tiers ?? []).map(({ uptoMicros, policy }) => ({ uptoMicros, policy }));
  const [first, ...others] = tiers.toSorted((a, b) => (a.uptoMicros < b.uptoMicros ? -1 : 1));
  const only = { uptoMicros: config.caps.perDepositMicros, policy: config.finality ?? DEFAULT_FINALITY[family] };
  return {
    tiers: [first ?? only, ...others],
    outstandingMicros: config.caps.outstandingMicros,
    provisional: config.provisional,
  };
}

/** The highest block whose deposits of the lowest tier may be credited; undefined while there is none. */
export function creditHeight(rules: CreditRules, heights: Heights): number | undefined {
  return heightOf(rules.tiers[0].policy, heights);
}

function heightOf(policy: FinalityPolicy, heights: Heights): number | undefined {
  if (policy.kind === 'finalized') return heights.hardFinal;
  const height = heights.head - policy.blocks;
  return height < 0 ? undefined : height;
}

function isMet(policy: FinalityPolicy, blockNumber: number, heights: Heights): boolean {
  const limit = heightOf(policy, heights);
  return limit !== undefined && blockNumber <= limit;
}

/** The policy that an amount follows, and whether it also waits for hard finality. */
function tierOf(rules: CreditRules, amountMicros: bigint): { policy: FinalityPolicy; above: boolean } {
  const [first, ...others] = rules.tiers;
  const found = rules.tiers.find(({ uptoMicros }) => amountMicros <= uptoMicros);
  return { policy: (found ?? others.at(-1) ?? first).policy, above: found === undefined };
}

/** The amounts of this chain and this org that are at risk. */
export interface Exposure {
  /** Credited on this chain, all orgs together, and not yet hard-final. */
  readonly chainMicros: bigint;
  /** How much the org's provisional limit still allows. */
  readonly provisionalRoomMicros: bigint;
}

/** Whether a deposit may be credited (for good, or within its org's provisional limit), or what it waits for. */
export type FinalityVerdict =
  | 'credit'
  | 'credit_provisionally'
  | 'too_recent'
  | 'above_deposit_cap'
  | 'above_chain_cap';

/**
 * Judges one deposit. Before its policy allows it, it may be credited provisionally; the cap of the chain always
 * applies.
 */
export function judgeFinality(
  deposit: { readonly blockNumber: number; readonly amountMicros: bigint },
  heights: Heights,
  rules: CreditRules,
  exposure: Exposure,
): FinalityVerdict {
  const { blockNumber, amountMicros } = deposit;
  const { policy, above } = tierOf(rules, amountMicros);
  const met = isMet(policy, blockNumber, heights);
  if (met && isHardFinal(blockNumber, heights)) return 'credit';
  const fits = exposure.chainMicros + amountMicros <= rules.outstandingMicros;
  if (met && !above) return fits ? 'credit' : 'above_chain_cap';
  const early = rules.provisional !== undefined && isMet(rules.provisional, blockNumber, heights);
  if (early && fits && amountMicros <= exposure.provisionalRoomMicros) return 'credit_provisionally';
  return above ? 'above_deposit_cap' : 'too_recent';
}

/** Whether the chain can no longer take this block back. */
export function isHardFinal(blockNumber: number, heights: Heights): boolean {
  return heights.hardFinal !== undefined && blockNumber <= heights.hardFinal;
}

export interface Confirmations {
  readonly n: number;
  readonly m: number;
}

/**
 * Progress towards credit as people read it: n of m blocks. m is what the deposit's tier requires now; for `finalized`,
 * and for a deposit above a cap, it is the distance of the hard-final height from the head. Undefined while the chain
 * names no such height.
 * @param deposit `reason` is what it waits for, where a cap holds it up.
 */
export function confirmations(
  deposit: { readonly blockNumber: number; readonly amountMicros: bigint; readonly reason: string | null },
  rules: CreditRules,
  heights: Heights,
): Confirmations | undefined {
  const { policy, above } = tierOf(rules, deposit.amountMicros);
  const soft = heightOf(policy, heights);
  const waitsForHard = above || deposit.reason === 'above_deposit_cap' || deposit.reason === 'above_chain_cap';
  const hard = waitsForHard ? heights.hardFinal : soft;
  if (soft === undefined || hard === undefined) return undefined;
  const m = Math.max(0, heights.head - Math.min(soft, hard));
  return { n: Math.min(m, Math.max(0, heights.head - deposit.blockNumber)), m };
}

/**
 * Seconds until n reaches m at the chain's block time, rounded up; undefined where the block time is not known. An
 * estimate only, since a `finalized` height moves in steps.
 */
export function estimateSeconds(progress: Confirmations, blockMs: number | undefined): number | undefined {
  return blockMs === undefined ? undefined : Math.ceil((Math.max(0, progress.m - progress.n) * blockMs) / 1_000);
}
