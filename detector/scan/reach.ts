/** The outcome of a scan. */
import type { Heights } from '../../src/core/chains/finality.ts';
import type { Block } from '../../src/core/chains/transfer.ts';
import type { RpcFault } from '../rpc/fault.ts';

/** How far a chain has been read, and how far it is final. */
export interface Reach {
  readonly heights: Heights;
  /** The newest block that a quorum of RPCs agrees on. */
  readonly target: Block;
  /** First block that has not been read to the end. */
  readonly nextBlock: number;
  /** Deposits below this block may be credited: higher than nextBlock while old blocks are still to be read. */
  readonly creditBelow: number;
  /** There is more to read than one round reads: the next round should follow at once. */
  readonly behind: boolean;
  /** Why old blocks could not be read although the head was: the head is credited first, then the round fails with it. */
  readonly stuck?: RpcFault | undefined;
}
