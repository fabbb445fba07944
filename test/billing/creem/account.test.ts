/** The adapter for Creem against the fake, through the official SDK: what it asks for, and what it makes of the answers. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFakeCreem, type FakeCreem, type FakeCreemAccount } from '../../../devnet/creem/fake.ts';
import { openCreemAccount } from '../../../src/payments/creem/account.ts';
import { ProviderFailed, type NewCheckout, type PaymentAccount } from '../../../src/payments/port.ts';

let creem: FakeCreem;
let shop: FakeCreemAccount;
let account: PaymentAccount;

beforeEach(async () => {
  creem = await startFakeCreem();
  shop = creem.addAccount();
  account = openCreemAccount({ name: 'creem', secretKey: shop.key, clock: creem.clock, apiUrl: creem.url });
});
afterEach(async () => creem.stop());

const ORDER = '0190a000-0000-7000-8000-000000000001';

function asked(change: Partial<NewCheckout> = {}): NewCheckout {
  return {
    order: ORDER,
    name: 'Credit',
    item: shop.addProduct({ price: 1_000 }).id,
    currency: 'usd',
    priceMinor: 1_000n,
    successUrl: 'https://example.com/yes?id={CHECKOUT_SESSION_ID}',
    cancelUrl: 'https://example.com/no',
    expiresAtMs: creem.clock.nowMs() + 3_600_000,
    ...change,
  };
}

/** A paid checkout. */
async function paid(action = 'pay'): Promise<{ session: string; payment: string }> {
  const { id } = await account.createCheckout(asked());
  creem.act(id, action);
  return { session: id, payment: creem.transactionOf(id).id };
}

const faultOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'it succeeded',
    (error: unknown) => (error instanceof ProviderFailed ? error.fault : error),
  );

describe('a checkout', () => {
  test('is of a product, names our order twice, and sends neither a URL to go back to nor a price', async () => {
    const { item = '', ...rest } = asked({ metadata: { a: 'b' } });
    const { id, url } = await account.createCheckout({ ...rest, item });
    expect(url).toBe(`${creem.url}/pay/${id}`);
    const sent: unknown = JSON.parse(creem.calls.find(({ method }) => method === 'POST')?.body ?? '{}');
    expect(sent).toEqual({
      product_id: item,
      request_id: ORDER,
      success_url: 'https://example.com/yes?id={CHECKOUT_SESSION_ID}',
      metadata: { a: 'b', coffer_order: ORDER },
    });
    expect(await account.fetch({ kind: 'checkout', id })).toMatchObject({
      kind: 'checkout',
      mode: 'test',
      order: ORDER,
      state: 'open',
      paid: 'unpaid',
      purpose: 'payment',
      currency: 'usd',
      subtotalMinor: 1_000n,
      payment: null,
    });
  });

  test.each([
    ['costs something else', { price: 999 }, {}],
    ['is sold in another currency', { price: 1_000, currency: 'EUR' as const }, {}],
    ['is a subscription', { price: 1_000, recurring: 'month' as const }, {}],
    ['is archived', { price: 1_000 }, { status: 'archived' as const }],
    ['has its tax inside the price', { price: 1_000 }, { tax_mode: 'inclusive' as const }],
  ])('of a product that %s is refused before anybody can pay it', async (_name, product, change) => {
    const made = Object.assign(shop.addProduct(product), change);
    expect(await faultOf(account.createCheckout(asked({ item: made.id })))).toMatchObject({
      outcome: 'refused',
      code: 'product_mismatch',
    });
    expect(creem.calls.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test.each([
    ['once', {}, 'month'],
    ['each year', { recurring: 'year' }, 'month'],
    ['each month', { recurring: 'month' }, 'year'],
  ] as const)('for a plan, of a product that is paid %s, is refused', async (_name, period, interval) => {
    const made = shop.addProduct({ price: 1_000, ...period });
    const fault = await faultOf(account.createCheckout(asked({ item: made.id, interval })));
    expect(fault).toMatchObject({ outcome: 'refused', code: 'product_mismatch' });
    expect(creem.calls.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('without a product, or of one that is not there, is refused', async () => {
    const { item: _item, ...withoutItem } = asked();
    expect(await faultOf(account.createCheckout(withoutItem))).toMatchObject({ code: 'product_missing' });
    expect(await faultOf(account.createCheckout(asked({ item: 'prod_none' })))).toMatchObject({
      outcome: 'refused',
      code: 'not_found',
    });
  });

  test('that was paid is paid, with its transaction', async () => {
    const { session, payment } = await paid('pay_taxed');
    expect(await account.fetch({ kind: 'checkout', id: session })).toMatchObject({
      state: 'complete',
      paid: 'paid',
      payment,
      paymentState: 'succeeded',
      subtotalMinor: 1_000n,
      taxMinor: 200n,
      totalMinor: 1_200n,
      discountMinor: 0n,
    });
  });

  test('is read where every word of the answer is new to the SDK', async () => {
    const { session, payment } = await paid();
    for (const word of ['completed', 'onetime', 'active']) shop.books.words.set(word, `${word}_2`);
    shop.books.words.set('test', 'playground');
    expect(await account.fetch({ kind: 'checkout', id: session })).toMatchObject({
      mode: 'test',
      paid: 'paid',
      payment,
    });
  });

  test('of another account, or that is not there, is not found', async () => {
    const { session } = await paid();
    const other = openCreemAccount({
      name: 'creem',
      secretKey: creem.addAccount().key,
      clock: creem.clock,
      apiUrl: creem.url,
    });
    expect(await other.fetch({ kind: 'checkout', id: session })).toBeUndefined();
    expect(await account.fetch({ kind: 'refund', id: 'tran_none' })).toBeUndefined();
  });
});

describe('a refund', () => {
  test('gives back all that is left, and asking again gives nothing more', async () => {
    const { session, payment } = await paid();
    creem.act(session, 'refund_half');
    const refund = { payment, order: ORDER, key: 'k' };
    const first = await account.refund(refund);
    expect(first).toMatchObject({ kind: 'refund', id: payment, payment, order: ORDER, amountMinor: 1_000n });
    expect(await account.refund(refund)).toMatchObject({ amountMinor: 1_000n, state: 'succeeded' });
    expect(creem.transactionOf(session).refunded_amount).toBe(1_000);
    expect(creem.calls.filter(({ path }) => path === '/v1/refunds')).toHaveLength(1);
  });

  test('of a part is refused, unless the part is all that is left', async () => {
    const { payment } = await paid();
    await expect(account.refund({ payment, order: ORDER, key: 'k', amountMinor: 400n })).rejects.toMatchObject({
      code: 'REFUND_NOT_POSSIBLE',
      details: { reason: 'whole_only' },
    });
    expect(await account.refund({ payment, order: ORDER, key: 'k', amountMinor: 1_000n })).toMatchObject({
      amountMinor: 1_000n,
    });
  });

  test('counts at once while it is pending, and under a status that is new', async () => {
    shop.books.pendingRefunds = true;
    const one = await paid();
    expect(await account.refund({ payment: one.payment, order: ORDER, key: 'k' })).toMatchObject({
      state: 'pending',
      amountMinor: 1_000n,
    });
    shop.books.words.set('pending', 'queued');
    const two = await paid();
    expect(await account.refund({ payment: two.payment, order: ORDER, key: 'k' })).toMatchObject({
      state: 'unknown',
      amountMinor: 1_000n,
    });
  });

  test('whose answer is lost is found when it is asked for again', async () => {
    const { payment } = await paid();
    creem.faults.add({ call: 'POST /v1/refunds', times: 1, effect: { kind: 'lose_answer' } });
    expect(await faultOf(account.refund({ payment, order: ORDER, key: 'k' }))).toMatchObject({ outcome: 'unknown' });
    expect(await account.refund({ payment, order: ORDER, key: 'k' })).toMatchObject({ amountMinor: 1_000n });
    expect(creem.calls.filter(({ path }) => path === '/v1/refunds')).toHaveLength(1);
  });

  test('that does not show yet is read again later', async () => {
    const { session, payment } = await paid();
    for (const id of [session, payment]) {
      expect(await faultOf(account.fetch({ kind: 'refund', id }))).toMatchObject({ outcome: 'unreachable' });
    }
    creem.act(session, 'refund_half');
    expect(await account.fetch({ kind: 'refund', id: session })).toMatchObject({ order: ORDER, amountMinor: 500n });
    expect(await account.fetch({ kind: 'refund', id: payment })).toMatchObject({ order: null, amountMinor: 500n });
    expect(await account.listRefunds(payment)).toMatchObject([{ id: payment, amountMinor: 500n }]);
  });
});

test('a dispute holds what was not refunded, and a win ends it', async () => {
  const { session, payment } = await paid();
  creem.act(session, 'refund_half');
  creem.act(session, 'dispute');
  expect(await account.fetch({ kind: 'dispute', id: session })).toMatchObject({
    id: payment,
    order: ORDER,
    status: 'charged_back',
    amountMinor: 1_000n,
    withdrawnMinor: 500n,
  });
  creem.act(session, 'win');
  const won = await account.fetch({ kind: 'dispute', id: payment });
  expect(won).toMatchObject({ status: 'won', withdrawnMinor: 0n, endsOnly: true });
  shop.books.words.set('partialRefund', 'underReview');
  expect(await faultOf(account.fetch({ kind: 'dispute', id: payment }))).toMatchObject({ outcome: 'unreachable' });
});

describe('the list of payments', () => {
  test.each([false, true])('has every payment once, page by page (oldest first: %s)', async (oldestFirst) => {
    creem.oldestFirst = oldestFirst;
    const all: string[] = [];
    for (let n = 0; n < 103; n += 1) all.push((await paid()).payment);
    const first = await account.listPayments(1);
    const second = await account.listPayments(first.next ?? 0);
    expect([first.payments.length, first.next, second.payments.length, second.next]).toEqual([100, 2, 3, undefined]);
    expect([...first.payments, ...second.payments].map(({ payment }) => payment).toSorted()).toEqual(all.toSorted());
    expect((await account.listPayments(7)).next).toBeUndefined();
  });

  test('shows what of each went back, and one by one the same', async () => {
    const one = await paid();
    creem.act(one.session, 'refund_half');
    const two = await paid('pay_taxed');
    creem.act(two.session, 'dispute');
    const { payments, unread } = await account.listPayments(1);
    expect(unread).toBe(0);
    expect(payments).toMatchObject([
      { payment: two.payment, paidMinor: 1_200n, refundedMinor: 0n, withdrawnMinor: 1_200n, currency: 'usd' },
      { payment: one.payment, paidMinor: 1_000n, refundedMinor: 500n, withdrawnMinor: 0n },
    ]);
    expect(await account.readPayment(one.payment)).toEqual(payments[1]);
    expect(await account.readPayment('tran_none')).toBeUndefined();
  });

  test('passes over what cannot be read', async () => {
    const { session } = await paid();
    await paid();
    Object.assign(creem.transactionOf(session), { amount: 1.5 });
    expect(await account.listPayments(1)).toMatchObject({ unread: 1, payments: [{ paidMinor: 1_000n }] });
  });
});

describe('a call that fails', () => {
  const read = async (): Promise<unknown> => faultOf(account.fetch({ kind: 'checkout', id: 'ch_1' }));
  const write = async (): Promise<unknown> => faultOf(account.createCheckout(asked()));

  test.each([
    ['lose_answer', 'unreachable', 'unknown'],
    ['cut_body', 'unreachable', 'unknown'],
    ['close_before', 'unreachable', 'unknown'],
    ['server_error', 'unreachable', 'unknown'],
    ['rate_limit', 'unreachable', 'unreachable'],
    ['lock', 'refused', 'refused'],
  ] as const)('%s leaves what is known of its outcome', async (kind, reading, writing) => {
    creem.faults.add({ call: 'GET /v1/checkouts', times: 1, effect: { kind } });
    creem.faults.add({ call: 'POST /v1/checkouts', times: 1, effect: { kind } });
    if (kind !== 'cut_body') expect(await read()).toMatchObject({ outcome: reading });
    expect(await write()).toMatchObject({ outcome: writing });
  });

  test('for a wrong key says so, and an address that nobody answers at was never reached', async () => {
    const open = (secretKey: string, apiUrl: string): PaymentAccount =>
      openCreemAccount({ name: 'creem', secretKey, clock: creem.clock, apiUrl });
    const wrong = open('creem_test_0123456789', creem.url);
    expect(await faultOf(wrong.createCheckout(asked()))).toMatchObject({ outcome: 'refused', lacks: 'key' });
    const nowhere = open(shop.key, 'http://127.0.0.1:9');
    expect(await faultOf(nowhere.refund({ payment: 'tran_1', order: ORDER, key: 'k' }))).toMatchObject({
      outcome: 'unreachable',
    });
  });

  test('names no secret', async () => {
    creem.faults.add({ effect: { kind: 'server_error' } });
    await expect(account.createCheckout(asked())).rejects.not.toThrow(shop.key);
  });

  test('is not made at all where Creem offers nothing of the kind', async () => {
    const { length } = creem.calls;
    for (const call of [account.acceptDispute('d'), account.confirmPayment('p', ORDER), account.cancelPayment('p')]) {
      expect(await faultOf(call)).toMatchObject({ outcome: 'refused', code: 'not_offered' });
    }
    expect(creem.calls).toHaveLength(length);
  });
});
