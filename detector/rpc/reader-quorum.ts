/** Lets the API ask the RPCs of a chain; a yes counts once a quorum of them gives it. */
import { ChainUnavailable, type ProofVerdict } from '../../src/core/senders/chain-reader.ts';
import { openJsonRpc, type JsonRpc } from './json-rpc.ts';
import { RpcFault } from './fault.ts';

/** Shorter than the deadline of a scan's calls, because a client waits for the answer. */
const CALL_DEADLINE_MS = 5_000;

export interface ReaderOptions {
  /** CAIP-2 name. */
  readonly chain: string;
  readonly rpcUrls: readonly string[];
  /** How many RPCs must say yes. */
  readonly quorum: number;
}

/** What an account says about a signature, by one RPC. */
export type AccountAnswer = 'yes' | 'no' | 'not_deployed';

/** The RPCs of one chain. Answers of one that serves another chain are not used. */
export class ReaderRpcs {
  readonly #options: ReaderOptions;
  readonly #rpcs: readonly JsonRpc[];
  readonly #chainOf: (rpc: JsonRpc) => Promise<string>;

  /** @param chainOf asks an RPC for the CAIP-2 name of the chain that it serves. */
  constructor(options: ReaderOptions, chainOf: (rpc: JsonRpc) => Promise<string>) {
    this.#options = options;
    this.#rpcs = options.rpcUrls.map((url) => openJsonRpc({ url, deadlineMs: CALL_DEADLINE_MS }));
    this.#chainOf = chainOf;
  }

  /**
   * Asks all RPCs at once what the account says. Proven by a quorum of yes.
   * @throws ChainUnavailable when there is no quorum of yes, and the RPCs that gave no answer could complete one.
   */
  async judge(ask: (rpc: JsonRpc) => Promise<AccountAnswer>): Promise<ProofVerdict> {
    const answers = await Promise.all(this.#rpcs.map(async (rpc) => this.#try(rpc, ask)));
    const yes = answers.filter((answer) => answer === 'yes').length;
    const away = answers.filter((answer) => answer === undefined).length;
    if (yes >= this.#options.quorum) return { proven: true, by: 'contract' };
    if (yes + away >= this.#options.quorum) throw this.#unavailable();
    return { proven: false, reason: answers.includes('no') ? 'wrong_signature' : 'not_deployed' };
  }

  /** Asks one RPC after the other; the first answer counts. @throws ChainUnavailable when no RPC answers. */
  async first<Result>(ask: (rpc: JsonRpc) => Promise<Result>): Promise<Result> {
    for (const rpc of this.#rpcs) {
      const answer = await this.#try(rpc, async () => ({ result: await ask(rpc) }));
      if (answer !== undefined) return answer.result;
    }
    throw this.#unavailable();
  }

  close(): void {
    for (const rpc of this.#rpcs) rpc.close();
  }

  /** Undefined when the RPC gives no answer, or serves another chain, whose accounts prove nothing here. */
  async #try<Result>(rpc: JsonRpc, ask: (rpc: JsonRpc) => Promise<Result>): Promise<Result | undefined> {
    try {
      const [chain, answer] = await Promise.all([this.#chainOf(rpc), ask(rpc)]);
      return chain === this.#options.chain ? answer : undefined;
    } catch (error) {
      if (error instanceof RpcFault) return undefined;
      throw error;
    }
  }

  #unavailable(): ChainUnavailable {
    const { chain, quorum, rpcUrls } = this.#options;
    return new ChainUnavailable(`${chain}: fewer than ${quorum} of ${rpcUrls.length} RPCs gave an answer`);
  }
}
