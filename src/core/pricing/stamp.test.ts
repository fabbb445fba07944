import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { PriceRow } from './price-book.ts';
import { QUANTITY_MAX, RATE_MAX } from './rate.ts';
import { formatStamp, parseStamp, priceAt, StampAudit } from './stamp.ts';

const ROW = '0198c0de-0000-7000-8000-000000000001';
const row = (rate: bigint, fromMs: number): PriceRow => ({
  id: ROW,
  org: null,
  action: 'chat',
  unit: 'token',
  tiers: [{ upTo: null, rate }],
  fromMs,
  toMs: null,
  addedAtMs: 0,
});

describe('a stamp', () => {
  test('is read as it was written', () => {
    const quantities = fc.bigInt({ min: 1n, max: QUANTITY_MAX });
    fc.assert(
      fc.property(quantities, fc.bigInt({ min: 0n, max: RATE_MAX }), (quantity, rate) => {
        const stamp = { row: ROW, quantity, rate };
        expect(parseStamp(formatStamp(stamp))).toEqual(stamp);
      }),
    );
  });

  it.each([
    '',
    `${ROW}:1`,
    `${ROW}:0:1`,
    `${ROW}:01:1`,
    `${ROW}:1:1:1`,
    `:1:1`,
    `${ROW}:${QUANTITY_MAX + 1n}:1`,
    `${ROW}:1:-1`,
  ])('is nothing else: %j', (text) => expect(() => parseStamp(text)).toThrow(RangeError));
});

describe('a priced command', () => {
  const asked = { action: 'chat', quantity: 3_000_000n, org: null };

  it('costs what the row in force at its time says', () => {
    const rows = [row(1_000_000n, 100), { ...row(2_000_000n, 200), id: 'later' }];
    expect(priceAt(asked, 199, rows)).toEqual({ row: ROW, quantity: 3_000_000n, rate: 1_000_000n, amountMicros: 3n });
    expect(priceAt(asked, 200, rows)).toMatchObject({ row: 'later', amountMicros: 6n });
  });

  it.each([
    ['without a price in force', asked, 99, 'action'],
    ['above what one command may move', { ...asked, quantity: QUANTITY_MAX }, 100, 'quantity'],
  ])('is refused %s', (_title, command, atMs, path) => {
    const price = (): unknown => priceAt(command, atMs, [row(RATE_MAX, 100)]);
    expect(price).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', issues: [expect.objectContaining({ path })] }),
    );
  });
});

describe('the audit of stamps', () => {
  const stamp = formatStamp({ row: ROW, quantity: 3_000_000n, rate: 1_000_000n });
  const entry = (seq: number, part: number, taken: bigint, change: object = {}): Parameters<StampAudit['read']>[0] => ({
    seq,
    part,
    availableDelta: -taken,
    action: 'chat',
    pricing: stamp,
    ...change,
  });
  const unpriced = { action: null, pricing: null };
  const faults = (...entries: readonly Parameters<StampAudit['read']>[0][]): unknown[] => {
    const audit = new StampAudit();
    return [...entries.map((one) => audit.read(one)), audit.finish()].flatMap((fault) => fault ?? []);
  };

  it.each<[string, ReturnType<typeof entry>[], number[]]>([
    ['one entry', [entry(1, 0, 3n)], []],
    ['one for each lot', [entry(1, 0, 1n), entry(2, 1, 2n), entry(3, 0, 9n, unpriced)], []],
    ['too little', [entry(1, 0, 2n)], [1]],
    ['too much, found with the next command', [entry(1, 0, 1n), entry(2, 1, 3n), entry(3, 0, 3n)], [1]],
    [
      'another price on a part',
      [entry(1, 0, 1n), entry(2, 1, 2n, { pricing: formatStamp({ row: ROW, quantity: 1n, rate: 1n }) })],
      [2],
    ],
    ['another action on a part', [entry(1, 0, 1n), entry(2, 1, 2n, { action: 'image' })], [2]],
    ['no action', [entry(1, 0, 3n, { action: null })], [1]],
    ['an action alone', [entry(1, 0, 3n, { pricing: null })], [1]],
    ['no stamp', [entry(1, 0, 3n, { pricing: 'three' })], [1]],
  ])('%s', (_title, entries, seqs) => {
    expect(faults(...entries)).toMatchObject(seqs.map((seq) => ({ seq })));
  });
});
