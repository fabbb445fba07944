/** A chain as JSON: which process reads it, from which RPCs, how far, and whether money moves. */
import { judgeStanding, type ChainStanding, type ChainState } from '../core/chains/standing.ts';
import { formatUsd } from '../core/money.ts';

export interface FreezeView {
  readonly kind: string;
  readonly reason: string;
  readonly frozenBy: string;
  readonly frozenAt: string;
}

export interface DuesView {
  readonly count: number;
  readonly amountUsd: string;
  readonly deposits: readonly { readonly id: string; readonly txHash: string; readonly amountUsd: string }[];
}

export interface ChainStandingView {
  readonly chain: string;
  readonly state: ChainState;
  readonly headBlock: number | null;
  readonly nextBlock: number | null;
  readonly creditBlock: number | null;
  readonly scannedAt: string | null;
  /** Null: no process leads. */
  readonly leader: { readonly holder: string; readonly until: string } | null;
  readonly freezes: readonly FreezeView[];
  /** What is written once the chain is released; null while it is not frozen. */
  readonly dues: { readonly reversals: DuesView; readonly credits: DuesView } | null;
  readonly rpcs: readonly {
    readonly rpc: string;
    readonly state: string;
    readonly headBlock: number | null;
    readonly problem: string | null;
    readonly since: string;
    readonly seenAt: string;
  }[];
  readonly tokens: readonly {
    readonly token: string;
    /** Identifies the code that runs behind the token's address; null: no code. */
    readonly code: string | null;
    readonly paused: boolean;
    /** Our addresses that the token blocks. */
    readonly blocked: readonly string[];
    readonly changedAt: string;
  }[];
  readonly workers: readonly {
    readonly holder: string;
    readonly state: string;
    readonly problem: string | null;
    readonly roundEndedAt: string | null;
    readonly seenAt: string;
  }[];
}

/** The JSON of a chain; its state is that at the given time. */
export function viewOfChain(standing: ChainStanding, nowMs: number): ChainStandingView {
  const { progress, leader, dues } = standing;
  return {
    chain: standing.chain,
    state: judgeStanding(standing, nowMs),
    headBlock: progress?.headBlock ?? null,
    nextBlock: progress?.nextBlock ?? null,
    creditBlock: progress?.creditBlock ?? null,
    scannedAt: progress?.scannedAt?.toISOString() ?? null,
    leader: leader && { holder: leader.holder, until: leader.until.toISOString() },
    freezes: standing.freezes.map(viewOfFreeze),
    dues: dues && { reversals: viewOfDues(dues.reversals), credits: viewOfDues(dues.credits) },
    rpcs: standing.rpcs.map(({ rpc, state, headBlock, problem, since, seenAt }) => {
      return { rpc, state, headBlock, problem, since: since.toISOString(), seenAt: seenAt.toISOString() };
    }),
    tokens: standing.tokens.map(({ token, code, paused, blocked, changedAt }) => {
      return { token, code, paused, blocked, changedAt: changedAt.toISOString() };
    }),
    workers: standing.workers.map(({ holder, state, problem, roundEndedAt, seenAt }) => {
      return { holder, state, problem, roundEndedAt, seenAt: seenAt.toISOString() };
    }),
  };
}

/** The JSON of a freeze. */
export function viewOfFreeze({ kind, reason, frozenBy, frozenAt }: ChainStanding['freezes'][number]): FreezeView {
  return { kind, reason, frozenBy, frozenAt: frozenAt.toISOString() };
}

function viewOfDues({ count, amountMicros, deposits }: NonNullable<ChainStanding['dues']>['credits']): DuesView {
  return {
    count,
    amountUsd: formatUsd(amountMicros),
    deposits: deposits.map(({ id, txHash, amountMicros: micros }) => ({ id, txHash, amountUsd: formatUsd(micros) })),
  };
}
