/** Plans one scan: which windows of blocks it reads, in which order, and which checkpoints it drops. Pure. */
import { checkpointsToDrop } from '../../src/core/chains/checkpoints.ts';
import type { CallClass } from '../rpc/call-budget.ts';

/** How much is read at once. */
export interface ScanSizes {
  readonly windowBlocksStart: number;
  readonly windowBlocksMax: number;
  /** With more missing blocks than this, the head is read first and the rest in parts. */
  readonly backlogBlocks: number;
  /** Windows of the missing blocks that one round reads. */
  readonly backlogWindows: number;
}

/** Blocks of the next window after one that could be read. */
export function grownWindow(windowBlocks: number, { windowBlocksMax }: Pick<ScanSizes, 'windowBlocksMax'>): number {
  return Math.min(windowBlocksMax, windowBlocks * 2);
}

/** Blocks of the next window after one that could not be read. */
export function shrunkWindow(windowBlocks: number): number {
  return Math.max(1, Math.floor(windowBlocks / 2));
}

/** Blocks that are read together, and stored in one commit. */
export interface PlannedWindow {
  readonly fromBlock: number;
  /** Included. */
  readonly toBlock: number;
  readonly callClass: CallClass;
  /** The position once this window is stored: the first block that is not fully read; undefined: it does not move. */
  readonly nextBlock: number | undefined;
  /** Checkpoints above this block are on an abandoned branch and are deleted with this window; undefined: none are. */
  readonly dropAbove: number | undefined;
  /** Numbers of checkpoints that are no longer needed. */
  readonly thin: readonly number[];
  /** Lowest stored block that is no longer in the chain; undefined: all are. */
  readonly lowestGone: number | undefined;
}

export interface ScanPlan<Checkpoint> {
  readonly windows: readonly PlannedWindow[];
  /** The position before any window is stored: the first block that is not fully read. */
  readonly nextBlock: number;
  /** The first window is the head; the missing blocks below it follow. */
  readonly headFirst: boolean;
  /** The windows do not cover all missing blocks: the next scan should follow at once. */
  readonly behind: boolean;
  /** The newest checkpoint, if it is no longer in the chain. */
  readonly rewoundFrom: Checkpoint | undefined;
  /** First block that is read again because of new addresses; undefined where none is. */
  readonly backScanFrom: number | undefined;
}

/**
 * Plans a scan up to `head`. It starts an overlap below the lowest block that was not read on this branch with all
 * addresses. When that is far behind, the head is read first and then a part of the missing blocks, so that new deposits
 * do not wait for old ones. After a rewind all blocks above the ancestor are read in order, so that the position alone
 * says what is still missing.
 * @param known.checkpoints blocks that were read, newest first. @param known.ancestor the newest of them that is in the
 *   chain; undefined: none.
 * @param known.watchedFrom lowest block that was read without one of the addresses; undefined: none.
 * @param sizes.windowBlocks blocks of the first window; each one after it is twice as large, up to the maximum.
 */
export function planScan<Checkpoint extends { readonly number: number }>(
  known: {
    readonly cursor: { readonly startBlock: number; readonly nextBlock: number };
    readonly checkpoints: readonly Checkpoint[];
    readonly ancestor: Checkpoint | undefined;
    readonly head: number;
    readonly watchedFrom: number | undefined;
  },
  sizes: ScanSizes & { readonly windowBlocks: number; readonly overlapBlocks: number },
): ScanPlan<Checkpoint> {
  const { cursor, checkpoints, ancestor, head, watchedFrom } = known;
  const { backlogBlocks, backlogWindows, overlapBlocks } = sizes;
  const [newest] = checkpoints;
  const rewoundFrom = newest?.number === ancestor?.number ? undefined : newest;
  const isRewound = rewoundFrom !== undefined;
  const branch = isRewound ? (ancestor?.number ?? cursor.startBlock - 1) : undefined;
  const firstNew = Math.min(cursor.nextBlock, watchedFrom ?? cursor.nextBlock, (branch ?? cursor.nextBlock) + 1);
  const nothing = { dropAbove: undefined, thin: [], lowestGone: undefined };
  let dropped: Pick<PlannedWindow, keyof typeof nothing> = {
    dropAbove: branch,
    thin: checkpointsToDrop(checkpoints.map(({ number }) => number)),
    lowestGone: isRewound ? checkpoints.findLast(({ number }) => number > (ancestor?.number ?? -1))?.number : undefined,
  };
  let fromBlock = Math.max(cursor.startBlock, firstNew - overlapBlocks);
  let { windowBlocks } = sizes;
  let nextBlock = firstNew;
  const windows: PlannedWindow[] = [];
  const headFirst = head - fromBlock > backlogBlocks && !isRewound;
  if (headFirst) {
    windows.push({
      fromBlock: head - overlapBlocks,
      toBlock: head,
      callClass: 'head',
      nextBlock: undefined,
      ...nothing,
    });
    windowBlocks = grownWindow(windowBlocks, sizes);
  }
  const isTooMuch = (count: number): boolean => count >= backlogWindows && head - fromBlock > backlogBlocks;
  for (let count = 0; fromBlock <= head && !isTooMuch(count); count += 1) {
    const toBlock = Math.min(head, fromBlock + windowBlocks - 1);
    const callClass = toBlock < head - overlapBlocks ? 'backfill' : 'head';
    nextBlock = Math.max(nextBlock, toBlock + 1);
    windows.push({ fromBlock, toBlock, callClass, nextBlock, ...dropped });
    // Once, with the first window: its commit deletes what is above the ancestor.
    dropped = nothing;
    windowBlocks = grownWindow(windowBlocks, sizes);
    fromBlock = toBlock + 1;
  }
  return {
    windows,
    nextBlock: firstNew,
    headFirst,
    behind: fromBlock <= head,
    rewoundFrom,
    backScanFrom: watchedFrom !== undefined && watchedFrom < cursor.nextBlock ? watchedFrom : undefined,
  };
}
