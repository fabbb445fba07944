/** Queries for the logs of one EVM node: over ranges of blocks in sizes that the node accepts, or of one block by its hash. */
import type { Block } from '../../src/core/chains/transfer.ts';
import { BlockRange, type RangeMemory } from '../rpc/block-range.ts';
import type { CallClass } from '../rpc/call-budget.ts';
import { RpcFault } from '../rpc/fault.ts';
import { parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import { logsSchema, type EvmLog } from './decode.ts';

/** Blocks of the first request to a node of which no range is known. */
const BLOCKS_START = 500;
/** Result counts at which providers silently cut an answer. */
const RESULT_CAPS: ReadonlySet<number> = new Set([1_000, 10_000]);

/** Which logs are asked for; what is left out matches every log. */
export interface LogFilter {
  readonly address?: readonly string[];
  readonly topics?: readonly (string | readonly string[] | null)[];
}

/** The only reader of logs of one node; it remembers how many blocks the node accepts in one request. */
export class EvmLogs {
  readonly #rpc: JsonRpc;
  readonly #range: BlockRange;

  constructor(rpc: JsonRpc, memory: RangeMemory | undefined) {
    this.#rpc = rpc;
    this.#range = new BlockRange({
      method: 'eth_getLogs',
      blocksStart: BLOCKS_START,
      suspiciousCounts: RESULT_CAPS,
      memory,
    });
  }

  /** The logs of [fromBlock, target) by number; none where the range is empty. The answer is not filtered again here. */
  async below(
    filter: LogFilter,
    { fromBlock, target }: { readonly fromBlock: number; readonly target: Block },
    callClass?: CallClass,
  ): Promise<EvmLog[]> {
    return this.#range.read(fromBlock, target.number - 1, async (from, to) =>
      this.#ask({ ...filter, fromBlock: toQuantity(from), toBlock: toQuantity(to) }, callClass),
    );
  }

  /**
   * The logs of one block, named by its hash: a node that does not have it gives an error instead of an empty answer.
   * @throws RpcFault; its kind is `unknown_block` where the node refuses.
   */
  async ofBlock(filter: LogFilter, blockHash: string, callClass?: CallClass): Promise<EvmLog[]> {
    try {
      return await this.#ask({ ...filter, blockHash }, callClass);
    } catch (error) {
      const unknown = error instanceof RpcFault && error.kind === 'rpc_error';
      throw unknown ? new RpcFault('unknown_block', error.message, { code: error.code, cause: error }) : error;
    }
  }

  async #ask(filter: Readonly<Record<string, unknown>>, callClass?: CallClass): Promise<EvmLog[]> {
    return parseResult('eth_getLogs', logsSchema, await this.#rpc.call('eth_getLogs', [filter], callClass));
  }
}

/** The form in which nodes take a number. */
export function toQuantity(number: number): string {
  return `0x${number.toString(16)}`;
}
