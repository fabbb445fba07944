/** Frozen lots: spending passes them over, taking back does not, and an audit understands both. */
import { expect, test } from 'vitest';
import type { Command } from './commands.ts';
import { decide, type Decision } from './decide.ts';
import { DEPOSIT_TERMS, emptyHead, type LotTerms } from './head.ts';
import { Posting } from './posting.ts';
import { WalletAudit } from './verify.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const CARD: LotTerms = { ...DEPOSIT_TERMS, source: 'card' };
let keys = 0;

/** A wallet with 5 from a card (lot 1) and 3 from a deposit (lot 2); the first is frozen. */
function wallet(frozen: ReadonlySet<number> = new Set([1])): { posting: Posting; run: (command: Command) => Decision } {
  const posting = new Posting(emptyHead(WALLET), frozen);
  const run = (command: Command): Decision => {
    keys += 1;
    return decide(posting, command, { key: String(keys).padStart(32, '0'), inputHash: '0'.repeat(16), atMs: 1_000 });
  };
  const credit = { op: 'credit', type: 'DEPOSIT', contra: 'assets:stripe' } as const;
  run({ ...credit, amountMicros: 5n, terms: CARD });
  run({ ...credit, amountMicros: 3n, terms: DEPOSIT_TERMS });
  return { posting, run };
}

const debit = (amountMicros: bigint): Command => {
  return { op: 'debit', type: 'AI_API_CALL', service: 'AI_API', amountMicros, contra: 'revenue:AI_API' };
};
const hold = (amountMicros: bigint): Command => {
  return { op: 'hold', service: 'AI_API', amountMicros, gift: false, durationMs: 60_000 };
};
const refusalOf = ({ refusal }: Decision): unknown => refusal && [refusal.code, refusal.details['kind']];

test('spending and holding draw on what is not frozen, and no further', () => {
  for (const command of [debit, hold]) {
    const { posting, run } = wallet();
    expect(posting.frozen).toBe(5n);
    expect(run(command(3n)).entries?.map(({ lot, lotLeft }) => [lot, lotLeft])).toEqual([[2, 0n]]);
    expect(refusalOf(run(command(1n)))).toEqual(['CREDIT_INSUFFICIENT', 'frozen']);
    expect(refusalOf(run(command(6n)))).toEqual(['CREDIT_INSUFFICIENT', 'balance']);
  }
});

test('a capture beyond its hold does not draw on what is frozen', () => {
  const { run } = wallet();
  const opened = run(hold(2n)).entries?.[0]?.seq ?? 0;
  const capture = { op: 'capture', hold: opened, final: true, allowOverrun: true, giftCardMaxMicros: 0n } as const;
  expect(refusalOf(run({ ...capture, amountMicros: 4n }))).toEqual(['CREDIT_INSUFFICIENT', 'frozen']);
  expect(run({ ...capture, amountMicros: 3n }).entries).toHaveLength(2);
});

test('money is not paid out of what is frozen', () => {
  const { run } = wallet();
  const payOut = { op: 'debit', type: 'WITHDRAWAL', contra: 'assets:payouts', drawsOnly: 'refundable' } as const;
  expect(refusalOf(run({ ...payOut, amountMicros: 4n }))).toEqual(['CREDIT_INSUFFICIENT', 'frozen']);
  // Nor when credit that may not be paid out covers the sum.
  const terms: LotTerms = { ...DEPOSIT_TERMS, source: 'adjustment', refundable: false };
  run({ op: 'credit', type: 'ADJUSTMENT', contra: 'equity:adjustments', amountMicros: 4n, terms });
  expect(run({ ...payOut, amountMicros: 6n }).refusal?.code).toBe('CREDIT_INSUFFICIENT');
  expect(run({ ...payOut, amountMicros: 3n }).entries?.map(({ lot }) => lot)).toEqual([2]);
});

test('what a payer takes back is taken from what is frozen', () => {
  const { run } = wallet();
  const back = { op: 'debit', type: 'CLAWBACK', contra: 'assets:stripe', lotsFirst: [1], mayOwe: true } as const;
  expect(run({ ...back, amountMicros: 5n }).entries?.map(({ lot }) => lot)).toEqual([1]);
});

test('an audit accepts that a lot that was frozen is passed over, and no other', () => {
  const { posting, run } = wallet();
  run(debit(2n));
  const faultOf = (everFrozen: ReadonlySet<number>): string | undefined => {
    const audit = new WalletAudit(WALLET, everFrozen);
    for (const entry of posting.entries) {
      const opened = posting.newLots.find(({ lot }) => lot === entry.seq);
      audit.read(entry, opened);
    }
    return audit.fault?.what;
  };
  expect(faultOf(new Set([1]))).toBeUndefined();
  expect(faultOf(new Set())).toBe('spends from lot 2 before lot 1');
});
