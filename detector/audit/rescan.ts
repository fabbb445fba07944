/**
 * Rescans: reads blocks again that were read before, in pieces after the rounds. Deposits that are new, moved or gone are
 * stored as a scan would store them; the position does not change. Ordered by operators, and once a day automatically.
 */
import { judgeRewrite } from '../../src/core/chains/freeze.ts';
import type { Block, TransferEvent } from '../../src/core/chains/transfer.ts';
import { decideReading, type Changes, type KnownDeposit } from '../../src/core/deposits/diff.ts';
import { commitScan, listKnownDeposits } from '../../src/db/deposits/scan.ts';
import {
  findBlockBefore,
  findLastRescanAt,
  findOpenRescan,
  notePiece,
  orderRescan,
  refuseRescan,
  type RescanChange,
  type RescanOrder,
} from '../../src/db/chains/rescan-orders.ts';
import type { Auditing } from './balance-gap.ts';
import { watchedTokens, type ChainContext } from '../chain/context.ts';
import { judgeMissing } from '../scan/missing.ts';
import { readRange, type RangeReading } from '../scan/read-range.ts';
import { headersOf } from '../scan/scan.ts';

/** The name under which the daily rescan is ordered. */
const DAILY = 'daily';
const DAILY_EVERY_MS = 24 * 60 * 60_000;
/** The daily rescan goes back at least this far. */
const DAILY_REACH_MS = 48 * 60 * 60_000;
/** Most blocks of a piece, and most pieces of one call, so that head and credits do not wait long. */
const PIECE_BLOCKS_MAX = 2_000;
const PIECES_MAX = 4;

/** A second reading of a range, and what it changes. */
export interface Reread {
  readonly target: Block;
  readonly reading: RangeReading;
  readonly changes: Changes;
  /** Stored deposits whose logs are missing although block and receipt are in the chain: the reading is not complete. */
  readonly kept: readonly KnownDeposit[];
}

/** Reads blocks again and compares; writes nothing. @throws RpcFault when no quorum can read them. */
export async function readAgain(
  { context, pool, reach }: Pick<Auditing, 'context' | 'pool' | 'reach'>,
  range: { readonly fromBlock: number; readonly toBlock: number },
): Promise<Reread> {
  const { chain, db, recipients, log } = context;
  const tokens = watchedTokens(context);
  const target = range.toBlock === reach.target.number ? reach.target : await pool.block(range.toBlock);
  const query = { fromBlock: range.fromBlock, target, tokens, recipients, callClass: 'backfill' } as const;
  const reading = await readRange(pool, query, log);
  const events = [...reading.settled, ...reading.disputed];
  const known = await listKnownDeposits(db, { chain, ...range, events });
  const decided = decideReading(known, reading, context, { ...range, tokens });
  const { gone, kept } = await judgeMissing(pool, decided.orphan, reach.heights);
  return { target, reading, changes: { ...decided, orphan: gone }, kept };
}

/** The pieces in which a range is read again: at most 2,000 blocks each, both ends included. */
export function* piecesOf(range: {
  readonly fromBlock: number;
  readonly toBlock: number;
}): Generator<{ readonly fromBlock: number; readonly toBlock: number }> {
  for (let from = range.fromBlock; from <= range.toBlock; from += PIECE_BLOCKS_MAX) {
    yield { fromBlock: from, toBlock: Math.min(range.toBlock, from + PIECE_BLOCKS_MAX - 1) };
  }
}

/** The changes of a second reading, in the form in which they are stored and shown. */
export function listChanges({ insert, move, revive, orphan }: Changes): RescanChange[] {
  const of = (kind: RescanChange['kind'], event: TransferEvent | KnownDeposit): RescanChange => {
    const { token, txHash, ordinal, blockNumber: block, amount } = event;
    return { kind, token, txHash, ordinal, block, amount: String(amount) };
  };
  return [
    ...insert.map(({ event }) => of('new', event)),
    ...revive.map(({ event }) => of('new', event)),
    ...move.map(({ event }) => of('moved', event)),
    ...orphan.map((known) => of('gone', known)),
  ];
}

/**
 * Continues the oldest open order, at most four pieces per call. If a reading lacks transfers that receipts still hold,
 * nothing is changed and the order is refused: a node has pruned old logs, or hides them.
 * @throws RpcFault (the next call continues), LeaseLost.
 */
export async function carryOnRescan(auditing: Auditing): Promise<void> {
  const { context, lease, reach } = auditing;
  const { chain, db, clock, log } = context;
  const order = await findOpenRescan(db, chain);
  if (!order) return;
  const last = Math.min(order.toBlock, reach.target.number);
  let pieces = 0;
  for (const piece of piecesOf({ fromBlock: order.nextBlock, toBlock: last })) {
    if (pieces === PIECES_MAX) return;
    pieces += 1;
    const { kept, changes } = await rereadPiece(auditing, piece);
    if (kept.length > 0) {
      const problem = `${kept.length} stored transfers from block ${kept[0]?.blockNumber} on are in their receipts but not in the logs that were read: use RPCs that keep old logs`;
      await refuseRescan(db, lease, { id: order.id, problem, at: new Date(clock.nowMs()) });
      log.error({ event: 'chain.rescan_refused', chain, order: order.id, problem });
      return;
    }
    const nextBlock = piece.toBlock === last ? order.toBlock + 1 : piece.toBlock + 1;
    await notePiece(db, lease, { id: order.id, nextBlock, changes, at: new Date(clock.nowMs()) });
    for (const change of changes) log.warn({ event: 'chain.rescan_change', chain, ...change });
    if (nextBlock > order.toBlock) logEnd(auditing, order);
  }
}

async function rereadPiece(
  auditing: Auditing,
  piece: { readonly fromBlock: number; readonly toBlock: number },
): Promise<{ readonly kept: readonly KnownDeposit[]; readonly changes: readonly RescanChange[] }> {
  const { context, pool, lease, reach } = auditing;
  const { chain, db, clock, log, reorgBlocksMax } = context;
  const { target, reading, changes, kept } = await readAgain(auditing, piece);
  if (kept.length > 0) return { kept, changes: [] };
  const { head: headBlock, hardFinal } = reach.heights;
  const freeze = judgeRewrite({ headBlock, hardFinal, lowestGone: undefined, orphans: changes.orphan }, reorgBlocksMax);
  const { froze } = await commitScan(db, lease, {
    chain,
    changes,
    freeze,
    read: piece,
    disputed: reading.disputed,
    votes: reading.votesOn([...changes.observe, ...reading.disputed]),
    blocks: [...(await headersOf(pool, changes.observe, target)), target],
    ancestor: undefined,
    thin: [],
    cursor: undefined,
    at: new Date(clock.nowMs()),
  });
  if (froze) log.error({ event: 'chain.frozen', chain, reason: freeze?.reason });
  return { kept, changes: listChanges(changes) };
}

function logEnd({ context: { chain, log } }: Auditing, { id, fromBlock, toBlock }: RescanOrder): void {
  log.info({ event: 'chain.rescanned', chain, order: id, fromBlock, toBlock });
}

/** Orders the daily rescan once it is due: the last 48 hours, and all blocks that are not hard-final. */
export async function orderDailyRescan({ context, reach }: Pick<Auditing, 'context' | 'reach'>): Promise<void> {
  const { chain, db, clock, startBlock } = context;
  const nowMs = clock.nowMs();
  const last = await findLastRescanAt(db, { chain, orderedBy: DAILY });
  if (last !== undefined && nowMs - last.getTime() < DAILY_EVERY_MS) return;
  // A chain that was just read for the first time is not read again at once.
  const reached = last === undefined ? reach.target.number : await daysAgo(context, nowMs);
  const open = last === undefined ? reached : (reach.heights.hardFinal ?? startBlock) + 1;
  const fromBlock = Math.max(startBlock, Math.min(reached, open));
  const toBlock = Math.max(fromBlock, reach.target.number);
  await orderRescan(db, { chain, fromBlock, toBlock, orderedBy: DAILY, orderedAt: new Date(nowMs) });
}

async function daysAgo({ db, chain, startBlock }: ChainContext, nowMs: number): Promise<number> {
  return (await findBlockBefore(db, chain, new Date(nowMs - DAILY_REACH_MS))) ?? startBlock;
}
