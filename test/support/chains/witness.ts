/** One RPC of a chain in memory that may lag, lie, fork or fail while the chain itself continues. */
import type { ChainSource, Receipt, TransferQuery } from '../../../detector/rpc/source.ts';
import { RpcFault } from '../../../detector/rpc/fault.ts';
import type { Block, TransferEvent } from '../../../src/core/chains/transfer.ts';
import { CREDITS, TOKEN, type MemoryChain } from './memory-chain.ts';

export const WITNESS_FAULTS = ['none', 'dead', 'flaky', 'lag', 'hide', 'deny', 'invent', 'alter', 'fork'] as const;
export type WitnessFault = (typeof WITNESS_FAULTS)[number];

const LAG_BLOCKS = 3;
/** How many of its newest blocks differ on a forked node. */
const FORK_BLOCKS = 2;
const INVENTED = { txHash: '0xfa15e', amount: 1_000_000n };

export class Witness implements ChainSource {
  readonly name: string;
  fault: WitnessFault = 'none';
  /** Runs once, between a read of transfers and its answer. */
  interrupt: (() => Promise<void>) | undefined;
  readonly #truth: MemoryChain;
  readonly #liesAbout: string;

  /** @param options `liesAbout` is the sender whose transfers it invents. */
  constructor(truth: MemoryChain, options: { name: string; liesAbout: string }) {
    this.#truth = truth;
    this.name = options.name;
    this.#liesAbout = options.liesAbout;
  }

  async chainId(): Promise<string> {
    return this.#truth.chainId();
  }
  async decimals(): Promise<number> {
    return this.#truth.decimals();
  }
  async symbol(): Promise<string> {
    return this.#truth.symbol();
  }
  async hardFinal(): Promise<number | undefined> {
    return this.#truth.hardFinal();
  }
  async tokenCode(): Promise<string | undefined> {
    return this.#truth.tokenCode();
  }
  async tokenNotices(): Promise<never[]> {
    return Promise.resolve([]);
  }
  async balanceOf(token: string, address: string, blockHash: string): Promise<bigint> {
    return this.#truth.balanceOf(token, address, blockHash);
  }
  onHead(): undefined {
    return undefined;
  }
  close(): void {
    this.interrupt = undefined;
  }

  async head(): Promise<Block> {
    this.#failWhen('dead');
    const head = await this.#truth.head();
    if (this.fault !== 'lag') return this.#show(head);
    return (await this.#truth.block(Math.max(0, head.number - LAG_BLOCKS))) ?? head;
  }

  async block(at: number | string): Promise<Block | undefined> {
    this.#failWhen('dead');
    const found = await this.#truth.block(at);
    return found && found.number <= (await this.head()).number ? this.#show(found) : undefined;
  }

  async transfers(query: TransferQuery): Promise<TransferEvent[]> {
    this.#failWhen('dead', 'flaky');
    if (query.target.number > (await this.head()).number) throw new RpcFault('unknown_block', 'not reached yet');
    const events = await Promise.all((await this.#truth.transfers(query)).map(async (event) => this.#tell(event)));
    const interrupt = this.interrupt;
    this.interrupt = undefined;
    await interrupt?.();
    if (this.fault === 'hide' || this.fault === 'deny') return [];
    if (this.fault !== 'invent' || query.direction === 'out') return events;
    return [...events, this.#invent(query.target)];
  }

  async receipt(txHash: string): Promise<Receipt | undefined> {
    this.#failWhen('dead', 'flaky');
    if (this.fault === 'deny') return undefined;
    if (this.fault === 'invent' && txHash === INVENTED.txHash) {
      const head = await this.head();
      const { number: blockNumber, hash: blockHash } = head;
      return { succeeded: true, blockNumber, blockHash, transfers: [this.#invent(head)] };
    }
    const receipt = await this.#truth.receipt(txHash);
    if (!receipt || receipt.blockNumber > (await this.head()).number) return undefined;
    const transfers = await Promise.all(receipt.transfers.map(async (event) => this.#tell(event)));
    return { ...receipt, blockHash: transfers[0]?.blockHash ?? receipt.blockHash, transfers };
  }

  async receiptsOfBlock(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  #failWhen(...faults: readonly WitnessFault[]): void {
    if (faults.includes(this.fault)) throw new RpcFault('network', `${this.name} does not answer`);
  }

  async #show(block: Block): Promise<Block> {
    return { ...block, hash: await this.#hashOf(block.number, block.hash) };
  }

  async #tell(event: TransferEvent): Promise<TransferEvent> {
    const blockHash = await this.#hashOf(event.blockNumber, event.blockHash);
    return { ...event, blockHash, amount: this.fault === 'alter' ? event.amount * 2n : event.amount };
  }

  async #hashOf(number: number, hash: string): Promise<string> {
    const { number: top } = await this.#truth.head();
    return this.fault === 'fork' && number > top - FORK_BLOCKS ? hash.replace(/^0x./, '0xf') : hash;
  }

  #invent(target: Block): TransferEvent {
    const { number: blockNumber, hash: blockHash } = target;
    const parties = { from: this.#liesAbout, to: CREDITS, token: TOKEN };
    return { ...INVENTED, ...parties, ordinal: 0, blockNumber, blockHash, malformed: null };
  }
}
