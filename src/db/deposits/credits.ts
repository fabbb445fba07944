/** Decides credits of deposits, and keeps track of which of them a chain may still take back. */
import { payOrders } from '../billing/chain-orders.ts';
import { holdClosedOrgs } from '../access/orgs.ts';
import { listProvisionalRooms } from '../access/provisional-limits.ts';
import { CHAIN_IS_FREE } from '../chains/freezes.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';
import { getRow, listRows, micros, small, textOf } from '../rows.ts';
import { findAssignments } from './assignments.ts';
import { dueCreditOf, type DueCredit } from './dues.ts';
import { recordDepositEvents } from './events.ts';
import { OPEN_STATES } from './pending.ts';

/** The decision to credit a deposit to a wallet. */
export interface CreditIntent {
  readonly id: string;
  readonly revision: number;
  readonly org: string;
  readonly wallet: string;
  readonly amountMicros: bigint;
  readonly blockTimeMs: number;
  /** Credited under the early policy: counts against the org's limit until its block is hard-final. */
  readonly provisional: boolean;
}

/**
 * Decides to which wallet deposits are credited, once per revision, and which order each pays. Skips a deposit that has a
 * wallet already, has another revision, left the chain or was given to another org; everything on a frozen chain and for an
 * org that is closed; and what a provisional limit does not allow.
 * @returns the stored decisions, which the caller writes to the ledger next.
 */
export async function recordIntents(
  db: Database,
  lease: Lease,
  intents: readonly CreditIntent[],
  at: Date,
): Promise<DueCredit[]> {
  return withLease(db, lease, async (trx) => {
    const held = await listRows(
      trx,
      (row) => [textOf(row['id']), small(row['revision'])] as const,
      `SELECT d.id, d.revision FROM deposit d
       WHERE d.id = ANY(?::uuid[]) AND d.wallet IS NULL AND d.state IN (${OPEN_STATES}) AND ${CHAIN_IS_FREE}
       ORDER BY d.id FOR UPDATE`,
      [intents.map(({ id }) => id)],
    );
    const revisions = new Map(held);
    // Read under the row locks: every assignment takes them first.
    const assigned = await findAssignments(trx, [...revisions.keys()]);
    const meant = intents.filter(
      ({ id, revision, org }) => revisions.get(id) === revision && (assigned.get(id) ?? org) === org,
    );
    const closed = await holdClosedOrgs(
      trx,
      meant.map(({ org }) => org),
    );
    const open = meant.filter(({ org }) => !closed.has(org));
    const due = await keepWithinLimits(trx, open);
    if (due.length === 0) return [];
    const orders = await payOrders(trx, due, at);
    const decided = await listRows(
      trx,
      dueCreditOf,
      `UPDATE deposit d SET org = due.org, wallet = due.wallet, pack_order = nullif(due.pack_order, '')::uuid,
         gift_cards = due.gift_cards, cards_back = NULL, provisional = due.provisional, state = 'confirming', reason = NULL,
         updated_at = ?
       FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::integer[], ?::boolean[])
         AS due (id, org, wallet, pack_order, gift_cards, provisional) WHERE d.id = due.id
       RETURNING d.id, d.block_number, d.revision, d.tx_hash, d.org, d.wallet, d.amount, d.pack_order,
         d.provisional, d.gift_cards`,
      [
        at,
        due.map(({ id }) => id),
        due.map(({ org }) => org),
        due.map(({ wallet }) => wallet),
        due.map(({ id }) => orders.get(id)?.order.id ?? ''),
        due.map(({ id }) => orders.get(id)?.giftCards ?? 0),
        due.map(({ provisional }) => provisional),
      ],
    );
    await recordDepositEvents(
      trx,
      due.map(({ id }) => id),
      at,
    );
    return decided;
  });
}

/** Leaves out what an org's provisional limit does not allow now: credits of other chains use it too. */
async function keepWithinLimits(trx: DatabaseTransaction, intents: readonly CreditIntent[]): Promise<CreditIntent[]> {
  const orgs = intents.flatMap(({ org, provisional }) => (provisional ? [org] : []));
  const rooms = await listProvisionalRooms(trx, [...new Set(orgs)], true);
  return intents.filter(({ org, provisional, amountMicros }) => {
    if (!provisional) return true;
    const room = (rooms.get(org) ?? 0n) - amountMicros;
    if (room < 0n) return false;
    rooms.set(org, room);
    return true;
  });
}

/** Marks credited deposits that the chain can no longer take back. */
export async function markHardFinal(
  db: Database,
  lease: Lease,
  reached: { readonly chain: string; readonly hardFinal: number; readonly nextBlock: number; readonly at: Date },
): Promise<void> {
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE deposit SET hard_final_at = :at WHERE chain = :chain AND state = 'credited' AND wallet IS NOT NULL
         AND hard_final_at IS NULL AND block_number <= :hardFinal AND block_number < :nextBlock`,
      { ...reached },
    );
  });
}

/** The sum, in base units, of what is credited or decided on this chain and may still be taken back by it. */
export async function sumExposed(db: Database, chain: string): Promise<bigint> {
  return getRow(
    db,
    (row) => micros(row['exposed']),
    `SELECT coalesce(sum(amount), 0)::text AS exposed FROM deposit
     WHERE chain = ? AND wallet IS NOT NULL AND hard_final_at IS NULL AND state IN ('credited', 'confirming')`,
    [chain],
  );
}
