/** Scans a chain: reads new blocks, compares them with what is stored, and commits changes and position together. */
import { findAncestor } from '../../src/core/chains/checkpoints.ts';
import { creditHeight, type Heights } from '../../src/core/chains/finality.ts';
import { judgeRewrite } from '../../src/core/chains/freeze.ts';
import type { Block, TransferEvent } from '../../src/core/chains/transfer.ts';
import { decideReading, type Changes, type KnownDeposit } from '../../src/core/deposits/diff.ts';
import type { Reach } from './reach.ts';
import { formatUsd } from '../../src/core/money.ts';
import { listCheckpoints, openCursor, type ChainCursor, type Checkpoint } from '../../src/db/chains/cursor.ts';
import { commitScan, listKnownDeposits } from '../../src/db/deposits/scan.ts';
import { failpoint } from '../../src/db/failpoint.ts';
import type { Lease } from '../../src/db/leases.ts';
import { mapBounded } from '../../src/core/bounded.ts';
import type { CallClass } from '../rpc/call-budget.ts';
import { ChainRefused } from '../rpc/chain-checks.ts';
import { watchedTokens, type ChainContext } from '../chain/context.ts';
import { grownWindow, planScan, shrunkWindow, type PlannedWindow, type ScanPlan, type ScanSizes } from './plan.ts';
import { readRange, type RangeReading } from './read-range.ts';
import { judgeMissing } from './missing.ts';
import { RpcFault } from '../rpc/fault.ts';
import type { RpcPool } from '../rpc/pool.ts';
import type { Watched } from '../chain/watch-set.ts';

const SIZES: ScanSizes = {
  windowBlocksStart: 2_000,
  windowBlocksMax: 10_000,
  backlogBlocks: 10_000,
  backlogWindows: 4,
};
const HEADERS_IN_FLIGHT_MAX = 16;

/** The RPCs are behind what was read before: they sync or lag. The only consequence is to wait. */
export class NodeBehind extends Error {
  override name = 'NodeBehind';
}

/** Scans one chain. Everything that it remembers only saves work; what counts is in the database. */
export class ChainScan {
  readonly #context: ChainContext;
  readonly #kept = new Set<string>();
  readonly #sizes: ScanSizes;
  #windowBlocks: number;
  #last: { readonly head: Block; readonly nextBlock: number } | undefined;

  constructor(context: ChainContext, sizes = SIZES) {
    this.#context = context;
    this.#sizes = sizes;
    this.#windowBlocks = sizes.windowBlocksStart;
  }

  /**
   * Reads and stores up to the agreed head, or a part of it where much is missing. A head that was fully read before is
   * read again only with `force`.
   * @throws NodeBehind, RpcFault (try again later), LeaseLost (another leads).
   */
  async run(pool: RpcPool, lease: Lease, force: boolean): Promise<Reach> {
    const { chain, family, startBlock, clock, db, watch } = this.#context;
    const { target: head, hardFinal } = await pool.survey();
    const heights: Heights = { head: head.number, hardFinal };
    if (!force && this.#last?.head.hash === head.hash && this.#last.head.number === head.number) {
      const { nextBlock } = this.#last;
      return { heights, target: head, nextBlock, creditBelow: nextBlock, behind: false };
    }
    const cursor = await openCursor(db, lease, { chain, startBlock, at: new Date(clock.nowMs()) });
    refuseForeignPosition(cursor, head.number);
    // After the survey of the head: every address that a block up to it could pay was issued before.
    const watched = await watch.refresh(db, { chain, family, readUpTo: cursor.watchedNumber });
    const read = await this.#read(pool, lease, { head, heights, cursor, watched });
    this.#last = read.behind ? undefined : { head, nextBlock: read.nextBlock };
    return { heights, target: head, ...read };
  }

  async #read(
    pool: RpcPool,
    lease: Lease,
    { head, heights, cursor, watched }: { head: Block; heights: Heights; cursor: ChainCursor; watched: Watched },
  ): Promise<Pick<Reach, 'nextBlock' | 'creditBelow' | 'behind' | 'stuck'>> {
    const { overlapBlocks, chain, db } = this.#context;
    const checkpoints = await listCheckpoints(db, chain);
    const ancestor = await findAncestor(checkpoints, async (known) => isOnChain(pool, known));
    const known = { cursor, checkpoints, ancestor, head: head.number, watchedFrom: watched.firstBlock };
    const plan = planScan(known, { ...this.#sizes, windowBlocks: this.#windowBlocks, overlapBlocks });
    this.#notePlan(plan, ancestor);
    const about = { heights, before: cursor, lastNumber: watched.lastNumber };
    let { nextBlock } = plan;
    let isHeadRead = false;
    try {
      for (const window of plan.windows) {
        const target = window.toBlock === head.number ? head : await pool.block(window.toBlock);
        const reading = await this.#readWindow(pool, { ...window, target });
        nextBlock = window.nextBlock ?? nextBlock;
        await this.#commit(pool, lease, { window, target, reading, ...about });
        isHeadRead ||= plan.headFirst;
      }
    } catch (error) {
      // Old blocks that cannot be read do not keep the head from being credited, unless the chain has changed since.
      if (!isHeadRead || !(error instanceof RpcFault) || error.kind === 'moved') throw error;
      return { nextBlock, creditBelow: head.number + 1, behind: true, stuck: error };
    }
    const creditBelow = plan.behind && isHeadRead ? head.number + 1 : nextBlock;
    return { nextBlock, creditBelow, behind: plan.behind };
  }

  async #readWindow(
    pool: RpcPool,
    {
      fromBlock,
      target,
      callClass,
    }: { readonly fromBlock: number; readonly target: Block; readonly callClass: CallClass },
  ): Promise<RangeReading> {
    const { recipients, log } = this.#context;
    try {
      const query = { fromBlock, target, tokens: watchedTokens(this.#context), recipients, callClass };
      const reading = await readRange(pool, query, log);
      this.#windowBlocks = grownWindow(this.#windowBlocks, this.#sizes);
      return reading;
    } catch (error) {
      this.#windowBlocks = shrunkWindow(this.#windowBlocks);
      throw error;
    }
  }

  async #commit(
    pool: RpcPool,
    lease: Lease,
    read: {
      readonly window: PlannedWindow;
      readonly target: Block;
      readonly reading: RangeReading;
      readonly heights: Heights;
      /** Number of the newest deposit address that the window was read with. */
      readonly lastNumber: number;
      /** The position before this scan. */
      readonly before: ChainCursor;
    },
  ): Promise<void> {
    const { chain, db, rules, clock } = this.#context;
    const { window, target, reading, heights, before } = read;
    const { nextBlock, dropAbove, thin, lowestGone } = window;
    const { settled, disputed } = reading;
    const range = { fromBlock: window.fromBlock, toBlock: target.number };
    const known = await listKnownDeposits(db, { chain, ...range, events: [...settled, ...disputed] });
    const decided = decideReading(known, reading, this.#context, { ...range, tokens: watchedTokens(this.#context) });
    const { gone, kept } = await judgeMissing(pool, decided.orphan, heights);
    const changes = { ...decided, orphan: gone };
    const blocks = [...(await headersOf(pool, changes.observe, target)), target];
    failpoint('detector.after-read');
    const position = {
      headBlock: target.number,
      creditBlock: creditHeight(rules, heights),
      hardFinalBlock: heights.hardFinal,
      watchedNumber: read.lastNumber,
    };
    const { headBlock, hardFinalBlock: hardFinal } = before;
    const rewrite = { headBlock, hardFinal, lowestGone, orphans: changes.orphan };
    const freeze = judgeRewrite(rewrite, this.#context.reorgBlocksMax);
    const { froze } = await commitScan(db, lease, {
      chain,
      freeze,
      read: range,
      changes,
      disputed,
      votes: reading.votesOn([...changes.observe, ...disputed]),
      blocks,
      ancestor: dropAbove,
      thin,
      cursor: nextBlock === undefined ? undefined : { nextBlock, ...position },
      at: new Date(clock.nowMs()),
    });
    if (froze) this.#context.log.error({ event: 'chain.frozen', chain, reason: freeze?.reason });
    this.#noteChanges(changes);
    this.#noteKept(kept);
  }

  #notePlan({ rewoundFrom, backScanFrom }: ScanPlan<Checkpoint>, ancestor: Checkpoint | undefined): void {
    const { chain, startBlock, log } = this.#context;
    if (rewoundFrom) {
      const [fromBlock, toBlock] = [rewoundFrom.number, ancestor?.number];
      const depth = fromBlock - (toBlock ?? startBlock - 1);
      log.warn({ event: 'chain.rewound', chain, fromBlock, toBlock: toBlock ?? null, depth });
    }
    if (backScanFrom !== undefined) log.info({ event: 'chain.back_scan', chain, fromBlock: backScanFrom });
  }

  #noteChanges(changes: Changes): void {
    const { chain, log } = this.#context;
    for (const { event, start } of [...changes.insert, ...changes.revive]) {
      const fields = { chain, txHash: event.txHash, ordinal: event.ordinal, block: event.blockNumber };
      const seen = { ...fields, from: event.from, amountUsd: formatUsd(event.amount) };
      if (start.state === 'quarantined') log.error({ event: 'deposit.quarantined', ...seen, reason: start.reason });
      else if (start.state === 'ignored') log.info({ event: 'deposit.ignored', ...seen, reason: start.reason });
      else log.info({ event: 'deposit.seen', ...seen });
    }
    for (const { known, event } of changes.move) {
      log.info({ event: 'deposit.moved', chain, txHash: known.txHash, block: event.blockNumber });
    }
    for (const gone of changes.orphan) {
      log.warn({ event: 'deposit.orphaned', chain, txHash: gone.txHash, block: gone.blockNumber });
    }
  }

  /** Logged once per deposit; every later read would find it again. */
  #noteKept(kept: readonly KnownDeposit[]): void {
    const { chain, log } = this.#context;
    for (const { id, txHash, blockNumber: block } of kept) {
      if (this.#kept.has(id)) continue;
      this.#kept.add(id);
      log.error({
        event: 'chain.log_missing',
        chain,
        txHash,
        block,
        message: 'its block is in the chain, its log is missing',
      });
    }
  }
}

/**
 * Checks that the stored position is not above the head.
 * @throws ChainRefused for a startBlock above the head; NodeBehind where the head is below what was read.
 */
function refuseForeignPosition({ startBlock, headBlock, nextBlock }: ChainCursor, head: number): void {
  if (head < startBlock) {
    throw new ChainRefused(`startBlock ${startBlock} is above the head of the chain, ${head}: correct startBlock`);
  }
  const readTo = Math.max(headBlock, nextBlock - 1);
  if (head >= readTo) return;
  throw new NodeBehind(
    `the RPCs agree on blocks up to ${head}, but ${readTo} was read before: they sync or lag, or the database is of another chain`,
  );
}

async function isOnChain(pool: RpcPool, checkpoint: Checkpoint): Promise<boolean> {
  return (await pool.block(checkpoint.number)).hash === checkpoint.hash;
}

/** The headers of the events' blocks, except the target's. @throws RpcFault moved when a hash differs from an event's. */
export async function headersOf(pool: RpcPool, events: readonly TransferEvent[], target: Block): Promise<Block[]> {
  const hashes = new Map(events.map((event) => [event.blockNumber, event.blockHash]));
  hashes.delete(target.number);
  const blocks = await mapBounded([...hashes.keys()], HEADERS_IN_FLIGHT_MAX, async (number) => pool.block(number));
  if (blocks.some((block) => hashes.get(block.number) !== block.hash)) {
    throw new RpcFault('moved', 'a block changed after its events were read');
  }
  return blocks;
}
