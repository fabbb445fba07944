/** Orders to read a range of blocks again: given by operators and once a day, carried out by the chain's leader. */
import { uuidV7 } from '../../core/ids.ts';
import { toCount } from '../../core/integers.ts';
import type { Database } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';

/** Changes that are kept of an order one by one; all are counted. */
const CHANGES_KEPT_MAX = 1_000;

/** One thing that a second reading found otherwise. Amount in base units, as text. */
export interface RescanChange {
  readonly kind: 'new' | 'moved' | 'gone';
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
  /** First block that is not read again yet. */
  readonly nextBlock: number;
  readonly orderedBy: string;
  readonly orderedAt: Date;
  readonly state: 'open' | 'done' | 'refused';
  readonly counts: Readonly<Record<RescanChange['kind'], number>>;
  readonly changes: readonly RescanChange[];
  readonly problem: string | null;
}

interface OrderRow {
  id: string;
  chain: string;
  from_block: string;
  to_block: string;
  next_block: string;
  ordered_by: string;
  ordered_at: Date;
  state: RescanOrder['state'];
  changes: RescanChange[];
  new_count: number;
  moved_count: number;
  gone_count: number;
  problem: string | null;
}

const COLUMNS = `id, chain, from_block, to_block, next_block, ordered_by, ordered_at, state, changes, new_count,
  moved_count, gone_count, problem`;

function orderOf(row: OrderRow): RescanOrder {
  return {
    id: row.id,
    chain: row.chain,
    fromBlock: toCount(row.from_block),
    toBlock: toCount(row.to_block),
    nextBlock: toCount(row.next_block),
    orderedBy: row.ordered_by,
    orderedAt: row.ordered_at,
    state: row.state,
    counts: { new: row.new_count, moved: row.moved_count, gone: row.gone_count },
    changes: row.changes,
    problem: row.problem,
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

/** An order, if there is one of that id. */
export async function findRescan(db: Database, id: string): Promise<RescanOrder | undefined> {
  const result: { rows: OrderRow[] } = await db.raw(`SELECT ${COLUMNS} FROM rescan_order WHERE id = ?`, [id]);
  const [row] = result.rows;
  return row && orderOf(row);
}

/** The oldest order of a chain that is not carried out. */
export async function findOpenRescan(db: Database, chain: string): Promise<RescanOrder | undefined> {
  const result: { rows: OrderRow[] } = await db.raw(
    `SELECT ${COLUMNS} FROM rescan_order WHERE chain = ? AND state = 'open' ORDER BY ordered_at, id LIMIT 1`,
    [chain],
  );
  const [row] = result.rows;
  return row && orderOf(row);
}

/** When somebody last ordered a rescan of the chain; undefined: never. */
export async function findLastRescanAt(
  db: Database,
  of: { readonly chain: string; readonly orderedBy: string },
): Promise<Date | undefined> {
  const result: { rows: { at: Date | null }[] } = await db.raw(
    'SELECT max(ordered_at) AS at FROM rescan_order WHERE chain = :chain AND ordered_by = :orderedBy',
    { ...of },
  );
  return result.rows[0]?.at ?? undefined;
}

/** The highest stored block from a time or before it; undefined where all are newer. */
export async function findBlockBefore(db: Database, chain: string, before: Date): Promise<number | undefined> {
  const result: { rows: { number: string | null }[] } = await db.raw(
    'SELECT max(number) AS number FROM block_checkpoint WHERE chain = ? AND block_time <= ?',
    [chain, before],
  );
  const number = result.rows[0]?.number;
  return number === null || number === undefined ? undefined : toCount(number);
}

/** Notes that a piece of an order is done, with what it changed; the last piece ends it. */
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
  const count = (kind: RescanChange['kind']): number => piece.changes.filter((change) => change.kind === kind).length;
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
        new: count('new'),
        moved: count('moved'),
        gone: count('gone'),
        keptMax: CHANGES_KEPT_MAX,
        changes: JSON.stringify(piece.changes.slice(0, CHANGES_KEPT_MAX)),
      },
    );
  });
}

/** Ends an order that cannot be carried out, and says why. */
export async function refuseRescan(
  db: Database,
  lease: Lease,
  refused: { readonly id: string; readonly problem: string; readonly at: Date },
): Promise<void> {
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE rescan_order SET state = 'refused', problem = :problem, ended_at = :at WHERE id = :id`,
      refused,
    );
  });
}
