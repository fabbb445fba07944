/** Card payments and auto-refill of an org that is closed: nothing is bought, and what is paid all the same is parked. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockOrg } from '../../src/db/access/orgs.ts';
import { closeOrg, reopenOrg } from '../../src/db/closing/orgs.ts';
import { useCardBench, type CardOrder } from '../support/billing/card-bench.ts';
import { openRefillWorld, type RefillWorld } from '../support/billing/refill-world.ts';
import { queryRows } from '../support/process/query.ts';

const CLOSING = { actor: 'cli:test', reason: 'they left' };

describe('a payment', () => {
  const bench = useCardBench();
  const close = async ({ org }: CardOrder): Promise<unknown> =>
    closeOrg(bench().db, { id: org, at: new Date(), ...CLOSING });
  const PARKED = { state: 'parked', availableMicros: 0n, giftCards: 0 };
  const CREDITED = { state: 'credited', availableMicros: 25_000_000n, giftCards: 10 };

  test('that comes after the closing is parked, and credited once when the org is open again', async () => {
    const order = await bench().order();
    await close(order);
    const facts = order.provider.take('pay');
    const settlements: unknown[] = [];
    for (const fact of [...facts, ...facts]) settlements.push(await bench().settle(fact));
    expect(settlements).toContainEqual({ outcome: 'parked', reason: 'org_closed', order: order.order });
    expect(await bench().stateOf(order)).toMatchObject(PARKED);
    await reopenOrg(bench().db, order.org);
    for (const fact of [...facts, ...facts]) await bench().settle({ ...fact, readAtMs: fact.readAtMs + 5 });
    expect(await bench().stateOf(order)).toMatchObject(CREDITED);
  });

  test('that was credited stays credited, and is taken back when it goes back', async () => {
    const order = await bench().order();
    const facts = order.provider.take('pay');
    for (const fact of facts) await bench().settle(fact);
    await close(order);
    for (const fact of facts) await bench().settle({ ...fact, readAtMs: fact.readAtMs + 5 });
    expect(await bench().stateOf(order)).toMatchObject(CREDITED);
    for (const step of ['refund a part', 'refund the rest'] as const) {
      for (const fact of order.provider.take(step)) await bench().settle(fact);
    }
    expect(await bench().stateOf(order)).toMatchObject({ availableMicros: 0n, giftCards: 0 });
  });

  test('that is settled while the org is being closed waits for that, and is parked', async () => {
    const order = await bench().order();
    const { db, settle } = bench();
    const running: Promise<unknown>[] = [];
    await db.transaction(async (trx) => {
      await lockOrg(trx, order.org);
      await trx.raw("UPDATE org SET suspended_at = now(), closed_at = now(), closed_reason = 'r' WHERE id = ?", [
        order.org,
      ]);
      running.push(...order.provider.take('pay').map(async (fact) => settle(fact)));
      const sql = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      await expect.poll(async () => (await queryRows(db, sql)).rows.length, { timeout: 10_000 }).toBeGreaterThan(0);
    });
    await Promise.all(running);
    expect(await bench().stateOf(order)).toMatchObject(PARKED);
  });
});

describe('auto-refill', () => {
  let world: RefillWorld;
  beforeAll(async () => {
    world = await openRefillWorld();
  });
  afterAll(async () => world.stop());

  test('is turned off by the closing, and stays off when the org is reopened', async () => {
    const org = await world.open({ usd: 1n });
    const at = new Date(world.clock.nowMs());
    await closeOrg(world.db, { id: org.org, at, ...CLOSING });
    await world.rounds();
    expect(world.charged(org)).toEqual([]);
    await reopenOrg(world.db, org.org);
    await world.db.raw('UPDATE org SET suspended_at = NULL WHERE id = ?', [org.org]);
    await world.rounds();
    expect(world.charged(org)).toEqual([]);
    expect(await world.setting(org.org)).toMatchObject({ enabled: false, stopped: { reason: 'org_closed' } });
    expect(await world.events(org.org, 'auto_refill.stopped')).toEqual([{ account: 'platform', reason: 'org_closed' }]);
  });
});
