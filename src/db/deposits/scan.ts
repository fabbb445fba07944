/** Stores a scan of a chain: the transfers that it saw and, in the same commit, how far it has read. */
import type { Classified } from '../../core/deposits/classify.ts';
import type { Changes, KnownDeposit } from '../../core/deposits/diff.ts';
import type { FreezeCause } from '../../core/chains/freeze.ts';
import { type Block, type TransferEvent } from '../../core/chains/transfer.ts';
import { DEPOSIT_STATES } from '../../core/deposits/states.ts';
import { GONE } from '../../core/deposits/states.ts';
import { slicesOf } from '../../core/bounded.ts';
import { depositId } from '../../core/ids.ts';
import type { Knex } from 'knex';
import { moveCursor, storeCheckpoints, type CursorMove } from '../chains/cursor.ts';
import { storeFreeze } from '../chains/freezes.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { recordDepositEvents } from './events.ts';
import { failpoint } from '../failpoint.ts';
import { withLease, type Lease } from '../leases.ts';
import { count, listRows, micros, oneOf, orNull, small, textOf, truth, type Row } from '../rows.ts';
import { stateList } from '../state-list.ts';
import { storeVotes, type TransferVote } from './votes.ts';

/** What the scan of one range of blocks changes. */
export interface ScanCommit {
  readonly chain: string;
  /** First and last block that were read, both included; undefined when single transfers were looked up. */
  readonly read?: { readonly fromBlock: number; readonly toBlock: number } | undefined;
  readonly changes: Changes;
  /** Transfers of the range that some RPCs report, but no quorum; those that are stored are marked as disputed. */
  readonly disputed?: readonly TransferEvent[] | undefined;
  /** The answers of each RPC about transfers. */
  readonly votes?: readonly TransferVote[] | undefined;
  /** Headers of the last block, and of every block with an event in `changes`. */
  readonly blocks: readonly Block[];
  /** Newest block before a reorg: checkpoints above it are no longer on the chain. Undefined without a reorg. */
  readonly ancestor: number | undefined;
  /** Numbers of checkpoints that are no longer needed. */
  readonly thin: readonly number[];
  /** The new cursor; undefined when other blocks were read and the cursor does not move. */
  readonly cursor: CursorMove | undefined;
  /** If set, this commit freezes the chain for this cause. */
  readonly freeze?: FreezeCause | undefined;
  readonly at: Date;
}

function knownDepositOf(row: Row): KnownDeposit {
  return {
    id: textOf(row['id']),
    token: textOf(row['token']),
    txHash: textOf(row['tx_hash']),
    ordinal: small(row['ordinal']),
    blockNumber: count(row['block_number']),
    blockHash: textOf(row['block_hash']),
    from: textOf(row['from_address']),
    to: textOf(row['to_address']),
    amount: micros(row['amount']),
    state: oneOf(DEPOSIT_STATES, row['state']),
    committed: orNull(row['wallet'], textOf) !== null,
    disputed: truth(row['disputed']),
  };
}

/** Deposits stored for a block of the range, and those of the given events in any block. */
export async function listKnownDeposits(
  db: Database,
  range: {
    readonly chain: string;
    readonly fromBlock: number;
    readonly toBlock: number;
    readonly events: readonly TransferEvent[];
  },
): Promise<KnownDeposit[]> {
  const { chain, fromBlock, toBlock, events } = range;
  return listRows(
    db,
    knownDepositOf,
    `SELECT id, token, tx_hash, ordinal, block_number, block_hash, from_address, to_address, amount, state, wallet, disputed
     FROM deposit WHERE chain = :chain AND (block_number BETWEEN :fromBlock AND :toBlock OR id = ANY(:ids::uuid[]))`,
    { chain, fromBlock, toBlock, ids: events.map((event) => depositId({ chain, ...event })) },
  );
}

/**
 * Stores what a range of blocks changed, and that it has been read, in one transaction under the lease, so that data and
 * position always agree.
 * @returns whether this commit froze the chain.
 * @throws LeaseLost when another process leads the chain.
 */
export async function commitScan(db: Database, lease: Lease, scan: ScanCommit): Promise<{ readonly froze: boolean }> {
  return withLease(db, lease, async (trx) => {
    await storeObservations(trx, scan);
    await storeDeposits(trx, scan);
    await recordMoves(trx, scan);
    if (scan.read) await storeDisputes(trx, scan, scan.read);
    await storeVotes(trx, scan.chain, scan.votes ?? [], scan.at);
    await storeCheckpoints(trx, scan);
    if (scan.cursor) await moveCursor(trx, scan, scan.cursor);
    const { chain, freeze, at } = scan;
    const froze = freeze !== undefined && (await storeFreeze(trx, { ...freeze, chain, by: 'detector', at }));
    failpoint('detector.before-commit');
    return { froze };
  });
}

/** Columns of an event as parallel arrays for unnest. */
function columnsOf(events: readonly TransferEvent[], chain: string, blocks: readonly Block[]): Knex.RawBinding[] {
  const times = new Map(blocks.map((block) => [block.number, new Date(block.timeMs)]));
  return [
    events.map((event) => depositId({ chain, ...event })),
    events.map((event) => event.token),
    events.map((event) => event.txHash),
    events.map((event) => event.ordinal),
    events.map((event) => event.blockHash),
    events.map((event) => event.blockNumber),
    events.map((event) => timeOf(times, event)),
    events.map((event) => event.from),
    events.map((event) => event.to),
    events.map((event) => String(event.amount)),
  ];
}

const EVENT_ARRAYS = `unnest(?::uuid[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::bigint[], ?::timestamptz[],
  ?::text[], ?::text[], ?::numeric[]`;
const EVENT_COLUMNS =
  'id, token, tx_hash, ordinal, block_hash, block_number, block_time, from_address, to_address, amount';

function timeOf(times: ReadonlyMap<number, Date>, event: TransferEvent): string {
  const time = times.get(event.blockNumber);
  if (!time) throw new Error(`the header of block ${event.blockNumber} is missing`);
  return time.toISOString();
}

async function storeObservations(trx: DatabaseTransaction, { chain, changes, blocks, at }: ScanCommit): Promise<void> {
  // A transfer is in one block at a time: a new observation replaces all earlier ones.
  for (const left of slicesOf([...changes.orphan, ...changes.observe], ROWS_MAX)) {
    await trx.raw(
      `UPDATE deposit_observation o SET orphaned_at = ? FROM unnest(?::text[], ?::text[], ?::integer[])
         AS gone (token, tx_hash, ordinal)
       WHERE o.chain = ? AND o.token = gone.token AND o.tx_hash = gone.tx_hash AND o.ordinal = gone.ordinal
         AND o.orphaned_at IS NULL`,
      [at, left.map((one) => one.token), left.map((one) => one.txHash), left.map((one) => one.ordinal), chain],
    );
  }
  for (const seen of slicesOf(changes.observe, ROWS_MAX)) {
    await trx.raw(
      `INSERT INTO deposit_observation AS o (chain, token, tx_hash, ordinal, block_hash, block_number, block_time,
         from_address, to_address, amount, observed_at)
       SELECT ?, token, tx_hash, ordinal, block_hash, block_number, block_time, from_address, to_address, amount, ?
       FROM ${EVENT_ARRAYS}) AS seen (${EVENT_COLUMNS})
       ON CONFLICT (chain, token, tx_hash, ordinal, block_hash) DO UPDATE SET orphaned_at = NULL,
         block_number = excluded.block_number, block_time = excluded.block_time, from_address = excluded.from_address,
         to_address = excluded.to_address, amount = excluded.amount`,
      [chain, at, ...columnsOf(seen, chain, blocks)],
    );
  }
}

/** Most rows of one statement, which bounds how long it takes and how much memory it needs. */
const ROWS_MAX = 2_000;

async function storeDeposits(trx: DatabaseTransaction, scan: ScanCommit): Promise<void> {
  const { chain, changes, blocks, at } = scan;
  for (const begun of slicesOf(changes.insert, ROWS_MAX)) {
    const events = begun.map(({ event }) => event);
    await trx.raw(
      `INSERT INTO deposit (chain, state, reason, observed_at, updated_at, ${EVENT_COLUMNS})
       SELECT ?, state, nullif(reason, ''), ?, ?, ${EVENT_COLUMNS}
       FROM ${EVENT_ARRAYS}, ?::text[], ?::text[]) AS seen (${EVENT_COLUMNS}, state, reason) ON CONFLICT DO NOTHING`,
      [chain, at, at, ...columnsOf(events, chain, blocks), ...startColumns(begun)],
    );
  }
  for (const placed of slicesOf([...changes.move, ...changes.revive], ROWS_MAX)) {
    const events = placed.map(({ event }) => event);
    // A deposit keeps its wallet: a credit in progress continues, and a written one stays.
    await trx.raw(
      `UPDATE deposit d SET block_hash = seen.block_hash, block_number = seen.block_number,
         block_time = seen.block_time, from_address = seen.from_address, to_address = seen.to_address,
         amount = seen.amount, hard_final_at = NULL, updated_at = ?,
         state = CASE WHEN d.wallet IS NULL THEN coalesce(nullif(seen.state, ''), d.state)
                      WHEN d.entry_seq IS NULL THEN 'confirming' ELSE 'credited' END,
         reason = CASE WHEN d.wallet IS NULL AND seen.state <> '' THEN nullif(seen.reason, '') ELSE d.reason END
       FROM ${EVENT_ARRAYS}, ?::text[], ?::text[]) AS seen (${EVENT_COLUMNS}, state, reason)
       WHERE d.id = seen.id AND NOT (d.state = 'reversed' AND d.wallet IS NOT NULL)`,
      [at, ...columnsOf(events, chain, blocks), ...startColumns(placed)],
    );
  }
  if (changes.orphan.length === 0) return;
  await trx.raw(
    `UPDATE deposit SET state = 'orphaned', hard_final_at = NULL, updated_at = ?
     WHERE id = ANY(?::uuid[]) AND state NOT IN (${stateList(GONE)})`,
    [at, changes.orphan.map(({ id }) => id)],
  );
}

/** Marks deposits that are disputed now, and unmarks those of the range that are not. */
async function storeDisputes(
  trx: DatabaseTransaction,
  { chain, disputed = [] }: ScanCommit,
  read: { readonly fromBlock: number; readonly toBlock: number },
): Promise<void> {
  const ids = disputed.map((event) => depositId({ chain, ...event }));
  await trx.raw(
    `UPDATE deposit SET disputed = NOT disputed
     WHERE chain = :chain AND ((block_number BETWEEN :fromBlock AND :toBlock AND disputed <> (id = ANY(:ids::uuid[])))
       OR (id = ANY(:ids::uuid[]) AND NOT disputed))`,
    { chain, ids, ...read },
  );
}

/** Records events of deposits that moved. New ones have no org yet; their event comes once they do, or wait unmatched. */
async function recordMoves(trx: DatabaseTransaction, { changes, at }: ScanCommit): Promise<void> {
  const placed = [...changes.move, ...changes.revive].map(({ known }) => known.id);
  await recordDepositEvents(trx, [...placed, ...changes.orphan.map(({ id }) => id)], at);
}

/** States and reasons as parallel arrays; empty text means none. */
function startColumns(begun: readonly { readonly start: Classified | undefined }[]): Knex.RawBinding[] {
  return [begun.map(({ start }) => start?.state ?? ''), begun.map(({ start }) => start?.reason ?? '')];
}
