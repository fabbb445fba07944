/** The customers of orgs at a provider, and the payment methods that their payments save. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropMethod, findCustomer, type Customer } from '../../src/db/billing/customers.ts';
import { makeCardOrder } from '../../src/db/billing/checkouts.ts';
import { DECLINED, listSteps } from '../../src/db/billing/orders.ts';
import { openCashier } from '../../src/payments/cashier.ts';
import { getCustomer } from '../../src/payments/customers.ts';
import { openSettle } from '../../src/payments/settle.ts';
import type { EventAccount } from '../../src/payments/port.ts';
import type { CheckoutRequest } from '../../src/core/billing/cashier.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { openPaymentWorld, type PaymentWorld } from '../support/billing/payment-world.ts';

const DAY_MS = 24 * 3_600_000;
let world: PaymentWorld;
let writer: LedgerWriter;
beforeAll(async () => {
  world = await openPaymentWorld();
  writer = openLedgerWriter({ url: world.database.appUrl, clock: world.clock, deadlineMs: 10_000 });
  const settle = openSettle({ db: world.db, writer, clock: world.clock });
  world.answer = settle;
});
afterAll(async () => {
  await writer.stop();
  await world.close();
});

const limits = { checkoutsPerHour: 100, openOrders: 100, failedPerDay: 100 };
const cashier = (account: EventAccount = world.platform) =>
  openCashier({ db: world.db, writer, clock: world.clock, accounts: holding(account), mode: 'test', limits });
/** Accounts of which only one is there, whatever it lacks. */
const holding = (account: EventAccount) => ({
  find: async () => Promise.resolve(account),
  note: async () => Promise.resolve(),
});
const requestOf = (org: string, change: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
  org,
  ownAccount: false,
  pack: null,
  product: null,
  name: 'Credit',
  priceMicros: 10_000_000n,
  creditMicros: 10_000_000n,
  bonusMicros: 0n,
  freeGiftCards: 0,
  successUrl: 'https://shop.example/yes',
  cancelUrl: 'https://shop.example/no',
  metadata: {},
  saveMethod: true,
  key: uuidV7(Date.now()),
  hash: 'asked',
  ...change,
});
const customerOf = async (org: string): Promise<Customer | undefined> =>
  findCustomer(world.db, { org, account: 'stripe', mode: 'test' });
const customersOf = (org: string): string[] =>
  world.shop
    .books()
    .list('customer')
    .filter(({ metadata }) => metadata['coffer_org'] === org)
    .map(({ id }) => id);

/** Pays a checkout, and settles what the provider reports. */
async function buy(org: string, change: Partial<CheckoutRequest> = {}, method = 'pm_card_visa'): Promise<string> {
  const { session, order } = await cashier().openCheckout(requestOf(org, change));
  world.stripe.pay(session, method);
  await world.work();
  return order;
}

test('an org has one customer in an account, however many ask for it at once', async () => {
  const org = await world.createOrg();
  const asked = await Promise.all(Array.from({ length: 8 }, async () => getCustomer(world, world.platform, org)));
  expect(new Set(asked).size).toBe(1);
  expect(customersOf(org)).toEqual([asked[0]]);
  expect(await customerOf(org)).toMatchObject({ customer: asked[0], method: null });
});

test('a customer whose answer was lost is found under its key', async () => {
  const org = await world.createOrg();
  world.stripe.faults.add({ call: 'POST /v1/customers', times: 3, effect: { kind: 'lose_answer' } });
  await expect(getCustomer(world, world.platform, org)).rejects.toMatchObject({ fault: { outcome: 'unknown' } });
  expect(await customerOf(org)).toMatchObject({ customer: null });
  const found = await getCustomer(world, world.platform, org);
  expect(customersOf(org)).toEqual([found]);
});

test('after the provider has forgotten the key another one is made, and stays', async () => {
  const org = await world.createOrg();
  world.stripe.faults.add({ call: 'POST /v1/customers', times: 3, effect: { kind: 'lose_answer' } });
  await expect(getCustomer(world, world.platform, org)).rejects.toThrow('create a customer');
  world.stripe.clock.advance(DAY_MS);
  const made = await getCustomer(world, world.platform, org);
  expect(customersOf(org)).toHaveLength(2);
  expect(await getCustomer(world, world.platform, org)).toBe(made);
});

test('the modes of an account have customers of their own', async () => {
  const org = await world.createOrg();
  const name = { org, account: 'stripe' } as const;
  const ofTest = await getCustomer(world, world.platform, org);
  await getCustomer(world, { ...world.platform, mode: 'live' }, org);
  expect(await findCustomer(world.db, { ...name, mode: 'test' })).toMatchObject({ customer: ofTest });
  expect((await findCustomer(world.db, { ...name, mode: 'live' }))?.customer).not.toBe(ofTest);
});

test('a checkout that asks for it saves the method that paid it; any other saves none', async () => {
  const org = await world.createOrg();
  await buy(org, { saveMethod: false });
  expect(await customerOf(org)).toBeUndefined();
  await buy(org);
  const [customer] = customersOf(org);
  const saved = world.shop
    .books()
    .list('payment_method')
    .find((one) => one.customer === customer);
  expect(await customerOf(org)).toMatchObject({ customer, method: saved?.id });
});

test('a declined card is not saved', async () => {
  const org = await world.createOrg();
  await buy(org, {}, 'pm_card_chargeDeclined');
  expect(await customerOf(org)).toMatchObject({ method: null });
});

test('the newest order decides which method is in use, and a dropped one does not come back', async () => {
  const org = await world.createOrg();
  await buy(org);
  const first = (await customerOf(org))?.method ?? '';
  await buy(org);
  const second = (await customerOf(org))?.method ?? '';
  expect(second).not.toBe(first);
  // Every payment is reported and read again.
  const readAgain = async (): Promise<void> => {
    await world.db.raw(`UPDATE payment_inbox SET state = 'pending', next_attempt_at = ? WHERE kind = 'payment'`, [
      new Date(world.clock.nowMs()),
    ]);
    await world.work();
  };
  await readAgain();
  expect((await customerOf(org))?.method).toBe(second);
  const name = { org, account: 'stripe', mode: 'test' } as const;
  await world.db.transaction(async (trx) => {
    expect(await dropMethod(trx, name, first)).toBe(false);
    expect(await dropMethod(trx, name, second)).toBe(true);
  });
  await readAgain();
  expect((await customerOf(org))?.method).toBeNull();
  await buy(org);
  expect((await customerOf(org))?.method).not.toBeNull();
});

/** An order that waits for its payment, without a checkout at the provider. */
async function openOrder(org: string): Promise<string> {
  const id = uuidV7(Date.now());
  await makeCardOrder(world.db, {
    ...requestOf(org),
    id,
    openedAt: new Date(world.clock.nowMs()),
    account: 'stripe',
    mode: 'test',
    currency: 'usd',
    priceMinor: 1_000n,
    request: { key: id, hash: 'asked' },
    limits,
  });
  return id;
}

test("a payment of a customer that is not the org's saves nothing for it", async () => {
  const [org, other] = [await world.createOrg(), await world.createOrg()];
  const foreign = await getCustomer(world, world.platform, other);
  const id = await openOrder(org);
  await getCustomer(world, world.platform, org);
  const read = { account: 'stripe', mode: 'test', readAtMs: world.clock.nowMs(), order: id } as const;
  await world.answer({
    ...read,
    kind: 'payment',
    id: 'pi_foreign',
    state: 'succeeded',
    currency: 'usd',
    amountMinor: 1_000n,
    receivedMinor: 1_000n,
    charge: null,
    customer: foreign,
    savedMethod: 'pm_foreign',
    receiptUrl: null,
    decline: null,
    fee: null,
  });
  expect(await customerOf(org)).toMatchObject({ method: null });
  expect(await customerOf(other)).toMatchObject({ method: null });
});

test('a decline is one step of its order, however often it is read', async () => {
  const order = await openOrder(await world.createOrg());
  const declines: number[] = [];
  for (const charge of ['ch_1', 'ch_1', 'ch_2']) {
    await world.answer({
      account: 'stripe',
      mode: 'test',
      readAtMs: world.clock.nowMs(),
      order,
      kind: 'payment',
      id: 'pi_declined',
      state: 'needs_method',
      currency: 'usd',
      amountMinor: 1_000n,
      receivedMinor: 0n,
      charge,
      customer: null,
      savedMethod: null,
      receiptUrl: null,
      decline: { code: 'card_declined', declineCode: null, advice: null },
      fee: null,
    });
    const steps = (await listSteps(world.db, [order])).get(order) ?? [];
    declines.push(steps.filter(({ what }) => what === DECLINED).length);
  }
  expect(declines).toEqual([1, 1, 2]);
});
