import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findPrice, findTierProblem, priceBy, TIERS_MAX, type PriceRow } from './price-book.ts';
import { chargeOf, formatQuantity, formatRate, parseQuantity, parseRate, QUANTITY_MAX, RATE_MAX } from './rate.ts';

const quantities = fc.bigInt({ min: 1n, max: 10n ** 10n });
const rates = fc.bigInt({ min: 0n, max: 10n ** 13n });

describe('rates and quantities', () => {
  it.each([
    ['0.0000025', 2_500_000n],
    ['1', 10n ** 12n],
    ['0', 0n],
    ['0.000000000001', 1n],
    ['1000000000', RATE_MAX],
  ])('reads a rate of %s', (text, rate) => {
    expect(parseRate(text)).toBe(rate);
    expect(formatRate(rate)).toBe(text);
  });

  it.each(['', '-1', '1e3', '.5', '01', '0.0000000000001', '1000000000.1', ' 1', '1,5'])(
    'refuses a rate of %j',
    (text) => {
      expect(() => parseRate(text)).toThrow(/must be/);
    },
  );

  it.each([
    ['1', 1_000_000n],
    ['0.25', 250_000n],
    ['1500', 1_500_000_000n],
    ['10000000000', QUANTITY_MAX],
  ])('reads a quantity of %s', (text, quantity) => {
    expect(parseQuantity(text)).toBe(quantity);
    expect(formatQuantity(quantity)).toBe(text);
  });

  it.each(['0', '0.0000001', '10000000000.5', '-1', '1e2', ''])('refuses a quantity of %j', (text) => {
    expect(() => parseQuantity(text)).toThrow(/must be/);
  });
});

describe('what a quantity costs', () => {
  it.each([
    ['1000', '0.0000025', 2_500n],
    ['1', '0.0000025', 3n],
    ['1', '0.000000000001', 1n],
    ['3', '0.0006', 1_800n],
    ['0.5', '0.000001', 1n],
    ['7', '0', 0n],
  ])('%s units at %s USD', (quantity, rate, micros) => {
    expect(chargeOf(parseQuantity(quantity), parseRate(rate))).toBe(micros);
  });

  test('it is the exact product, rounded up', () => {
    fc.assert(
      fc.property(quantities, rates, (quantity, rate) => {
        const exact = quantity * rate;
        const charged = chargeOf(quantity, rate) * 10n ** 12n;
        expect(charged >= exact && charged - exact < 10n ** 12n).toBe(true);
      }),
    );
  });

  test('a split in n parts costs 0 to n - 1 micro-dollars more', () => {
    fc.assert(
      fc.property(fc.array(quantities, { minLength: 1, maxLength: 20 }), rates, (parts, rate) => {
        const whole = chargeOf(
          parts.reduce((sum, part) => sum + part, 0n),
          rate,
        );
        const split = parts.reduce((sum, part) => sum + chargeOf(part, rate), 0n);
        expect(split >= whole && split - whole <= BigInt(parts.length - 1)).toBe(true);
      }),
    );
  });

  test('more than one command may move is refused', () => {
    expect(() => chargeOf(parseQuantity('2'), RATE_MAX)).toThrow(/more than one command/);
  });
});

const row = (change: Partial<PriceRow>): PriceRow => ({
  id: 'a',
  org: null,
  action: 'chat',
  unit: 'token',
  tiers: [{ upTo: null, rate: 1n }],
  fromMs: 100,
  toMs: null,
  addedAtMs: 0,
  ...change,
});

describe('the row that counts', () => {
  const platform = row({ id: 'platform' });
  const own = row({ id: 'own', org: 'acme', fromMs: 50 });
  it.each<[string, readonly PriceRow[], Parameters<typeof findPrice>[1], string | undefined]>([
    ["the org's own before the platform's", [platform, own], { org: 'acme', action: 'chat', atMs: 200 }, 'own'],
    ["never another org's", [platform, own], { org: 'other', action: 'chat', atMs: 200 }, 'platform'],
    ["a user has the platform's", [platform, own], { org: null, action: 'chat', atMs: 200 }, 'platform'],
    ['not before its time', [platform], { org: null, action: 'chat', atMs: 99 }, undefined],
    ['at its first instant', [platform], { org: null, action: 'chat', atMs: 100 }, 'platform'],
    ['not at its end', [row({ toMs: 150 })], { org: null, action: 'chat', atMs: 150 }, undefined],
    ['before its end', [row({ toMs: 150 })], { org: null, action: 'chat', atMs: 149 }, 'a'],
    ['no other action', [platform], { org: null, action: 'image', atMs: 200 }, undefined],
    [
      'the one that began last',
      [row({ id: 'new', fromMs: 150 }), platform],
      { org: null, action: 'chat', atMs: 200 },
      'new',
    ],
    [
      'the one added last',
      [row({ id: 'z' }), row({ id: 'b', addedAtMs: 5 })],
      { org: null, action: 'chat', atMs: 200 },
      'b',
    ],
    [
      "the platform's where the own was ended",
      [platform, own, row({ id: 'end', org: 'acme', fromMs: 60, tiers: null })],
      { org: 'acme', action: 'chat', atMs: 200 },
      'platform',
    ],
    [
      'none where it was ended',
      [platform, row({ id: 'end', fromMs: 150, tiers: null })],
      { org: null, action: 'chat', atMs: 150 },
      undefined,
    ],
    [
      'until it is ended',
      [platform, row({ id: 'end', fromMs: 150, tiers: null })],
      { org: null, action: 'chat', atMs: 149 },
      'platform',
    ],
    [
      "the platform's once the org's own has ended",
      [platform, { ...own, toMs: 120 }],
      { org: 'acme', action: 'chat', atMs: 200 },
      'platform',
    ],
  ])('%s', (_title, rows, command, id) => {
    expect(findPrice(rows, command)?.id).toBe(id);
    expect(findPrice(rows.toReversed(), command)?.id).toBe(id);
  });
});

describe('tiers', () => {
  const tiers = [
    { upTo: 1_000_000n, rate: parseRate('1') },
    { upTo: 10_000_000n, rate: parseRate('0.5') },
    { upTo: null, rate: parseRate('0.1') },
  ];
  it.each([
    ['1', 1_000_000n, '1'],
    ['1.000001', 500_001n, '0.5'],
    ['10', 5_000_000n, '0.5'],
    ['11', 1_100_000n, '0.1'],
  ])('the quantity of the command picks the tier: %s', (quantity, micros, rate) => {
    const priced = priceBy(row({ tiers }), parseQuantity(quantity));
    expect(priced).toEqual({
      row: 'a',
      quantity: parseQuantity(quantity),
      rate: parseRate(rate),
      amountMicros: micros,
    });
  });

  it.each([
    ['none', [], /1 to/],
    ['an end', [{ upTo: 1n, rate: 1n }], /no end/],
    [
      'two without an end',
      [
        { upTo: null, rate: 1n },
        { upTo: null, rate: 1n },
      ],
      /only the last/,
    ],
    [
      'descending',
      [
        { upTo: 5n, rate: 1n },
        { upTo: 5n, rate: 1n },
        { upTo: null, rate: 1n },
      ],
      /above/,
    ],
    ['too many', Array.from({ length: TIERS_MAX + 1 }, () => ({ upTo: null, rate: 1n })), /1 to/],
  ])('refuses %s', (_title, some, problem) => {
    expect(findTierProblem(some)).toMatch(problem);
  });

  test('takes ascending ones', () => expect(findTierProblem(tiers)).toBeUndefined());
});
