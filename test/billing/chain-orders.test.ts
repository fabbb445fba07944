/** Chain orders: which deposits pay them, what a reversal takes back, and what comes back with a deposit. */
import { describe, expect, test } from 'vitest';
import { findPack, ORDER_OPEN_MS } from '../../src/core/billing/packs.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import { expireOrders, openPackOrder } from '../../src/db/billing/chain-orders.ts';
import { cancelOrder, findOrder, listSteps } from '../../src/db/billing/orders.ts';
import type { Database } from '../../src/db/database.ts';
import { debitOf } from '../support/ledger/wallets.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';
import { queryRows } from '../support/process/query.ts';

const USD = 1_000_000n;
const bench = useRoundBench();

const openOrder = async (db: Database, org: string, packId: string, openedAt = new Date()): Promise<string> => {
  const pack = findPack(packId);
  if (!pack) throw new Error(`there is no pack ${packId}`);
  const { amountMicros: priceMicros, freeGiftCards } = pack;
  const expiresAt = new Date(openedAt.getTime() + ORDER_OPEN_MS);
  const order = { id: uuidV7(Date.now()), org, pack: packId, priceMicros, freeGiftCards, openedAt, expiresAt };
  return db.transaction(async (trx) => openPackOrder(trx, order));
};

/** Transaction, cards and order of each entry that carries cards or an order. */
const entriesOf = async (db: Database, org: string): Promise<unknown[]> => {
  const entries = await queryRows<{ reference: string; gift_delta: number; pack_order: string | null }>(
    db,
    `SELECT reference, gift_delta, pack_order FROM entry
     WHERE wallet = ? AND hold IS NULL AND (gift_delta <> 0 OR pack_order IS NOT NULL) ORDER BY seq`,
    [walletId({ kind: 'org', id: org })],
  );
  return entries.rows.map(({ reference, gift_delta: cards, pack_order: order }) => [reference, cards, order]);
};

const cardsOf = async (db: Database, org: string): Promise<number | undefined> => {
  const last = await queryRows<{ gift_available: number }>(
    db,
    'SELECT gift_available FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
    [walletId({ kind: 'org', id: org })],
  );
  return last.rows[0]?.gift_available;
};

const holdCard: Command = { op: 'hold', service: 'GIFT_CARD', amountMicros: 0n, gift: true, durationMs: 600_000 };

describe('S07 chain orders', () => {
  test('S07 two deposits of 50 pay Pro: its cards come with the second, and what is above is plain credit', async () => {
    const { balance, chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    const order = await openOrder(db, org, 'pro');
    chain.mine([{ txHash: '0x1', from: sender, amount: 50n * USD }]);
    chain.mineMany(2);
    await round();
    expect(await entriesOf(db, org)).toEqual([]);
    expect(await findOrder(db, order)).toMatchObject({ state: 'awaiting_payment' });
    chain.mine([{ txHash: '0x2', from: sender, amount: 51n * USD }]);
    chain.mineMany(2);
    await round();
    expect(await entriesOf(db, org)).toEqual([['0x2', 50, order]]);
    expect(await balance(org)).toBe(101n * USD);
    expect(await findOrder(db, order)).toMatchObject({ state: 'credited' });
    const steps = (await listSteps(db, [order])).get(order);
    expect(steps?.map(({ what, source }) => [what, source])).toEqual([
      ['created', 'api'],
      ['paid', 'chain'],
      ['credited', 'chain'],
    ]);
  });

  test('S07 a deposit pays the dearest order that it covers, and each order once', async () => {
    const { chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    const starter = await openOrder(db, org, 'starter');
    const growth = await openOrder(db, org, 'growth');
    const pro = await openOrder(db, org, 'pro');
    chain.mine([{ txHash: '0x1', from: sender, amount: 30n * USD }]);
    chain.mine([{ txHash: '0x2', from: sender, amount: 6n * USD }]);
    chain.mine([{ txHash: '0x3', from: sender, amount: 6n * USD }]);
    chain.mineMany(2);
    await round();
    const paid = [
      ['0x1', 10, growth],
      ['0x2', 2, starter],
    ];
    expect(await entriesOf(db, org)).toEqual(paid);
    // With the third one it makes 70: what paid the other orders does not count.
    chain.mine([{ txHash: '0x4', from: sender, amount: 64n * USD }]);
    chain.mineMany(2);
    await round();
    expect(await entriesOf(db, org)).toEqual(paid);
    expect(await findOrder(db, pro)).toMatchObject({ state: 'awaiting_payment' });
  });

  test('S07 deposits of two rounds and two chains count together', async () => {
    const one = bench();
    const { db, newOwner } = one;
    const org = await newOwner();
    const two = await one.another();
    await db.raw('UPDATE sender SET org = ? WHERE address = ?', [org, two.sender]);
    await two.newOwner();
    await db.raw('UPDATE sender SET org = ? WHERE address = ?', [org, two.sender]);
    const order = await openOrder(db, org, 'scale');
    for (const { chain, round, sender } of [one, two]) {
      chain.mine([{ txHash: `0x${sender.slice(-2)}`, from: sender, amount: 25n * USD }]);
      chain.mineMany(2);
      await round();
    }
    expect(await entriesOf(db, org)).toMatchObject([[expect.any(String), 25, order]]);
  });

  test('S07 a cancelled order is not paid, and a paid one is not cancelled', async () => {
    const { chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    const [cancelled, paid] = [await openOrder(db, org, 'growth'), await openOrder(db, org, 'starter')];
    const at = new Date();
    await cancelOrder(db, { id: cancelled, at });
    expect(await findOrder(db, cancelled)).toMatchObject({ state: 'cancelled' });
    chain.mine([{ txHash: '0x1', from: sender, amount: 30n * USD }]);
    chain.mineMany(2);
    await round();
    expect(await entriesOf(db, org)).toEqual([['0x1', 2, paid]]);
    await expect(cancelOrder(db, { id: paid, at })).rejects.toMatchObject({
      code: 'ORDER_NOT_OPEN',
      details: { state: 'credited' },
    });
    await expect(cancelOrder(db, { id: cancelled, at })).rejects.toMatchObject({ code: 'ORDER_NOT_OPEN' });
  });

  test('S07 an order expires by its time, and is paid by what was sent before', async () => {
    const { chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    const old = await openOrder(db, org, 'starter', new Date(Date.now() - 2 * ORDER_OPEN_MS));
    // It ended a moment ago, after the block of the deposit.
    const ended = await openOrder(db, org, 'tester', new Date(Date.now() - ORDER_OPEN_MS));
    expect(await expireOrders(db, new Date())).toBe(2);
    expect([(await findOrder(db, old))?.state, (await findOrder(db, ended))?.state]).toEqual(['expired', 'expired']);
    await expect(cancelOrder(db, { id: ended, at: new Date() })).rejects.toMatchObject({
      code: 'ORDER_NOT_OPEN',
      details: { state: 'expired' },
    });
    chain.mine([{ txHash: '0x1', from: sender, amount: 9n * USD }]);
    chain.mineMany(2);
    await round();
    expect(await entriesOf(db, org)).toEqual([['0x1', 1, ended]]);
    expect((await findOrder(db, old))?.state).toBe('expired');
  });

  test.each([
    ['takes its cards back, and both return with it', false, [2, 0, 2]],
    ['leaves a card that is held, and what was taken returns with it, no more', true, [1, 0, 1]],
  ])('S07 the reversal of a deposit %s', async (_, held, cards) => {
    const { balance, chain, db, deposits, ledger, newOwner, round, sender } = bench();
    const org = await newOwner();
    const wallet = walletId({ kind: 'org', id: org });
    const order = await openOrder(db, org, 'starter');
    const transfer = { txHash: '0x1', from: sender, amount: 6n * USD };
    chain.mine([transfer]);
    chain.mineMany(2);
    await round();
    if (held) await ledger.submit({ ...debitOf(wallet, 1n), command: holdCard });
    const seen = [await cardsOf(db, org)];
    chain.drop(3);
    chain.mineMany(4, 'other');
    await round();
    seen.push(await cardsOf(db, org));
    expect(await findOrder(db, order)).toMatchObject({ state: 'awaiting_payment' });
    await expect(cancelOrder(db, { id: order, at: new Date() })).rejects.toMatchObject({
      code: 'ORDER_NOT_OPEN',
    });
    // Asking for the same pack finds the order that is open again.
    expect(await openOrder(db, org, 'starter')).toBe(order);
    chain.mine([transfer], 'other');
    chain.mineMany(2, 'other');
    await round();
    seen.push(await cardsOf(db, org));
    expect(seen).toEqual(cards);
    expect(await deposits()).toMatchObject([{ state: 'credited', revision: 1 }]);
    expect(await findOrder(db, order)).toMatchObject({ state: 'credited' });
    expect(await balance(org)).toBe(6n * USD);
  });

  /** An org with 10 cards of one order, and 25 of another that two deposits paid. */
  const payScale = async (): Promise<{
    org: string;
    order: string;
    last: { txHash: string; from: string; amount: bigint };
  }> => {
    const { chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    const last = { txHash: '0x2', from: sender, amount: 26n * USD };
    await openOrder(db, org, 'growth');
    chain.mine([{ txHash: '0x0', from: sender, amount: 25n * USD }]);
    chain.mineMany(2);
    await round();
    const order = await openOrder(db, org, 'scale');
    for (const transfer of [{ ...last, txHash: '0x1', amount: 24n * USD }, last]) {
      chain.mine([transfer]);
      chain.mineMany(2);
      await round();
    }
    expect(await cardsOf(db, org)).toBe(35);
    return { org, order, last };
  };

  test('S07 the reversal of the deposit that began an order takes the cards that came with the last', async () => {
    const { chain, db, round } = bench();
    const { org, order, last } = await payScale();
    chain.drop(6);
    chain.mine([last], 'other');
    chain.mineMany(6, 'other');
    await round();
    expect([await cardsOf(db, org), (await findOrder(db, order))?.state]).toEqual([10, 'awaiting_payment']);
  });

  test('S07 the cards of an order are taken once and given again once, whichever deposits leave and return', async () => {
    const { chain, db, round } = bench();
    const { org, order, last } = await payScale();
    const mine = async (transfer: typeof last): Promise<unknown> => {
      chain.mine([transfer], 'other');
      chain.mineMany(2, 'other');
      await round();
      return [await cardsOf(db, org), (await findOrder(db, order))?.state];
    };
    // Both leave at once: the org's other cards stay.
    chain.drop(6);
    chain.mineMany(7, 'other');
    await round();
    expect(await cardsOf(db, org)).toBe(10);
    expect(await mine(last)).toEqual([10, 'awaiting_payment']);
    // Another one completes the order in place of the first, which counts for it all the same when it returns.
    expect(await mine({ ...last, txHash: '0x3', amount: 24n * USD })).toEqual([35, 'credited']);
    const tester = await openOrder(db, org, 'tester');
    expect(await mine({ ...last, txHash: '0x1', amount: 24n * USD })).toEqual([35, 'credited']);
    expect((await findOrder(db, tester))?.state).toBe('awaiting_payment');
  });

  test('S07 the version before pays and reopens an order by its deposit alone', async () => {
    const { db, newOwner } = bench();
    const org = await newOwner();
    const order = await openOrder(db, org, 'starter');
    const deposit = uuidV7(Date.now());
    await db.raw('UPDATE pack_order SET deposit = ? WHERE id = ?', [deposit, order]);
    const stored = async (): Promise<unknown> => {
      const { rows } = await queryRows<unknown>(
        db,
        `SELECT o.state, o.cards_out, l.deposit FROM pack_order o LEFT JOIN order_deposit l ON l.order_id = o.id
         WHERE o.id = ?`,
        [order],
      );
      return rows;
    };
    expect(await stored()).toEqual([{ state: 'credited', cards_out: 2, deposit }]);
    await db.raw('UPDATE pack_order SET deposit = NULL WHERE id = ?', [order]);
    expect(await stored()).toEqual([{ state: 'awaiting_payment', cards_out: 0, deposit }]);
  });
});
