/** Payments without the payer, against the fake, through the official SDK. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import { startFakeStripe, type FakeStripe } from '../../devnet/stripe/fake.ts';
import type { CheckoutFact } from '../../src/core/billing/facts.ts';
import { openStripeAccount } from '../../src/payments/stripe/account.ts';
import type { ObjectName, EventAccount } from '../../src/payments/port.ts';

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

async function fetched(object: ObjectName): Promise<unknown> {
  return account.fetch(object);
}

describe('a payment without the payer', () => {
  const made = async (method = 'pm_card_visa', order = 'order-1'): Promise<{ id: string; customer: string }> => {
    const customer = await account.createCustomer({ key: `customer-${order}`, org: 'org-1' });
    const id = await account.createPayment({ order, customer, method, currency: 'usd', amountMinor: 2_500n });
    return { id, customer };
  };
  const charges = (): number =>
    shop
      .books()
      .list('charge')
      .filter(({ paid: isPaid }) => isPaid).length;

  test('is made without a charge, and confirmed without the payer; both are sent under keys of the order', async () => {
    const { id, customer } = await made();
    expect(await fetched({ kind: 'payment', id })).toMatchObject({
      state: 'needs_confirmation',
      order: 'order-1',
      customer,
      amountMinor: 2_500n,
      savedMethod: null,
    });
    expect(charges()).toBe(0);
    await account.confirmPayment(id, 'order-1');
    expect(await fetched({ kind: 'payment', id })).toMatchObject({
      state: 'succeeded',
      receivedMinor: 2_500n,
      decline: null,
    });
    const sent = fake.calls.map(({ path, body, headers }) => ({
      path: path.replace(id, ':id'),
      body: Object.fromEntries(new URLSearchParams(body)),
      key: headers['idempotency-key'],
    }));
    expect(sent).toMatchObject([
      { path: '/v1/customers', body: { 'metadata[coffer_org]': 'org-1' }, key: 'customer-order-1' },
      {
        path: '/v1/payment_intents',
        body: {
          amount: '2500',
          currency: 'usd',
          customer,
          payment_method: 'pm_card_visa',
          'allowed_payment_method_types[0]': 'card',
          'metadata[coffer_order]': 'order-1',
        },
        key: 'coffer-payment-order-1',
      },
      {},
      {
        path: '/v1/payment_intents/:id/confirm',
        body: { off_session: 'true', error_on_requires_action: 'true' },
        key: 'coffer-confirm-order-1',
      },
      {},
    ]);
    expect(Object.keys(sent[1]?.body ?? {})).not.toContain('confirm');
  });

  test('is the same one when it is made again, and is charged once when it is confirmed again, days later too', async () => {
    const { id } = await made();
    expect((await made()).id).toBe(id);
    fake.faults.add({ call: `POST /v1/payment_intents/${id}/confirm`, times: 3, effect: { kind: 'lose_answer' } });
    await expect(account.confirmPayment(id, 'order-1')).rejects.toMatchObject({ fault: { outcome: 'unknown' } });
    await account.confirmPayment(id, 'order-1');
    fake.clock.advance(2 * DAY_MS);
    await expect(account.confirmPayment(id, 'order-1')).rejects.toMatchObject({ fault: { outcome: 'refused' } });
    expect(charges()).toBe(1);
  });

  test.each([
    ['pm_card_chargeDeclinedStolenCard', 'card_declined', 'stolen_card', 'do_not_try_again'],
    ['pm_card_authenticationRequired', 'authentication_required', 'authentication_required', 'confirm_card_data'],
    [
      'pm_card_authenticationRequiredOnSetup',
      'authentication_required',
      'authentication_required',
      'confirm_card_data',
    ],
  ])('%s is refused with what the provider says, and waits for nobody', async (method, code, declineCode, advice) => {
    const { id } = await made(method);
    await expect(account.confirmPayment(id, 'order-1')).rejects.toMatchObject({
      code: 'CARD_DECLINED',
      details: { providerCode: code, declineCode, advice, payment: id },
    });
    const decline = { code, declineCode, advice };
    expect(await fetched({ kind: 'payment', id })).toMatchObject({ state: 'needs_method', decline });
    await account.cancelPayment(id);
    expect(await fetched({ kind: 'payment', id })).toMatchObject({ state: 'cancelled', decline });
    await expect(account.confirmPayment(id, 'order-2')).rejects.toMatchObject({ fault: { outcome: 'refused' } });
    expect(charges()).toBe(0);
  });

  test('that has succeeded is not cancelled, and one that may be open is not called so', async () => {
    const { id } = await made();
    await account.confirmPayment(id, 'order-1');
    await account.cancelPayment(id);
    expect(await fetched({ kind: 'payment', id })).toMatchObject({ state: 'succeeded' });
    const { id: other } = await made('pm_card_visa', 'order-2');
    fake.faults.add({ call: `POST /v1/payment_intents/${other}/cancel`, effect: { kind: 'server_error' } });
    await expect(account.cancelPayment(other)).rejects.toMatchObject({ fault: { outcome: 'unknown' } });
    fake.faults.clear();
    await account.cancelPayment(other);
    await account.cancelPayment(other);
    expect(await fetched({ kind: 'payment', id: other })).toMatchObject({ state: 'cancelled' });
  });

  test('says which method a checkout saved, once it is paid', async () => {
    const customer = await account.createCustomer({ key: 'customer', org: 'org-1' });
    const checkout = {
      name: 'Credit',
      currency: 'usd',
      priceMinor: 1_000n,
      successUrl: 'https://example.com/done',
      cancelUrl: 'https://example.com/back',
      expiresAtMs: (fake.clock.now() + 3_600) * 1_000,
      customer,
    };
    const paymentOf = async (id: string): Promise<unknown> => {
      const { payment } = (await fetched({ kind: 'checkout', id })) as CheckoutFact;
      return fetched({ kind: 'payment', id: String(payment) });
    };
    const { id: unasked } = await account.createCheckout({ ...checkout, order: 'order-2', saveMethod: false });
    fake.pay(unasked);
    expect(await paymentOf(unasked)).toMatchObject({ state: 'succeeded', savedMethod: null });
    const { id } = await account.createCheckout({ ...checkout, order: 'order-1', saveMethod: true });
    fake.pay(id, 'pm_card_chargeDeclined');
    expect(await paymentOf(id)).toMatchObject({ savedMethod: null });
    // A debit that may still fail has attached nothing yet.
    fake.pay(id, 'pm_usBankAccount_success');
    expect(await paymentOf(id)).toMatchObject({ state: 'processing', savedMethod: null });
    fake.clock.advance(20 * DAY_MS);
    expect(await paymentOf(id)).toMatchObject({ customer, savedMethod: expect.stringMatching(/^pm_/) as string });
  });

  test('needs permissions, which a restricted key is told', async () => {
    const narrow = open(shop.createKey('test', ['checkout_session_write']));
    await expect(narrow.createCustomer({ key: 'k', org: 'org-1' })).rejects.toMatchObject({
      fault: { outcome: 'refused', lacks: 'customer_write' },
    });
    const payment = { order: 'order-1', customer: 'cus_1', method: 'pm_1', currency: 'usd', amountMinor: 1n };
    await expect(narrow.createPayment(payment)).rejects.toMatchObject({
      fault: { outcome: 'refused', lacks: 'payment_intent_write' },
    });
  });
});
