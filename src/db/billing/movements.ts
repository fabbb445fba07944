/** What the ledger has to write for orders: decided under the lock of the order, written once, noted then. */
import {
  MOVEMENT_KINDS,
  nextMovements,
  returnsOf,
  takenBackOf,
  type DrawnFrom,
  type Movement,
  type MovementKind,
  type WrittenMovement,
} from '../../core/billing/take-back.ts';
import { walletOfOrder } from '../../core/billing/order.ts';
import { ledgerKey } from '../../core/ids.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, count, listRows, micros, oneOf, orNull, small, textOf, type Row } from '../rows.ts';
import { listByKeys } from '../ledger/entries.ts';
import { setFrozen } from '../ledger/frozen-lots.ts';
import { findCheckout } from './checkouts.ts';
import { noteFreeze } from '../events/log.ts';
import { lockOrder, moveOrder, type Order } from './orders.ts';
import { isRailFrozen, noteHeld } from './rails.ts';
import { isWarnedOf, sumMoneyBack } from './provider-facts.ts';

/** A movement of an order, and the entry that it became. */
export interface OrderMovement extends Movement {
  readonly order: string;
  /** Its number in the order, from 1. */
  readonly n: number;
  /** Seq of its first entry; null while it is not written. A credit's is the number of its lot. */
  readonly entrySeq: number | null;
  readonly cardsMoved: number | null;
  /** The lot that money returns to; null for what takes or credits. */
  readonly lot: number | null;
}

/** What is to be written for an order now. */
export interface DueMovements {
  readonly order: Order;
  readonly account: string;
  /** In order of their numbers; none is written yet. */
  readonly due: readonly OrderMovement[];
  /** Those that are written. */
  readonly written: readonly OrderMovement[];
}

/** The credit of an order: none is written while its rail is frozen. */
const CREDITS: ReadonlySet<MovementKind> = new Set(['credit_paid', 'credit_bonus']);
/** Movements by which a wallet gains: none is decided while the order's rail is frozen. */
const GAINS: ReadonlySet<MovementKind> = new Set([...CREDITS, 'give_paid', 'give_bonus']);

/**
 * Decides what is to be written for an order that is paid: its credit, and what the refunds and disputes of its payment
 * take back or return. What was decided before and is not written comes first and alone. Undefined when nothing is due.
 * While the rail is frozen only what is taken back is decided, and no credit written; `frozen` when something waits for its release.
 */
export async function decideMovements(
  db: Database,
  orderId: string,
  at: Date,
): Promise<DueMovements | 'frozen' | undefined> {
  return db.transaction(async (trx) => {
    const order = await lockOrder(trx, orderId);
    const checkout = order && (await findCheckout(trx, orderId));
    if (!order || !checkout || checkout.paidMinor === null) return undefined;
    const movements = (await listMovements(trx, [orderId])).get(orderId) ?? [];
    const written = movements.filter(({ entrySeq }) => entrySeq !== null);
    const left = movements.filter(({ entrySeq }) => entrySeq === null);
    const found = { order, account: checkout.account, written };
    const isFrozen = await isRailFrozen(trx, checkout.account);
    // A return that was decided before the freeze is finished: how much is taken back next depends on it.
    const mayFinish = ({ kind }: Movement): boolean => !isFrozen || !CREDITS.has(kind);
    if (left.length > 0) return dueOrFrozen(found, left, left.filter(mayFinish));
    const mayDecide = ({ kind }: Movement): boolean => !isFrozen || !GAINS.has(kind);
    const worth = { paidMicros: order.creditMicros, bonusMicros: order.bonusMicros, giftCards: order.freeGiftCards };
    const back = (await sumMoneyBack(trx, [orderId])).get(orderId);
    const backMinor = (back?.refundedMinor ?? 0n) + (back?.withdrawnMinor ?? 0n);
    const next = nextMovements(worth, written.map(writtenOf), takenBackOf(worth, checkout.paidMinor, backMinor));
    const allowed = next.filter(mayDecide);
    const placed = await placeReturns(trx, order, written, allowed);
    const due = placed.map((one, index) => {
      return { ...one, order: orderId, n: movements.length + index + 1, entrySeq: null, cardsMoved: null };
    });
    await insertMovements(trx, due, at);
    if (allowed.length < next.length) await noteHeld(trx, orderId);
    return dueOrFrozen(found, next, due);
  });
}

function dueOrFrozen(
  found: Omit<DueMovements, 'due'>,
  wanted: readonly Movement[],
  due: readonly OrderMovement[],
): DueMovements | 'frozen' | undefined {
  if (due.length > 0) return { ...found, due };
  return wanted.length > 0 ? 'frozen' : undefined;
}

/** The key under which the entries of a movement are written. */
export function movementKey({ order, n }: Pick<OrderMovement, 'order' | 'n'>): string {
  return ledgerKey('payment', `${order}:${n}`);
}

/** Names the lot that each returning amount goes to: the one that it was drawn from, where that is one of the order's. */
async function placeReturns(
  trx: DatabaseTransaction,
  order: Order,
  written: readonly OrderMovement[],
  next: readonly Movement[],
): Promise<(Movement & Pick<OrderMovement, 'lot'>)[]> {
  if (!next.some(({ kind, amountMicros }) => kind.startsWith('give_') && amountMicros > 0n)) {
    return next.map((one) => ({ ...one, lot: null }));
  }
  const lots = {
    paid: written.find(({ kind }) => kind === 'credit_paid')?.entrySeq ?? null,
    bonus: written.find(({ kind }) => kind === 'credit_bonus')?.entrySeq ?? null,
  };
  const placed: (Movement & Pick<OrderMovement, 'lot'>)[] = [];
  for (const movement of next) {
    const { kind, amountMicros } = movement;
    if (!(kind === 'give_paid' || kind === 'give_bonus') || amountMicros === 0n) {
      placed.push({ ...movement, lot: null });
      continue;
    }
    const part = kind === 'give_paid' ? 'paid' : 'bonus';
    const drawn = await sumDrawn(trx, { order, lots, part, written });
    for (const { to, ...one } of returnsOf(movement, drawn)) placed.push({ ...one, lot: lots[to] ?? lots.paid });
  }
  return placed;
}

/** What the take-backs of a part drew from the order's lots and from elsewhere, less what has returned there. */
async function sumDrawn(
  trx: DatabaseTransaction,
  about: {
    readonly order: Order;
    readonly lots: Readonly<Record<'paid' | 'bonus', number | null>>;
    readonly part: 'paid' | 'bonus';
    readonly written: readonly OrderMovement[];
  },
): Promise<DrawnFrom> {
  const { order, lots, part, written } = about;
  const own = written.filter(({ kind }) => kind === `take_${part}` || kind === `give_${part}`);
  const wallet = walletOfOrder(order);
  const entries = own.length === 0 ? [] : await listByKeys(trx, wallet, own.map(movementKey));
  const sum = (fits: (lot: number | null) => boolean): bigint => {
    const total = entries.reduce((all, { lot, availableDelta }) => (fits(lot) ? all - availableDelta : all), 0n);
    return total > 0n ? total : 0n;
  };
  return {
    paidLotMicros: sum((lot) => lot !== null && lot === lots.paid),
    bonusLotMicros: sum((lot) => lot !== null && lot === lots.bonus),
    elsewhereMicros: sum((lot) => lot === null || (lot !== lots.paid && lot !== lots.bonus)),
  };
}

function writtenOf(movement: OrderMovement): WrittenMovement {
  return { ...movement, cardsMoved: movement.cardsMoved ?? 0 };
}

async function insertMovements(trx: DatabaseTransaction, due: readonly OrderMovement[], at: Date): Promise<void> {
  for (const { order, n, kind, amountMicros, giftCards, cardsAsked, lot } of due) {
    await trx.raw(
      `INSERT INTO order_movement (order_id, n, kind, amount, gift_cards, cards_asked, decided_at, lot)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [order, n, kind, String(amountMicros), giftCards, cardsAsked, at, lot],
    );
  }
}

/** Notes that a movement is written; the order is credited once its first is. Repeating it changes nothing. */
export async function closeMovement(
  db: Database,
  written: { readonly order: string; readonly n: number; readonly entrySeq: number; readonly cardsMoved: number },
  at: Date,
): Promise<void> {
  await db.transaction(async (trx) => {
    await lockOrder(trx, written.order);
    const closed = await changeRows(
      trx,
      'UPDATE order_movement SET entry_seq = ?, cards_moved = ? WHERE order_id = ? AND n = ? AND entry_seq IS NULL',
      [written.entrySeq, written.cardsMoved, written.order, written.n],
    );
    if (closed > 0 && written.n === 1) {
      await moveOrder(trx, { id: written.order, to: 'credited', source: 'provider', at });
    }
  });
}

/**
 * Freezes what is left of an order's credit while a warning says that its payment is probably fraud and may still be
 * refunded, and lets it be spent again when no warning does.
 */
export async function syncFreeze(db: Database, orderId: string, at: Date): Promise<void> {
  await db.transaction(async (trx) => {
    const order = await lockOrder(trx, orderId);
    if (!order) return;
    const wallet = walletOfOrder(order);
    const frozen = await isWarnedOf(trx, orderId);
    const movements = (await listMovements(trx, [orderId])).get(orderId) ?? [];
    const lots = movements.flatMap(({ kind, entrySeq }) =>
      kind.startsWith('credit_') && entrySeq !== null ? [entrySeq] : [],
    );
    const isNew = await setFrozen(trx, { order: orderId, wallet, lots, frozen, at });
    if (isNew) await noteFreeze(trx, order.org, at);
  });
}

/** The movements of orders in order of their numbers, by order. */
export async function listMovements(
  db: Database | DatabaseTransaction,
  orders: readonly string[],
): Promise<Map<string, OrderMovement[]>> {
  const movements = await listRows(
    db,
    movementOf,
    `SELECT order_id, n, kind, amount, gift_cards, cards_asked, entry_seq, cards_moved, lot FROM order_movement
     WHERE order_id = ANY(?::uuid[]) ORDER BY order_id, n`,
    [[...orders]],
  );
  return Map.groupBy(movements, ({ order }) => order);
}

function movementOf(row: Row): OrderMovement {
  return {
    order: textOf(row['order_id']),
    n: small(row['n']),
    kind: oneOf(MOVEMENT_KINDS, row['kind']),
    amountMicros: micros(row['amount']),
    giftCards: small(row['gift_cards']),
    cardsAsked: small(row['cards_asked']),
    entrySeq: orNull(row['entry_seq'], count),
    cardsMoved: orNull(row['cards_moved'], small),
    lot: orNull(row['lot'], count),
  };
}
