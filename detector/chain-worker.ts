/** The loop of one chain: lead, look at the node, scan, credit, wait for the next wake-up. */
import { canonicalAddress } from '../src/core/chains/address.ts';
import { quorumOf } from '../src/core/chains/quorum.ts';
import { acquireLease, LeaseLost, releaseLease, type Lease } from '../src/db/leases.ts';
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

/** Wake-ups within this become one round. */
const DEBOUNCE_MS = 150;
/** Longest pause of a process that does not lead. */
const ROUND_PAUSE_MS_MAX = 30_000;
const BACKOFF_MS_MIN = 500;
const BACKOFF_MS_MAX = 30_000;
/** How long a chain that is not what was configured is left alone before it is looked at again. */
const REFUSED_PAUSE_MS = 60_000;
/** Rounds that may meet a lagging node in a row before it is told. */
const LAG_FAILURES_QUIET = 3;
/** A chain that could not be read for this long is an alarm. */
const ALARM_AFTER_MS = 60_000;
/** A lease is renewed this often within its life. */
export const RENEWALS_PER_TTL = 3;

export interface WorkerTiming {
  /** Life of a lease; a crashed leader is replaced after it. */
  readonly leaseTtlMs: number;
  /** Pause between looks at the node while it pushes nothing. */
  readonly pollMs: number;
  /** The same while it does: pushes that stop without a word are missed for so long. */
  readonly pushedPollMs: number;
}

export const WORKER_STATES = [
  'starting',
  /** Another process leads this chain. */
  'standby',
  'running',
  /** The last round failed; it is tried again. */
  'failing',
  /** The node is not the configured chain, or a token not the configured one: nothing is read. */
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
  /** Whether its node pushes; silent: it should and does not. */
  readonly push: 'none' | 'alive' | 'silent';
  readonly problem: string | undefined;
  /** Where each of its RPCs stands. */
  readonly rpcs: readonly RpcStatus[];
}

/** What a chain is read with, once its configuration has been understood. */
interface Opened {
  readonly context: ChainContext;
  readonly pool: RpcPool;
  readonly scan: ChainScan;
  readonly audit: ChainAudit;
}

export class ChainWorker {
  readonly #config: ChainSettings;
  readonly #shared: Parameters<typeof buildContext>[1];
  readonly #timing: WorkerTiming;
  readonly #holder: string;
  readonly #sources: readonly ChainSource[];
  readonly #notes: RpcNotes;
  #push: HeadPush | undefined;
  #opened: Opened | undefined;
  #failingSinceMs: number | undefined;
  #alarmed = false;
  #lease: Lease | undefined;
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
    options: { shared: Parameters<typeof buildContext>[1]; timing: WorkerTiming; holder: string },
  ) {
    this.#config = config;
    this.#shared = options.shared;
    this.#timing = options.timing;
    this.#holder = options.holder;
    const { clock, db } = options.shared;
    const notes = new RpcNotes({ db, clock, chain: config.caip2 });
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
      this.#shared.log.warn({ event: 'chain.no_quorum', chain, message: 'one RPC at a time is believed' });
    }
    this.#push = this.#sources[0]?.onHead(() => this.wake());
    this.#running = Promise.all([this.#leadLoop(), this.#loop()]);
  }

  /** Asks for a round soon. @param force reads again even if the head has not moved. */
  wake(force = false): void {
    this.#force ||= force;
    this.#woken = true;
    this.#wake?.();
  }

  status(): ChainStatus {
    const push = this.#push === undefined ? 'none' : this.#push.alive() ? 'alive' : 'silent';
    return { ...this.#status, push, rpcs: this.#opened?.pool.statuses() ?? [] };
  }

  /** Ends the loop, gives up calls under way and hands leadership over. */
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
        pauseMs = await this.#round(force);
        this.#noteSuccess();
      } catch (error) {
        pauseMs = this.#noteFailure(error);
        // What failed was not done: a forced reading is still owed.
        this.#force ||= force;
        await this.#pause(pauseMs, false);
        continue;
      }
      await this.#pause(pauseMs, true);
      await this.#pause(DEBOUNCE_MS, false);
    }
  }

  /** One round, if this process leads. Gives the longest pause until the next. */
  async #round(force: boolean): Promise<number> {
    const lease = this.#lease;
    if (!lease) {
      this.#setStatus({ state: 'standby', problem: undefined });
      return ROUND_PAUSE_MS_MAX;
    }
    const startedAtMs = this.#shared.clock.nowMs();
    const { context, pool, scan, audit } = (this.#opened ??= this.#open());
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

  /** Takes the lease when it is free and renews it, apart from the rounds: a long round must not lose it. */
  async #leadLoop(): Promise<void> {
    const { clock, db } = this.#shared;
    const { leaseTtlMs: ttlMs } = this.#timing;
    const name = `chain:${this.#config.caip2}`;
    while (!this.#stopped) {
      const led = this.#lease !== undefined;
      try {
        this.#lease = await acquireLease(db, { name, holder: this.#holder, ttlMs });
      } catch {
        // Not known now; the fence refuses writes if it is lost.
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

  #open(): Opened {
    try {
      const { clock, log } = this.#shared;
      const context = buildContext(this.#config, this.#shared);
      const tokens = this.#config.tokens.map(({ address }) => canonicalAddress(context.family, address));
      const [config, sources, quorum] = [this.#config, this.#sources, quorumOf(this.#config)];
      return {
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

  /** One alarm for a chain that has not been read for a while, however long it lasts. */
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
    // Behind a balancer the next node often lags by a block: that is only news once it lasts.
    const lagging = error instanceof NodeBehind && this.#failures < LAG_FAILURES_QUIET;
    const news = this.#status.problem !== message && !lagging;
    this.#setStatus({ state: refused ? 'refused' : 'failing', problem: message });
    this.#alarmOnce(message);
    const fields = { event: refused ? 'chain.refused' : 'chain.round_failed', chain, problem: message };
    if (news && (error instanceof NodeBehind || error instanceof RpcFault)) log.warn(fields);
    else if (news) log.error(fields);
    this.#failures += 1;
    const backoffMs = Math.min(BACKOFF_MS_MIN * 2 ** Math.min(this.#failures - 1, 10), BACKOFF_MS_MAX);
    if (refused) return REFUSED_PAUSE_MS;
    // Spread, so that several processes do not come back at once.
    const spreadMs = backoffMs * (0.5 + Math.random() / 2);
    return Math.max(spreadMs, error instanceof RpcFault ? (error.retryAfterMs ?? 0) : 0);
  }

  #setStatus(change: Partial<ChainStatus>): void {
    this.#status = { ...this.#status, ...change };
  }

  /** Waits; a wake-up ends a wakeable pause at once, one that came before it included. */
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
