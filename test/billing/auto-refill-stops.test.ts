/** What holds auto-refill up, and what turns it off: declines, a payer who has to confirm, disputes, products, modes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStripeAccount } from '../../src/payments/stripe/account.ts';
import { refillRound } from '../../src/payments/refill.ts';
import { decideRefill } from '../../src/db/billing/refill-decisions.ts';
import { Refusal } from '../../src/core/errors.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { queryRows } from '../support/process/query.ts';
import { openRefillWorld, type RefillOrg, type RefillWorld } from '../support/billing/refill-world.ts';

const USD = 1_000_000n;
const HOUR_MS = 3_600_000;
let world: RefillWorld;
beforeAll(async () => {
  world = await openRefillWorld();
});
afterAll(async () => world.stop());

/** An org whose balance is below its threshold. */
const hungry = async (method = 'pm_card_visa'): Promise<RefillOrg> => world.open({ usd: 1n, method });
const stopOf = async (org: string): Promise<string | undefined> => (await world.setting(org)).stopped?.reason;
const statesOf = (org: RefillOrg): string[] =>
  world.shop
    .books()
    .list('payment_intent')
    .filter((one) => one.customer === org.customer && one.metadata['coffer_order'] !== undefined)
    .filter(({ setup_future_usage }) => setup_future_usage === null)
    .map(({ status }) => status);

describe('a decline', () => {
  test('cancels its payment, frees its part of the ceilings, and waits longer each time; the fourth is the last', async () => {
    const org = await hungry('pm_card_chargeDeclinedInsufficientFunds');
    const pauses = [1, 24, 72];
    for (const [index, hours] of pauses.entries()) {
      await world.rounds();
      const { failures, nextAttemptAtMs, enabled } = await world.setting(org.org);
      expect({ failures, enabled }).toEqual({ failures: index + 1, enabled: true });
      const left = (nextAttemptAtMs ?? 0) - world.clock.nowMs();
      expect([left > hours * HOUR_MS - 60_000, left <= hours * HOUR_MS]).toEqual([true, true]);
      await world.rounds();
      world.stripe.clock.advance(hours * HOUR_MS);
    }
    await world.rounds();
    expect(await stopOf(org.org)).toBe('repeated_failures');
    expect(statesOf(org)).toEqual(['canceled', 'canceled', 'canceled', 'canceled']);
    expect(world.charged(org)).toEqual([]);
    const orders = await world.orders(org.org);
    expect(orders.map(({ state, reason }) => [state, reason])).toEqual(
      Array.from({ length: 4 }, () => ['failed', 'insufficient_funds']),
    );
    const failed = await world.events(org.org, 'auto_refill.failed');
    expect(failed).toMatchObject([
      { reason: 'insufficient_funds', retryAt: expect.any(String) as string },
      { retryAt: expect.any(String) as string },
      { retryAt: expect.any(String) as string },
      { orderId: orders[0]?.id, retryAt: null },
    ]);
    expect(await world.events(org.org, 'auto_refill.stopped')).toEqual([
      { account: 'platform', reason: 'repeated_failures' },
    ]);
    const { rows } = await queryRows<{ state: string }>(
      world.db,
      'SELECT DISTINCT state FROM auto_refill_purchase WHERE org = ?',
      [org.org],
    );
    expect(rows).toEqual([{ state: 'released' }]);
  });

  test('is forgotten once a purchase succeeds', async () => {
    const org = await hungry('pm_card_chargeDeclined');
    await world.rounds();
    expect((await world.setting(org.org)).failures).toBe(1);
    await world.save(org, 'pm_card_visa');
    world.stripe.clock.advance(HOUR_MS);
    await world.rounds();
    expect(world.charged(org)).toEqual([2_500]);
    expect(await world.setting(org.org)).toMatchObject({ failures: 0, nextAttemptAtMs: null });
  });

  test('does not count for a setting that was turned on anew meanwhile', async () => {
    const org = await hungry('pm_card_chargeDeclined');
    world.stripe.faults.add({ call: 'POST /v1/payment_intents/', times: 3, effect: { kind: 'lose_answer' } });
    world.stripe.faults.add({ call: 'GET /v1/payment_intents/', times: 3, effect: { kind: 'rate_limit' } });
    await refillRound(world.means);
    world.stripe.faults.clear();
    await world.set(org.org, { maxDayCount: 3 });
    await world.save(org, 'pm_card_visa');
    world.stripe.clock.advance(60_000);
    await world.rounds();
    expect(world.charged(org)).toEqual([2_500]);
    expect(await world.setting(org.org)).toMatchObject({ failures: 0, enabled: true });
  });

  test('with advice not to try again stops it at the first', async () => {
    const org = await hungry('pm_card_chargeDeclinedStolenCard');
    await world.rounds();
    expect(await stopOf(org.org)).toBe('do_not_try_again');
    world.stripe.clock.advance(100 * HOUR_MS);
    await world.rounds();
    expect(statesOf(org)).toEqual(['canceled']);
  });
});

describe('a payer who has to confirm', () => {
  test.each(['pm_card_authenticationRequired', 'pm_card_authenticationRequiredOnSetup'])(
    '%s: stops it at the first, with a link where they can pay, and the payment stalls nowhere',
    async (method) => {
      const org = await hungry(method);
      await world.rounds();
      expect(await stopOf(org.org)).toBe('authentication_required');
      expect(statesOf(org)).toEqual(['canceled']);
      const [order] = await world.orders(org.org);
      const [asked, ...more] = await world.events(org.org, 'payment.action_required');
      expect(more).toEqual([]);
      expect(asked).toEqual({
        orderId: order?.id,
        amountUsd: '25.00',
        reason: 'authentication_required',
        url: expect.stringContaining('/pay/cs_test_') as string,
      });
      const session = /cs_test_[0-9a-f]+/.exec((asked as { url: string }).url)?.[0] ?? '';
      world.stripe.pay(session);
      await world.work();
      expect(await world.available(org)).toBe(26n * USD);
      await world.rounds();
      expect(await world.available(org)).toBe(26n * USD);
    },
  );

  test('gets no link where no checkout can be opened, and is told all the same', async () => {
    const org = await hungry('pm_card_authenticationRequired');
    const refuse = async (): Promise<never> => Promise.reject(new Refusal('RATE_LIMITED', 'too many checkouts'));
    await refillRound({ ...world.means, cashier: { openCheckout: refuse } });
    expect(await world.events(org.org, 'payment.action_required')).toMatchObject([{ url: null }]);
    expect(await stopOf(org.org)).toBe('authentication_required');
  });

  test('whose checkout may have been made gets the same one when it is asked for again', async () => {
    const org = await hungry('pm_card_authenticationRequired');
    world.stripe.faults.add({ call: 'POST /v1/checkout/sessions', times: 3, effect: { kind: 'lose_answer' } });
    await refillRound(world.means);
    expect(await stopOf(org.org)).toBeUndefined();
    world.stripe.clock.advance(60_000);
    await world.rounds();
    expect(await world.events(org.org, 'payment.action_required')).toMatchObject([
      { url: expect.stringContaining('/pay/') as string },
    ]);
    const sessions = world.shop
      .books()
      .list('checkout.session')
      .filter(({ customer, status }) => customer === org.customer && status === 'open');
    expect(sessions).toHaveLength(1);
  });
});

describe('it is turned off, with an event that says why, by', () => {
  const bought = async (): Promise<{ org: RefillOrg; payment: string }> => {
    const org = await hungry();
    await world.rounds();
    const [charge] = world.shop
      .books()
      .list('charge')
      .filter(({ customer }) => customer === org.customer);
    return { org, payment: typeof charge?.payment_intent === 'string' ? charge.payment_intent : '' };
  };
  const isOver = async ({ org }: RefillOrg, reason: string): Promise<void> => {
    expect(await stopOf(org)).toBe(reason);
    expect(await world.events(org, 'auto_refill.stopped')).toEqual([{ account: 'platform', reason }]);
  };

  test.each([
    ['a dispute of a purchase', 'pm_card_createDispute', 'dispute'],
    ['an inquiry', 'pm_card_createDisputeInquiry', 'dispute'],
    ['an early warning of fraud', 'pm_card_createIssuerFraudRecord', 'early_warning'],
  ])('%s, and buys no more', async (_, method, reason) => {
    const org = await hungry(method);
    await world.rounds();
    await isOver(org, reason);
    expect(world.charged(org)).toEqual([2_500]);
    await world.rounds();
    expect(world.charged(org)).toEqual([2_500]);
  });

  test('a dispute of any card payment of the org, also when a purchase is decided already', async () => {
    const org = await hungry();
    const at = new Date(world.clock.nowMs());
    const { findProduct } = world.means;
    await decideRefill(world.db, { org: org.org, account: 'stripe', mode: 'test' }, { findProduct, at });
    const first = world.shop
      .books()
      .list('checkout.session')
      .find(({ customer }) => customer === org.customer);
    world.stripe.act(first?.id ?? '', 'dispute');
    await world.work();
    await world.rounds();
    await isOver(org, 'dispute');
    expect(world.charged(org)).toEqual([]);
  });

  test('a refund of all of a purchase, and not by one of a part; it does not buy back what was refunded', async () => {
    const { org, payment } = await bought();
    const refund = async (amountMinor: bigint): Promise<void> => {
      await world.platform.refund({ payment, amountMinor, key: uuidV7(Date.now()), order: 'any' });
      await world.work();
    };
    await refund(500n);
    expect(await stopOf(org.org)).toBeUndefined();
    await refund(2_000n);
    await world.rounds();
    await isOver(org, 'refunded');
    expect(world.charged(org)).toHaveLength(1);
  });

  test.each([
    ['a product that is not active', { active: false }, 'product_inactive'],
    ['a product of the other mode', { mode: 'live' }, 'wrong_mode'],
    ['a product of another account', { account: 'stripe:other' }, 'product_inactive'],
  ] as const)('%s', async (_, change, reason) => {
    const id = uuidV7(Date.now());
    const product = { name: 'Box', account: 'stripe', mode: 'test', active: true } as const;
    world.products.set(id, { ...product, priceMinor: 999n, amountMicros: 10n * USD, ...change });
    const org = await world.open({ usd: 1n, change: { what: { kind: 'product', product: id } } });
    await world.rounds();
    await isOver(org, reason);
    expect(await world.orders(org.org)).toEqual([]);
  });

  test('a product that is gone', async () => {
    const org = await world.open({ usd: 1n, change: { what: { kind: 'product', product: uuidV7(Date.now()) } } });
    await world.rounds();
    await isOver(org, 'product_inactive');
    expect(await world.orders(org.org)).toEqual([]);
  });

  test('a key of the other mode, which then charges nothing', async () => {
    const org = await hungry();
    const live = openStripeAccount({
      name: 'stripe',
      secretKey: world.shop.createKey('live'),
      clock: world.clock,
      apiUrl: world.stripe.url,
    });
    const accounts = { ...world.means.accounts, find: async () => Promise.resolve(live), note: async () => undefined };
    await refillRound({ ...world.means, accounts });
    await isOver(org, 'wrong_mode');
    expect(await world.orders(org.org)).toEqual([]);
  });

  test('a saved method that the provider does not know any more, which is then given up', async () => {
    const org = await hungry();
    await world.db.raw(`UPDATE payment_customer SET method = 'pm_gone' WHERE org = ?`, [org.org]);
    await world.rounds();
    await isOver(org, 'payment_method_unusable');
    const { rows } = await queryRows<{ method: string | null }>(
      world.db,
      'SELECT method FROM payment_customer WHERE org = ?',
      [org.org],
    );
    expect(rows).toEqual([{ method: null }]);
    expect(statesOf(org)).toEqual(['canceled']);
  });

  test('money that came in other than it was asked for: it is parked, credits nothing, and counts', async () => {
    const org = await hungry();
    const before = await world.available(org);
    world.stripe.faults.add({ call: 'POST /v1/payment_intents/', times: 3, effect: { kind: 'close_before' } });
    await refillRound(world.means);
    world.stripe.faults.clear();
    const [intent] = world.shop
      .books()
      .list('payment_intent')
      .filter(({ customer }) => customer === org.customer);
    Object.assign(intent ?? {}, { amount: 2_400 });
    world.stripe.clock.advance(60_000);
    await world.rounds();
    await isOver(org, 'parked');
    expect(await world.orders(org.org)).toMatchObject([{ state: 'parked', reason: 'wrong_amount' }]);
    expect(await world.available(org)).toBe(before);
    await world.set(org.org, { enabled: true, maxDayMinor: 2_500n });
    await world.rounds();
    expect(world.charged(org)).toEqual([2_400]);
  });
});

test('without a saved method nothing is decided, and with one it begins', async () => {
  const org = await hungry();
  await world.db.raw('UPDATE payment_customer SET method = NULL WHERE org = ?', [org.org]);
  await world.rounds();
  expect(await world.orders(org.org)).toEqual([]);
  await world.save(org, 'pm_card_visa');
  await world.rounds();
  expect(world.charged(org)).toEqual([2_500]);
});

test('while its rail is frozen nothing is charged, also when that was decided before', async () => {
  const org = await hungry();
  const other = await hungry();
  const at = new Date(world.clock.nowMs());
  const { findProduct } = world.means;
  await decideRefill(world.db, { org: other.org, account: 'stripe', mode: 'test' }, { findProduct, at });
  await world.db.raw(
    `INSERT INTO rail_freeze (id, account, reason, frozen_by, frozen_at) VALUES (?, 'stripe', 'test', 'solvency', now())`,
    [uuidV7(Date.now())],
  );
  await world.rounds();
  expect([await world.orders(org.org), world.charged(other)]).toEqual([[], []]);
  await world.db.raw(`DELETE FROM rail_freeze WHERE account = 'stripe'`);
  await world.rounds();
  expect([world.charged(org), world.charged(other)]).toEqual([[2_500], [2_500]]);
});

test('an org that is suspended by hand is charged nothing until it is not any more', async () => {
  const org = await hungry();
  await world.db.raw('UPDATE org SET suspended_at = now() WHERE id = ?', [org.org]);
  await world.rounds();
  expect(await world.orders(org.org)).toEqual([]);
  await world.db.raw('UPDATE org SET suspended_at = NULL WHERE id = ?', [org.org]);
  await world.rounds();
  expect(world.charged(org)).toEqual([2_500]);
});

test('an org that is suspended by hand after a purchase was decided is not charged for it', async () => {
  const org = await hungry();
  const at = new Date(world.clock.nowMs());
  const { findProduct } = world.means;
  await decideRefill(world.db, { org: org.org, account: 'stripe', mode: 'test' }, { findProduct, at });
  await world.db.raw('UPDATE org SET suspended_at = now() WHERE id = ?', [org.org]);
  await world.rounds();
  expect([world.charged(org), statesOf(org)]).toEqual([[], ['canceled']]);
  await world.db.raw('UPDATE org SET suspended_at = NULL WHERE id = ?', [org.org]);
  await world.rounds();
  expect(world.charged(org)).toEqual([2_500]);
});

describe('a purchase whose account has lost its key', () => {
  const keyless = { find: async () => Promise.resolve(undefined), note: async () => Promise.resolve() };
  const statesIn = async (org: RefillOrg): Promise<unknown> =>
    (await queryRows(world.db, 'SELECT state FROM auto_refill_purchase WHERE org = ?', [org.org])).rows;

  test('ends once its decision is old, so that the org can buy on another account', async () => {
    const org = await hungry();
    const at = new Date(world.clock.nowMs());
    const { findProduct } = world.means;
    await decideRefill(world.db, { org: org.org, account: 'stripe', mode: 'test' }, { findProduct, at });
    await refillRound({ ...world.means, accounts: keyless });
    expect(await statesIn(org)).toEqual([{ state: 'decided' }]);
    world.stripe.clock.advance(10 * 60_000);
    await refillRound({ ...world.means, accounts: keyless });
    expect(await statesIn(org)).toEqual([{ state: 'released' }]);
    expect(world.charged(org)).toEqual([]);
  });

  test('waits for the key when it may have been charged', async () => {
    const org = await hungry();
    world.stripe.faults.add({ call: 'GET /v1/payment_intents/', times: 3, effect: { kind: 'rate_limit' } });
    await refillRound(world.means);
    world.stripe.faults.clear();
    world.stripe.clock.advance(10 * 60_000);
    await refillRound({ ...world.means, accounts: keyless });
    expect(await statesIn(org)).toEqual([{ state: 'confirming' }]);
    world.stripe.clock.advance(10 * 60_000);
    await world.rounds();
    expect(await statesIn(org)).toEqual([{ state: 'succeeded' }]);
    expect(world.charged(org)).toEqual([2_500]);
  });
});

test('while the provider cannot be reached nothing is bought twice, and after some minutes it waits an hour', async () => {
  const org = await hungry();
  world.stripe.faults.add({ call: 'POST /v1/payment_intents', effect: { kind: 'rate_limit' } });
  for (let round = 0; round < 8; round += 1) {
    await refillRound(world.means);
    world.stripe.clock.advance(120_000);
  }
  world.stripe.faults.clear();
  expect(await world.setting(org.org)).toMatchObject({ failures: 1, enabled: true });
  expect(await world.orders(org.org)).toMatchObject([{ state: 'failed', reason: 'provider_unreachable' }]);
  world.stripe.clock.advance(HOUR_MS);
  await world.rounds();
  expect(world.charged(org)).toEqual([2_500]);
});
