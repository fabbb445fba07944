/** The worker of one chain: takes the lease, then repeats rounds of scanning, crediting and auditing. */
import { canonicalAddress } from '../src/core/chains/address.ts';
import { quorumOf } from '../src/core/chains/quorum.ts';
import { acquireLease, LeaseLost, releaseLease, type Lease } from '../src/db/leases.ts';
import { traced } from '../src/db/tracing.ts';
import { ChainAudit } from './audit/audit.ts';
import { ChainRefused } from './rpc/chain-checks.ts';
import type { ChainSource, HeadPush } from './rpc/source.ts';
import { buildContext, type ChainContext } from './chain/context.ts';
import type { ChainSettings } from './chain/settings.ts';
import type { Reach } from './scan/reach.ts';
import { creditDeposits } from './credit/credit.ts';
import { openSource } from './open-source.ts';
import { RpcFault } from './rpc/fault.ts';
import type { RpcStatus } from './rpc/member.ts';
import { RpcNotes } from './rpc/notes.ts';
import { RpcPool } from './rpc/pool.ts';
import { ChainScan, NodeBehind } from './scan/scan.ts';

/** Wake-ups within this time of each other are served by one round. */
const DEBOUNCE_MS = 150;
/** Longest pause between two checks for the lease in a process that does not lead. */
const ROUND_PAUSE_MS_MAX = 30_000;
const BACKOFF_MS_MIN = 500;
const BACKOFF_MS_MAX = 30_000;
/** Pause before a chain that differs from its configuration is checked again. */
const REFUSED_PAUSE_MS = 60_000;
/** Consecutive rounds that may fail on a lagging node before it is logged. */
const LAG_FAILURES_QUIET = 3;
/** After failing for this long a chain raises one alarm. */
const ALARM_AFTER_MS = 60_000;
/** Renewals of a lease within its life. */
export const RENEWALS_PER_TTL = 3;

export interface WorkerTiming {
  /** Life of a lease; a crashed leader is replaced after it. */
  readonly leaseTtlMs: number;
  /** Pause between polls of the node while it pushes nothing. */
  readonly pollMs: number;
  /** The same while it pushes. Also the longest time for which pushes that stop silently go unnoticed. */
  readonly pushedPollMs: number;
}

/** The states of a ChainWorker; its docstring says what moves it from one to another. */
export const WORKER_STATES = [
  /** No round has run yet. */
  'starting',
  /** Another process leads this chain. */
  'standby',
  /** This process leads, and its last round ended well. */
  'running',
  /** The last round failed; it is repeated after a pause. */
  'failing',
  /** The nodes serve another chain or token than configured, or the configuration is invalid: nothing is read. */
  'refused',
] as const;
export type WorkerState = (typeof WORKER_STATES)[number];

export interface ChainStatus {
  readonly chain: string;
  readonly state: WorkerState;
  readonly headBlock: number | undefined;
  readonly nextBlock: number | undefined;
  readonly roundEndedAtMs: number | undefined;
  /** How long the last round took. */
  readonly roundMs: number | undefined;
  /** Whether its node pushes heads; `silent` when a push URL is configured and nothing arrives. */
  readonly push: 'none' | 'alive' | 'silent';
  readonly problem: string | undefined;
  /** The status of each of its RPCs. */
  readonly rpcs: readonly RpcStatus[];
}

/** What a round works with; built from a valid configuration, once for each lease that this process takes. */
interface Opened {
  /** The fence of the lease. A recovery moves it, so nothing that is remembered here outlives a restore. */
  readonly fence: string;
  readonly context: ChainContext;
  readonly pool: RpcPool;
  readonly scan: ChainScan;
  readonly audit: ChainAudit;
}

/**
 * Reads and credits one chain while this process leads it. From start() to stop() two loops run: one takes the lease and
 * renews it every third of its life, the other runs one round after another.
 *
 * - `starting`: until the first round.
 * - `standby`: the process holds no lease, or the database has to be recovered first. The next round runs when it takes
 *   the lease, and otherwise within 30 s.
 * - `running`: the last round ended well. The next starts on a wake-up or after the poll interval, and at once while
 *   blocks are left to read.
 * - `failing`: the last round threw. It is repeated after a pause that doubles from 0.5 s up to 30 s, shortened at random
 *   by up to half, or longer where a node asked for it. Wake-ups do not shorten it.
 * - `refused`: the last round threw ChainRefused. It is repeated after 60 s, so a mended node needs no restart.
 *
 * The outcome of a round sets the state, whatever it was before; a LeaseLost drops the lease, so that the next round
 * gives `standby`. Failures that last a minute raise one alarm, `chain.unreadable`; the next round that ends well logs
 * `chain.recovered`. stop() ends both loops in any state and releases the lease.
 */
export class ChainWorker {
  readonly #config: ChainSettings;
  readonly #shared: Parameters<typeof buildContext>[1];
  readonly #timing: WorkerTiming;
  readonly #holder: string;
  readonly #mayWork: () => boolean;
  readonly #sources: readonly ChainSource[];
  readonly #notes: RpcNotes;
  #push: HeadPush | undefined;
  #opened: Opened | undefined;
  #failingSinceMs: number | undefined;
  #alarmed = false;
  #lease: Lease | undefined;
  /** Why the lease could not be asked for. */
  #leaseProblem: string | undefined;
  #endLeading = (): void => undefined;
  #wake: (() => void) | undefined;
  #woken = false;
  #force = false;
  #stopped = false;
  #failures = 0;
  #status: ChainStatus;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    config: ChainSettings,
    options: {
      shared: Parameters<typeof buildContext>[1];
      timing: WorkerTiming;
      holder: string;
      mayWork?: () => boolean;
    },
  ) {
    this.#config = config;
    this.#shared = options.shared;
    this.#timing = options.timing;
    this.#holder = options.holder;
    this.#mayWork = options.mayWork ?? ((): boolean => true);
    const { clock, db, log } = options.shared;
    const notes = new RpcNotes({ db, clock, chain: config.caip2, log });
    this.#notes = notes;
    this.#sources = config.rpcUrls.map((url, index) => {
      const wsUrl = index === 0 ? config.wsUrl : undefined;
      return openSource(config.caip2, { url, clock, wsUrl, memory: notes.rangesOf(new URL(url).host) });
    });
    this.#status = {
      chain: config.caip2,
      state: 'starting',
      headBlock: undefined,
      nextBlock: undefined,
      roundEndedAtMs: undefined,
      roundMs: undefined,
      push: 'none',
      problem: undefined,
      rpcs: [],
    };
  }

  start(): void {
    const { caip2: chain, devnet } = this.#config;
    if (devnet !== true && quorumOf(this.#config) === 1) {
      this.#shared.log.warn({ event: 'chain.no_quorum', chain, message: 'one RPC is trusted at a time' });
    }
    this.#push = this.#sources[0]?.onHead(() => this.wake());
    this.#running = Promise.all([this.#leadLoop(), this.#loop()]);
  }

  /** Requests a round soon. @param force reads again even if the head has not moved. */
  wake(force = false): void {
    this.#force ||= force;
    this.#woken = true;
    this.#wake?.();
  }

  status(): ChainStatus {
    const push = this.#push === undefined ? 'none' : this.#push.alive() ? 'alive' : 'silent';
    return { ...this.#status, push, rpcs: this.#opened?.pool.statuses() ?? [] };
  }

  /** Ends both loops, aborts the calls in flight and releases the lease. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#push?.close();
    for (const source of this.#sources) source.close();
    this.#endLeading();
    this.wake();
    await this.#running;
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      const force = this.#force;
      this.#force = false;
      let pauseMs: number;
      try {
        const attributes = { 'coffer.chain': this.#config.caip2 };
        const about = { name: 'detector round', kind: 'internal', isRoot: true, attributes } as const;
        pauseMs = await traced(
          () => about,
          async () => this.#round(force),
        );
        this.#noteSuccess();
      } catch (error) {
        pauseMs = this.#noteFailure(error);
        // The failed round did not do the forced read: the next one has to.
        this.#force ||= force;
        await this.#pause(pauseMs, false);
        continue;
      }
      await this.#pause(pauseMs, true);
      await this.#pause(DEBOUNCE_MS, false);
    }
  }

  /** One round, if this process leads. @returns the longest pause until the next, in milliseconds. */
  async #round(force: boolean): Promise<number> {
    if (!this.#mayWork()) {
      // What it remembers of the database may not hold for the one that comes.
      this.#opened = undefined;
      this.#setStatus({ state: 'standby', problem: 'the database has to be recovered first' });
      return this.#timing.pollMs;
    }
    const lease = this.#lease;
    if (!lease) {
      this.#setStatus({ state: 'standby', problem: this.#leaseProblem });
      return ROUND_PAUSE_MS_MAX;
    }
    const startedAtMs = this.#shared.clock.nowMs();
    if (this.#opened?.fence !== lease.fence) this.#opened = this.#open(lease);
    const { context, pool, scan, audit } = this.#opened;
    await this.#notes.load();
    let reach: Reach;
    try {
      reach = await scan.run(pool, lease, force);
    } finally {
      await this.#notes.keep(pool.statuses());
    }
    await creditDeposits(context, pool, lease, reach);
    this.#setStatus({
      state: 'running',
      headBlock: reach.heights.head,
      nextBlock: reach.nextBlock,
      roundEndedAtMs: context.clock.nowMs(),
      roundMs: context.clock.nowMs() - startedAtMs,
      problem: undefined,
    });
    if (reach.stuck) throw reach.stuck;
    if (reach.behind) return 0;
    await audit.run(pool, lease, reach);
    return this.#push?.alive() === true ? this.#timing.pushedPollMs : this.#timing.pollMs;
  }

  /** Takes the lease when it is free and renews it. Runs apart from the rounds, so that a long round does not lose it. */
  async #leadLoop(): Promise<void> {
    const { clock, db } = this.#shared;
    const { leaseTtlMs: ttlMs } = this.#timing;
    const name = `chain:${this.#config.caip2}`;
    while (!this.#stopped) {
      const led = this.#lease !== undefined;
      try {
        this.#lease = this.#mayWork() ? await acquireLease(db, { name, holder: this.#holder, ttlMs }) : undefined;
        this.#noteLease(undefined);
      } catch (error) {
        // The lease is kept, and the fence refuses writes if another process has it.
        this.#noteLease(error);
      }
      if (this.#lease !== undefined && !led) this.wake();
      if (!this.#stopped) {
        await new Promise<void>((resolve) => {
          const cancel = clock.after(ttlMs / RENEWALS_PER_TTL, resolve);
          this.#endLeading = () => {
            cancel();
            resolve();
          };
        });
      }
    }
    if (this.#lease) await releaseLease(db, this.#lease).catch(() => undefined);
  }

  /** Logs the first of several failures to ask for the lease; a process that does not lead shows it in its status. */
  #noteLease(error: unknown): void {
    const problem = error === undefined ? undefined : 'the lease cannot be asked for: the database does not answer';
    const { log } = this.#shared;
    if (problem !== undefined && this.#leaseProblem === undefined) {
      log.warn({ event: 'chain.lease_unasked', chain: this.#config.caip2, problem: String(error) });
    }
    this.#leaseProblem = problem;
    if (this.#status.state === 'standby') this.#setStatus({ problem });
  }

  #open({ fence }: Lease): Opened {
    try {
      const { clock, log } = this.#shared;
      const context = buildContext(this.#config, this.#shared);
      const tokens = this.#config.tokens.map(({ address }) => canonicalAddress(context.family, address));
      const [config, sources, quorum] = [this.#config, this.#sources, quorumOf(this.#config)];
      return {
        fence,
        context,
        pool: new RpcPool({ sources, quorum, config, tokens, clock, log }),
        scan: new ChainScan(context),
        audit: new ChainAudit(context),
      };
    } catch (error) {
      throw new ChainRefused(error instanceof Error ? error.message : 'cannot be configured', { cause: error });
    }
  }

  #noteSuccess(): void {
    if (this.#alarmed) this.#shared.log.info({ event: 'chain.recovered', chain: this.#config.caip2 });
    this.#failures = 0;
    this.#failingSinceMs = undefined;
    this.#alarmed = false;
  }

  /** Raises one alarm once failures have lasted for ALARM_AFTER_MS, however long they go on. */
  #alarmOnce(problem: string): void {
    const { clock, log } = this.#shared;
    this.#failingSinceMs ??= clock.nowMs();
    if (this.#alarmed || clock.nowMs() - this.#failingSinceMs < ALARM_AFTER_MS) return;
    this.#alarmed = true;
    log.error({ event: 'chain.unreadable', chain: this.#config.caip2, problem });
  }

  #noteFailure(error: unknown): number {
    const { log } = this.#shared;
    const chain = this.#config.caip2;
    if (this.#stopped) return 0;
    if (error instanceof LeaseLost) {
      this.#lease = undefined;
      log.warn({ event: 'chain.lease_lost', chain });
      return 0;
    }
    const message = error instanceof Error ? error.message : String(error);
    const refused = error instanceof ChainRefused;
    // Behind a load balancer the next node often lags by a block: that is logged only when it lasts.
    const lagging = error instanceof NodeBehind && this.#failures < LAG_FAILURES_QUIET;
    const isNew = this.#status.problem !== message && !lagging;
    this.#setStatus({ state: refused ? 'refused' : 'failing', problem: message });
    this.#alarmOnce(message);
    const fields = { event: refused ? 'chain.refused' : 'chain.round_failed', chain, problem: message };
    if (isNew && (error instanceof NodeBehind || error instanceof RpcFault)) log.warn(fields);
    else if (isNew) log.error(fields);
    this.#failures += 1;
    const backoffMs = Math.min(BACKOFF_MS_MIN * 2 ** Math.min(this.#failures - 1, 10), BACKOFF_MS_MAX);
    if (refused) return REFUSED_PAUSE_MS;
    // Spread at random, so that several processes do not return at the same moment.
    const spreadMs = backoffMs * (0.5 + Math.random() / 2);
    return Math.max(spreadMs, error instanceof RpcFault ? (error.retryAfterMs ?? 0) : 0);
  }

  #setStatus(change: Partial<ChainStatus>): void {
    this.#status = { ...this.#status, ...change };
  }

  /** Waits. A wake-up ends a wakeable pause at once, also one that arrived before the pause began. */
  async #pause(pauseMs: number, wakeable: boolean): Promise<void> {
    if (this.#stopped || (wakeable && this.#woken)) {
      this.#woken = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const cancel = this.#shared.clock.after(pauseMs, resolve);
      this.#wake = () => {
        if (!wakeable && !this.#stopped) return;
        cancel();
        resolve();
      };
    });
    this.#wake = undefined;
    if (wakeable) this.#woken = false;
  }
}
