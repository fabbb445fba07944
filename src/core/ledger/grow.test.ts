/** Holds that grow: what they draw on, what they may not take in, and that nobody spends more than was held. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { adviceAfter } from './advice.ts';
import type { Command, GrowCommand } from './commands.ts';
import { decide, type Decision } from './decide.ts';
import { DEPOSIT_TERMS, emptyHead, type LotTerms } from './head.ts';
import { Posting } from './posting.ts';
import { WalletAudit, type LotRow } from './verify.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const HOUR_MS = 3_600_000;
const keyOf = (number: number): string => `0198c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;

const credit = (amountMicros: bigint, terms: Partial<LotTerms> = {}): Command => ({
  op: 'credit',
  type: 'GRANT',
  amountMicros,
  contra: 'expenses:promo',
  terms: { ...DEPOSIT_TERMS, source: 'grant', ...terms },
});
const holdOf = (amountMicros: bigint, durationMs = HOUR_MS): Command => ({
  op: 'hold',
  service: 'AI_API',
  amountMicros,
  gift: false,
  durationMs,
});
const by = (hold: number, byMicros: bigint): GrowCommand => ({ op: 'grow', hold, add: { byMicros } });
const to = (hold: number, toMicros: bigint): GrowCommand => ({ op: 'grow', hold, add: { toMicros } });
const captureOf = (hold: number, amountMicros: bigint, final = false): Command => ({
  op: 'capture',
  hold,
  amountMicros,
  final,
  allowOverrun: false,
  giftCardMaxMicros: 0n,
});

function openWallet(): { readonly posting: Posting; readonly ask: (command: Command, atMs?: number) => Decision } {
  const posting = new Posting(emptyHead(WALLET));
  let made = 0;
  const ask = (command: Command, atMs = 0): Decision =>
    decide(posting, command, { key: keyOf((made += 1)), inputHash: '00'.repeat(8), atMs });
  return { posting, ask };
}

function faultOf({ entries, newLots }: Posting): unknown {
  const audit = new WalletAudit(WALLET);
  const lots = new Map<number, LotRow>(newLots.map((lot) => [lot.lot, lot]));
  for (const entry of entries) audit.read(entry, lots.get(entry.seq));
  return audit.fault;
}

describe('a hold that grows', () => {
  it('draws on lots as a new hold does, and spends a lot that it draws on again as the last', () => {
    const { posting, ask } = openWallet();
    ask(credit(5n, { priority: 1 }));
    ask(credit(9n, { priority: 2 }));
    ask(holdOf(7n));
    // Two of the first lot come back in with a release, and are drawn on before the second lot.
    ask(credit(2n, { priority: 1, source: 'refund' }));
    expect(ask(by(3, 3n)).entries?.map(({ lot, heldDelta }) => [lot, heldDelta])).toEqual([
      [5, 2n],
      [2, 1n],
    ]);
    expect(posting.findHold(3)).toMatchObject({ amount: 10n });
    expect(posting.findHold(3)?.draws.map(({ lot, left }) => [lot, left])).toEqual([
      [1, 5n],
      [5, 2n],
      [2, 3n],
    ]);
    expect(ask(captureOf(3, 6n)).entries?.map(({ lot, heldDelta }) => [lot, heldDelta])).toEqual([
      [1, -5n],
      [5, -1n],
    ]);
    expect([posting.leftInHold(3), faultOf(posting)]).toEqual([4n, undefined]);
  });

  it('grows until it has so much left, and is refused where it has', () => {
    const { posting, ask } = openWallet();
    ask(credit(20n));
    ask(holdOf(5n));
    ask(captureOf(2, 4n));
    expect(ask(to(2, 6n))).toMatchObject({ entries: [{ heldDelta: 5n }], holdLeft: 6n });
    expect(ask(to(2, 6n)).refusal).toMatchObject({ code: 'HOLD_NOT_PENDING', details: { reason: 'not_larger' } });
    expect(posting.held).toBe(6n);
  });

  it('takes no more than is available, and nothing once it has ended', () => {
    const { posting, ask } = openWallet();
    ask(credit(10n));
    ask(holdOf(4n));
    expect(ask(by(2, 7n)).refusal?.code).toBe('CREDIT_INSUFFICIENT');
    expect(ask(by(2, 0n)).refusal?.code).toBe('HOLD_NOT_PENDING');
    expect(ask(by(2, 1n), HOUR_MS).refusal?.code).toBe('HOLD_NOT_PENDING');
    expect([posting.held, posting.available]).toEqual([0n, 10n]);
  });

  it('takes in no credit that ends before it, once it was extended', () => {
    const { ask } = openWallet();
    ask(credit(10n));
    ask(holdOf(10n));
    ask(credit(5n, { expiresAtMs: 2 * HOUR_MS }));
    expect(ask(by(2, 1n)).entries).toHaveLength(1);
    const other = openWallet();
    other.ask(credit(10n));
    other.ask(holdOf(10n));
    other.ask({ op: 'extend', hold: 2, durationMs: 3 * HOUR_MS });
    other.ask(credit(5n, { expiresAtMs: 2 * HOUR_MS }));
    expect(other.ask(by(2, 1n)).refusal).toMatchObject({
      code: 'HOLD_NOT_PENDING',
      details: { reason: 'credit_ends' },
    });
  });

  test('never has more captured than was held, whatever happens in whatever order', () => {
    const amounts = fc.bigInt({ min: 1n, max: 30n });
    const steps = fc.array(
      fc.tuple(
        fc.constantFrom('grow', 'grow to', 'capture', 'close', 'release', 'credit'),
        amounts,
        fc.nat({ max: 2 }),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const { posting, ask } = openWallet();
        ask(credit(60n));
        const holds = [5n, 10n, 15n].flatMap((amount) => ask(holdOf(amount)).entries?.[0]?.seq ?? []);
        for (const [what, amount, index] of all) {
          const hold = holds[index] ?? 0;
          if (what === 'grow') ask(by(hold, amount));
          if (what === 'grow to') ask(to(hold, amount));
          if (what === 'capture') ask(captureOf(hold, amount));
          if (what === 'close') ask(captureOf(hold, amount, true));
          if (what === 'release') ask({ op: 'release', hold });
          if (what === 'credit') ask(credit(amount, { priority: index }));
        }
        for (const hold of holds) {
          let [held, captured] = [0n, 0n];
          for (const entry of posting.entries.filter((one) => one.hold === hold)) {
            if (entry.heldDelta > 0n) held += entry.heldDelta;
            captured -= entry.availableDelta + entry.heldDelta;
            expect(captured <= held).toBe(true);
          }
        }
        expect(faultOf(posting)).toBeUndefined();
      }),
    );
  });
});

it.each([
  [4n, 0n, 10n, 'wind_down'],
  [4n, 12n, 0n, 'continue'],
  [4n, 2n, 10n, 'continue'],
  [4n, 3n, 1n, 'wind_down'],
  [4n, 3n, 0n, 'stop'],
  [4n, 4n, -9n, 'wind_down'],
  [0n, 0n, 0n, 'stop'],
])('after %s was spent, with %s in the hold and %s available: %s', (spent, holdLeft, available, advice) => {
  expect(adviceAfter({ spent, holdLeft, available })).toBe(advice);
});
