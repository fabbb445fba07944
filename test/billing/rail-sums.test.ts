/** The kept sums of card rails: what is new is added once, and they are what all orders and entries together are. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toCount } from '../../src/core/integers.ts';
import { readDue } from '../../src/db/billing/rail-sums.ts';
import { openRailWorld, type RailWorld } from '../support/billing/rail-world.ts';
import { queryRows } from '../support/process/query.ts';

let world: RailWorld;
beforeEach(async () => {
  world = await openRailWorld();
});
afterEach(async () => world.close());

const act = async (session: string, action: string): Promise<void> => {
  world.stripe.act(session, action);
  await world.work();
};

/** How many orders and entries are noted and not yet added to the sums. */
async function countNews(): Promise<string[]> {
  const { rows } = await queryRows<{ orders: string; entries: string }>(
    world.db,
    'SELECT (SELECT count(*) FROM rail_news_order) AS orders, (SELECT count(*) FROM rail_news_entry) AS entries',
  );
  return [rows[0]?.orders ?? '', rows[0]?.entries ?? ''];
}

test('summed from what is new alone, the same as from all of it', async () => {
  Object.assign(world.shop.books().settings, { taxPercent: 19 });
  const [first, second] = [await world.buy(), await world.buy()];
  await act(first.session, 'refund_half');
  await act(second.session, 'dispute');
  await world.forge('stripe', 7n);
  const due = await readDue(world.db);
  expect(await countNews()).toEqual(['0', '0']);
  const again = async (piece?: number): Promise<void> => {
    await world.db.raw('INSERT INTO rail_news_order (order_id) SELECT order_id FROM order_checkout');
    expect(await readDue(world.db, piece)).toEqual(due);
  };
  await again();
  await world.db.raw('DELETE FROM rail_part; DELETE FROM rail_sums');
  await world.db.raw(
    `INSERT INTO rail_news_entry (wallet, seq) SELECT wallet, seq FROM entry WHERE contra = 'assets:stripe'`,
  );
  await again(1);
  await world.buy();
  const [orders, entries] = await countNews();
  expect(entries).toBe('1');
  expect(toCount(orders ?? '')).toBeLessThan(12);
  const both = await Promise.allSettled([readDue(world.db), readDue(world.db)]);
  expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect((await readDue(world.db)).get('stripe')?.creditedMicros).toBe(
    (due.get('stripe')?.creditedMicros ?? 0n) + 25_000_000n,
  );
  await world.db.raw('UPDATE order_checkout SET paid_minor = NULL, parked_minor = NULL');
  const gone = (await readDue(world.db)).get('stripe');
  expect([gone?.taxMicros, gone?.sellerMicros, gone?.parkedMicros]).toEqual([0n, 0n, 0n]);
});
