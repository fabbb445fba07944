/** How a chain stands, in one word and with what led to it. Pure. */
import { formatUsd } from '../money.ts';

/** A chain that was not read for this long is behind: it is read every 2 minutes at least. */
const BEHIND_AFTER_MS = 5 * 60_000;
/** A process tells every few seconds; one that has not for this long is not listened to any more. */
const WORKER_AGE_MS_MAX = 60_000;

/** What a detector process says of one chain; plain JSON. */
export interface WorkerReport {
  readonly chain: string;
  readonly state: string;
  readonly headBlock: number | null;
  readonly nextBlock: number | null;
  readonly roundEndedAt: string | null;
  readonly problem: string | null;
}

export interface RpcStanding {
  readonly rpc: string;
  readonly state: string;
  readonly headBlock: number | null;
  readonly problem: string | null;
  readonly since: Date;
  readonly seenAt: Date;
}

export interface TokenStanding {
  readonly token: string;
  /** What runs behind its address; null: nothing. */
  readonly code: string | null;
  readonly paused: boolean;
  /** Addresses of ours that it refuses. */
  readonly blocked: readonly string[];
  readonly changedAt: Date;
}

export interface FreezeStanding {
  readonly kind: string;
  readonly reason: string;
  readonly frozenBy: string;
  readonly frozenAt: Date;
}

interface DueStanding {
  readonly count: number;
  readonly amountMicros: bigint;
  readonly deposits: readonly { readonly id: string; readonly txHash: string; readonly amountMicros: bigint }[];
}

/** Everything that is known of the state of one chain. */
export interface ChainStanding {
  readonly chain: string;
  readonly progress:
    | {
        readonly headBlock: number;
        readonly nextBlock: number;
        readonly creditBlock: number | null;
        readonly scannedAt: Date | null;
      }
    | undefined;
  /** Who leads, while the lease holds; null: nobody. */
  readonly leader: { readonly holder: string; readonly until: Date } | null;
  readonly workers: readonly (WorkerReport & { readonly holder: string; readonly seenAt: Date })[];
  readonly rpcs: readonly RpcStanding[];
  readonly tokens: readonly TokenStanding[];
  readonly freezes: readonly FreezeStanding[];
  /** What will be written once it is released; looked up for frozen chains only. */
  readonly dues: { readonly reversals: DueStanding; readonly credits: DueStanding } | null;
}

/**
 * `frozen`: read, but no money moves. `failing`, `refused`: its leader says so. `behind`: not read for 5 minutes.
 * `waiting`: never read.
 */
export type ChainState = 'running' | 'frozen' | 'failing' | 'refused' | 'behind' | 'waiting';

/** The state of a chain: a freeze goes before everything, then what its leader says, then how long ago it was read. */
export function judgeStanding(standing: ChainStanding, nowMs: number): ChainState {
  if (standing.freezes.length > 0) return 'frozen';
  const fresh = standing.workers.filter(({ seenAt }) => nowMs - seenAt.getTime() <= WORKER_AGE_MS_MAX);
  const said = fresh.filter(({ state }) => state === 'failing' || state === 'refused');
  const leading = said.find(({ holder }) => holder === standing.leader?.holder) ?? said[0];
  if (leading) return leading.state === 'refused' ? 'refused' : 'failing';
  const scannedAt = standing.progress?.scannedAt;
  if (!scannedAt) return 'waiting';
  return nowMs - scannedAt.getTime() > BEHIND_AFTER_MS ? 'behind' : 'running';
}

/** The answer as people and programs read it. */
export function describeStanding(standing: ChainStanding, nowMs: number): ChainStandingView {
  const { progress, leader, dues } = standing;
  return {
    chain: standing.chain,
    state: judgeStanding(standing, nowMs),
    headBlock: progress?.headBlock ?? null,
    nextBlock: progress?.nextBlock ?? null,
    creditBlock: progress?.creditBlock ?? null,
    scannedAt: progress?.scannedAt?.toISOString() ?? null,
    leader: leader && { holder: leader.holder, until: leader.until.toISOString() },
    freezes: standing.freezes.map(({ kind, reason, frozenBy, frozenAt }) => {
      return { kind, reason, frozenBy, frozenAt: frozenAt.toISOString() };
    }),
    dues: dues && { reversals: describeDues(dues.reversals), credits: describeDues(dues.credits) },
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

function describeDues({ count, amountMicros, deposits }: DueStanding): DuesView {
  return {
    count,
    amountUsd: formatUsd(amountMicros),
    deposits: deposits.map(({ id, txHash, amountMicros: micros }) => ({ id, txHash, amountUsd: formatUsd(micros) })),
  };
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
  readonly leader: { readonly holder: string; readonly until: string } | null;
  readonly freezes: readonly {
    readonly kind: string;
    readonly reason: string;
    readonly frozenBy: string;
    readonly frozenAt: string;
  }[];
  readonly dues: { readonly reversals: DuesView; readonly credits: DuesView } | null;
  readonly rpcs: readonly (Omit<RpcStanding, 'since' | 'seenAt'> & {
    readonly since: string;
    readonly seenAt: string;
  })[];
  readonly tokens: readonly (Omit<TokenStanding, 'changedAt'> & { readonly changedAt: string })[];
  readonly workers: readonly {
    readonly holder: string;
    readonly state: string;
    readonly problem: string | null;
    readonly roundEndedAt: string | null;
    readonly seenAt: string;
  }[];
}
