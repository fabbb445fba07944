/** Orders of every channel: reads them, and writes the steps of their timelines with the events that these cause. */
import { Refusal } from '../../core/errors.ts';
import {
  INTERVALS,
  mayFollow,
  OPEN_ORDERS_MAX,
  OPEN_STATES,
  ORDER_CHANNELS,
  ORDER_STATES,
  stateAt,
  STEP_SOURCES,
  type Interval,
  type OrderChannel,
  type OrderState,
  type OrderStep,
  type StepSource,
} from '../../core/billing/order.ts';
import { eventOfStep } from '../../core/events/orders.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import {
  findRow,
  getRow,
  listRows,
  micros,
  namedTexts,
  oneOf,
  orNull,
  small,
  textOf,
  timeMsOf,
  truth,
  type Row,
} from '../rows.ts';

/** A purchase of credit. Amounts in micros. */
export interface Order {
  readonly id: string;
  /** The org that pays; of a user's order the id of the user's wallet. */
  readonly org: string;
  /** The user who pays; null where an org does. */
  readonly user: string | null;
  readonly channel: OrderChannel;
  readonly state: OrderState;
  /** Why it was parked or failed. */
  readonly reason: string | null;
  readonly pack: string | null;
  /** The org's product that was bought. */
  readonly product: string | null;
  /** It pays a period of a subscription. */
  readonly recurring: boolean;
  /** The plan that was bought. */
  readonly plan: string | null;
  /** The length of the period of a plan; null for what is bought once. */
  readonly interval: Interval | null;
  /** When its credit ends; null: never. */
  readonly creditEndsAtMs: number | null;
  /** What the payer is asked for. */
  readonly priceMicros: bigint;
  /** What of it becomes credit; less than the price where the seller keeps the rest. */
  readonly creditMicros: bigint;
  /** Credit above the price. */
  readonly bonusMicros: bigint;
  readonly freeGiftCards: number;
  readonly poNumber: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly openedAtMs: number;
  readonly expiresAtMs: number;
}

export const ORDER_COLUMNS = `id, org, user_id, CASE WHEN auto_refill THEN 'auto_refill' ELSE channel END AS channel, state, reason, pack, product,
  recurring, plan, plan_interval, credit_ends, price, coalesce(asked, price) AS asked, bonus, free_gift_cards, po_number,
  metadata, opened_at, expires_at`;

/** Reads an order from {@link ORDER_COLUMNS}. */
export function orderOf(row: Row): Order {
  return {
    id: textOf(row['id']),
    org: textOf(row['org']),
    user: orNull(row['user_id'], textOf),
    channel: oneOf(ORDER_CHANNELS, row['channel']),
    state: oneOf(ORDER_STATES, row['state']),
    reason: orNull(row['reason'], textOf),
    pack: orNull(row['pack'], textOf),
    product: orNull(row['product'], textOf),
    recurring: truth(row['recurring']),
    plan: orNull(row['plan'], textOf),
    interval: orNull(row['plan_interval'], (value) => oneOf(INTERVALS, value)),
    creditEndsAtMs: orNull(row['credit_ends'], timeMsOf),
    priceMicros: micros(row['asked']),
    creditMicros: micros(row['price']),
    bonusMicros: micros(row['bonus']),
    freeGiftCards: small(row['free_gift_cards']),
    poNumber: orNull(row['po_number'], textOf),
    metadata: namedTexts(row['metadata']),
    openedAtMs: timeMsOf(row['opened_at']),
    expiresAtMs: timeMsOf(row['expires_at']),
  };
}

/** The step of an attempt to pay an order that was declined. */
export const DECLINED = 'payment_declined';

/** A step to write, about something that happens at that time. */
export interface NewStep {
  readonly what: string;
  readonly source: StepSource;
  readonly at: Date;
}

/**
 * Adds a step to the timeline of an order, and records the event that it causes. The caller holds the lock of the order's
 * row, or has just made it.
 * @param order as it is after the step.
 */
export async function noteStep(trx: DatabaseTransaction, order: Order, { what, source, at }: NewStep): Promise<void> {
  const n = await getRow(
    trx,
    (row) => small(row['n']),
    `INSERT INTO order_step (order_id, n, at, what, source)
     SELECT :id::uuid, coalesce(max(n), 0) + 1, :at::timestamptz, :what, :source FROM order_step WHERE order_id = :id::uuid
     RETURNING n`,
    { id: order.id, at, what, source },
  );
  const event = eventOfStep(order, { n, what, atMs: at.getTime() });
  if (event) await recordEvents(trx, [event]);
}

/** A change of an order's state. */
export interface OrderMove {
  readonly id: string;
  readonly to: OrderState;
  readonly source: StepSource;
  readonly at: Date;
  /** Why, for a state that needs a reason. */
  readonly reason?: string | undefined;
}

/**
 * Moves an order to a state, if that may follow its present one (src/core/billing/order.ts).
 * @returns the order as it is then; undefined when it stays as it was.
 */
export async function moveOrder(trx: DatabaseTransaction, move: OrderMove): Promise<Order | undefined> {
  const before = await lockOrder(trx, move.id);
  if (!before || !mayFollow(before.state, move.to)) return undefined;
  const after = await getRow(
    trx,
    orderOf,
    `UPDATE pack_order SET state = :to, reason = :reason, failed_at = CASE WHEN :to = 'failed' THEN :at ELSE failed_at END
     WHERE id = :id RETURNING ${ORDER_COLUMNS}`,
    { to: move.to, reason: move.reason ?? null, at: move.at, id: move.id },
  );
  await noteStep(trx, after, { what: move.to, source: move.source, at: move.at });
  return after;
}

/** Reads an order and locks its row until the end of the transaction. */
export async function lockOrder(trx: DatabaseTransaction, id: string): Promise<Order | undefined> {
  return findRow(trx, orderOf, `SELECT ${ORDER_COLUMNS} FROM pack_order WHERE id = ? FOR UPDATE`, [id]);
}

/**
 * Refuses one more open order where an org has the most that it may have. The caller has locked the org.
 * @throws Refusal RATE_LIMITED
 */
export async function checkOpenOrders(
  trx: DatabaseTransaction,
  org: string,
  at: Date,
  max = OPEN_ORDERS_MAX,
): Promise<void> {
  const open = await getRow(
    trx,
    (row) => small(row['open']),
    // The states are part of the text, so that the index of the open orders is used.
    `SELECT count(*)::integer AS open FROM pack_order WHERE org = ?
       AND state IN (${OPEN_STATES.map((state) => `'${state}'`).join(', ')}) AND (channel <> 'chain' OR expires_at > ?)`,
    [org, at],
  );
  if (open < max) return;
  throw new Refusal('RATE_LIMITED', `the org has ${open} open orders: pay or cancel one of them first`, {
    details: { limit: 'open_orders' },
  });
}

/**
 * Cancels an order that nothing was paid for; one for which a deposit counts stays open. The caller has closed its checkout.
 * @throws Refusal NOT_FOUND, ORDER_NOT_OPEN
 */
export async function cancelOrder(db: Database, { id, at }: { readonly id: string; readonly at: Date }): Promise<void> {
  await db.transaction(async (trx) => {
    const order = await lockOrder(trx, id);
    if (!order) throw new Refusal('NOT_FOUND', 'there is no such order');
    const state = stateAt(order, at.getTime());
    const counts = await getRow(
      trx,
      (row) => truth(row['counts']),
      'SELECT EXISTS (SELECT FROM order_deposit WHERE order_id = ?) AS counts',
      [id],
    );
    const cancelled =
      counts || state === 'expired' ? undefined : await moveOrder(trx, { id, to: 'cancelled', source: 'api', at });
    if (cancelled) {
      // Nobody is sent to a checkout that is closed, also before its provider reports that.
      await trx.raw('UPDATE order_checkout SET url = NULL WHERE order_id = ?', [id]);
      return;
    }
    throw new Refusal('ORDER_NOT_OPEN', `the order is ${state}: only one that nothing was paid for can be cancelled`, {
      details: { state },
    });
  });
}

/**
 * Notes that an order got no checkout and cannot be paid any more; nothing happens to one that was paid, or that has a checkout,
 * which another call for the same order may have bound. The request that made it may be made again under its key: nothing came
 * of it.
 */
export async function failOrder(
  db: Database,
  { id, reason, at }: { readonly id: string; readonly reason: string; readonly at: Date },
): Promise<void> {
  await db.transaction(async (trx) => {
    // Under the lock of the order, which whoever binds a checkout takes first.
    const order = await lockOrder(trx, id);
    if (order?.state !== 'created') return;
    const failed = await moveOrder(trx, { id, to: 'failed', source: 'provider', reason, at });
    if (failed) await releaseKey(trx, id);
  });
}

/** Frees the idempotency key of the request that made an order. */
export async function releaseKey(trx: DatabaseTransaction, id: string): Promise<void> {
  await trx.raw('UPDATE pack_order SET request_key = NULL, request_hash = NULL WHERE id = ?', [id]);
}

/** The order with that id; undefined when there is none in sight. */
export async function findOrder(db: Database | DatabaseTransaction, id: string): Promise<Order | undefined> {
  return findRow(db, orderOf, `SELECT ${ORDER_COLUMNS} FROM pack_order WHERE id = ?`, [id]);
}

/** A page of orders: up to `limit` before `beforeId`, of one org, of the user with that wallet, or (null) of all. */
export interface OrderPage {
  readonly org: string | null;
  /** As callers see it at `nowMs`. */
  readonly state?: OrderState | undefined;
  readonly nowMs: number;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly beforeId?: string | undefined;
  /** How many of them are passed over. */
  readonly offset?: number | undefined;
  readonly limit: number;
}

/** Orders, newest first. Their state is the stored one; the filter goes by {@link stateAt}. */
export async function listOrders(db: Database, page: OrderPage): Promise<Order[]> {
  return listRows(
    db,
    orderOf,
    `SELECT ${ORDER_COLUMNS} FROM pack_order
     WHERE (:org::uuid IS NULL OR org = :org::uuid) AND (:beforeId::uuid IS NULL OR id < :beforeId::uuid)
       AND (:state::text IS NULL OR :state = CASE WHEN channel = 'chain' AND state = 'awaiting_payment'
         AND expires_at <= :now::timestamptz THEN 'expired' ELSE state END)
       AND metadata @> :metadata::jsonb
     ORDER BY id DESC LIMIT :limit OFFSET :offset`,
    {
      org: page.org,
      offset: page.offset ?? 0,
      beforeId: page.beforeId ?? null,
      state: page.state ?? null,
      now: new Date(page.nowMs),
      metadata: JSON.stringify(page.metadata ?? {}),
      limit: page.limit,
    },
  );
}

/** The timelines of orders, oldest step first, by order. */
export async function listSteps(db: Database, orders: readonly string[]): Promise<Map<string, OrderStep[]>> {
  const steps = await listRows(
    db,
    (row) => ({
      order: textOf(row['order_id']),
      atMs: timeMsOf(row['at']),
      what: textOf(row['what']),
      source: oneOf(STEP_SOURCES, row['source']),
    }),
    'SELECT order_id, at, what, source FROM order_step WHERE order_id = ANY(?::uuid[]) ORDER BY order_id, n',
    [[...orders]],
  );
  return Map.groupBy(steps, ({ order }) => order);
}

/** What an org may change of its order; undefined leaves a field as it is. */
export interface OrderNotes {
  readonly poNumber?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** Changes the notes of an org's order; undefined when the org has no such order. */
export async function changeNotes(
  db: Database,
  org: string,
  id: string,
  { poNumber, metadata }: OrderNotes,
): Promise<Order | undefined> {
  return findRow(
    db,
    orderOf,
    `UPDATE pack_order SET po_number = CASE WHEN :renumber THEN :poNumber ELSE po_number END,
       metadata = coalesce(:metadata::jsonb, metadata)
     WHERE id = :id AND org = :org RETURNING ${ORDER_COLUMNS}`,
    {
      id,
      org,
      renumber: poNumber !== undefined,
      poNumber: poNumber ?? null,
      metadata: metadata === undefined ? null : JSON.stringify(metadata),
    },
  );
}
