/** The fake Stripe behaves as the real one does, seen through the official SDK. */
import type { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import { idOf } from '../../devnet/stripe/checkout.ts';
import { startFakeStripe, type FakeStripe } from '../../devnet/stripe/fake.ts';
import { sdkOf, tenDollars } from '../support/billing/stripe-sdk.ts';

const DAY_MS = 24 * 3_600_000;

let fake: FakeStripe;
let shop: FakeAccount;
let stripe: Stripe;

beforeEach(async () => {
  fake = await startFakeStripe();
  shop = fake.addAccount();
  stripe = sdkOf(fake, shop.createKey());
});
afterEach(async () => fake.stop());

/** Creates a session, pays it, and gives it as it is then. */
async function paidSession(method = 'pm_card_visa', amount = 1_000): Promise<Stripe.Checkout.Session> {
  const given = tenDollars('o1');
  const [line] = given.line_items ?? [];
  if (line?.price_data) line.price_data.unit_amount = amount;
  const session = await stripe.checkout.sessions.create(given);
  fake.pay(session.id, method);
  return stripe.checkout.sessions.retrieve(session.id);
}

const eventTypes = (): string[] => shop.books().events.map(({ type }) => type);

describe('calls', () => {
  test('a key decides the account and the mode; an unknown one is refused', async () => {
    const session = await stripe.checkout.sessions.create(tenDollars('o1'));
    expect(session).toMatchObject({
      object: 'checkout.session',
      livemode: false,
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 1_000,
    });
    for (const key of [shop.createKey('live'), fake.addAccount().createKey()]) {
      await expect(sdkOf(fake, key).checkout.sessions.retrieve(session.id)).rejects.toMatchObject({
        statusCode: 404,
        code: 'resource_missing',
      });
    }
    await expect(sdkOf(fake, 'sk_test_unknown').events.list()).rejects.toMatchObject({
      statusCode: 401,
      type: 'StripeAuthenticationError',
    });
  });

  test('a restricted key may do what it lists, and its refusal names what it lacks', async () => {
    const some = sdkOf(fake, shop.createKey('test', ['checkout_session_write']));
    const { id } = await some.checkout.sessions.create(tenDollars('o1'));
    await some.checkout.sessions.retrieve(id);
    await expect(some.events.list()).rejects.toMatchObject({
      statusCode: 403,
      message: expect.stringContaining('rak_event_read'),
    });
  });

  test('unknown, removed, missing and malformed parameters are refused', async () => {
    const create = async (more: object): Promise<unknown> =>
      stripe.checkout.sessions.create({ ...tenDollars('o1'), ...more });
    await expect(create({ colour: 'red' })).rejects.toMatchObject({ code: 'parameter_unknown', param: 'colour' });
    await expect(create({ payment_intent_data: { colour: 'red' } })).rejects.toMatchObject({
      param: 'payment_intent_data[colour]',
    });
    await expect(create({ payment_method_types: ['card'] })).rejects.toMatchObject({
      code: 'payment_method_types_no_longer_supported',
    });
    await expect(create({ success_url: undefined })).rejects.toMatchObject({
      code: 'parameter_missing',
      param: 'success_url',
    });
    await expect(create({ ui_mode: 'hosted' })).rejects.toMatchObject({ param: 'ui_mode' });
    await expect(create({ expires_at: 12 })).rejects.toMatchObject({ param: 'expires_at' });
  });

  test('a price keeps its amount, and an inactive one is not sold', async () => {
    const { id: product } = await stripe.products.create({ name: 'Credit', metadata: { ours: '1' } });
    const price = await stripe.prices.create({ product, currency: 'usd', unit_amount: 999 });
    await expect(stripe.prices.update(price.id, { unit_amount: 5 } as object)).rejects.toMatchObject({
      code: 'parameter_unknown',
    });
    const given = { ...tenDollars('o1'), line_items: [{ price: price.id, quantity: 2 }] };
    expect(await stripe.checkout.sessions.create(given)).toMatchObject({ amount_subtotal: 1_998 });
    await stripe.prices.update(price.id, { active: false });
    await expect(stripe.checkout.sessions.create(given)).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
    expect((await stripe.products.list()).data).toMatchObject([{ id: product, metadata: { ours: '1' } }]);
  });

  test('a key gives its first answer for 24 hours, and refuses other parameters', async () => {
    const options = { idempotencyKey: 'k1' };
    const first = await stripe.checkout.sessions.create(tenDollars('o1'), options);
    const again = await stripe.checkout.sessions.create(tenDollars('o1'), options);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(stripe.checkout.sessions.create(tenDollars('o2'), options)).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
    });
    await expect(
      stripe.checkout.sessions.create({ ...tenDollars('o3'), expires_at: 1 }, { idempotencyKey: 'k2' }),
    ).rejects.toMatchObject({ param: 'expires_at' });
    await stripe.checkout.sessions.create(tenDollars('o3'), { idempotencyKey: 'k2' });
    fake.clock.advance(DAY_MS);
    expect((await stripe.checkout.sessions.create(tenDollars('o1'), options)).id).not.toBe(first.id);
  });

  test('a 500 that is kept is answered again under its key; one that is not gives way to success', async () => {
    fake.faults.add({ times: 1, effect: { kind: 'server_error', kept: true } });
    for (let time = 0; time < 2; time += 1) {
      await expect(stripe.checkout.sessions.create(tenDollars('o1'), { idempotencyKey: 'k1' })).rejects.toMatchObject({
        statusCode: 500,
      });
    }
    fake.faults.add({ times: 1, effect: { kind: 'server_error' } });
    const patient = sdkOf(fake, shop.createKey(), 2);
    await patient.checkout.sessions.create(tenDollars('o2'), { idempotencyKey: 'k2' });
    expect(shop.books().list('checkout.session')).toHaveLength(1);
  });

  test.each(['lose_answer', 'cut_body', 'close_before'] as const)(
    '%s: the call happens at most once under its key',
    async (kind) => {
      fake.faults.add({ times: 1, effect: { kind } });
      const patient = sdkOf(fake, shop.createKey(), 2);
      await patient.checkout.sessions.create(tenDollars('o1'), { idempotencyKey: 'k1' }).catch(() => undefined);
      await patient.checkout.sessions.create(tenDollars('o1'), { idempotencyKey: 'k1' });
      expect(shop.books().list('checkout.session')).toHaveLength(1);
    },
  );

  test('a lock and too many calls are refused without effect', async () => {
    for (const [kind, status] of [
      ['lock', 409],
      ['rate_limit', 429],
    ] as const) {
      fake.faults.add({ times: 1, effect: { kind } });
      await expect(stripe.checkout.sessions.create(tenDollars('o1'))).rejects.toMatchObject({ statusCode: status });
    }
    expect(shop.books().list('checkout.session')).toEqual([]);
  });
});

describe('paying', () => {
  test('a paid session has an intent with its own metadata, a charge and a fee', async () => {
    const session = await paidSession();
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    const intent = await stripe.paymentIntents.retrieve(idOf(session.payment_intent), {
      expand: ['latest_charge.balance_transaction'],
    });
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 1_000,
      metadata: { coffer_order: 'o1' },
      latest_charge: { paid: true, balance_transaction: { amount: 1_000, fee: 59 } },
    });
    expect(eventTypes()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]);
  });

  test('a declined card leaves the session open; another card then pays it with the same intent', async () => {
    const session = await paidSession('pm_card_chargeDeclinedInsufficientFunds');
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    const intent = await stripe.paymentIntents.retrieve(idOf(session.payment_intent));
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { decline_code: 'insufficient_funds' },
    });
    fake.pay(session.id);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      payment_status: 'paid',
      payment_intent: intent.id,
    });
  });

  test('a card that asks the payer waits for the confirmation', async () => {
    const session = await paidSession('pm_card_authenticationRequired');
    expect(session.status).toBe('open');
    fake.confirm(session.id);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: 'paid' });
  });

  test.each([
    ['pm_usBankAccount_success', 'paid', 'checkout.session.async_payment_succeeded'],
    ['pm_usBankAccount_debitNotAuthorized', 'unpaid', 'checkout.session.async_payment_failed'],
  ])('%s: complete and unpaid at first, %s after days', async (method, paid, type) => {
    const session = await paidSession(method);
    expect(session).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    fake.clock.advance(5 * DAY_MS);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: paid });
    expect(eventTypes().at(-1)).toBe(type);
  });

  test('tax is above the subtotal, a free session has no intent, and a foreign payer sees another currency', async () => {
    Object.assign(shop.books().settings, { taxPercent: 19, presentment: { currency: 'eur', rate: 0.9 } });
    const taxed = await paidSession();
    expect(taxed).toMatchObject({
      currency: 'usd',
      amount_subtotal: 1_000,
      amount_total: 1_190,
      total_details: { amount_tax: 190 },
    });
    expect(taxed.presentment_details).toEqual({ presentment_amount: 1_071, presentment_currency: 'eur' });
    Object.assign(shop.books().settings, { taxPercent: 0, discountPercent: 100 });
    expect(await paidSession()).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      payment_intent: null,
    });
  });

  test('a session ends at its time or by a call, once', async () => {
    const session = await stripe.checkout.sessions.create(tenDollars('o1'));
    await stripe.checkout.sessions.expire(session.id);
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
    const other = await stripe.checkout.sessions.create(tenDollars('o2'));
    fake.clock.advance(DAY_MS + 1_000);
    expect(await stripe.checkout.sessions.retrieve(other.id)).toMatchObject({ status: 'expired', url: null });
  });

  test('off-session: declines are 402 with their codes, and nobody else ends the intent of a session', async () => {
    const customer = await stripe.customers.create({ name: 'An org' });
    const create = async (method: string): Promise<Stripe.PaymentIntent> =>
      stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        customer: customer.id,
        payment_method: method,
        allowed_payment_method_types: ['card'],
      });
    const confirm = async (method: string): Promise<Stripe.PaymentIntent> =>
      stripe.paymentIntents.confirm((await create(method)).id, { off_session: true, error_on_requires_action: true });
    expect(await confirm('pm_card_visa')).toMatchObject({ status: 'succeeded' });
    await expect(confirm('pm_card_chargeDeclinedStolenCard')).rejects.toMatchObject({
      type: 'StripeCardError',
      decline_code: 'stolen_card',
      advice_code: 'do_not_try_again',
    });
    await expect(confirm('pm_card_authenticationRequiredOnSetup')).rejects.toMatchObject({
      code: 'authentication_required',
    });
    const session = await paidSession('pm_card_authenticationRequired');
    await expect(stripe.paymentIntents.cancel(idOf(session.payment_intent))).rejects.toMatchObject({
      statusCode: 400,
    });
  });
});

describe('money back', () => {
  test('refunds end at what is left, and one may fail after it has succeeded', async () => {
    const session = await paidSession('pm_card_refundFail');
    const payment_intent = idOf(session.payment_intent);
    const part = await stripe.refunds.create({ payment_intent, amount: 400 });
    await expect(stripe.refunds.create({ payment_intent, amount: 601 })).rejects.toMatchObject({ param: 'amount' });
    const rest = await stripe.refunds.create({ payment_intent });
    expect([part.status, rest.status, rest.amount]).toEqual(['succeeded', 'succeeded', 600]);
    await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({ code: 'charge_already_refunded' });
    fake.clock.advance(2 * DAY_MS);
    const all = await stripe.refunds.list({ payment_intent });
    expect(all.data.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(eventTypes().filter((type) => type === 'refund.failed')).toHaveLength(2);
  });

  test('an inquiry takes nothing, a chargeback takes amount and fee, a win gives the amount back, an appeal may follow a loss', async () => {
    const session = await paidSession('pm_card_createDisputeInquiry');
    const [inquiry] = (await stripe.disputes.list({ payment_intent: idOf(session.payment_intent) })).data;
    expect(inquiry).toMatchObject({ status: 'warning_needs_response', balance_transactions: [] });
    fake.act(session.id, 'escalate');
    const taken = await stripe.disputes.retrieve(inquiry?.id ?? '');
    expect(taken).toMatchObject({ status: 'needs_response', balance_transactions: [{ amount: -1_000, fee: 1_500 }] });
    await expect(stripe.refunds.create({ payment_intent: idOf(session.payment_intent) })).rejects.toMatchObject({
      code: 'charge_disputed',
    });
    for (const step of ['lose', 'appeal', 'win_appeal']) fake.act(session.id, step);
    expect(await stripe.disputes.retrieve(taken.id)).toMatchObject({
      status: 'won',
      balance_transactions: [{ amount: -1_000 }, { amount: 1_000 }],
    });
    expect(eventTypes().filter((type) => type.startsWith('charge.dispute.'))).toEqual([
      'charge.dispute.created',
      'charge.dispute.updated',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.closed',
      'charge.dispute.updated',
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
  });

  test('a warning of fraud ends with a full refund', async () => {
    const session = await paidSession('pm_card_createIssuerFraudRecord');
    const payment_intent = idOf(session.payment_intent);
    const [warning] = (await stripe.radar.earlyFraudWarnings.list({ payment_intent })).data;
    expect(warning).toMatchObject({ actionable: true, payment_intent });
    await stripe.refunds.create({ payment_intent });
    expect(await stripe.radar.earlyFraudWarnings.retrieve(warning?.id ?? '')).toMatchObject({ actionable: false });
  });
});

test('a person clicks through the page', async () => {
  const session = await stripe.checkout.sessions.create(tenDollars('o1'));
  const click = async (action: string): Promise<Response> =>
    fetch(`${fake.url}/pay/${session.id}/${action}`, { method: 'POST', redirect: 'manual' });
  const page = await (await fetch(String(session.url))).text();
  expect(page).toContain('10.00 USD');
  expect((await click('decline')).headers.get('location')).toBe(`/pay/${session.id}`);
  expect((await click('ask')).status).toBe(303);
  expect((await click('confirm')).headers.get('location')).toBe(`https://example.com/done?session=${session.id}`);
  for (const action of ['refund_half', 'refund_fails', 'dispute', 'win'])
    expect([action, (await click(action)).status]).toEqual([action, 303]);
  expect((await click('pay')).status).toBe(400);
  expect((await fetch(`${fake.url}/pay/cs_test_00`)).status).toBe(404);
});
