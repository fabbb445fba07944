import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InvoiceFact, InvoiceLine } from '../billing/facts.ts';
import { GRACE_MS, judgeInvoice, worthOf, type InvoiceVerdict, type PaidPeriod } from './grant.ts';
import type { PeriodTerms } from './plan.ts';

const terms: PeriodTerms = {
  plan: 'p',
  version: 1,
  interval: 'month',
  priceMinor: 1_000n,
  paidMicros: 10_000_000n,
  bonusMicros: 2_000_000n,
  creditEnd: 'never',
};
const line: InvoiceLine = {
  price: 'price_m',
  amountMinor: 1_000n,
  discountMinor: 0n,
  isProration: false,
  periodStartMs: 1_000,
  periodEndMs: 2_000,
};
const invoice: InvoiceFact = {
  kind: 'invoice',
  account: 'stripe',
  mode: 'live',
  id: 'in_1',
  readAtMs: 1,
  order: null,
  subscription: 'sub_1',
  state: 'paid',
  isFirst: false,
  currency: 'usd',
  totalMinor: 1_000n,
  taxMinor: 0n,
  paidMinor: 1_000n,
  paidAtMs: 1,
  payment: 'pi_1',
  charge: 'ch_1',
  customer: 'cus_1',
  lines: [line],
  isWhole: true,
};
const termsOf = (price: string): PeriodTerms | undefined => (price === 'price_m' ? terms : undefined);
const shown = (verdict: InvoiceVerdict): string =>
  verdict.verdict === 'parked'
    ? verdict.reason
    : `${verdict.verdict} ${'periods' in verdict ? verdict.periods.length : ''}`;

const CASES: Readonly<Record<string, readonly [change: Partial<InvoiceFact>, shown: string]>> = {
  'a paid period is granted': [{}, 'grants 1'],
  'with tax on top': [{ totalMinor: 1_200n, taxMinor: 200n, paidMinor: 1_200n }, 'grants 1'],
  'two periods of one invoice': [
    { lines: [line, { ...line, periodStartMs: 2_000 }], totalMinor: 2_000n, paidMinor: 2_000n },
    'grants 2',
  ],
  'beside a line that costs nothing': [{ lines: [{ ...line, amountMinor: 0n, price: 'other' }, line] }, 'grants 1'],
  'an open invoice waits': [{ state: 'open', paidMinor: 0n, payment: null }, 'waiting '],
  'a draft waits': [{ state: 'draft' }, 'waiting '],
  'one with a new state waits': [{ state: 'unknown' }, 'waiting '],
  'a voided invoice is over': [{ state: 'void' }, 'closed '],
  'an uncollectible one is over': [{ state: 'uncollectible' }, 'closed '],
  'a trial brings nothing': [
    { lines: [{ ...line, amountMinor: 0n }], totalMinor: 0n, paidMinor: 0n, payment: null },
    'nothing ',
  ],
  'a discount that we did not make': [
    { lines: [{ ...line, discountMinor: 100n }], totalMinor: 900n, paidMinor: 900n },
    'discounted',
  ],
  'all of it discounted': [
    { lines: [{ ...line, discountMinor: 1_000n }], totalMinor: 0n, paidMinor: 0n, payment: null },
    'discounted',
  ],
  'twice the price': [
    { lines: [{ ...line, amountMinor: 2_000n }], totalMinor: 2_000n, paidMinor: 2_000n },
    'wrong_amount',
  ],
  'less than the price': [
    { lines: [{ ...line, amountMinor: 999n }], totalMinor: 999n, paidMinor: 999n },
    'wrong_amount',
  ],
  'a price of no plan': [{ lines: [{ ...line, price: 'other' }] }, 'unknown_price'],
  'a line without a price': [{ lines: [{ ...line, price: null }] }, 'unknown_price'],
  'another currency': [{ currency: 'eur' }, 'wrong_currency'],
  'a switch in the portal': [
    {
      lines: [
        { ...line, amountMinor: -500n, isProration: true },
        { ...line, amountMinor: 900n, isProration: true },
      ],
      totalMinor: 400n,
      paidMinor: 400n,
    },
    'switched_elsewhere',
  ],
  'a switch that gives money back': [
    { lines: [{ ...line, amountMinor: -500n, isProration: true }], totalMinor: -500n, paidMinor: 0n, payment: null },
    'switched_elsewhere',
  ],
  'prorations beside a period': [
    { lines: [line, { ...line, amountMinor: 300n, isProration: true }], totalMinor: 1_300n, paidMinor: 1_300n },
    'switched_elsewhere',
  ],
  'settled outside the provider': [{ payment: null }, 'paid_elsewhere'],
  'paid from a balance of the customer': [{ payment: null, paidMinor: 0n }, 'paid_from_balance'],
  'paid in part from a balance': [{ paidMinor: 400n }, 'paid_from_balance'],
  'with lines that were not read': [{ isWhole: false }, 'unread_lines'],
};

describe('what an invoice grants', () => {
  test.each(Object.entries(CASES))('%s', (_name, [change, expected]) => {
    expect(shown(judgeInvoice({ ...invoice, ...change }, termsOf))).toBe(expected);
  });

  test('whatever its reason: the first invoice and any other are judged alike', () => {
    for (const [change] of Object.values(CASES)) {
      const judged = [true, false].map((isFirst) => judgeInvoice({ ...invoice, ...change, isFirst }, termsOf));
      expect(judged[0]).toEqual(judged[1]);
    }
  });
});

test('lines in any order grant the same periods', () => {
  const lines = fc.array(
    fc.record({ periodStartMs: fc.nat(5), isProration: fc.boolean(), amountMinor: fc.constantFrom(0n, 1_000n, 500n) }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(lines, fc.infiniteStream(fc.nat()), (some, weights) => {
      const given = some.map((one) => ({ ...line, ...one }));
      const shuffled = given.map((one) => ({ one, at: weights.next().value })).toSorted((a, b) => a.at - b.at);
      const key = (verdict: InvoiceVerdict): unknown =>
        verdict.verdict === 'grants'
          ? verdict.periods.map(({ periodStartMs }) => periodStartMs).toSorted((a, b) => a - b)
          : verdict.verdict;
      const judge = (all: readonly InvoiceLine[]): unknown => key(judgeInvoice({ ...invoice, lines: all }, termsOf));
      expect(judge(shuffled.map(({ one }) => one))).toEqual(judge(given));
    }),
  );
});

test.each([
  [undefined, 'turn'],
  [false, 'turn'],
  [true, 'change'],
] as const)('a period that a change began (%s) is another one than that of a turn', (isChange, begun) => {
  const verdict = judgeInvoice({ ...invoice, ...(isChange !== undefined && { isChange }) }, termsOf);
  expect(verdict).toMatchObject({ verdict: 'grants', periods: [{ periodStartMs: 1_000, begun }] });
});

describe('what periods are worth together', () => {
  const period = (change: Partial<PaidPeriod>): PaidPeriod => ({
    subscription: 's',
    price: 'price_m',
    periodStartMs: 1_000,
    begun: 'turn',
    periodEndMs: 2_000,
    terms,
    ...change,
  });
  const ending = { ...terms, creditEnd: 'period_end' } as const;

  test.each([
    ['for ever', [period({})], null],
    ['until some days after its end', [period({ terms: ending })], 2_000 + GRACE_MS],
    [
      'until the latest end',
      [period({ terms: ending }), period({ terms: ending, periodEndMs: 9_000 })],
      9_000 + GRACE_MS,
    ],
    ['for ever where one of them is', [period({ terms: ending }), period({})], null],
  ])('%s', (_name, periods, expiresAtMs) => {
    const many = BigInt(periods.length);
    expect(worthOf(periods)).toEqual({ paidMicros: 10_000_000n * many, bonusMicros: 2_000_000n * many, expiresAtMs });
  });
});
