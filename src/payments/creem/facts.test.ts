import { describe, expect, test } from 'vitest';
import { judgeCheckout } from '../../core/billing/payment.ts';
import { factOfCheckout, factOfDispute, factOfPayment, factOfRefund, leftOf, seenOf } from './facts.ts';
import type { Reading } from '../port.ts';
import { checkoutShape, transactionShape, type CreemCheckout, type CreemTransaction } from './shapes.ts';

const READING: Reading = { account: 'creem', mode: 'live', readAtMs: 5 };
const TRANSACTION = {
  id: 'tran_1',
  mode: 'prod',
  amount: 1_000,
  amount_paid: 1_000,
  refunded_amount: null,
  currency: 'USD',
  status: 'paid',
  created_at: 3,
};
const ORDER = {
  transaction: 'tran_1',
  amount: 1_000,
  sub_total: 1_000,
  tax_amount: 0,
  discount_amount: 0,
  amount_paid: 1_000,
  currency: 'USD',
  status: 'paid',
  type: 'onetime',
};
const CHECKOUT = { id: 'ch_1', mode: 'prod', status: 'completed', request_id: 'o1', product: 'prod_1', order: ORDER };
const TERMS = {
  account: 'creem',
  mode: 'live',
  session: 'ch_1',
  currency: 'usd',
  priceMinor: 1_000n,
  purpose: 'payment',
} as const;

const transaction = (change: object = {}): CreemTransaction => transactionShape.parse({ ...TRANSACTION, ...change });
const checkout = (change: object = {}): CreemCheckout => checkoutShape.parse({ ...CHECKOUT, ...change });
const fact = (change: object, of: CreemTransaction | undefined): ReturnType<typeof factOfCheckout> =>
  factOfCheckout(checkout(change), of, READING);
const verdict = (change: object, of: CreemTransaction | undefined): unknown => {
  const judged = judgeCheckout(TERMS, fact(change, of));
  return 'reason' in judged ? [judged.state, judged.reason] : judged.state;
};

describe('a checkout', () => {
  test.each([
    ['paid', {}, {}, 'paid'],
    ['open', { status: 'pending', order: undefined }, undefined, 'awaiting_payment'],
    ['being paid', { status: 'processing', order: undefined }, undefined, 'awaiting_payment'],
    ['expired', { status: 'expired', order: undefined }, undefined, 'expired'],
    ['paid and shown as open', { status: 'pending' }, {}, 'paid'],
    ['paid and shown as expired', { status: 'expired' }, {}, 'paid'],
    ['paid under a status that is new', { status: 'fulfilled' }, {}, 'paid'],
    ['paid, its order in a status that is new', { order: { ...ORDER, status: 'settled' } }, {}, 'paid'],
    ['paid, its transaction in a status that is new', {}, { status: 'settled' }, 'paid'],
    ['paid and refunded since', {}, { status: 'refunded', refunded_amount: 1_000 }, 'paid'],
    ['paid and charged back since', {}, { status: 'chargedBack' }, 'paid'],
    ['in words that are all new', { order: { ...ORDER, status: 'a' } }, { status: 'b' }, ['parked', 'unknown_status']],
    ['whose order and transaction disagree', {}, { status: 'void' }, ['parked', 'unknown_status']],
    ['complete without an order', { order: undefined }, undefined, ['parked', 'wrong_purpose']],
    ['not paid yet', { order: { ...ORDER, status: 'pending' } }, { status: 'pending' }, 'processing'],
    ['declined', { order: { ...ORDER, status: 'pending' } }, { status: 'declined' }, 'failed'],
    ['of a subscription', { order: { ...ORDER, type: 'recurring' } }, {}, ['parked', 'wrong_purpose']],
    ['in another currency', { order: { ...ORDER, currency: 'EUR' } }, {}, ['parked', 'wrong_currency']],
    ['of another price', { order: { ...ORDER, sub_total: 999 } }, {}, ['parked', 'wrong_amount']],
    ['with a discount', { order: { ...ORDER, discount_amount: 100, amount: 900 } }, {}, ['parked', 'discounted']],
    [
      'with nothing to pay',
      { order: { ...ORDER, amount: 0, discount_amount: 1_000 } },
      { amount: 0, amount_paid: 0 },
      ['parked', 'nothing_due'],
    ],
    // Tax inside the price is no credit: what is left for us is less than the price.
    ['with its tax inside', { order: { ...ORDER, sub_total: 833, tax_amount: 167 } }, {}, ['parked', 'wrong_amount']],
  ])('%s', (_name, change, of, expected) => {
    expect(verdict(change, of && transaction(of))).toEqual(expected);
  });

  test('with its tax on top counts what was paid in all', () => {
    const order = { ...ORDER, amount: 1_200, amount_paid: 1_200, tax_amount: 200 };
    const taxed = fact({ order }, transaction({ amount: 1_200, amount_paid: 1_200 }));
    expect(taxed).toMatchObject({ subtotalMinor: 1_000n, totalMinor: 1_200n, taxMinor: 200n, payment: 'tran_1' });
    expect(judgeCheckout(TERMS, taxed)).toEqual({ state: 'paid' });
  });

  test('names our order in its metadata, or else as its request', () => {
    expect(fact({ metadata: { coffer_order: 'o2' } }, transaction()).order).toBe('o2');
    expect(fact({}, transaction()).order).toBe('o1');
    expect(fact({ request_id: undefined }, transaction()).order).toBeNull();
  });

  test('is of the mode that it names, and of the key where it names none that is known', () => {
    expect(fact({ mode: 'test' }, transaction()).mode).toBe('test');
    expect(fact({ mode: 'sandbox' }, transaction()).mode).toBe('test');
    expect(fact({ mode: 'production' }, transaction()).mode).toBe('live');
  });
});

describe('a transaction', () => {
  test.each([
    ['paid', {}, { refund: undefined, withdrawn: 0n, left: 1_000n }],
    ['partialRefund', { refunded_amount: 300 }, { refund: 300n, withdrawn: 0n, left: 700n }],
    ['refunded', { refunded_amount: 1_000 }, { refund: 1_000n, withdrawn: 0n, left: 0n }],
    ['refunded', { refunded_amount: null }, { refund: 1_000n, withdrawn: 0n, left: 0n }],
    ['chargedBack', {}, { refund: undefined, withdrawn: 1_000n, left: 0n }],
    ['chargedBack', { refunded_amount: 300 }, { refund: 300n, withdrawn: 700n, left: 0n }],
    ['a word that is new', { refunded_amount: 300 }, { refund: 300n, withdrawn: null, left: 700n }],
    ['declined', { amount_paid: 0 }, { refund: undefined, withdrawn: 0n, left: 0n }],
  ])('%s %o', (status, change, { refund, withdrawn, left }) => {
    const of = transaction({ status, ...change });
    expect(factOfRefund(of, 'o1', READING)?.amountMinor).toBe(refund);
    const dispute = factOfDispute(of, 'o1', READING);
    expect(dispute?.withdrawnMinor ?? null).toBe(withdrawn);
    expect(dispute?.endsOnly ?? false).toBe(withdrawn === 0n);
    expect(seenOf(of)).toMatchObject({ refundedMinor: refund ?? 0n, withdrawnMinor: withdrawn });
    expect(leftOf(of)).toBe(left);
  });

  test('gives no more back than came in', () => {
    expect(factOfRefund(transaction({ status: 'partialRefund', refunded_amount: 5_000 }), null, READING)).toMatchObject(
      {
        id: 'tran_1',
        payment: 'tran_1',
        amountMinor: 1_000n,
        state: 'succeeded',
      },
    );
  });

  test('is money only when it came in', () => {
    const stateOf = (status: string): readonly unknown[] => {
      const { state, receivedMinor } = factOfPayment(transaction({ status }), null, READING);
      return [state, receivedMinor];
    };
    expect(stateOf('paid')).toEqual(['succeeded', 1_000n]);
    for (const status of ['pending', 'declined', 'canceled', 'void', 'uncollectible']) {
      expect(stateOf(status)[1], `status ${status}`).toBe(0n);
    }
  });
});
