/** One scan of a chain: read what is new, compare it with what is known, commit both together. */
import { checkpointsToDrop, findAncestor } from '../src/core/deposits/checkpoints.ts';
import { classify } from '../src/core/deposits/classify.ts';
import { creditHeight, type Heights } from '../src/core/deposits/finality.ts';
import type { Block, Changes, TransferEvent } from '../src/core/deposits/transfer.ts';
import { formatUsd } from '../src/core/money.ts';
import {
  commitScan,
  listCheckpoints,
  listKnownDeposits,
  openCursor,
  type ChainCursor,
  type Checkpoint,
} from '../src/db/chain-store.ts';
import { failpoint } from '../src/db/failpoint.ts';
import type { Lease } from '../src/db/leases.ts';
import { mapBounded } from './bounded.ts';
import type { ChainSource } from './chain-source.ts';
import { assetOf, watchedTokens, type ChainContext, type Reach } from './context.ts';
import { decide } from './decide.ts';
import { RpcFault } from './rpc-fault.ts';
import type { Watched } from './watch-set.ts';

const WINDOW_BLOCKS_START = 2_000;
const WINDOW_BLOCKS_MAX = 10_000;
const HEADERS_IN_FLIGHT_MAX = 16;

/** The node is behind what was read before: it syncs or lags. Nothing is concluded from that but to wait. */
export class NodeBehind extends Error {
  override name = 'NodeBehind';
}

/** Scans one chain; remembers only what saves work. */
export class ChainScan {
  readonly #context: ChainContext;
  #windowBlocks = WINDOW_BLOCKS_START;
  #last: { readonly head: Block; readonly nextBlock: number } | undefined;

  constructor(context: ChainContext) {
    this.#context = context;
  }

  /**
   * Brings what is stored up to the node's head. A head that was read already is not read again unless `force`.
   * @throws NodeBehind, RpcFault (try again later), LeaseLost (another leads).
   */
  async run(source: ChainSource, lease: Lease, force: boolean): Promise<Reach> {
    const { chain, family, startBlock, clock, db, watch } = this.#context;
    const head = await source.head();
    const heights: Heights = { head: head.number, hardFinal: await source.hardFinal() };
    if (!force && this.#last?.head.hash === head.hash && this.#last.head.number === head.number) {
      return { heights, nextBlock: this.#last.nextBlock };
    }
    const cursor = await openCursor(db, lease, { chain, startBlock, at: new Date(clock.nowMs()) });
    if (head.number < cursor.headBlock || head.number < cursor.startBlock) {
      throw new NodeBehind(`${source.name} is behind what was read before: it syncs or lags`);
    }
    // After the head: whoever paid into a block up to it was told the address before.
    const watched = await watch.refresh(db, { chain, family, readUpTo: cursor.watchedNumber });
    const nextBlock = await this.#read(source, lease, { head, heights, cursor, watched });
    this.#last = { head, nextBlock };
    return { heights, nextBlock };
  }

  async #read(
    source: ChainSource,
    lease: Lease,
    { head, heights, cursor, watched }: { head: Block; heights: Heights; cursor: ChainCursor; watched: Watched },
  ): Promise<number> {
    const { overlapBlocks, chain, db, log } = this.#context;
    const checkpoints = await listCheckpoints(db, chain);
    const ancestor = await findAncestor(checkpoints, async (known) => isOnChain(source, known));
    const [newest] = checkpoints;
    const rewound = newest !== undefined && newest.number !== ancestor?.number;
    if (rewound) this.#noteRewind(newest, ancestor);
    const branch = rewound ? (ancestor?.number ?? cursor.startBlock - 1) : undefined;
    const { firstBlock = cursor.nextBlock } = watched;
    const firstNew = Math.min(cursor.nextBlock, firstBlock, (branch ?? cursor.nextBlock) + 1);
    if (firstBlock < cursor.nextBlock) log.info({ event: 'chain.back_scan', chain, fromBlock: firstBlock });

    let thin = checkpointsToDrop(checkpoints.map(({ number }) => number));
    let nextBlock = firstNew;
    let dropAbove = branch;
    for (let from = Math.max(cursor.startBlock, firstNew - overlapBlocks); from <= head.number;) {
      const to = Math.min(head.number, from + this.#windowBlocks - 1);
      const window = { fromBlock: from, target: to === head.number ? head : await getBlock(source, to) };
      const events = await this.#readWindow(source, window);
      nextBlock = Math.max(nextBlock, to + 1);
      const { lastNumber } = watched;
      const done = { events, heights, nextBlock, ancestor: dropAbove, thin, lastNumber };
      await this.#commit(source, lease, { ...window, ...done });
      // Done with the first window: what lies above the ancestor is gone from then on.
      [dropAbove, thin] = [undefined, []];
      from = to + 1;
    }
    return nextBlock;
  }

  async #readWindow(
    source: ChainSource,
    window: { readonly fromBlock: number; readonly target: Block },
  ): Promise<TransferEvent[]> {
    const { recipients } = this.#context;
    try {
      const events = await source.transfers({ ...window, tokens: watchedTokens(this.#context), recipients });
      this.#windowBlocks = Math.min(WINDOW_BLOCKS_MAX, this.#windowBlocks * 2);
      return events;
    } catch (error) {
      this.#windowBlocks = Math.max(1, Math.floor(this.#windowBlocks / 2));
      throw error;
    }
  }

  async #commit(
    source: ChainSource,
    lease: Lease,
    read: {
      readonly fromBlock: number;
      readonly target: Block;
      readonly events: readonly TransferEvent[];
      readonly heights: Heights;
      readonly nextBlock: number;
      readonly ancestor: number | undefined;
      readonly thin: readonly number[];
      readonly lastNumber: number;
    },
  ): Promise<void> {
    const { chain, db, recipients, policy, clock } = this.#context;
    const { target, events, heights, ancestor, thin } = read;
    const range = { fromBlock: read.fromBlock, toBlock: target.number };
    const known = await listKnownDeposits(db, { chain, ...range, events });
    const changes = decide(known, events, { ...range, tokens: watchedTokens(this.#context), recipients });
    const blocks = [...(await headersOf(source, changes.observe, target)), target];
    failpoint('detector.after-read');
    await commitScan(db, lease, {
      chain,
      changes,
      blocks,
      ancestor,
      thin,
      sort: (event) => classify(event, recipients, assetOf(this.#context, event.token)),
      cursor: {
        nextBlock: read.nextBlock,
        headBlock: target.number,
        creditBlock: creditHeight(policy, heights),
        hardFinalBlock: heights.hardFinal,
        watchedNumber: read.lastNumber,
      },
      at: new Date(clock.nowMs()),
    });
    this.#noteChanges(changes);
  }

  #noteRewind(newest: Checkpoint, ancestor: Checkpoint | undefined): void {
    const { chain, startBlock, log } = this.#context;
    const depth = newest.number - (ancestor?.number ?? startBlock - 1);
    log.warn({ event: 'chain.rewound', chain, fromBlock: newest.number, toBlock: ancestor?.number ?? null, depth });
  }

  #noteChanges(changes: Changes): void {
    const { chain, log, recipients } = this.#context;
    for (const event of [...changes.insert, ...changes.revive.map((revived) => revived.event)]) {
      const sorted = classify(event, recipients, assetOf(this.#context, event.token));
      const fields = { chain, txHash: event.txHash, ordinal: event.ordinal, block: event.blockNumber };
      const seen = { ...fields, from: event.from, amountUsd: formatUsd(event.amount) };
      if (sorted.state === 'quarantined') log.error({ event: 'deposit.quarantined', ...seen, reason: sorted.reason });
      else if (sorted.state === 'ignored') log.info({ event: 'deposit.ignored', ...seen, reason: sorted.reason });
      else log.info({ event: 'deposit.seen', ...seen });
    }
    for (const { known, event } of changes.move) {
      log.info({ event: 'deposit.moved', chain, txHash: known.txHash, block: event.blockNumber });
    }
    for (const gone of changes.orphan) {
      log.warn({ event: 'deposit.orphaned', chain, txHash: gone.txHash, block: gone.blockNumber });
    }
  }
}

async function isOnChain(source: ChainSource, checkpoint: Checkpoint): Promise<boolean> {
  return (await getBlock(source, checkpoint.number)).hash === checkpoint.hash;
}

/** A block that must be there, since the head lies above it: a node that lacks it is no witness of anything. */
async function getBlock(source: ChainSource, number: number): Promise<Block> {
  const block = await source.block(number);
  if (!block) throw new RpcFault('unknown_block', `${source.name} has no block ${number} below its head`);
  return block;
}

/** Headers of the blocks of these events, checked to be the very blocks that the events name. */
async function headersOf(source: ChainSource, events: readonly TransferEvent[], target: Block): Promise<Block[]> {
  const hashes = new Map(events.map((event) => [event.blockNumber, event.blockHash]));
  hashes.delete(target.number);
  const blocks = await mapBounded([...hashes.keys()], HEADERS_IN_FLIGHT_MAX, async (number) =>
    getBlock(source, number),
  );
  if (blocks.some((block) => hashes.get(block.number) !== block.hash)) {
    throw new RpcFault('moved', 'a block changed after its events were read');
  }
  return blocks;
}
