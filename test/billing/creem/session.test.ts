/** What a checkout at Creem is opened for: a plan's product, for its one interval, and one subscription at a time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlanVersion } from '../../../src/core/subscriptions/plan.ts';
import { storePlanVersion } from '../../../src/db/subscriptions/plans.ts';
import { readPlanPurchase } from '../../../src/http/credits/plan-session.ts';
import { openCreemSubscriptions, type CreemSubscriptions } from '../../support/billing/creem-subscriptions.ts';

let world: CreemSubscriptions;
let monthly: PlanVersion;
let yearly: PlanVersion;
beforeAll(async () => {
  world = await openCreemSubscriptions();
  monthly = await world.makePlan({ monthly: 10 });
  yearly = await world.makePlan({ yearly: 100, credit: 10 });
});
afterAll(async () => world.close());

const AT_CREEM = { channel: 'creem', type: 'subscription', interval: 'month' } as const;

test('a plan is sold as its product, for the interval of that product alone', async () => {
  const { db } = world;
  expect(await readPlanPurchase({ db }, { ...AT_CREEM, plan: monthly.plan })).toMatchObject({
    provider: 'creem',
    item: monthly.creemProduct,
    priceMicros: 10_000_000n,
  });
  expect(await readPlanPurchase({ db }, { ...AT_CREEM, interval: 'year', plan: yearly.plan })).toMatchObject({
    item: yearly.creemProduct,
    creditMicros: 100_000_000n,
    bonusMicros: 20_000_000n,
  });
  for (const asked of [
    { ...AT_CREEM, interval: 'year', plan: monthly.plan },
    { ...AT_CREEM, plan: yearly.plan },
    { ...AT_CREEM, channel: 'stripe', plan: monthly.plan },
    { ...AT_CREEM, type: 'topup', plan: monthly.plan },
  ] as const) {
    await expect(readPlanPurchase({ db }, asked)).rejects.toMatchObject({ code: 'PLAN_NOT_SELLABLE' });
  }
});

test('what is bought once needs a product at Creem, and none at Stripe', async () => {
  const { db } = world;
  const once = { ...monthly, plan: crypto.randomUUID(), kind: 'one_time', creemProduct: null } as const;
  await db.transaction(async (trx) => storePlanVersion(trx, once));
  const asked = { type: 'topup', interval: 'month', plan: once.plan } as const;
  await expect(readPlanPurchase({ db }, { ...asked, channel: 'creem' })).rejects.toMatchObject({
    code: 'PLAN_NOT_SELLABLE',
  });
  expect(await readPlanPurchase({ db }, { ...asked, channel: 'stripe' })).not.toHaveProperty('item');
});

test('while a checkout is open that Creem cannot close, no second subscription begins', async () => {
  const wallet = await world.makeUser();
  const { order, session } = await world.open(wallet, monthly);
  const refused = { code: 'SUBSCRIPTION_STATE', details: { state: 'awaiting_payment' } };
  await expect(world.open(wallet, monthly)).rejects.toMatchObject(refused);
  // It would have to be closed there: an order that is cancelled here could still be paid.
  await expect(world.desk.cancel({ payer: wallet, key: 'close' })).rejects.toMatchObject(refused);
  await expect(world.cashier.cancelOrder(order)).rejects.toMatchObject({ code: 'ORDER_NOT_OPEN' });
  await expect(world.open(wallet, monthly)).rejects.toMatchObject(refused);
  world.creem.act(session, 'pay');
  await world.work();
  expect(await world.state(wallet)).toBe('active');
});
