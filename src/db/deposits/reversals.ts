/** Reversals: credited deposits that left the chain are taken back from their wallets. */
import { onceFound } from '../once-found.ts';
import { CHAIN_IS_FREE } from '../chains/freezes.ts';
import type { Database } from '../database.ts';
import { dueCreditOf, listDue, type DueCredit, type DuePage } from './dues.ts';
import { withLease, type Lease } from '../leases.ts';
import { count, orNull, type Row } from '../rows.ts';

/** A deposit that was credited, or about to be, and left the chain: its wallet has to give the amount back. */
export interface DueReversal extends DueCredit {
  /** The entry that credited it and opened the lot; undefined while it is not noted as written. */
  readonly entrySeq: number | undefined;
}

/**
 * Decides to reverse deposits that left the chain, and lists reversals that are decided and not closed: `reversed` with a
 * wallet; none on a frozen chain. A decided reversal is completed even if the deposit returns to the chain, which is then
 * credited again.
 */
export async function decideReversals(
  db: Database,
  lease: Lease,
  page: DuePage & { readonly at: Date },
): Promise<DueReversal[]> {
  return withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE deposit d SET state = 'reversed', updated_at = ?
       WHERE d.chain = ? AND d.state = 'orphaned' AND d.wallet IS NOT NULL AND d.hard_final_at IS NULL
         AND ${CHAIN_IS_FREE}`,
      [page.at, page.chain],
    );
    return listDue(trx, page, `d.state = 'reversed' AND ${CHAIN_IS_FREE}`, dueReversalOf);
  });
}

function dueReversalOf(row: Row): DueReversal {
  return { ...dueCreditOf(row), entrySeq: orNull(row['entry_seq'], count) ?? undefined };
}

/** A reversal whose entries are written. */
export interface Reversed {
  readonly id: string;
  readonly revision: number;
  /** Free gift cards of the deposit that could not be taken back because they are held or used. */
  readonly cardsKept: number;
}

/**
 * Closes reversals whose entries are written; the next revision of each deposit begins. The order that it paid is open
 * again, unless some of its gift cards were kept, which would otherwise be granted twice. If the transfer is on the chain
 * again, in any block and with any amount, the deposit is observed again.
 */
export async function closeReversals(
  db: Database,
  lease: Lease,
  reversed: readonly Reversed[],
  at: Date,
): Promise<void> {
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE pack_order o SET deposit = NULL
       FROM deposit d, unnest(?::uuid[], ?::integer[], ?::integer[]) AS done (id, revision, cards_kept)
       WHERE d.id = done.id AND d.revision = done.revision AND d.state = 'reversed' AND done.cards_kept = 0
         AND o.id = d.pack_order`,
      [
        reversed.map(({ id }) => id),
        reversed.map(({ revision }) => revision),
        reversed.map(({ cardsKept }) => cardsKept),
      ],
    );
    await trx.raw(
      `UPDATE deposit d SET revision = d.revision + 1, wallet = NULL, entry_seq = NULL, credited_at = NULL,
         pack_order = NULL, hard_final_at = NULL, provisional = false, updated_at = ?
       FROM unnest(?::uuid[], ?::integer[]) AS done (id, revision)
       WHERE d.id = done.id AND d.revision = done.revision AND ${onceFound(`d.state = 'reversed'`)}`,
      [at, reversed.map(({ id }) => id), reversed.map(({ revision }) => revision)],
    );
    await trx.raw(
      `UPDATE deposit d SET state = 'observed', reason = NULL, org = NULL, block_hash = o.block_hash,
         block_number = o.block_number, block_time = o.block_time, from_address = o.from_address,
         to_address = o.to_address, amount = o.amount
       FROM deposit_observation o
       WHERE d.id = ANY(?::uuid[]) AND d.state = 'reversed' AND d.wallet IS NULL AND o.chain = d.chain
         AND o.token = d.token AND o.tx_hash = d.tx_hash AND o.ordinal = d.ordinal AND o.orphaned_at IS NULL`,
      [reversed.map(({ id }) => id)],
    );
  });
}
