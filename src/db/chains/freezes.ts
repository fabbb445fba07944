/** Frozen chains: credits and reversals stop there until an operator releases the chain. Also lists what is due there. */
import { cleanText } from '../../core/foreign-text.ts';
import { FREEZE_KINDS, type FreezeCause } from '../../core/chains/freeze.ts';
import { GONE, PENDING } from '../../core/deposits/states.ts';
import { uuidV7 } from '../../core/ids.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, count, listRows, micros, oneOf, textOf, timeOf, type Row } from '../rows.ts';
import { stateList } from '../state-list.ts';

/** A condition on a deposit `d`: its chain is not frozen. Every statement that decides credits or reversals includes it. */
export const CHAIN_IS_FREE =
  'NOT EXISTS (SELECT FROM chain_freeze f WHERE f.chain = d.chain AND f.released_at IS NULL)';

export interface ChainFreeze extends FreezeCause {
  readonly id: string;
  readonly chain: string;
  /** An operator's name, or `detector`. */
  readonly frozenBy: string;
  readonly frozenAt: Date;
}

/** A freeze to be stored. */
export interface NewFreeze extends FreezeCause {
  readonly chain: string;
  readonly by: string;
  readonly at: Date;
}

const COLUMNS = 'id, chain, kind, reason, frozen_by, frozen_at';

function freezeOf(row: Row): ChainFreeze {
  return {
    id: textOf(row['id']),
    chain: textOf(row['chain']),
    kind: oneOf(FREEZE_KINDS, row['kind']),
    reason: textOf(row['reason']),
    frozenBy: textOf(row['frozen_by']),
    frozenAt: timeOf(row['frozen_at']),
  };
}

/** Longest reason that is stored. */
const REASON_LENGTH_MAX = 1_000;

/** Freezes within a transaction. False when the chain is frozen for this kind of cause already; the first freeze stays. */
export async function storeFreeze(trx: DatabaseTransaction, freeze: NewFreeze): Promise<boolean> {
  const { chain, kind, reason, by, at } = freeze;
  const stored = await changeRows(
    trx,
    `INSERT INTO chain_freeze (id, chain, kind, reason, frozen_by, frozen_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (chain, kind) WHERE released_at IS NULL DO NOTHING RETURNING id`,
    [uuidV7(at.getTime()), chain, kind, cleanText(reason, REASON_LENGTH_MAX), by, at],
  );
  return stored > 0;
}

/**
 * The kill switch of a chain. Waits for the leader's writes in progress. After it returns, no credit or reversal is
 * decided there, and at most the current page of earlier decisions is still written. A second call changes nothing.
 * @returns false when the chain was frozen for that kind of cause already.
 */
export async function freezeChain(db: Database, freeze: NewFreeze): Promise<boolean> {
  return db.transaction(async (trx) => {
    await trx.raw('SELECT 1 FROM lease WHERE name = ? FOR UPDATE', [`chain:${freeze.chain}`]);
    return storeFreeze(trx, freeze);
  });
}

/** Ends every freeze of a chain; the next round writes what is due there. @returns the freezes that ended. */
export async function releaseChain(
  db: Database,
  release: { readonly chain: string; readonly by: string; readonly at: Date },
): Promise<ChainFreeze[]> {
  return listRows(
    db,
    freezeOf,
    `UPDATE chain_freeze SET released_by = ?, released_at = ? WHERE chain = ? AND released_at IS NULL
     RETURNING ${COLUMNS}`,
    [release.by, release.at, release.chain],
  );
}

/** Freezes in force, oldest first; of one chain or of all. */
export async function listFreezes(db: Database, chain?: string): Promise<ChainFreeze[]> {
  return listRows(
    db,
    freezeOf,
    `SELECT ${COLUMNS} FROM chain_freeze WHERE released_at IS NULL AND (:chain::text IS NULL OR chain = :chain)
     ORDER BY frozen_at, id`,
    { chain: chain ?? null },
  );
}

/** A deposit that waits for its chain to be released. */
export interface HeldDeposit {
  readonly id: string;
  readonly txHash: string;
  readonly blockNumber: number;
  readonly org: string;
  readonly amountMicros: bigint;
}

/** The reversals and credits that will be written on a chain once it is released. */
export interface ChainDues {
  readonly reversals: DueList;
  readonly credits: DueList;
}

export interface DueList {
  readonly count: number;
  readonly amountMicros: bigint;
  /** Those of the oldest blocks first, up to the limit. */
  readonly deposits: readonly HeldDeposit[];
}

const DUE_REVERSALS = `d.wallet IS NOT NULL AND d.state IN (${stateList(GONE)})`;
/** Decided credits, and deposits with an org that are deep enough for the lowest amounts. */
const DUE_CREDITS = `d.state IN (${stateList(PENDING)}) AND d.org IS NOT NULL AND (d.wallet IS NOT NULL
  OR d.block_number <= (SELECT credit_block FROM chain_cursor c WHERE c.chain = d.chain))`;

/** Computes what is due on a chain from its deposits, frozen or not. */
export async function listChainDues(
  db: Database,
  { chain, limit }: { readonly chain: string; readonly limit: number },
): Promise<ChainDues> {
  const [reversals, credits] = await Promise.all([
    listDueWhere(db, chain, limit, DUE_REVERSALS),
    listDueWhere(db, chain, limit, DUE_CREDITS),
  ]);
  return { reversals, credits };
}

async function listDueWhere(db: Database, chain: string, limit: number, where: string): Promise<DueList> {
  const dues = await listRows(
    db,
    (row) => ({
      count: count(row['due_count']),
      amountMicros: micros(row['due_amount']),
      deposit: heldOf(row),
    }),
    `SELECT d.id, d.tx_hash, d.block_number, d.org, d.amount, count(*) OVER () AS due_count,
       sum(d.amount) OVER () AS due_amount
     FROM deposit d WHERE d.chain = ? AND ${where} ORDER BY d.block_number, d.id LIMIT ?`,
    [chain, limit],
  );
  const [first] = dues;
  return {
    count: first?.count ?? 0,
    amountMicros: first?.amountMicros ?? 0n,
    deposits: dues.map(({ deposit }) => deposit),
  };
}

function heldOf(row: Row): HeldDeposit {
  return {
    id: textOf(row['id']),
    txHash: textOf(row['tx_hash']),
    blockNumber: count(row['block_number']),
    org: textOf(row['org']),
    amountMicros: micros(row['amount']),
  };
}
