/** Questions of the API to several RPCs of a chain: a yes counts once enough of them say it. */
import { ChainUnavailable, type ProofVerdict } from '../../src/core/senders/chain-reader.ts';
import { openJsonRpc, type JsonRpc } from './json-rpc.ts';
import { RpcFault } from './fault.ts';

/** Somebody waits for the answer: it must not take as long as a scan's calls may. */
const CALL_DEADLINE_MS = 5_000;

export interface ReaderOptions {
  /** CAIP-2 name. */
  readonly chain: string;
  readonly rpcUrls: readonly string[];
  /** How many RPCs must say yes. */
  readonly quorum: number;
}

/** What one RPC says that an account says. */
export type AccountAnswer = 'yes' | 'no' | 'not_deployed';

/** The RPCs of one chain, as far as they serve it. */
export class ReaderRpcs {
  readonly #options: ReaderOptions;
  readonly #rpcs: readonly JsonRpc[];
  readonly #chainOf: (rpc: JsonRpc) => Promise<string>;

  /** @param chainOf asks an RPC for the CAIP-2 name of what it serves. */
  constructor(options: ReaderOptions, chainOf: (rpc: JsonRpc) => Promise<string>) {
    this.#options = options;
    this.#rpcs = options.rpcUrls.map((url) => openJsonRpc({ url, deadlineMs: CALL_DEADLINE_MS }));
    this.#chainOf = chainOf;
  }

  /**
   * Asks all RPCs at once what the account says.
   * @throws ChainUnavailable while those that gave no answer could still make the quorum.
   */
  async judge(ask: (rpc: JsonRpc) => Promise<AccountAnswer>): Promise<ProofVerdict> {
    const answers = await Promise.all(this.#rpcs.map(async (rpc) => this.#try(rpc, ask)));
    const yes = answers.filter((answer) => answer === 'yes').length;
    const away = answers.filter((answer) => answer === undefined).length;
    if (yes >= this.#options.quorum) return { proven: true, by: 'contract' };
    if (yes + away >= this.#options.quorum) throw this.#unavailable();
    return { proven: false, reason: answers.includes('no') ? 'wrong_signature' : 'not_deployed' };
  }

  /** The first answer that comes. @throws ChainUnavailable when none does. */
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

  /** Undefined when the RPC gives no answer, or serves another chain: what an account says there does not count here. */
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
