/** The state of a chain in one word, and the facts behind it. Pure. */

/** A chain that was not read for this long is behind: normally it is read at least every 2 minutes. */
const BEHIND_AFTER_MS = 5 * 60_000;
/** A process reports every few seconds; a report older than this is ignored. */
const WORKER_AGE_MS_MAX = 60_000;

/** What a detector process reports of one chain; plain JSON. */
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
  /** Identifies the code that runs behind the token's address; null: no code. */
  readonly code: string | null;
  readonly paused: boolean;
  /** Our addresses that the token blocks. */
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

/** Everything known about the state of one chain. */
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
  /** The process that holds the lease; null: none does. */
  readonly leader: { readonly holder: string; readonly until: Date } | null;
  readonly workers: readonly (WorkerReport & { readonly holder: string; readonly seenAt: Date })[];
  readonly rpcs: readonly RpcStanding[];
  readonly tokens: readonly TokenStanding[];
  readonly freezes: readonly FreezeStanding[];
  /** What is written once the chain is released; looked up for frozen chains only, else null. */
  readonly dues: { readonly reversals: DueStanding; readonly credits: DueStanding } | null;
}

/**
 * `frozen`: read, but no money moves. `failing`, `refused`: as its leader reports. `behind`: not read for 5 minutes.
 * `waiting`: never read.
 */
export const CHAIN_STATES = ['running', 'frozen', 'failing', 'refused', 'behind', 'waiting'] as const;
export type ChainState = (typeof CHAIN_STATES)[number];

/** The state of a chain: `frozen` before everything else, then how it is read. */
export function judgeStanding(standing: Omit<ChainStanding, 'dues'>, nowMs: number): ChainState {
  return standing.freezes.length > 0 ? 'frozen' : judgeReading(standing, nowMs);
}

/** How a chain is read, frozen or not: as its leader reports, else by how long ago it was read. */
export function judgeReading(
  { workers, leader, progress }: Pick<ChainStanding, 'workers' | 'leader' | 'progress'>,
  nowMs: number,
): Exclude<ChainState, 'frozen'> {
  const fresh = workers.filter(({ seenAt }) => nowMs - seenAt.getTime() <= WORKER_AGE_MS_MAX);
  const said = fresh.filter(({ state }) => state === 'failing' || state === 'refused');
  const leading = said.find(({ holder }) => holder === leader?.holder) ?? said[0];
  if (leading) return leading.state === 'refused' ? 'refused' : 'failing';
  const scannedAt = progress?.scannedAt;
  if (!scannedAt) return 'waiting';
  return nowMs - scannedAt.getTime() > BEHIND_AFTER_MS ? 'behind' : 'running';
}
