/** Whether chains, deposits and books agree: one verdict per chain, and one for the whole deployment. Pure. */
/**
 * `GAP`: looked at, and something differs. `UNKNOWN`: never or not lately looked at, or the chain could not be asked.
 */
export const VERDICTS = ['OK', 'GAP', 'UNKNOWN'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A verdict older than this is no longer valid and counts as `UNKNOWN`. */
const VERDICT_AGE_MS_MAX = 10 * 60_000;

/** The balance of one address of ours. Base units: micros, since only tokens with six decimals are credited. */
export interface BalanceFacts {
  readonly token: string;
  readonly address: string;
  readonly state: Verdict;
  readonly foundMicros: bigint | null;
  readonly reckonedMicros: bigint | null;
  readonly checkedBlock: number | null;
  readonly problem: string | null;
}

/** The facts about one chain. */
export interface ChainFacts {
  readonly chain: string;
  /** The sum over all our addresses that could be looked at. */
  readonly heldMicros: bigint;
  readonly reckonedMicros: bigint;
  readonly addresses: { readonly ok: number; readonly gap: number; readonly unknown: number };
  /** The first of the balances that are unknown or have a gap. */
  readonly troubled: readonly BalanceFacts[];
  /** When balances were last audited; null: never. */
  readonly auditedAt: Date | null;
  /** Why the last audit was not completed; null when it was. */
  readonly auditProblem: string | null;
  /** What the books gave to wallets for this chain, and the sum of its credited deposits; null: not compared yet. */
  readonly books: {
    readonly ledgerMicros: bigint;
    readonly sourceMicros: bigint;
    readonly faultCount: number;
    readonly faults: readonly { readonly wallet: string; readonly deposit: string | null }[];
    readonly checkedAt: Date;
  } | null;
  /** Deposits that are not credited, by state. */
  readonly openMicros: Readonly<Record<'pending' | 'unmatched' | 'screening', bigint>>;
  readonly gaps: readonly {
    readonly token: string;
    readonly address: string;
    readonly block: number;
    readonly amount: bigint;
    readonly found: readonly string[];
    readonly at: Date;
  }[];
  readonly frozen: boolean;
}

export interface OwedFacts {
  readonly wallets: number;
  readonly owedMicros: bigint;
  readonly debtMicros: bigint;
  readonly checkedAt: Date;
}

/** The verdict on a chain: a gap anywhere is a gap; without a gap, missing or old facts leave it unknown. */
export function judgeChain(facts: ChainFacts, nowMs: number): Verdict {
  const { addresses, books, auditedAt } = facts;
  if (addresses.gap > 0 || (books?.faultCount ?? 0) > 0) return 'GAP';
  const isFresh = (at: Date | null | undefined): boolean =>
    at !== null && at !== undefined && nowMs - at.getTime() <= VERDICT_AGE_MS_MAX;
  const known = isFresh(auditedAt) && isFresh(books?.checkedAt ?? auditedAt) && facts.auditProblem === null;
  return known && addresses.unknown === 0 ? 'OK' : 'UNKNOWN';
}

/** The worst of the verdicts; unknown where there are none. */
function worstOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('GAP')) return 'GAP';
  return verdicts.length === 0 || verdicts.includes('UNKNOWN') ? 'UNKNOWN' : 'OK';
}

/**
 * The verdict on the deployment: the worst of its chains and card rails; unknown when what wallets are owed was not summed
 * lately.
 */
export function judgeReconciliation(
  facts: {
    readonly chains: readonly ChainFacts[];
    readonly owed: OwedFacts | undefined;
    readonly rails: readonly Verdict[];
  },
  nowMs: number,
): Verdict {
  const { chains, owed, rails } = facts;
  const isCounted = owed !== undefined && nowMs - owed.checkedAt.getTime() <= VERDICT_AGE_MS_MAX;
  return worstOf([...chains.map((chain) => judgeChain(chain, nowMs)), ...rails, isCounted ? 'OK' : 'UNKNOWN']);
}
