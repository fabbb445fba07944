/** Credits and reversals that are decided and still have to be written to the ledger, page by page. */
import { creditOrders } from '../billing/chain-orders.ts';
import { onceFound } from '../once-found.ts';
import { CHAIN_IS_FREE } from '../chains/freezes.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';
import { count, listRows, micros, orNull, small, textOf, truth, type Row, type RowReader } from '../rows.ts';

/** A deposit whose wallet is decided. */
export interface DueCredit {
  readonly id: string;
  readonly blockNumber: number;
  readonly revision: number;
  readonly txHash: string;
  readonly org: string;
  readonly wallet: string;
  readonly amountMicros: bigint;
  /** The order that it completes. */
  readonly packOrder: string | null;
  /** Free gift cards that come with it. */
  readonly giftCards: number;
  /** Credited under the early policy. */
  readonly provisional: boolean;
}

/** A page of what is due on a chain, oldest block first: up to `limit` deposits after `after`. */
export interface DuePage {
  readonly chain: string;
  readonly after: Pick<DueCredit, 'id' | 'blockNumber'> | undefined;
  readonly limit: number;
}

/**
 * A page of deposits with a wallet that are not hard-final, with the gift cards that come with each and the entry that
 * credited it. `where` is an SQL condition on a deposit `d`.
 */
export async function listDue<Due extends DueCredit>(
  db: Database | DatabaseTransaction,
  { chain, after, limit }: DuePage,
  where: string,
  readRow: RowReader<Due>,
): Promise<Due[]> {
  return listRows(
    db,
    readRow,
    `SELECT d.id, d.block_number, d.revision, d.tx_hash, d.org, d.wallet, d.amount, d.pack_order,
       coalesce(d.gift_cards, o.free_gift_cards, 0) AS gift_cards, d.cards_back, d.entry_seq, d.provisional
     FROM deposit d LEFT JOIN pack_order o ON o.id = d.pack_order
     WHERE d.chain = :chain AND d.wallet IS NOT NULL AND d.hard_final_at IS NULL AND ${where}
       AND (d.block_number, d.id) > (:afterBlock::bigint, :afterId::uuid)
     ORDER BY d.block_number, d.id LIMIT :limit`,
    { chain, limit, ...positionOf(after) },
  );
}

/** Decided credits without a noted entry whose transfer is still on the chain; none on a frozen chain. */
export async function listDueCredits(db: Database, page: DuePage): Promise<DueCredit[]> {
  return listDue(db, page, `d.entry_seq IS NULL AND d.state = 'confirming' AND ${CHAIN_IS_FREE}`, dueCreditOf);
}

/** Reads a due credit. */
export function dueCreditOf(row: Row): DueCredit {
  return {
    id: textOf(row['id']),
    blockNumber: count(row['block_number']),
    revision: small(row['revision']),
    txHash: textOf(row['tx_hash']),
    org: textOf(row['org']),
    wallet: textOf(row['wallet']),
    amountMicros: micros(row['amount']),
    packOrder: orNull(row['pack_order'], textOf),
    giftCards: small(row['gift_cards']),
    provisional: truth(row['provisional']),
  };
}

/** Where the next page begins: after that deposit, or before the first. */
export function positionOf(after: DuePage['after']): { afterBlock: number; afterId: string } {
  return { afterBlock: after?.blockNumber ?? -1, afterId: after?.id ?? '00000000-0000-0000-0000-000000000000' };
}

/** An entry that credits a deposit. */
export interface Credited {
  readonly id: string;
  readonly revision: number;
  readonly seq: number;
  readonly atMs: number;
}

/** Notes on deposits that their entries are written. The entries decide; this note only follows them. */
export async function markCredited(
  db: Database,
  lease: Lease,
  credited: readonly Credited[],
  heights: { readonly hardFinal: number | undefined; readonly at: Date },
): Promise<void> {
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE deposit d SET entry_seq = done.seq, credited_at = done.at, updated_at = :at,
         state = 'credited', hard_final_at = CASE WHEN d.block_number <= :hardFinal::bigint THEN :at::timestamptz END
       FROM unnest(:ids::uuid[], :revisions::integer[], :seqs::bigint[], :times::timestamptz[])
         AS done (id, revision, seq, at)
       WHERE d.id = done.id AND d.revision = done.revision
         AND ${onceFound(`d.entry_seq IS NULL AND d.wallet IS NOT NULL AND d.state = 'confirming'`)}`,
      {
        at: heights.at,
        hardFinal: heights.hardFinal ?? -1,
        ids: credited.map(({ id }) => id),
        revisions: credited.map(({ revision }) => revision),
        seqs: credited.map(({ seq }) => seq),
        times: credited.map(({ atMs }) => new Date(atMs).toISOString()),
      },
    );
    await creditOrders(
      trx,
      credited.map(({ id }) => id),
      heights.at,
    );
  });
}
