/** What one scan reads: which windows of blocks, in which order, and what is dropped with each. Pure. */
import { checkpointsToDrop } from '../../src/core/chains/checkpoints.ts';
import type { Lane } from '../rpc/call-budget.ts';

/** How much is read at once. */
export interface ScanSizes {
  readonly windowBlocksStart: number;
  readonly windowBlocksMax: number;
  /** From so many missing blocks on the head is read first, and the rest in parts. */
  readonly backlogBlocks: number;
  /** Windows of what is missing that one round reads. */
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
  readonly lane: Lane;
  /** First block that is not read to the end once this is stored; undefined where the position stays. */
  readonly nextBlock: number | undefined;
  /** Checkpoints above this lie on a branch that is gone, and go with this window; undefined: none do. */
  readonly dropAbove: number | undefined;
  /** Numbers of checkpoints that are not needed any more. */
  readonly thin: readonly number[];
  /** Lowest stored block that is gone; undefined: none is. */
  readonly lowestGone: number | undefined;
}

export interface ScanPlan<Checkpoint> {
  readonly windows: readonly PlannedWindow[];
  /** First block that is not read to the end before any of them is stored. */
  readonly nextBlock: number;
  /** The first window is the head, before what is missing below it. */
  readonly headFirst: boolean;
  /** More is missing than the windows hold: the next scan should follow at once. */
  readonly behind: boolean;
  /** The newest checkpoint where the chain has left it; undefined where it holds it. */
  readonly rewoundFrom: Checkpoint | undefined;
  /** Where blocks are read again with addresses that are new since; undefined where none are. */
  readonly backScanFrom: number | undefined;
}

/**
 * Plans a scan up to `head`. Everything from the lowest block that was not read on this branch with all addresses is
 * read, less an overlap. Far behind, the head is read first and then a part of what is missing: deposits of now do not
 * wait for old ones. After a rewind everything above the ancestor is read in order, so that the position says what is
 * still to do.
 * @param known.checkpoints blocks that were read, newest first. @param known.ancestor the newest of them that the chain
 *   holds; undefined: none.
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
    windows.push({ fromBlock: head - overlapBlocks, toBlock: head, lane: 'head', nextBlock: undefined, ...nothing });
    windowBlocks = grownWindow(windowBlocks, sizes);
  }
  const isTooMuch = (count: number): boolean => count >= backlogWindows && head - fromBlock > backlogBlocks;
  for (let count = 0; fromBlock <= head && !isTooMuch(count); count += 1) {
    const toBlock = Math.min(head, fromBlock + windowBlocks - 1);
    const lane = toBlock < head - overlapBlocks ? 'backfill' : 'head';
    nextBlock = Math.max(nextBlock, toBlock + 1);
    windows.push({ fromBlock, toBlock, lane, nextBlock, ...dropped });
    // Done with the first window: what lies above the ancestor is gone from then on.
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
