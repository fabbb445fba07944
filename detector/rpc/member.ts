/** One RPC of a pool: its state, its last head, and when it may be asked again. */
import { withDeadline, type Clock } from '../../src/core/clock.ts';
import type { Block } from '../../src/core/chains/transfer.ts';
import { checkNode, ChainRefused } from './chain-checks.ts';
import type { ChainSource } from './source.ts';
import type { ChainSettings } from '../chain/settings.ts';
import { RpcFault } from './fault.ts';

/** A node is asked for its chain id at the first look and again after this. */
const CHECK_EVERY_MS = 60 * 60_000;
/** How long a node that serves something else than configured is not asked. */
const REFUSED_PAUSE_MS = 60_000;
/** Faults in a row from which on a node is paused after each one. */
const FAULTS_MAX = 3;
const OPEN_MS_MIN = 1_000;
const OPEN_MS_MAX = 30_000;
/** A node that failed within this time is asked after the others. */
const SHY_MS = 60_000;
/** Longest look: a slower node is of no use in a round. */
const LOOK_DEADLINE_MS = 5_000;

/** The states of an RpcMember; its docstring says what moves it from one to another. */
export type RpcState =
  /** Not looked at yet. */
  | 'unknown'
  /** Its head can be the chain's newest. */
  | 'ok'
  /** Its last look failed: no answer, or an error. */
  | 'down'
  /** It serves another chain, or another token under the configured address. */
  | 'wrong_chain'
  /** Its head is more than 10 minutes old, or more than 64 blocks behind what a quorum has agreed on. */
  | 'stale'
  /** Its head fell more than 64 blocks below what a quorum has agreed on: it resyncs. Never taken for a reorg. */
  | 'syncing'
  /** At the height of the target it names another block than the quorum. */
  | 'dissent';

/** What an RPC's status shows. */
export interface RpcStatus {
  /** Its host, with a number where several RPCs have the same. */
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
  /** It named a higher head in the look before. */
  readonly fell: boolean;
}

/**
 * One RPC as the pool sees it. The pool looks at it once a round, unless it is paused, and the look sets its state:
 *
 * - `unknown`: until the first look.
 * - `down`: the look failed or took longer than 5 s.
 * - `wrong_chain`: it serves another chain or token; it is paused for 60 s.
 * - `stale`, `syncing`: the pool rejects its head; `syncing` lasts until its head is near what was agreed on.
 * - `dissent`: its head is usable, but it names another block than the quorum at the target.
 * - `ok`: none of these.
 *
 * A state lasts until the next look, which may set any of them but `unknown`. Faults do two things beside that. From
 * the third in a row on each one pauses the RPC, for 1 s doubling up to 30 s, shortened at random by up to half; a
 * Retry-After pauses it after any fault. The first call that succeeds ends the count. A fault that the chain can have
 * caused, because it moved on, counts once it comes a second time in the same words. And for 60 s after a fault, or
 * after distrust(), the RPC is unsteady: asked after the others.
 */
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
  /** The message of its last fault that the chain could have caused. */
  #chainFault: string | undefined;
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

  /** When its pause ends, in milliseconds since the epoch; in the past while it is not paused. */
  get askAgainAtMs(): number {
    return this.#askAgainAtMs;
  }

  /** False for 60 s after a fault or distrust(): the pool then asks it after the others. */
  get isSteady(): boolean {
    return this.#clock.nowMs() >= this.#shyUntilMs;
  }

  /** Sets its state, with the problem that led to it. */
  note(state: RpcState, problem?: string): void {
    const same = state === this.#status.state;
    this.#status = { ...this.#status, state, problem, sinceMs: same ? this.#status.sinceMs : this.#clock.nowMs() };
  }

  /** Makes it unsteady for 60 s, with the reason in its status; its state stays. */
  distrust(problem: string): void {
    this.#shyUntilMs = this.#clock.nowMs() + SHY_MS;
    this.#status = { ...this.#status, problem };
  }

  /**
   * Asks for its head, and where that is due whether it serves the configured chain. Undefined when that fails; its
   * status then says why. Calls during a look share its result.
   */
  async look(): Promise<Look | undefined> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Runs calls on the node and counts their faults. @throws RpcFault. */
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
    // Not the node's fault: our own budget kept the call back, the chain moved on, or the block is not there yet. But a
    // chain does not move on twice in the same way.
    const isChain = fault.kind === 'moved' || fault.kind === 'unknown_block';
    const isRepeated = fault.message === this.#chainFault;
    if (isChain) this.#chainFault = fault.message;
    if ((isChain && !isRepeated) || fault.kind === 'spared') return;
    const nowMs = this.#clock.nowMs();
    this.#faults += 1;
    this.#shyUntilMs = nowMs + SHY_MS;
    const openMs = Math.min(OPEN_MS_MAX, OPEN_MS_MIN * 2 ** Math.min(this.#faults - FAULTS_MAX, 10));
    // Spread at random, so that many processes do not return at the same moment.
    const pauseMs = this.#faults < FAULTS_MAX ? 0 : openMs * (0.5 + this.#random() / 2);
    this.#askAgainAtMs = Math.max(this.#askAgainAtMs, nowMs + Math.max(pauseMs, fault.retryAfterMs ?? 0));
  }
}
