/**
 * The port to one RPC node of one chain. Addresses and hashes are canonical: EVM lower-case 0x, Starknet felts
 * 0x + 64 lower-case hex. Every method ends within its own deadline and fails with an RpcFault.
 */
import type { Clock } from '../../src/core/clock.ts';
import type { Block, TransferEvent } from '../../src/core/chains/transfer.ts';
import type { RangeMemory } from './block-range.ts';
import type { Lane } from './call-budget.ts';

export interface TransferQuery {
  /** First block to read. */
  readonly fromBlock: number;
  /** Last block to read, pinned by its hash: a node that does not have it must say so. */
  readonly target: Block;
  readonly tokens: readonly string[];
  /** Addresses of ours: what they receive is asked for, or what they send where the direction is `out`. */
  readonly recipients: ReadonlySet<string>;
  readonly direction?: 'in' | 'out' | undefined;
  /** On whose account the calls go: what does not lie at the head of the chain must not starve what does. */
  readonly lane?: Lane | undefined;
}

/** What a token says of itself besides transfers: it stands still, or refuses an address. */
export interface TokenNotice {
  readonly token: string;
  readonly txHash: string;
  /** Position among the logs as the node counts them: only to tell two notices of a transaction apart. */
  readonly position: number;
  readonly blockNumber: number;
  readonly kind: 'paused' | 'unpaused' | 'blocked' | 'unblocked';
  /** The address that is blocked, or not any more; null where it is the whole token. */
  readonly address: string | null;
}

export type NoticeQuery = Pick<TransferQuery, 'fromBlock' | 'target' | 'tokens'>;

export interface Receipt {
  readonly succeeded: boolean;
  readonly blockNumber: number;
  readonly blockHash: string;
  /** Transfers of the asked tokens in it. */
  readonly transfers: readonly TransferEvent[];
}

/** Wake-ups by the node. Nothing is ever read from a frame. */
export interface HeadPush {
  /** True while frames arrive; otherwise the caller has to poll. */
  alive(): boolean;
  close(): void;
}

/** How one RPC is opened. */
export interface SourceOptions {
  readonly url: string;
  /** Where the node pushes its heads; without it nothing does. */
  readonly wsUrl?: string | undefined;
  readonly clock: Clock;
  /** What was learned of the node before. */
  readonly memory?: RangeMemory | undefined;
  /** Of each call; 10 s where it is left out. */
  readonly deadlineMs?: number | undefined;
}

export interface ChainSource {
  /** Name of the RPC for logs: its host, never a path or a query that may hold a key. */
  readonly name: string;
  /** CAIP-2 name that the node says it serves. */
  chainId(): Promise<string>;
  decimals(token: string): Promise<number>;
  symbol(token: string): Promise<string>;
  head(): Promise<Block>;
  /** Height that the chain does not take back (finalized, l1_accepted); undefined while the node names none. */
  hardFinal(): Promise<number | undefined>;
  /** A block of the canonical chain by number, or any block by hash; undefined where the node has none. */
  block(at: number | string): Promise<Block | undefined>;
  /**
   * Every Transfer of the tokens to the recipients in [fromBlock, target]. Fails with kind `moved` when the target
   * is not on the node's chain any more after the last page, `unknown_block` when the node never had it.
   */
  transfers(query: TransferQuery): Promise<TransferEvent[]>;
  /** Undefined while the transaction is in no block. `any`: with the Transfers of whatever contract. */
  receipt(txHash: string, tokens: readonly string[] | 'any'): Promise<Receipt | undefined>;
  /**
   * The receipts of a whole block by transaction, with the Transfers of the tokens; undefined where the node does not
   * give them together, or has no such block.
   */
  receiptsOfBlock(blockHash: string, tokens: readonly string[]): Promise<ReadonlyMap<string, Receipt> | undefined>;
  /** Base units of the token at a block. */
  balanceOf(token: string, address: string, blockHash: string): Promise<bigint>;
  /**
   * What runs behind the token's address at a block, as text that changes when the code does: a class hash, or hash of
   * the code and implementation slots. Undefined where there is no contract.
   */
  tokenCode(token: string, blockHash: string): Promise<string | undefined>;
  /** Notices of the tokens in [fromBlock, target]. Fails as `transfers` does. */
  tokenNotices(query: NoticeQuery): Promise<TokenNotice[]>;
  /** Calls back, at most once a frame, whenever the node says that something happened. Undefined without a push URL. */
  onHead(callback: () => void): HeadPush | undefined;
  close(): void;
}
