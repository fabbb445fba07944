/** Whether chains, deposits and books agree: one verdict for each chain, and one for the place. Pure. */
import { formatUsd } from '../money.ts';

/** `UNKNOWN`: not looked at, not lately, or the chain could not be asked. `GAP`: looked at, and something parts. */
export const VERDICTS = ['OK', 'GAP', 'UNKNOWN'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A verdict older than this is none. */
export const VERDICT_AGE_MS_MAX = 10 * 60_000;

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

/** What is known of one chain. */
export interface ChainFacts {
  readonly chain: string;
  /** Over all addresses of ours that could be looked at. */
  readonly heldMicros: bigint;
  readonly reckonedMicros: bigint;
  readonly addresses: { readonly ok: number; readonly gap: number; readonly unknown: number };
  /** Those with a gap or unknown, the first of them. */
  readonly troubled: readonly BalanceFacts[];
  /** When balances were last looked at; null: never. */
  readonly auditedAt: Date | null;
  /** Why the last audit did not come to its end. */
  readonly auditProblem: string | null;
  /** What the books gave to wallets for this chain, and what its credited deposits are worth; null: not compared yet. */
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

/** The verdict on a chain: a gap anywhere is a gap; without one, what is missing or old leaves it unknown. */
export function judgeChain(facts: ChainFacts, nowMs: number): Verdict {
  const { addresses, books, auditedAt } = facts;
  if (addresses.gap > 0 || (books?.faultCount ?? 0) > 0) return 'GAP';
  const isFresh = (at: Date | null | undefined): boolean =>
    at !== null && at !== undefined && nowMs - at.getTime() <= VERDICT_AGE_MS_MAX;
  const known = isFresh(auditedAt) && isFresh(books?.checkedAt ?? auditedAt) && facts.auditProblem === null;
  return known && addresses.unknown === 0 ? 'OK' : 'UNKNOWN';
}

/** The worst of them; unknown where there are none. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('GAP')) return 'GAP';
  return verdicts.length === 0 || verdicts.includes('UNKNOWN') ? 'UNKNOWN' : 'OK';
}

/** The whole answer as people and programs read it; amounts in decimal USD. */
export function describeReconciliation(
  facts: { readonly chains: readonly ChainFacts[]; readonly owed: OwedFacts | undefined },
  nowMs: number,
): ReconciliationView {
  const chains = facts.chains.map((chain) => describeChain(chain, judgeChain(chain, nowMs)));
  const { owed } = facts;
  const heldMicros = facts.chains.reduce((sum, chain) => sum + chain.heldMicros, 0n);
  const isCounted = owed !== undefined && nowMs - owed.checkedAt.getTime() <= VERDICT_AGE_MS_MAX;
  return {
    status: worstOf([...chains.map(({ status }) => status), isCounted ? 'OK' : 'UNKNOWN']),
    wallets: owed?.wallets ?? null,
    owedUsd: owed ? formatUsd(owed.owedMicros) : null,
    debtUsd: owed ? formatUsd(owed.debtMicros) : null,
    heldUsd: formatUsd(heldMicros),
    coverageUsd: owed ? formatUsd(heldMicros - owed.owedMicros) : null,
    owedAt: owed?.checkedAt.toISOString() ?? null,
    chains,
  };
}

export interface ReconciliationView {
  readonly status: Verdict;
  readonly wallets: number | null;
  readonly owedUsd: string | null;
  readonly debtUsd: string | null;
  readonly heldUsd: string;
  /** What chains hold less what wallets are owed. Below zero where credit was given away, or USDC was taken elsewhere. */
  readonly coverageUsd: string | null;
  readonly owedAt: string | null;
  readonly chains: readonly ChainView[];
}

export interface ChainView {
  readonly chain: string;
  readonly status: Verdict;
  readonly frozen: boolean;
  readonly heldUsd: string;
  readonly reckonedUsd: string;
  readonly deltaUsd: string;
  readonly addresses: { readonly ok: number; readonly gap: number; readonly unknown: number };
  readonly auditedAt: string | null;
  readonly problem: string | null;
  readonly ledgerUsd: string | null;
  readonly creditedUsd: string | null;
  readonly ledgerDeltaUsd: string | null;
  readonly faults: readonly { readonly wallet: string; readonly deposit: string | null }[];
  readonly booksAt: string | null;
  readonly pendingUsd: string;
  readonly unmatchedUsd: string;
  readonly screeningUsd: string;
  readonly troubled: readonly {
    readonly token: string;
    readonly address: string;
    readonly status: Verdict;
    readonly foundUsd: string | null;
    readonly reckonedUsd: string | null;
    readonly block: number | null;
    readonly problem: string | null;
  }[];
  readonly gaps: readonly {
    readonly token: string;
    readonly address: string;
    readonly block: number;
    readonly amountUsd: string;
    readonly explainedBy: readonly string[];
    readonly foundAt: string;
  }[];
}

const orNull = (micros: bigint | null | undefined): string | null =>
  micros === null || micros === undefined ? null : formatUsd(micros);

function describeChain(facts: ChainFacts, status: Verdict): ChainView {
  const { books, openMicros } = facts;
  return {
    chain: facts.chain,
    status,
    frozen: facts.frozen,
    heldUsd: formatUsd(facts.heldMicros),
    reckonedUsd: formatUsd(facts.reckonedMicros),
    deltaUsd: formatUsd(facts.heldMicros - facts.reckonedMicros),
    addresses: facts.addresses,
    auditedAt: facts.auditedAt?.toISOString() ?? null,
    problem: facts.auditProblem,
    ledgerUsd: orNull(books?.ledgerMicros),
    creditedUsd: orNull(books?.sourceMicros),
    ledgerDeltaUsd: books === null ? null : formatUsd(books.ledgerMicros - books.sourceMicros),
    faults: books?.faults.map(({ wallet, deposit }) => ({ wallet, deposit })) ?? [],
    booksAt: books?.checkedAt.toISOString() ?? null,
    pendingUsd: formatUsd(openMicros.pending),
    unmatchedUsd: formatUsd(openMicros.unmatched),
    screeningUsd: formatUsd(openMicros.screening),
    troubled: facts.troubled.map((one) => ({
      token: one.token,
      address: one.address,
      status: one.state,
      foundUsd: orNull(one.foundMicros),
      reckonedUsd: orNull(one.reckonedMicros),
      block: one.checkedBlock,
      problem: one.problem,
    })),
    gaps: facts.gaps.map(({ token, address, block, amount, found, at }) => {
      return {
        token,
        address,
        block,
        amountUsd: formatUsd(amount),
        explainedBy: found,
        foundAt: at.toISOString(),
      };
    }),
  };
}
