/** Reversals: credited deposits that left the chain are taken back from their wallets. */
import { onceFound } from '../once-found.ts';
import { CHAIN_IS_FREE } from '../chains/freezes.ts';
import type { Database } from '../database.ts';
import { dueCreditOf, listDue, type DueCredit, type DuePage } from './dues.ts';
import { noteCardsTaken, reopenOrders } from '../billing/chain-orders.ts';
import { withLease, type Lease } from '../leases.ts';
import { count, listRows, orNull, small, textOf, type Row } from '../rows.ts';

/** A deposit that was credited, or about to be, and left the chain: its wallet has to give the amount back. */
export interface DueReversal extends DueCredit {
  /** The entry that credited it and opened the lot; undefined while it is not noted as written. */
  readonly entrySeq: number | undefined;
  /** Free gift cards of its order to take back, as far as they are not held or used. */
  readonly cardsBack: number;
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
    const gone = await listRows(
      trx,
      (row) => textOf(row['id']),
      `UPDATE deposit d SET state = 'reversed', cards_back = 0, updated_at = ?
       WHERE d.chain = ? AND d.state = 'orphaned' AND d.wallet IS NOT NULL AND d.hard_final_at IS NULL
         AND ${CHAIN_IS_FREE} RETURNING d.id`,
      [page.at, page.chain],
    );
    const cardsBack = await reopenOrders(trx, gone, page.at);
    if (cardsBack.size > 0) {
      await trx.raw(
        `UPDATE deposit d SET cards_back = back.cards FROM unnest(?::uuid[], ?::integer[]) AS back (id, cards)
         WHERE d.id = back.id`,
        [[...cardsBack.keys()], [...cardsBack.values()]],
      );
    }
    return listDue(trx, page, `d.state = 'reversed' AND ${CHAIN_IS_FREE}`, dueReversalOf);
  });
}

function dueReversalOf(row: Row): DueReversal {
  const due = dueCreditOf(row);
  // The version before decides a reversal without its cards: it takes those of the credit.
  const cardsBack = orNull(row['cards_back'], small) ?? due.giftCards;
  return { ...due, entrySeq: orNull(row['entry_seq'], count) ?? undefined, cardsBack };
}

/** A reversal whose entries are written. */
export interface Reversed {
  readonly id: string;
  readonly revision: number;
  /** Free gift cards of its order that were taken back: those that were neither held nor used. */
  readonly cardsTaken: number;
}

/**
 * Closes reversals whose entries are written; the next revision of each deposit begins. Its order grants no more cards
 * than were taken back when it is paid again. If the transfer is on the chain again, in any block and with any amount, the
 * deposit is observed again.
 */
export async function closeReversals(
  db: Database,
  lease: Lease,
  reversed: readonly Reversed[],
  at: Date,
): Promise<void> {
  await withLease(db, lease, async (trx) => {
    const closed = await listRows(
      trx,
      (row) => ({ deposit: textOf(row['id']), cards: small(row['cards_taken']) }),
      `UPDATE deposit d SET revision = d.revision + 1, wallet = NULL, entry_seq = NULL, credited_at = NULL,
         pack_order = NULL, gift_cards = NULL, cards_back = NULL, hard_final_at = NULL, provisional = false, updated_at = ?
       FROM unnest(?::uuid[], ?::integer[], ?::integer[]) AS done (id, revision, cards_taken)
       WHERE d.id = done.id AND d.revision = done.revision AND ${onceFound(`d.state = 'reversed'`)}
       RETURNING d.id, done.cards_taken`,
      [
        at,
        reversed.map(({ id }) => id),
        reversed.map(({ revision }) => revision),
        reversed.map(({ cardsTaken }) => cardsTaken),
      ],
    );
    await noteCardsTaken(trx, closed);
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
