/** Credits whose worth divides no cent: what is bought, and given back in parts, is exact to the micro-dollar. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatUsd } from '../../src/core/money.ts';
import { listIn } from '../support/asserts.ts';
import { PATIENCE } from '../support/contract/api.ts';
import { dataOf, openPeopleApi, type PeopleApi, type Person } from '../support/contract/people.ts';
import { queryRows } from '../support/process/query.ts';

/** It has no factor in common with a cent: only every 10,000th credit costs whole cents. */
const WORTH = 3_333;
const CREDIT_MICROS = BigInt(WORTH);
const CREDITS = 2_001;
const PRICE_CENTS = 501n;
const BACK = 'https://shop.example/back';

let api: PeopleApi;
beforeAll(async () => {
  api = await openPeopleApi({ creditMicros: WORTH });
});
afterAll(async () => api.stop());

/** What a wallet has, in micros. */
async function microsOf({ wallet }: Person): Promise<bigint> {
  const sql = 'SELECT available::text AS available FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1';
  const { rows } = await queryRows<{ available: string }>(api.db, sql, [wallet]);
  return BigInt(rows[0]?.available ?? '0');
}

/** The balance that is shown; what is shown of movements has to sum to it. */
async function shownTo(person: Person): Promise<unknown> {
  const moved = listIn(await person.call('GET', '/credits/transactions'), 'data');
  const { balance } = dataOf(await person.call('GET', '/credits/balance'));
  expect(moved.reduce((sum, { amount }) => sum + (amount as number), 0)).toBe(balance);
  return balance;
}

test('GET /orders/{id}: a plan brings its whole credits, and refunds take back their share, rounded down, and all in the end', async () => {
  const plan = { name: 'Odd', kind: 'one_time', price_monthly: 5.01, credits_included: CREDITS };
  const made = await api.call('POST', '/admin/billing/plans', { key: api.adminKey, body: plan });
  const person = await api.person();
  const urls = { success_url: BACK, cancel_url: BACK };
  const asked = { channel: 'stripe', type: 'topup', plan_id: dataOf(made)['id'], ...urls };
  const opened = dataOf(await person.call('POST', '/payment/create-session', asked));
  api.stripe.pay(String(opened['session_id']));
  const granted = BigInt(CREDITS) * CREDIT_MICROS;
  await expect.poll(async () => microsOf(person), PATIENCE).toBe(granted);
  expect(await shownTo(person)).toBe(CREDITS);
  const order = String(opened['order_id']);
  expect(dataOf(await person.call('GET', `/orders/${order}`))).toMatchObject({
    price_cents: 501,
    credits: CREDITS,
    refunded_cents: 0,
  });
  const paid = PRICE_CENTS * 10_000n;
  let back = 0n;
  for (const cents of [1n, 166n, 167n, 166n, 1n]) {
    const body = { amountUsd: formatUsd(cents * 10_000n) };
    const headers = { 'idempotency-key': `back-${back}` };
    const path = `/admin/orders/${order}/refunds`;
    const refund = await api.call('POST', path, { key: api.adminKey, body, headers });
    back += cents;
    expect([refund.status, String(refund.json['refundedCents'])]).toEqual([200, String(back)]);
    // Of the paid part and of what exceeds the price, each its share rounded down.
    const share = (part: bigint): bigint => (part * back) / PRICE_CENTS;
    expect(await microsOf(person)).toBe(granted - share(paid) - share(granted - paid));
    await shownTo(person);
  }
  expect([back, await microsOf(person), await shownTo(person)]).toEqual([PRICE_CENTS, 0n, 0]);
  expect(dataOf(await person.call('GET', `/orders/${order}`))).toMatchObject({ credits: CREDITS, refunded_cents: 501 });
});

test('POST /payment/create-session: a top-up is whole credits for whole cents, or it is refused', async () => {
  const person = await api.person();
  const asked = { channel: 'stripe', type: 'topup', success_url: BACK, cancel_url: BACK };
  const open = async (credits: number): ReturnType<Person['call']> =>
    person.call('POST', '/payment/create-session', { ...asked, credits });
  const refused = await open(3_001);
  expect([refused.status, refused.json]).toMatchObject([
    400,
    { errors: [{ path: 'credits', message: 'must cost whole cents' }] },
  ]);
  const opened = dataOf(await open(10_000));
  api.stripe.pay(String(opened['session_id']));
  await expect.poll(async () => microsOf(person), PATIENCE).toBe(10_000n * CREDIT_MICROS);
  expect(await shownTo(person)).toBe(10_000);
});
