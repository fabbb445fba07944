/** The adapter of Stripe against the fake, through the official SDK. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import { startFakeStripe, type FakeStripe } from '../../devnet/stripe/fake.ts';
import type { CheckoutFact, DisputeFact } from '../../src/core/billing/facts.ts';
import { openStripeAccount } from '../../src/payments/stripe/account.ts';
import type { NewCheckout, ObjectName, EventAccount } from '../../src/payments/port.ts';
import { sdkOf } from '../support/billing/stripe-sdk.ts';

const DAY_MS = 24 * 3_600_000;
let fake: FakeStripe;
let shop: FakeAccount;
let account: EventAccount;

beforeEach(async () => {
  fake = await startFakeStripe();
  shop = fake.addAccount();
  account = open(shop.createKey());
});
afterEach(async () => fake.stop());

function open(secretKey: string): EventAccount {
  return openStripeAccount({ name: 'stripe', secretKey, clock: { nowMs: () => 5 }, apiUrl: fake.url });
}

function newCheckout(order = 'order-1'): NewCheckout {
  return {
    order,
    name: 'Credit',
    currency: 'usd',
    priceMinor: 1_000n,
    successUrl: 'https://example.com/done?s={CHECKOUT_SESSION_ID}',
    cancelUrl: 'https://example.com/back',
    expiresAtMs: (fake.clock.now() + 3_600) * 1_000,
  };
}

async function paid(method?: string, order?: string): Promise<CheckoutFact> {
  const { id } = await account.createCheckout(newCheckout(order));
  fake.pay(id, method);
  return (await fetched({ kind: 'checkout', id })) as CheckoutFact;
}

async function fetched(object: ObjectName): Promise<unknown> {
  return account.fetch(object);
}

/** The id of the only object of a kind that hangs on a payment. */
function onlyOf(type: 'refund' | 'dispute' | 'radar.early_fraud_warning'): string {
  const [one, ...more] = shop.books().list(type);
  expect(more).toEqual([]);
  return one?.id ?? '';
}

describe('a checkout', () => {
  test('carries the order on the session and on its payment, names no methods, and sends no telemetry', async () => {
    // Made once: its end counts from the second in which it is made.
    const asked = { ...newCheckout(), metadata: { type: 'wallet_topup' } };
    const { id, url, expiresAtMs } = await account.createCheckout(asked);
    expect(url).toContain(id);
    expect(expiresAtMs).toBe(asked.expiresAtMs);
    const [call] = fake.calls;
    const sent = new URLSearchParams(call?.body);
    expect(Object.fromEntries(sent)).toMatchObject({
      client_reference_id: 'order-1',
      'metadata[coffer_order]': 'order-1',
      'metadata[type]': 'wallet_topup',
      'payment_intent_data[metadata][coffer_order]': 'order-1',
      success_url: 'https://example.com/done?s={CHECKOUT_SESSION_ID}',
    });
    expect([...sent.keys()].filter((name) => /payment_method_types|discount|promotion/.test(name))).toEqual([]);
    expect(call?.headers).toMatchObject({
      'idempotency-key': 'coffer-checkout-order-1',
      'stripe-version': '2026-10-28.endive',
    });
    await fetched({ kind: 'checkout', id });
    for (const { headers } of fake.calls) {
      expect(JSON.stringify(headers)).not.toMatch(/telemetry/);
      expect(JSON.parse(String(headers['x-stripe-client-user-agent']))).not.toHaveProperty('platform');
    }
  });

  test('that is asked for twice is one, also when the first answer was lost', async () => {
    fake.faults.add({ times: 3, effect: { kind: 'lose_answer' } });
    const checkout = newCheckout();
    await expect(account.createCheckout(checkout)).rejects.toMatchObject({
      code: 'PAYMENT_PROVIDER_FAILED',
      fault: { outcome: 'unknown' },
    });
    const again = await account.createCheckout(checkout);
    expect(
      shop
        .books()
        .list('checkout.session')
        .map(({ id }) => id),
    ).toEqual([again.id]);
  });

  describe('of a price that is there', () => {
    const made = async (change: object): Promise<string> => {
      const sdk = sdkOf(fake, shop.createKey());
      const product = await sdk.products.create({ name: 'Plan' });
      const price = { product: product.id, currency: 'usd', unit_amount: 1_000, ...change };
      return (await sdk.prices.create(price)).id;
    };
    const monthly = { recurring: { interval: 'month' } } as const;

    test.each([
      ['once', {}, undefined],
      ['each month', monthly, 'month'],
      ['each year', { recurring: { interval: 'year' } }, 'year'],
    ] as const)('and is paid %s is opened', async (_name, price, interval) => {
      const item = await made(price);
      await account.createCheckout({ ...newCheckout(), item, ...(interval && { interval }) });
      const [session] = shop.books().list('checkout.session');
      expect(session?.mode).toBe(interval === undefined ? 'payment' : 'subscription');
    });

    test.each([
      ['another amount', { ...monthly, unit_amount: 999 }, 'month'],
      ['another currency', { ...monthly, currency: 'eur' }, 'month'],
      ['another interval', monthly, 'year'],
      ['several months', { recurring: { interval: 'month', interval_count: 3 } }, 'month'],
      ['a subscription', monthly, undefined],
      ['no subscription', {}, 'month'],
    ] as const)('and is for %s is refused before anybody can pay it', async (_name, price, interval) => {
      const item = await made(price);
      const asked = account.createCheckout({ ...newCheckout(), item, ...(interval && { interval }) });
      await expect(asked).rejects.toMatchObject({ fault: { outcome: 'refused', code: 'price_mismatch' } });
      expect(shop.books().list('checkout.session')).toEqual([]);
    });
  });

  test('can be closed once and again, and not after it was paid', async () => {
    const { id } = await account.createCheckout(newCheckout());
    await account.expireCheckout(id);
    await account.expireCheckout(id);
    expect(await fetched({ kind: 'checkout', id })).toMatchObject({ state: 'expired', paid: 'unpaid' });
    const { id: other } = await paid('pm_card_visa', 'order-2');
    await account.expireCheckout(other);
    expect(await fetched({ kind: 'checkout', id: other })).toMatchObject({ state: 'complete', paid: 'paid' });
  });
});

describe('facts', () => {
  test('of a paid session and its payment, in minor units, with the fee', async () => {
    Object.assign(shop.books().settings, { taxPercent: 10, presentment: { currency: 'eur', rate: 2 } });
    const session = await paid();
    expect(session).toMatchObject({
      account: 'stripe',
      mode: 'test',
      readAtMs: 5,
      order: 'order-1',
      state: 'complete',
      paid: 'paid',
      purpose: 'payment',
      paymentState: 'succeeded',
      currency: 'usd',
      subtotalMinor: 1_000n,
      totalMinor: 1_100n,
      taxMinor: 100n,
      discountMinor: 0n,
      presentment: { currency: 'eur', amountMinor: 2_200n },
    });
    expect(await fetched({ kind: 'payment', id: String(session.payment) })).toMatchObject({
      order: 'order-1',
      state: 'succeeded',
      receivedMinor: 1_100n,
      decline: null,
      fee: { currency: 'usd', amountMinor: 62n },
      receiptUrl: expect.stringContaining('https://') as string,
    });
  });

  test('of a declined payment name the reason; of one that costs nothing say so', async () => {
    const declined = await paid('pm_card_chargeDeclinedStolenCard');
    expect(declined).toMatchObject({ state: 'open', paid: 'unpaid', paymentState: 'needs_method' });
    expect(await fetched({ kind: 'payment', id: String(declined.payment) })).toMatchObject({
      state: 'needs_method',
      decline: { code: 'card_declined', declineCode: 'stolen_card', advice: 'do_not_try_again' },
    });
    fake.act(declined.id, 'cancel');
    Object.assign(shop.books().settings, { discountPercent: 100 });
    const free = await account.createCheckout(newCheckout('order-2'));
    fake.pay(free.id);
    expect(await fetched({ kind: 'checkout', id: free.id })).toMatchObject({ paid: 'nothing_due', payment: null });
  });

  test('of refunds: by us and by hand, with the order of the payment, and after they failed', async () => {
    const session = await paid('pm_card_refundFail');
    const payment = String(session.payment);
    const ours = await account.refund({ payment, amountMinor: 300n, key: 'refund-1', order: 'order-1' });
    expect(ours).toMatchObject({ state: 'succeeded', amountMinor: 300n, payment, order: 'order-1' });
    expect((await account.refund({ payment, amountMinor: 300n, key: 'refund-1', order: 'order-1' })).id).toBe(ours.id);
    fake.act(session.id, 'refund');
    fake.clock.advance(2 * DAY_MS);
    const all = await account.listRefunds(payment);
    expect(all.map(({ state, amountMinor, order }) => [state, amountMinor, order])).toEqual([
      ['failed', 700n, 'order-1'],
      ['failed', 300n, 'order-1'],
    ]);
  });

  test('of a dispute say how much of our money it holds at each step', async () => {
    const session = await paid();
    fake.act(session.id, 'inquiry');
    const id = onlyOf('dispute');
    const now = async (): Promise<DisputeFact> => (await fetched({ kind: 'dispute', id })) as DisputeFact;
    expect(await now()).toMatchObject({
      order: 'order-1',
      status: 'warning_needs_response',
      withdrawnMinor: 0n,
      everWithdrawn: false,
      fee: null,
    });
    const steps = [
      ['escalate', 'needs_response', 1_000n],
      ['lose', 'lost', 1_000n],
      ['appeal', 'appeal_needs_response', 1_000n],
      ['win_appeal', 'won', 0n],
    ] as const;
    for (const [step, status, withdrawnMinor] of steps) {
      fake.act(session.id, step);
      expect(await now()).toMatchObject({
        status,
        withdrawnMinor,
        everWithdrawn: true,
        fee: { currency: 'usd', amountMinor: 1_500n },
      });
    }
  });

  test('of a dispute whose money moved in another currency: all of it until it is back', async () => {
    const session = await paid('pm_card_createDispute');
    const id = onlyOf('dispute');
    const [move] = shop.books().get('dispute', id).balance_transactions;
    Object.assign(move ?? {}, { currency: 'eur', amount: -870 });
    expect(await fetched({ kind: 'dispute', id })).toMatchObject({ withdrawnMinor: 1_000n });
    Object.assign(move ?? {}, { currency: 'usd', amount: -1_500 });
    expect(await fetched({ kind: 'dispute', id })).toMatchObject({ withdrawnMinor: 1_000n });
    await account.acceptDispute(id);
    expect(await fetched({ kind: 'dispute', id })).toMatchObject({ status: 'lost' });
    expect(session.paid).toBe('paid');
  });

  test('of a dispute that is won or comes back in part in another currency, whose rate has moved', async () => {
    await paid('pm_card_createDispute');
    const id = onlyOf('dispute');
    const dispute = shop.books().get('dispute', id);
    const [taken] = dispute.balance_transactions;
    if (!taken) throw new Error('no money moved');
    Object.assign(taken, { currency: 'eur', amount: -870, exchange_rate: 0.87 });
    const withdrawn = async (): Promise<unknown> => {
      const fact = await account.fetch({ kind: 'dispute', id });
      return fact?.kind === 'dispute' ? fact.withdrawnMinor : undefined;
    };
    // As many dollars come back, and fewer euros.
    const back = { ...taken, id: 'txn_back', amount: 840, exchange_rate: 0.84 };
    dispute.balance_transactions = [taken, back];
    expect(await withdrawn()).toBe(0n);
    dispute.balance_transactions = [taken, back, { ...taken, id: 'txn_again', amount: -901, exchange_rate: 0.9012 }];
    expect(await withdrawn()).toBe(1_000n);
    dispute.balance_transactions = [taken, { ...back, amount: 420 }];
    expect(await withdrawn()).toBe(500n);
    dispute.balance_transactions = [taken, { ...back, exchange_rate: null }];
    dispute.status = 'won';
    expect(await withdrawn()).toBe(0n);
    // Yen have no smaller unit: the rates differ by a hundred, and the shares do not.
    Object.assign(taken, { currency: 'jpy', amount: -1_512, exchange_rate: 151.23 });
    Object.assign(dispute, {
      status: 'lost',
      balance_transactions: [taken, { ...taken, id: 'txn_yen', amount: 770, exchange_rate: 154 }],
    });
    expect(await withdrawn()).toBe(500n);
  });

  test('of a warning, of an unknown state, and of nothing', async () => {
    const session = await paid('pm_card_createIssuerFraudRecord');
    expect(await fetched({ kind: 'early_warning', id: onlyOf('radar.early_fraud_warning') })).toMatchObject({
      actionable: true,
      order: 'order-1',
      payment: session.payment,
    });
    const stored = shop.books().get('checkout.session', session.id);
    Object.assign(stored, { status: 'reversed', payment_status: 'partly' });
    expect(await fetched({ kind: 'checkout', id: session.id })).toMatchObject({ state: 'unknown', paid: 'unknown' });
    expect(await fetched({ kind: 'refund', id: 're_none' })).toBeUndefined();
  });
});

describe('failures', () => {
  test.each([
    ['rate_limit', 'unreachable'],
    ['lock', 'unreachable'],
    ['server_error', 'unknown'],
    ['close_before', 'unknown'],
  ] as const)('%s on a call that changes something: %s', async (kind, outcome) => {
    fake.faults.add({ effect: { kind } });
    await expect(account.createCheckout(newCheckout())).rejects.toMatchObject({ fault: { outcome } });
  });

  test('a lost answer of a call that only reads leaves no doubt', async () => {
    fake.faults.add({ effect: { kind: 'lose_answer' } });
    await expect(fetched({ kind: 'refund', id: 're_1' })).rejects.toMatchObject({ fault: { outcome: 'unreachable' } });
  });

  test('a refused key, and the permission that a restricted key lacks, are named; the key never is', async () => {
    const unknown = open('sk_test_0000000000000000');
    await expect(unknown.fetch({ kind: 'refund', id: 're_1' })).rejects.toMatchObject({
      fault: { outcome: 'refused', lacks: 'key' },
    });
    await expect(unknown.fetch({ kind: 'refund', id: 're_1' })).rejects.not.toThrow('0000000000000000');
    const narrow = open(shop.createKey('test', ['checkout_session_write']));
    const range = { sinceMs: 0, untilMs: fake.clock.nowMs() };
    await expect(narrow.listEvents(range)).rejects.toMatchObject({
      fault: { outcome: 'refused', lacks: 'event_read' },
    });
  });

  test('more than is left is refused with the reason of the provider', async () => {
    const session = await paid();
    const refund = { payment: String(session.payment), amountMinor: 1_001n, key: 'r1', order: 'order-1' };
    await expect(account.refund(refund)).rejects.toMatchObject({ fault: { outcome: 'refused' } });
    await expect(account.refund({ ...refund, amountMinor: 0n })).rejects.toThrow(RangeError);
  });
});

test('the list of events is read page by page, from whole second to whole second', async () => {
  await paid();
  const nowMs = fake.clock.nowMs();
  const page = await account.listEvents({ sinceMs: nowMs - 10_000, untilMs: nowMs });
  expect(page.events.map(({ type }) => type)).toEqual(['checkout.session.completed', 'payment_intent.succeeded']);
  // Then what is about subscriptions, whose kinds are listed apart.
  expect(page.next).toBe('1:');
  const sent = new URLSearchParams(fake.calls.at(-1)?.query);
  expect(sent.get('created[gte]')).toMatch(/^\d{10}$/);
  const rest = await account.listEvents({ sinceMs: nowMs - 10_000, untilMs: nowMs, after: page.events[0]?.id ?? '' });
  expect(rest.events.map(({ type }) => type)).toEqual(['payment_intent.succeeded']);
  const last = await account.listEvents({ sinceMs: nowMs - 10_000, untilMs: nowMs, after: '1:' });
  expect([last.events, last.next]).toEqual([[], undefined]);
  expect((await account.listEvents({ sinceMs: nowMs - 20_000, untilMs: nowMs - 10_000 })).events).toEqual([]);
});
