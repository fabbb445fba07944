/** From a deposit that was seen to one that is credited: every step is a compare-and-set under the chain's lease. */
import { assignOrders } from '../../core/billing/orders.ts';
import type { ChainFamily } from '../../core/chains/address.ts';
import type { BindingSpan } from '../../core/senders/match.ts';
import type { SenderState } from '../../core/senders/registration.ts';
import type { DepositState } from '../../core/chains/transfer.ts';
import { toCount } from '../../core/integers.ts';
import { onceFound } from '../once-found.ts';
import { CHAIN_IS_FREE } from '../chains/freezes.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { findAssignments } from './assignments.ts';
import { dueCreditOf, positionOf, type DueCredit, type DueRow } from './dues.ts';
import { tellDeposits } from './events.ts';
import { listProvisionalRooms } from '../access/provisional-limits.ts';
import { withLease, type Lease } from '../leases.ts';

/** States of a deposit that nothing is settled for. */
const OPEN_STATES = `'observed', 'confirming', 'unmatched', 'dust', 'screening'`;

/** A deposit without a wallet yet. */
export interface PendingDeposit {
  readonly id: string;
  readonly token: string;
  readonly txHash: string;
  readonly ordinal: number;
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly blockTimeMs: number;
  readonly state: DepositState;
  /** What it waits for, where it is held up. */
  readonly reason: string | null;
  readonly org: string | null;
  readonly revision: number;
  /** The RPCs contradict each other about it. */
  readonly disputed: boolean;
  /** Ignored by hand, whatever the rules say. */
  readonly setAside: boolean;
  /** Small, but its org has enough of such deposits. */
  readonly dustRipe: boolean;
  /** An operator assigned it although screening had stopped it. */
  readonly screeningWaived: boolean;
  /** How often its screening was asked without letting it pass. */
  readonly screeningTries: number;
}

interface PendingRow {
  id: string;
  token: string;
  tx_hash: string;
  ordinal: number;
  from_address: string;
  to_address: string;
  amount: string;
  block_number: string;
  block_hash: string;
  block_time: Date;
  state: DepositState;
  reason: string | null;
  org: string | null;
  revision: number;
  disputed: boolean;
  set_aside: boolean;
  dust_ripe: boolean;
  screening_waived: boolean;
  screening_tries: number;
}

/**
 * Deposits that may come to be credited, oldest block first: those on their way, and unmatched ones, dust of nobody
 * among them, whose sender has been registered or that were given to an org. Only from blocks below `nextBlock`, which
 * have been read on the chain as it is now.
 */
export async function listPendingDeposits(
  db: Database,
  page: {
    readonly chain: string;
    readonly family: ChainFamily;
    readonly nextBlock: number;
    readonly after: PendingDeposit | undefined;
    readonly limit: number;
    /** Deposits that wait for their screening come again once their pause is over at this time. */
    readonly at: Date;
  },
): Promise<PendingDeposit[]> {
  const { chain, family, nextBlock, after, limit, at } = page;
  const result: { rows: PendingRow[] } = await db.raw(
    `SELECT id, token, tx_hash, ordinal, from_address, to_address, amount, block_number, block_hash, block_time, state,
       reason, org, revision, disputed, set_aside, dust_ripe, screening_waived, screening_tries
     FROM deposit d
     WHERE chain = :chain AND wallet IS NULL AND block_number < :nextBlock
       AND (block_number, id) > (:afterBlock::bigint, :afterId::uuid)
       AND state IN ('observed', 'confirming', 'unmatched', 'dust', 'screening')
       AND (state IN ('observed', 'confirming') OR (state = 'screening' AND screen_after <= :at) OR ((state = 'unmatched' OR org IS NULL) AND EXISTS (
         SELECT FROM sender s WHERE s.family = :family AND s.address = d.from_address AND s.state = 'bound'
           AND s.unbound_at IS NULL AND (s.chain IS NULL OR s.chain = :chain)))
         OR EXISTS (SELECT FROM deposit_assignment a WHERE a.deposit = d.id))
     ORDER BY block_number, id LIMIT :limit`,
    {
      chain,
      family,
      nextBlock,
      limit,
      at,
      ...positionOf(after),
    },
  );
  return result.rows.map((row) => ({
    id: row.id,
    token: row.token,
    txHash: row.tx_hash,
    ordinal: row.ordinal,
    from: row.from_address,
    to: row.to_address,
    amount: BigInt(row.amount),
    blockNumber: toCount(row.block_number),
    blockHash: row.block_hash,
    blockTimeMs: row.block_time.getTime(),
    state: row.state,
    reason: row.reason,
    org: row.org,
    revision: row.revision,
    disputed: row.disputed,
    setAside: row.set_aside,
    dustRipe: row.dust_ripe,
    screeningWaived: row.screening_waived,
    screeningTries: row.screening_tries,
  }));
}

interface BindingRow {
  address: string;
  org: string;
  chain: string | null;
  state: SenderState;
  proven_at: Date | null;
  bound_at: Date;
  unbound_at: Date | null;
}

/** Every registration of these senders, past and present, by address. */
export async function listBindings(
  db: Database,
  family: ChainFamily,
  addresses: readonly string[],
): Promise<Map<string, BindingSpan[]>> {
  const result: { rows: BindingRow[] } = await db.raw(
    `SELECT address, org, chain, state, proven_at, bound_at, unbound_at FROM sender
     WHERE family = ? AND address = ANY(?::text[]) ORDER BY bound_at`,
    [family, [...addresses]],
  );
  return Map.groupBy(result.rows.map(bindingOf), ({ address }) => address);
}

function bindingOf(row: BindingRow): BindingSpan & { readonly address: string } {
  return {
    address: row.address,
    org: row.org,
    chain: row.chain,
    state: row.state,
    provenAtMs: row.proven_at?.getTime() ?? null,
    boundAtMs: row.bound_at.getTime(),
    unboundAtMs: row.unbound_at?.getTime() ?? null,
  };
}

/** What has been credited on this chain, or is about to be, and may still be taken back by it. Base units. */
export async function sumExposed(db: Database, chain: string): Promise<bigint> {
  const result: { rows: { exposed: string }[] } = await db.raw(
    `SELECT coalesce(sum(amount), 0)::text AS exposed FROM deposit
     WHERE chain = ? AND wallet IS NOT NULL AND hard_final_at IS NULL AND state IN ('credited', 'confirming')`,
    [chain],
  );
  return BigInt(result.rows[0]?.exposed ?? '0');
}

/** A step of a deposit that has no wallet: on its way to that org, unmatched, or set aside. */
export interface Progress {
  readonly id: string;
  readonly state: DepositState;
  readonly reason: string | null;
  readonly org: string | null;
}

/** Writes steps of deposits; one that has a wallet by now, or left the chain, is not touched. */
export async function noteProgress(db: Database, lease: Lease, steps: readonly Progress[], at: Date): Promise<void> {
  if (steps.length === 0) return;
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE deposit d SET state = step.state, reason = nullif(step.reason, ''), org = nullif(step.org, '')::uuid,
         updated_at = ?
       FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) AS step (id, state, reason, org)
       WHERE d.id = step.id AND ${onceFound(`d.wallet IS NULL AND d.state IN (${OPEN_STATES})`)}`,
      [
        at,
        steps.map(({ id }) => id),
        steps.map(({ state }) => state),
        steps.map(({ reason }) => reason ?? ''),
        steps.map(({ org }) => org ?? ''),
      ],
    );
    await tellDeposits(
      trx,
      steps.map(({ id }) => id),
      at,
    );
  });
}

/** The decision to credit a deposit to a wallet. */
export interface CreditIntent {
  readonly id: string;
  readonly revision: number;
  readonly org: string;
  readonly wallet: string;
  readonly amountMicros: bigint;
  readonly blockTimeMs: number;
  /** Under the early policy: counts against the org's limit until its block is hard-final. */
  readonly provisional: boolean;
}

/**
 * Settles where deposits go, once per revision, and which order each pays. A deposit that has a wallet, is of another
 * revision, left the chain or was given to another org meanwhile is passed over: what is stored is what counts. So is
 * everything on a frozen chain, and what a provisional limit does not allow.
 * @returns what was decided, as stored: it is to be written in the ledger next.
 */
export async function recordIntents(
  db: Database,
  lease: Lease,
  intents: readonly CreditIntent[],
  at: Date,
): Promise<DueCredit[]> {
  return withLease(db, lease, async (trx) => {
    const held: { rows: { id: string; revision: number }[] } = await trx.raw(
      `SELECT d.id, d.revision FROM deposit d
       WHERE d.id = ANY(?::uuid[]) AND d.wallet IS NULL AND d.state IN (${OPEN_STATES}) AND ${CHAIN_IS_FREE}
       ORDER BY d.id FOR UPDATE`,
      [intents.map(({ id }) => id)],
    );
    const revisions = new Map(held.rows.map((row) => [row.id, row.revision]));
    // Asked for under the row locks, which whoever assigns takes first.
    const assigned = await findAssignments(trx, [...revisions.keys()]);
    const open = intents.filter(
      ({ id, revision, org }) => revisions.get(id) === revision && (assigned.get(id) ?? org) === org,
    );
    const due = await keepWithinLimits(trx, open);
    if (due.length === 0) return [];
    const orders = await payOrders(trx, due, at);
    const decided: { rows: Omit<DueRow, 'free_gift_cards' | 'entry_seq'>[] } = await trx.raw(
      `UPDATE deposit d SET org = due.org, wallet = due.wallet, pack_order = nullif(due.pack_order, '')::uuid,
         provisional = due.provisional, state = 'confirming', reason = NULL, updated_at = ?
       FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::boolean[])
         AS due (id, org, wallet, pack_order, provisional) WHERE d.id = due.id
       RETURNING d.id, d.block_number, d.revision, d.tx_hash, d.org, d.wallet, d.amount, d.pack_order,
         d.provisional`,
      [
        at,
        due.map(({ id }) => id),
        due.map(({ org }) => org),
        due.map(({ wallet }) => wallet),
        due.map(({ id }) => orders.get(id)?.id ?? ''),
        due.map(({ provisional }) => provisional),
      ],
    );
    await tellDeposits(
      trx,
      due.map(({ id }) => id),
      at,
    );
    return decided.rows.map((row) =>
      dueCreditOf({ ...row, free_gift_cards: orders.get(row.id)?.freeGiftCards ?? null }),
    );
  });
}

/** Drops what an org's provisional limit does not allow by now: other chains draw on it too. */
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

/** Marks the orders that the deposits pay. A deposit pays one order in all its revisions. */
async function payOrders(
  trx: DatabaseTransaction,
  due: readonly CreditIntent[],
  at: Date,
): ReturnType<typeof findPaid> {
  const paid = await findPaid(trx, due, at);
  if (paid.size > 0) {
    await trx.raw(
      `UPDATE pack_order o SET deposit = paid.deposit FROM unnest(?::uuid[], ?::uuid[]) AS paid (id, deposit)
       WHERE o.id = paid.id`,
      [[...paid.values()].map(({ id }) => id), [...paid.keys()]],
    );
  }
  return paid;
}

async function findPaid(
  trx: DatabaseTransaction,
  due: readonly CreditIntent[],
  at: Date,
): Promise<ReturnType<typeof assignOrders>> {
  const ids = due.map(({ id }) => id);
  const spent: { rows: { deposit: string }[] } = await trx.raw(
    'SELECT deposit FROM pack_order WHERE deposit = ANY(?::uuid[])',
    [ids],
  );
  const paidBefore = new Set(spent.rows.map(({ deposit }) => deposit));
  interface OrderRow {
    id: string;
    org: string;
    price: string;
    free_gift_cards: number;
    opened_at: Date;
    expires_at: Date;
  }
  const orders: { rows: OrderRow[] } = await trx.raw(
    `SELECT id, org, price, free_gift_cards, opened_at, expires_at FROM pack_order
     WHERE org = ANY(?::uuid[]) AND deposit IS NULL ORDER BY id FOR UPDATE`,
    [[...new Set(due.map(({ org }) => org))]],
  );
  return assignOrders(
    due.filter(({ id }) => !paidBefore.has(id)),
    orders.rows.map((row) => ({
      id: row.id,
      org: row.org,
      priceMicros: BigInt(row.price),
      freeGiftCards: row.free_gift_cards,
      openedAtMs: row.opened_at.getTime(),
      expiresAtMs: row.expires_at.getTime(),
    })),
    at.getTime(),
  );
}

/** Notes which credited deposits the chain cannot take back any more. */
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
