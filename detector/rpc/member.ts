/** One RPC of a pool: whether it may be asked, what it named as its head, and what is told of it. */
import { withDeadline, type Clock } from '../../src/core/clock.ts';
import type { Block } from '../../src/core/chains/transfer.ts';
import { checkNode, ChainRefused } from './chain-checks.ts';
import type { ChainSource } from './source.ts';
import type { ChainSettings } from '../chain/settings.ts';
import { RpcFault } from './fault.ts';

/** A node is asked for its chain at start and again after this. */
const CHECK_EVERY_MS = 60 * 60_000;
/** How long a node that is not what was configured is left alone. */
const REFUSED_PAUSE_MS = 60_000;
/** Faults in a row after which a node is left alone for a while; then one call probes it. */
const FAULTS_MAX = 3;
const OPEN_MS_MIN = 1_000;
const OPEN_MS_MAX = 30_000;
/** A node that failed within this is asked after the others. */
const SHY_MS = 60_000;
/** Longest look: a node that needs longer is no help in a round. */
const LOOK_DEADLINE_MS = 5_000;

export type RpcState =
  /** Not looked at yet. */
  | 'unknown'
  | 'ok'
  /** It does not answer, or with errors: left alone for a while, then probed by one call. */
  | 'down'
  /** It serves another chain, or another token under the configured address. */
  | 'wrong_chain'
  /** Its head is old, or far behind what a quorum has agreed on. */
  | 'stale'
  /** Its head fell far below what a quorum has agreed on: it starts over. Never a reorg. */
  | 'syncing'
  /** At the height of the target it names another block than the quorum. */
  | 'dissent';

/** What is told of an RPC. */
export interface RpcStatus {
  /** Its host. */
  readonly rpc: string;
  readonly state: RpcState;
  readonly headBlock: number | undefined;
  readonly problem: string | undefined;
  /** Since when it is in this state. */
  readonly sinceMs: number;
}

/** What a node named when it was looked at. */
export interface Look {
  readonly head: Block;
  readonly hardFinal: number | undefined;
  /** It named a higher head when it was looked at before. */
  readonly fell: boolean;
}

export class RpcMember {
  readonly source: ChainSource;
  /** Its host, with a number where several have the same. */
  readonly name: string;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #check: () => Promise<void>;
  readonly #checkChainOnly: () => Promise<void>;
  #checkedAtMs: number | undefined;
  #looking: Promise<Look | undefined> | undefined;
  #faults = 0;
  #askAgainAtMs = 0;
  #shyUntilMs = 0;
  #status: RpcStatus;

  constructor(
    source: ChainSource,
    options: {
      name: string;
      config: Pick<ChainSettings, 'caip2' | 'tokens'>;
      tokens: readonly string[];
      clock: Clock;
      random: () => number;
    },
  ) {
    const { config, tokens, clock } = options;
    this.source = source;
    this.name = options.name;
    this.#clock = clock;
    this.#random = options.random;
    this.#check = async () => checkNode(source, config, tokens);
    this.#checkChainOnly = async () => checkNode(source, { caip2: config.caip2, tokens: [] }, []);
    this.#status = {
      rpc: options.name,
      state: 'unknown',
      headBlock: undefined,
      problem: undefined,
      sinceMs: clock.nowMs(),
    };
  }

  status(): RpcStatus {
    return this.#status;
  }

  /** When it may be asked again; in the past while nothing is held against it. */
  get askAgainAtMs(): number {
    return this.#askAgainAtMs;
  }

  /** True while it had no trouble lately: who has is asked after those who have not. */
  get isSteady(): boolean {
    return this.#clock.nowMs() >= this.#shyUntilMs;
  }

  /** Changes what is told of it. */
  note(state: RpcState, problem?: string): void {
    const same = state === this.#status.state;
    this.#status = { ...this.#status, state, problem, sinceMs: same ? this.#status.sinceMs : this.#clock.nowMs() };
  }

  /** Asks it after the others for a while, and says why. */
  distrust(problem: string): void {
    this.#shyUntilMs = this.#clock.nowMs() + SHY_MS;
    this.#status = { ...this.#status, problem };
  }

  /**
   * Its head, and whether it is the configured chain where that is due; undefined when it gives none, which its status
   * tells. A look that is under way is not begun twice.
   */
  async look(): Promise<Look | undefined> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Runs calls on the node; faults count against it. @throws RpcFault. */
  async ask<Value>(work: (source: ChainSource) => Promise<Value>): Promise<Value> {
    try {
      const value = await work(this.source);
      this.#faults = 0;
      return value;
    } catch (error) {
      if (error instanceof RpcFault) this.#noteFault(error);
      throw error;
    }
  }

  async #look(): Promise<Look | undefined> {
    const late = (): Error => new RpcFault('timeout', `${this.name}: no head in time`);
    const deadline = { clock: this.#clock, timeoutMs: LOOK_DEADLINE_MS, late };
    try {
      const look = await this.ask(async (source) => withDeadline(this.#readHead(source), deadline));
      const fell = look.head.number < (this.#status.headBlock ?? 0);
      this.#status = { ...this.#status, headBlock: look.head.number };
      return { ...look, fell };
    } catch (error) {
      if (error instanceof ChainRefused) {
        this.#askAgainAtMs = this.#clock.nowMs() + REFUSED_PAUSE_MS;
        this.note('wrong_chain', error.message);
      } else if (error instanceof RpcFault) {
        this.note('down', error.message);
      } else {
        throw error;
      }
      return undefined;
    }
  }

  async #readHead(source: ChainSource): Promise<Omit<Look, 'fell'>> {
    const nowMs = this.#clock.nowMs();
    if (this.#checkedAtMs === undefined || nowMs - this.#checkedAtMs >= CHECK_EVERY_MS) {
      await (this.#checkedAtMs === undefined ? this.#check() : this.#checkChainOnly());
      this.#checkedAtMs = nowMs;
    }
    return { head: await source.head(), hardFinal: await source.hardFinal() };
  }

  #noteFault(fault: RpcFault): void {
    // The chain moving on, or a block that is not there yet, is nobody's fault; that we spare it is ours.
    if (fault.kind === 'moved' || fault.kind === 'unknown_block' || fault.kind === 'spared') return;
    const nowMs = this.#clock.nowMs();
    this.#faults += 1;
    this.#shyUntilMs = nowMs + SHY_MS;
    const openMs = Math.min(OPEN_MS_MAX, OPEN_MS_MIN * 2 ** Math.min(this.#faults - FAULTS_MAX, 10));
    // Spread, so that many processes do not come back at once.
    const pauseMs = this.#faults < FAULTS_MAX ? 0 : openMs * (0.5 + this.#random() / 2);
    this.#askAgainAtMs = Math.max(this.#askAgainAtMs, nowMs + Math.max(pauseMs, fault.retryAfterMs ?? 0));
  }
}
