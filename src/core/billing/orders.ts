/** Which order a deposit pays. */

export interface OpenOrder {
  readonly id: string;
  readonly org: string;
  readonly priceMicros: bigint;
  readonly freeGiftCards: number;
  readonly openedAtMs: number;
  readonly expiresAtMs: number;
}

export interface PayingDeposit {
  readonly id: string;
  readonly org: string;
  readonly amountMicros: bigint;
  readonly blockTimeMs: number;
}

/**
 * Gives each deposit, in order, the oldest order of its org that it can pay: with a price up to its amount, and open
 * when the money moved or when the deposit is credited. An order is paid once. Deposits that pay no order are absent
 * from the result.
 * @param creditedAtMs when the deposits are credited.
 */
export function assignOrders(
  deposits: readonly PayingDeposit[],
  orders: readonly OpenOrder[],
  creditedAtMs: number,
): ReadonlyMap<string, OpenOrder> {
  const open = orders.toSorted((a, b) => a.openedAtMs - b.openedAtMs || (a.id < b.id ? -1 : 1));
  const paid = new Map<string, OpenOrder>();
  for (const deposit of deposits) {
    const index = open.findIndex(
      (order) =>
        order.org === deposit.org &&
        order.priceMicros <= deposit.amountMicros &&
        (isOpenAt(order, deposit.blockTimeMs) || isOpenAt(order, creditedAtMs)),
    );
    const [order] = index < 0 ? [] : open.splice(index, 1);
    if (order) paid.set(deposit.id, order);
  }
  return paid;
}

function isOpenAt({ openedAtMs, expiresAtMs }: OpenOrder, atMs: number): boolean {
  return openedAtMs <= atMs && atMs < expiresAtMs;
}
