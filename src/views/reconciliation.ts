/** Whether chains, deposits and books agree, as JSON. Amounts in decimal USD. */
import {
  judgeChain,
  judgeReconciliation,
  type ChainFacts,
  type OwedFacts,
  type Verdict,
} from '../core/chains/reconciliation.ts';
import { formatUsd } from '../core/money.ts';
import type { RailView } from './rail.ts';

export interface ReconciliationView {
  readonly status: Verdict;
  readonly wallets: number | null;
  readonly owedUsd: string | null;
  readonly debtUsd: string | null;
  readonly heldUsd: string;
  /**
   * What chains hold less what wallets are owed. Below zero where credit was given away, or USDC was moved elsewhere.
   */
  readonly coverageUsd: string | null;
  readonly owedAt: string | null;
  readonly chains: readonly ReconciledChainView[];
  /** Where money comes from beside chains. */
  readonly rails: readonly RailView[];
}

export interface ReconciledChainView {
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

/** The JSON of a reconciliation, judged at the given time. @param rails judged at that time, too */
export function viewOfReconciliation(
  facts: { readonly chains: readonly ChainFacts[]; readonly owed: OwedFacts | undefined },
  nowMs: number,
  rails: readonly RailView[] = [],
): ReconciliationView {
  const { owed } = facts;
  const verdicts = rails.flatMap(({ status }) => status ?? []);
  const heldMicros = facts.chains.reduce((sum, chain) => sum + chain.heldMicros, 0n);
  return {
    status: judgeReconciliation({ ...facts, rails: verdicts }, nowMs),
    wallets: owed?.wallets ?? null,
    owedUsd: owed ? formatUsd(owed.owedMicros) : null,
    debtUsd: owed ? formatUsd(owed.debtMicros) : null,
    heldUsd: formatUsd(heldMicros),
    coverageUsd: owed ? formatUsd(heldMicros - owed.owedMicros) : null,
    owedAt: owed?.checkedAt.toISOString() ?? null,
    chains: facts.chains.map((chain) => viewOfChain(chain, judgeChain(chain, nowMs))),
    rails,
  };
}

const orNull = (micros: bigint | null | undefined): string | null =>
  micros === null || micros === undefined ? null : formatUsd(micros);

function viewOfChain(facts: ChainFacts, status: Verdict): ReconciledChainView {
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
      return { token, address, block, amountUsd: formatUsd(amount), explainedBy: found, foundAt: at.toISOString() };
    }),
  };
}
