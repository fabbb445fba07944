/** Orders to read a range of blocks again: made by operators and once a day, carried out by the chain's leader. */
import { cleanText } from '../../core/foreign-text.ts';
import { uuidV7 } from '../../core/ids.ts';
import type { Database } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';
import { count, findRow, getRow, listOf, rowOf, oneOf, orNull, small, textOf, timeOf, type Row } from '../rows.ts';

/** How many changes of an order are stored one by one; all are counted. */
const CHANGES_KEPT_MAX = 1_000;

const CHANGE_KINDS = ['new', 'moved', 'gone'] as const;
const ORDER_STATES = ['open', 'done', 'refused'] as const;

/** One difference that a second reading found. Amount in base units, as text. */
export interface RescanChange {
  readonly kind: (typeof CHANGE_KINDS)[number];
  readonly token: string;
  readonly txHash: string;
  readonly ordinal: number;
  readonly block: number;
  readonly amount: string;
}

export interface RescanOrder {
  readonly id: string;
  readonly chain: string;
  readonly fromBlock: number;
  readonly toBlock: number;
  /** First block of the order that is not reread yet. */
  readonly nextBlock: number;
  readonly orderedBy: string;
  readonly orderedAt: Date;
  readonly state: (typeof ORDER_STATES)[number];
  readonly counts: Readonly<Record<RescanChange['kind'], number>>;
  readonly changes: readonly RescanChange[];
  readonly problem: string | null;
}

const COLUMNS = `id, chain, from_block, to_block, next_block, ordered_by, ordered_at, state, changes, new_count,
  moved_count, gone_count, problem`;

function orderOf(row: Row): RescanOrder {
  return {
    id: textOf(row['id']),
    chain: textOf(row['chain']),
    fromBlock: count(row['from_block']),
    toBlock: count(row['to_block']),
    nextBlock: count(row['next_block']),
    orderedBy: textOf(row['ordered_by']),
    orderedAt: timeOf(row['ordered_at']),
    state: oneOf(ORDER_STATES, row['state']),
    counts: { new: small(row['new_count']), moved: small(row['moved_count']), gone: small(row['gone_count']) },
    changes: listOf(row['changes'], (change) => changeOf(rowOf(change))),
    problem: orNull(row['problem'], textOf),
  };
}

function changeOf(change: Row): RescanChange {
  return {
    kind: oneOf(CHANGE_KINDS, change['kind']),
    token: textOf(change['token']),
    txHash: textOf(change['txHash']),
    ordinal: small(change['ordinal']),
    block: small(change['block']),
    amount: textOf(change['amount']),
  };
}

/** Orders the blocks from fromBlock to toBlock, both included, to be read again. */
export async function orderRescan(
  db: Database,
  order: Pick<RescanOrder, 'chain' | 'fromBlock' | 'toBlock' | 'orderedBy' | 'orderedAt'>,
): Promise<string> {
  const id = uuidV7(order.orderedAt.getTime());
  await db.raw(
    `INSERT INTO rescan_order (id, chain, from_block, to_block, next_block, ordered_by, ordered_at)
     VALUES (:id, :chain, :fromBlock, :toBlock, :fromBlock, :orderedBy, :orderedAt)`,
    { ...order, id },
  );
  return id;
}

/** The order with that id, if there is one. */
export async function findRescan(db: Database, id: string): Promise<RescanOrder | undefined> {
  return findRow(db, orderOf, `SELECT ${COLUMNS} FROM rescan_order WHERE id = ?`, [id]);
}

/** The oldest open order of a chain. */
export async function findOpenRescan(db: Database, chain: string): Promise<RescanOrder | undefined> {
  return findRow(
    db,
    orderOf,
    `SELECT ${COLUMNS} FROM rescan_order WHERE chain = ? AND state = 'open' ORDER BY ordered_at, id LIMIT 1`,
    [chain],
  );
}

/** When somebody last ordered a rescan of the chain; undefined: never. */
export async function findLastRescanAt(
  db: Database,
  of: { readonly chain: string; readonly orderedBy: string },
): Promise<Date | undefined> {
  const last = await getRow(
    db,
    (row) => orNull(row['at'], timeOf),
    'SELECT max(ordered_at) AS at FROM rescan_order WHERE chain = :chain AND ordered_by = :orderedBy',
    { ...of },
  );
  return last ?? undefined;
}

/** The highest checkpoint at or before a time; undefined when all are later. */
export async function findBlockBefore(db: Database, chain: string, before: Date): Promise<number | undefined> {
  const highest = await getRow(
    db,
    (row) => orNull(row['number'], count),
    'SELECT max(number) AS number FROM block_checkpoint WHERE chain = ? AND block_time <= ?',
    [chain, before],
  );
  return highest ?? undefined;
}

/** Notes that a piece of an order is done, and its changes; the last piece ends the order. */
export async function notePiece(
  db: Database,
  lease: Lease,
  piece: {
    readonly id: string;
    readonly nextBlock: number;
    readonly changes: readonly RescanChange[];
    readonly at: Date;
  },
): Promise<void> {
  const countOf = (kind: RescanChange['kind']): number => piece.changes.filter((change) => change.kind === kind).length;
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE rescan_order SET next_block = :nextBlock, new_count = new_count + :new,
         moved_count = moved_count + :moved, gone_count = gone_count + :gone,
         changes = CASE WHEN jsonb_array_length(changes) < :keptMax THEN changes || :changes::jsonb ELSE changes END,
         state = CASE WHEN :nextBlock > to_block THEN 'done' ELSE state END,
         ended_at = CASE WHEN :nextBlock > to_block THEN :at::timestamptz END
       WHERE id = :id AND state = 'open'`,
      {
        id: piece.id,
        at: piece.at,
        nextBlock: piece.nextBlock,
        new: countOf('new'),
        moved: countOf('moved'),
        gone: countOf('gone'),
        keptMax: CHANGES_KEPT_MAX,
        changes: JSON.stringify(piece.changes.slice(0, CHANGES_KEPT_MAX)),
      },
    );
  });
}

/** Ends an order that cannot be carried out, with the reason. */
export async function refuseRescan(
  db: Database,
  lease: Lease,
  refused: { readonly id: string; readonly problem: string; readonly at: Date },
): Promise<void> {
  await withLease(db, lease, async (trx) => {
    await trx.raw(`UPDATE rescan_order SET state = 'refused', problem = :problem, ended_at = :at WHERE id = :id`, {
      ...refused,
      problem: cleanText(refused.problem),
    });
  });
}
