/** Which chain order a deposit pays, alone or together with earlier ones. */

/** A chain order that is not paid at present. */
export interface OpenOrder {
  readonly id: string;
  readonly org: string;
  readonly priceMicros: bigint;
  readonly freeGiftCards: number;
  /** Of its cards, those that are granted now: cards that a reversal could not take back. */
  readonly cardsOut: number;
  readonly openedAtMs: number;
  readonly expiresAtMs: number;
}

/** A deposit that is about to be credited. */
export interface PayingDeposit {
  readonly id: string;
  readonly org: string;
  readonly amountMicros: bigint;
  readonly blockTimeMs: number;
}

/** A deposit whose credit is decided or written. */
export interface CreditedDeposit {
  readonly id: string;
  readonly org: string;
  readonly amountMicros: bigint;
  /** Infinity while its entry is not written. */
  readonly creditedAtMs: number;
  /** The order that it counts for; null: none. */
  readonly order: string | null;
}

/** An order that a deposit completes. */
export interface Completion {
  readonly order: OpenOrder;
  /** The deposits that count for the order from now on, this one included. */
  readonly deposits: readonly string[];
  /** The free gift cards that come with this deposit's entry. */
  readonly giftCards: number;
}

/**
 * Gives each deposit, in order, the dearest order of its org that it completes; of equals the newest. An order is
 * complete when the deposit covers its price, alone or with the deposits that count for the order already, or else with
 * the newest of those credited since it was opened that count for no order. It has to be open when the money moved or
 * when the deposit is credited. A deposit that counts for an order can complete that one only, whether it is still open
 * or not: it comes back after a reversal.
 * @param credited the orgs' deposits that count for one of the orders, and those that count for none; newest first.
 * @param boundTo the order that a paying deposit counts for since an earlier revision, by deposit.
 * @param creditedAtMs when the deposits are credited.
 * @returns by deposit; deposits that complete no order are absent.
 */
export function completeOrders(
  deposits: readonly PayingDeposit[],
  orders: readonly OpenOrder[],
  credited: readonly CreditedDeposit[],
  boundTo: ReadonlyMap<string, string>,
  creditedAtMs: number,
): ReadonlyMap<string, Completion> {
  const open = orders.toSorted(dearestFirst);
  let counted = credited;
  const completions = new Map<string, Completion>();
  for (const deposit of deposits) {
    const bound = boundTo.get(deposit.id);
    const able = open.filter((order) =>
      bound === undefined ? isOpenFor(order, deposit, creditedAtMs) : order.id === bound,
    );
    const completion = firstCompletion(deposit, able, counted);
    if (completion) {
      open.splice(open.indexOf(completion.order), 1);
      completions.set(deposit.id, completion);
    }
    const order = completion?.order.id ?? bound ?? null;
    const used = new Set(completion?.deposits);
    counted = [
      { ...deposit, creditedAtMs: Infinity, order },
      ...counted.map((one) => (used.has(one.id) ? { ...one, order } : one)),
    ];
  }
  return completions;
}

function firstCompletion(
  deposit: PayingDeposit,
  orders: readonly OpenOrder[],
  counted: readonly CreditedDeposit[],
): Completion | undefined {
  for (const order of orders) {
    const deposits = coveredBy(order, deposit, counted);
    if (deposits) return { order, deposits, giftCards: order.freeGiftCards - order.cardsOut };
  }
  return undefined;
}

/** The deposits that cover the order together with this one; undefined where they do not. */
function coveredBy(
  order: OpenOrder,
  deposit: PayingDeposit,
  counted: readonly CreditedDeposit[],
): readonly string[] | undefined {
  const others = counted.filter(({ id, org }) => org === deposit.org && id !== deposit.id);
  const own = others.filter((one) => one.order === order.id);
  const free = others.filter((one) => one.order === null && one.creditedAtMs >= order.openedAtMs);
  let missing = own.reduce((sum, { amountMicros }) => sum - amountMicros, order.priceMicros - deposit.amountMicros);
  const used = [deposit.id];
  for (const { id, amountMicros } of free) {
    if (missing <= 0n) break;
    missing -= amountMicros;
    used.push(id);
  }
  return missing <= 0n ? used : undefined;
}

function dearestFirst(a: OpenOrder, b: OpenOrder): number {
  if (a.priceMicros !== b.priceMicros) return a.priceMicros > b.priceMicros ? -1 : 1;
  return b.openedAtMs - a.openedAtMs || (a.id > b.id ? -1 : 1);
}

function isOpenFor(order: OpenOrder, deposit: PayingDeposit, creditedAtMs: number): boolean {
  return order.org === deposit.org && (isOpenAt(order, deposit.blockTimeMs) || isOpenAt(order, creditedAtMs));
}

function isOpenAt({ openedAtMs, expiresAtMs }: OpenOrder, atMs: number): boolean {
  return openedAtMs <= atMs && atMs < expiresAtMs;
}
