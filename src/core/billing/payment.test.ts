import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CheckoutFact } from './facts.ts';
import { judgeCheckout, PARK_REASONS, type CheckoutTerms } from './payment.ts';

const terms: CheckoutTerms = {
  account: 'stripe',
  mode: 'live',
  session: 'cs_1',
  currency: 'usd',
  priceMinor: 2_500n,
  purpose: 'payment',
};
const fact = (change: Partial<CheckoutFact>): CheckoutFact => ({
  kind: 'checkout',
  account: 'stripe',
  mode: 'live',
  id: 'cs_1',
  readAtMs: 1,
  order: null,
  state: 'complete',
  paid: 'paid',
  purpose: 'payment',
  currency: 'usd',
  subtotalMinor: 2_500n,
  totalMinor: 2_500n,
  taxMinor: 0n,
  discountMinor: 0n,
  presentment: null,
  payment: 'pi_1',
  paymentState: 'succeeded',
  customer: null,
  subscription: null,
  expiresAtMs: 1,
  ...change,
});

const CASES: Readonly<Record<string, readonly [change: Partial<CheckoutFact>, state: string]>> = {
  'what was ordered is paid': [{}, 'paid'],
  'tax on top is paid as well': [{ totalMinor: 2_700n, taxMinor: 200n }, 'paid'],
  'the payer saw another currency': [{ presentment: { currency: 'eur', amountMinor: 2_300n } }, 'paid'],
  'an open checkout waits': [{ state: 'open', paid: 'unpaid', paymentState: 'needs_method' }, 'awaiting_payment'],
  'a closed one is over': [{ state: 'expired', paid: 'unpaid', payment: null, paymentState: null }, 'expired'],
  'complete and unpaid is on its way': [{ paid: 'unpaid', paymentState: 'processing' }, 'processing'],
  'a payment that fails after all': [{ paid: 'unpaid', paymentState: 'needs_method' }, 'failed'],
  'a payment that was cancelled': [{ paid: 'unpaid', paymentState: 'cancelled' }, 'failed'],
  'a payment in an unknown state is on its way': [{ paid: 'unpaid', paymentState: 'unknown' }, 'processing'],
  'another account': [{ account: 'stripe:o' }, 'other_account'],
  'test money': [{ mode: 'test' }, 'wrong_mode'],
  'another checkout': [{ id: 'cs_2' }, 'other_session'],
  'a subscription': [{ purpose: 'subscription' }, 'wrong_purpose'],
  'another currency': [{ currency: 'eur' }, 'wrong_currency'],
  'a cent less': [{ subtotalMinor: 2_499n, totalMinor: 2_499n }, 'wrong_amount'],
  'a cent more': [{ subtotalMinor: 2_501n, totalMinor: 2_501n }, 'wrong_amount'],
  'tax that makes up for a smaller price': [
    { subtotalMinor: 2_300n, totalMinor: 2_500n, taxMinor: 200n },
    'wrong_amount',
  ],
  'a discount': [{ totalMinor: 2_000n, discountMinor: 500n }, 'discounted'],
  'less in all than the price': [{ totalMinor: 2_499n }, 'discounted'],
  'nothing to pay': [{ paid: 'nothing_due', totalMinor: 0n, discountMinor: 2_500n, payment: null }, 'nothing_due'],
  'a new word for paid': [{ paid: 'unknown' }, 'unknown_status'],
};

test.each(Object.entries(CASES))('%s', (_, [change, expected]) => {
  const verdict = judgeCheckout(terms, fact(change));
  expect(verdict.state === 'parked' ? verdict.reason : verdict.state).toBe(expected);
});

test.each(PARK_REASONS)('the documentation says what to do about %s', (reason) => {
  const text = readFileSync(`${import.meta.dirname}/../../../docs/cards.md`, 'utf8');
  expect(text.split('\n').filter((line) => line.startsWith('   | ') && line.includes(`\`${reason}\``))).toHaveLength(1);
});
