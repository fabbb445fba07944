/** When a deposit may be credited: how deep it lies, how large it is, and how much of its chain is at risk already. */

export interface FinalityPolicy {
  /** `finalized`: at the height that the chain does not take back. `depth`: this many blocks below the head. */
  readonly kind: 'finalized' | 'depth';
  readonly blocks: number;
}

/** Starknet: accepted on L2 and 4 blocks on top, Circle's own figure for fast transfers; EVM: the finalized block. */
const DEFAULT_FINALITY: Readonly<Record<'starknet' | 'eip155', FinalityPolicy>> = {
  starknet: { kind: 'depth', blocks: 4 },
  eip155: { kind: 'finalized', blocks: 0 },
};

export interface Heights {
  readonly head: number;
  /** Height that the chain does not take back; undefined while the node names none. */
  readonly hardFinal: number | undefined;
}

/** Deposits up to this amount, included, follow this policy. */
export interface FinalityTier {
  readonly uptoMicros: bigint;
  readonly policy: FinalityPolicy;
}

/** When deposits of a chain are credited. */
export interface CreditRules {
  /** By amount, growing; one at least. What is above the last waits for the last one's policy and for hard finality. */
  readonly tiers: readonly [FinalityTier, ...FinalityTier[]];
  /** The most that may be credited and not yet hard-final, all orgs together. */
  readonly outstandingMicros: bigint;
  /** An earlier policy, under which an org's deposits are credited up to its own limit; undefined: there is none. */
  readonly provisional: FinalityPolicy | undefined;
}

/** The rules of a chain as they are configured; amounts in micros. */
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

/** The policy that an amount follows, and whether it waits for hard finality beside it. */
function tierOf(rules: CreditRules, amountMicros: bigint): { policy: FinalityPolicy; above: boolean } {
  const [first, ...others] = rules.tiers;
  const found = rules.tiers.find(({ uptoMicros }) => amountMicros <= uptoMicros);
  return { policy: (found ?? others.at(-1) ?? first).policy, above: found === undefined };
}

/** What of this chain and of this org may be lost already. */
export interface Exposure {
  /** Credited on this chain, all orgs together, and not yet hard-final. */
  readonly chainMicros: bigint;
  /** What the org's provisional limit still allows. */
  readonly provisionalRoomMicros: bigint;
}

/** What a deposit waits for, or that it may be credited: for good, or within its org's provisional limit. */
export type FinalityVerdict =
  | 'credit'
  | 'credit_provisionally'
  | 'too_recent'
  | 'above_deposit_cap'
  | 'above_chain_cap';

/** Judges one deposit. What its policy does not allow yet may still be credited provisionally; the chain's cap always holds. */
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

/** True when the chain does not take this block back. */
export function isHardFinal(blockNumber: number, heights: Heights): boolean {
  return heights.hardFinal !== undefined && blockNumber <= heights.hardFinal;
}

export interface Confirmations {
  readonly n: number;
  readonly m: number;
}

/**
 * Progress towards credit as people read it: n of m blocks. m is what the deposit's tier asks for at this moment, so for
 * `finalized`, and for what is above the caps, it is how far that height lies behind the head. Undefined while the chain
 * names no such height.
 * @param deposit `reason` is what it waits for, where it is held up by a cap.
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
 * Seconds until n reaches m at the pace of the chain, rounded up; undefined where the pace is not known. A `finalized`
 * height moves in steps, so that this is an estimate and no promise.
 */
export function estimateSeconds(progress: Confirmations, blockMs: number | undefined): number | undefined {
  return blockMs === undefined ? undefined : Math.ceil((Math.max(0, progress.m - progress.n) * blockMs) / 1_000);
}
