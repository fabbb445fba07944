/**
 * Writes the ledger: commands from many callers become batches, one INSERT each. Unique keys in the database, not this
 * process, make that safe.
 */
import { hash } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import type { PriceSource } from '../../core/pricing/stamp.ts';
import { LedgerConnection } from './connection.ts';
import { shardOf } from './beside/shard-of.ts';
import type { LastRow } from './entry-columns.ts';
import type { FrozenLots } from './frozen-lots.ts';
import { LedgerLane, type LaneLimits } from './lane.ts';
import type { Outcome, Submission } from './submission.ts';

export interface LedgerWriter {
  /**
   * Applies a command exactly once for ever under its key. Resolves after COMMIT.
   * Rejects with a Refusal: what the posting rule refuses, NOT_FOUND (no such wallet), IDEMPOTENCY_CONFLICT (same key,
   * other input), LEDGER_UNAVAILABLE (queue full, database unreachable, deadline passed: the outcome may be unknown;
   * submitting the same key again gives it).
   */
  submit(submission: Submission): Promise<Outcome>;
  /** Finishes what was accepted, then closes the connections. */
  stop(): Promise<void>;
  /**
   * Whether every lane reaches the database, why one does not, how many commands wait, and how many batches were sent. For a lane without a connection, this
   * starts an attempt to connect; a later call shows the result.
   */
  status(): { ready: boolean; problem: unknown; queued: number; writes: number };
  /** An entry of each lane's newest write whose commit was confirmed: it is in the ledger for good. */
  confirmed(): LastRow[];
}

export interface WriterOptions {
  readonly url: string;
  readonly clock: Clock;
  /** Number of lanes, each with a connection; a wallet always has the same lane. */
  readonly lanes?: number;
  /**
   * Where the ledger is spread over servers: the lowest hash of each part (`listShards`). Each part has a lane then, so that
   * no batch is written to several servers, and no two batches wait for each other in a circle.
   */
  readonly shards?: readonly number[];
  /** How long a caller waits for an answer. */
  readonly deadlineMs?: number;
  readonly limits?: Partial<LaneLimits>;
  /** Lots that nothing is spent from; left out: none are. Only a writer that spends needs them. */
  readonly frozenLots?: Pick<FrozenLots, 'of'> | undefined;
  /** The price book, which sees the prices of every org; left out: commands that are priced are refused. */
  readonly prices?: PriceSource | undefined;
  /** Called with trouble that an operator should know about; `passing` trouble is expected to end by itself. */
  readonly onTrouble?: (message: string, error: unknown, passing?: boolean) => void;
}

const DEFAULT_LANES = 1;
const DEFAULT_DEADLINE_MS = 2_000;
const DEFAULT_LIMITS: LaneLimits = { batchSizeMax: 400, queueLengthMax: 20_000, headsMax: 20_000 };

/** Opens a writer. Connections are made with the first command and again after every loss. */
export function openLedgerWriter(options: WriterOptions): LedgerWriter {
  const { clock, url, deadlineMs = DEFAULT_DEADLINE_MS, shards = [] } = options;
  const laneCount = shards.length > 0 ? shards.length : (options.lanes ?? DEFAULT_LANES);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const onTrouble = options.onTrouble ?? (() => undefined);
  const { frozenLots, prices } = options;
  const frozenOf = frozenLots && ((wallet: string): ReadonlySet<number> => frozenLots.of(wallet));
  const connections = Array.from({ length: laneCount }, () => new LedgerConnection(url, clock));
  const lanes = connections.map(
    (connection) => new LedgerLane({ clock, deadlineMs, limits, frozenOf, prices, onTrouble, connection }),
  );
  let stopping = false;
  return {
    submit: async (submission) => {
      if (stopping) throw new Refusal('LEDGER_UNAVAILABLE', 'the ledger is stopping; try again');
      return laneOf(lanes, submission.wallet, shards).submit(submission);
    },
    stop: async () => {
      stopping = true;
      await Promise.all(lanes.map(async (lane) => lane.stop()));
    },
    status: () => {
      if (!stopping) for (const lane of lanes) lane.retry();
      return {
        ready: !stopping && lanes.every((lane) => lane.reachable),
        problem: lanes.find((lane) => !lane.reachable)?.problem,
        queued: lanes.reduce((sum, lane) => sum + lane.queued, 0),
        writes: connections.reduce((sum, { sentCount }) => sum + sentCount, 0),
      };
    },
    confirmed: () => lanes.flatMap(({ heads }) => heads.confirmed ?? []),
  };
}

/** The lane of a wallet. Only this function decides it. */
function laneOf(lanes: readonly LedgerLane[], wallet: string, shards: readonly number[]): LedgerLane {
  const lane = lanes[lanes.length === 1 ? 0 : indexOf(wallet, shards, lanes.length)];
  if (!lane) throw new Error('a ledger writer needs at least one lane');
  return lane;
}

function indexOf(wallet: string, shards: readonly number[], lanes: number): number {
  if (shards.length > 0) return shardOf(wallet, shards);
  return hash('md5', wallet, 'buffer').readUInt32BE(0) % lanes;
}
