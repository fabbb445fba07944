/** Many lots of the same terms: what a command costs is bounded, and the entries alone still prove every lot. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from './commands.ts';
import { decide } from './decide.ts';
import { entryHash, type Entry } from './entry.ts';
import { DEPOSIT_TERMS, emptyHead, type Head, type LotTerms } from './head.ts';
import { DRAWN_LOTS_MAX, DRAWS_MAX } from './draws.ts';
import { EQUAL_LOTS_KEPT, EQUAL_LOTS_MAX, Posting } from './posting.ts';
import { WalletAudit, type LotRow } from './verify.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const CHAIN = 'assets:usdc:eip155:1';
const PROMO: LotTerms = { ...DEPOSIT_TERMS, source: 'grant', priority: 50, promotional: true, refundable: false };

/** A wallet whose every entry is kept, so that it can be verified. */
class Wallet {
  head: Head = emptyHead(WALLET);
  readonly entries: Entry[] = [];
  readonly lotRows = new Map<number, LotRow>();
  #keys = 0;

  /** Carries a command out; gives its entries, none if it was refused. */
  ask(command: Command, atMs = 1_000): readonly Entry[] {
    this.#keys += 1;
    const key = `00000000-0000-7000-8000-${String(this.#keys).padStart(12, '0')}`;
    const posting = new Posting(this.head);
    decide(posting, command, { key, inputHash: '0011223344556677', atMs });
    for (const row of posting.newLots) this.lotRows.set(row.lot, row);
    this.entries.push(...posting.entries);
    this.head = posting.head();
    return posting.entries;
  }

  /** The first fault that verification finds in its entries and its open lots and holds. */
  fault(entries: readonly Entry[] = this.entries): string | undefined {
    const audit = new WalletAudit(WALLET);
    for (const entry of entries) audit.read(entry, entry.lot === entry.seq ? this.lotRows.get(entry.seq) : undefined);
    const [first] = this.head.lots;
    audit.finish(
      this.head.lots.map(({ lot, left, terms }) => ({
        lot,
        left: lot === first?.lot ? null : left,
        expiresAtMs: terms.expiresAtMs,
      })),
      [...this.head.holds.values()],
    );
    return audit.fault?.what;
  }

  left(lot: number): bigint | undefined {
    return this.head.lots.find((open) => open.lot === lot)?.left;
  }
}

const credit = (amountMicros: bigint, terms: LotTerms = DEPOSIT_TERMS, more: object = {}): Command => ({
  op: 'credit',
  type: terms.promotional ? 'GRANT' : 'DEPOSIT',
  amountMicros,
  contra: terms.promotional ? 'expenses:promo' : CHAIN,
  terms,
  ...more,
});
const debit = (amountMicros: bigint): Command => ({
  op: 'debit',
  type: 'AI_API_CALL',
  amountMicros,
  contra: 'revenue:AI_API',
  service: 'AI_API',
});
const hold = (amountMicros: bigint, durationMs = 60_000): Command => ({
  op: 'hold',
  service: 'AI_API',
  amountMicros,
  gift: false,
  durationMs,
});
const reversal = (amountMicros: bigint, lotFirst: number): Command => ({
  op: 'debit',
  type: 'DEPOSIT_REVERSAL',
  amountMicros,
  contra: CHAIN,
  lotsFirst: [lotFirst],
  mayOwe: true,
});

function walletWith(deposits: number, terms?: LotTerms): Wallet {
  const wallet = new Wallet();
  for (let n = 0; n < deposits; n += 1) wallet.ask(credit(1n, terms));
  return wallet;
}

describe('S01 a wallet with thousands of micro-deposits', () => {
  it('has few open lots, and spends all of it with few entries', () => {
    const wallet = walletWith(5_000);
    expect(wallet.head).toMatchObject({ seq: 5_000, available: 5_000n });
    expect(wallet.head.lots.length).toBeLessThanOrEqual(EQUAL_LOTS_MAX);
    const spent = wallet.ask(debit(5_000n));
    expect(spent.length).toBeLessThanOrEqual(DRAWN_LOTS_MAX);
    expect(spent.reduce((sum, { availableDelta }) => sum + availableDelta, 0n)).toBe(-5_000n);
    expect(wallet.fault()).toBeUndefined();
  });

  it('holds, captures and releases all of it with few entries', () => {
    const wallet = walletWith(5_000);
    const [opened] = wallet.ask(hold(4_000n));
    const captured = wallet.ask({
      op: 'capture',
      hold: opened?.seq ?? 0,
      amountMicros: 4_500n,
      final: true,
      allowOverrun: true,
      giftCardMaxMicros: 0n,
    });
    expect(captured.length).toBeLessThanOrEqual(2 * DRAWN_LOTS_MAX);
    const [again] = wallet.ask(hold(500n));
    const released = wallet.ask({ op: 'release', hold: again?.seq ?? 0 });
    expect(released.length).toBeLessThanOrEqual(DRAWN_LOTS_MAX);
    expect(wallet.head).toMatchObject({ available: 500n, held: 0n });
    expect(wallet.fault()).toBeUndefined();
  });

  it('of two terms that take turns in the spending order, has as many of each, and writes no more entries than it has lots', () => {
    const other: LotTerms = { ...DEPOSIT_TERMS, source: 'refund' };
    const wallet = new Wallet();
    for (let n = 0; n < 1_000; n += 1) {
      wallet.ask(credit(1n));
      wallet.ask(credit(1n, other));
      // Between two mergers the newest that were kept and those that came since are open, and never more.
      expect(wallet.head.lots.length).toBeLessThanOrEqual(2 * EQUAL_LOTS_MAX);
    }
    const open = wallet.head.lots.length;
    const spent = wallet.ask(debit(2_000n));
    // No neighbours have the same terms, so that nothing is drawn as one: this is the most that two terms can cost.
    expect(spent.length).toBeLessThanOrEqual(open);
    expect(spent.reduce((sum, { availableDelta }) => sum + availableDelta, 0n)).toBe(-2_000n);
    expect(wallet.head).toMatchObject({ available: 0n, lots: [] });
    expect(wallet.fault()).toBeUndefined();
  });

  it('gives back a large deposit that is spent with few entries', () => {
    const wallet = new Wallet();
    wallet.ask(credit(1_000n));
    wallet.ask(debit(1_000n));
    for (let n = 0; n < 1_500; n += 1) wallet.ask(credit(1n));
    expect(wallet.ask(reversal(1_000n, 1)).length).toBeLessThanOrEqual(EQUAL_LOTS_MAX);
    expect(wallet.head.available).toBe(500n);
    expect(wallet.fault()).toBeUndefined();
  });

  it('loses thousands of lots that end at once with few entries', () => {
    const wallet = walletWith(3_000, { ...PROMO, expiresAtMs: 5_000 });
    const settled = wallet.ask({ op: 'settle' }, 5_000);
    expect(settled.length).toBeLessThanOrEqual(EQUAL_LOTS_MAX);
    expect(wallet.head.available).toBe(0n);
    expect(wallet.fault()).toBeUndefined();
  });
});

describe('S01 lots are merged', () => {
  it('only where there are too many: each deposit before that has its own lot, and gives it back', () => {
    const wallet = walletWith(EQUAL_LOTS_MAX);
    expect(wallet.head.lots).toHaveLength(EQUAL_LOTS_MAX);
    expect(wallet.ask(reversal(1n, 40))).toMatchObject([{ lot: 40, lotLeft: 0n }]);
  });

  it('oldest first: the newest keep their own lots, which the chain may still take back', () => {
    const wallet = walletWith(EQUAL_LOTS_MAX + 1);
    expect(wallet.head.lots).toHaveLength(EQUAL_LOTS_KEPT + 1);
    expect(wallet.left(EQUAL_LOTS_MAX)).toBe(1n);
    const newest = EQUAL_LOTS_MAX + 1;
    expect(wallet.entries.at(-1)).toMatchObject({ lot: newest, lotLeft: wallet.left(newest) });
    expect(wallet.left(newest)).toBe(BigInt(EQUAL_LOTS_MAX - EQUAL_LOTS_KEPT + 1));
    expect(wallet.ask(reversal(1n, EQUAL_LOTS_MAX))).toMatchObject([{ lot: EQUAL_LOTS_MAX, lotLeft: 0n }]);
  });

  it.each([
    ['another priority', { ...DEPOSIT_TERMS, priority: 99 }],
    ['another end', { ...DEPOSIT_TERMS, expiresAtMs: 9_000_000 }],
    ['another source', { ...DEPOSIT_TERMS, source: 'refund' as const }],
    ['no refund', { ...DEPOSIT_TERMS, refundable: false }],
    ['no transfer', { ...DEPOSIT_TERMS, transferable: false }],
    ['another kind', { ...DEPOSIT_TERMS, promotional: true }],
  ])('never with lots of other terms: %s', (_, terms) => {
    const wallet = new Wallet();
    wallet.ask(credit(7n, terms));
    for (let n = 0; n < 200; n += 1) wallet.ask(credit(1n));
    expect(wallet.left(1)).toBe(7n);
    expect(wallet.fault()).toBeUndefined();
  });

  it('never where an order hangs on the lot', () => {
    const wallet = new Wallet();
    const packOrder = '00000000-0000-7000-8000-0000000000aa';
    for (let n = 0; n < 100; n += 1) wallet.ask(credit(1n, DEPOSIT_TERMS, { packOrder }));
    for (let n = 0; n < 100; n += 1) wallet.ask(credit(1n));
    expect(wallet.head.lots.filter(({ lot }) => lot <= 100)).toHaveLength(100);
    expect(wallet.fault()).toBeUndefined();
  });

  it('never where they were paid by card, since each belongs to an order', () => {
    const wallet = walletWith(100, { ...DEPOSIT_TERMS, source: 'card' });
    expect(wallet.head.lots).toHaveLength(100);
  });

  it('and verification finds an amount that no merger explains', () => {
    const wallet = walletWith(EQUAL_LOTS_MAX + 1);
    const last = wallet.entries.at(-1);
    const previous = wallet.entries.at(-2);
    if (!last || !previous) throw new Error('no entries');
    for (const wrong of [-1n, 1n, 1_000n]) {
      const { hash: _, ...edited } = { ...last, lotLeft: (last.lotLeft ?? 0n) + wrong };
      const forged = { ...edited, hash: entryHash(previous.hash, edited) };
      expect(wallet.fault([...wallet.entries.slice(0, -1), forged])).toBeDefined();
    }
  });
});

describe('S01 whatever happens to a wallet with many lots', () => {
  const amounts = fc.bigInt({ min: 1n, max: 30n });
  const steps = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('deposits'), amount: amounts, many: fc.nat({ max: 50 }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('grants'), amount: amounts, many: fc.nat({ max: 50 }) }) },
    fc.record({ kind: fc.constant('debit'), amount: fc.bigInt({ min: 1n, max: 400n }), many: fc.constant(0) }),
    fc.record({ kind: fc.constant('hold'), amount: fc.bigInt({ min: 1n, max: 200n }), many: fc.constant(0) }),
    fc.record({ kind: fc.constant('release'), amount: amounts, many: fc.nat() }),
    fc.record({ kind: fc.constant('capture'), amount: amounts, many: fc.nat() }),
    fc.record({ kind: fc.constant('reverse'), amount: amounts, many: fc.nat() }),
    fc.record({ kind: fc.constant('wait'), amount: amounts, many: fc.constant(0) }),
  );

  it('its lots are few, add up, and follow from its entries', () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 5, maxLength: 60 }), (all) => {
        const wallet = new Wallet();
        let atMs = 1_000;
        for (const { kind, amount, many } of all) {
          const open = [...wallet.head.holds.values()];
          const picked = open[many % Math.max(1, open.length)]?.hold ?? 0;
          const commands: Record<string, Command[]> = {
            deposits: Array.from({ length: many % 50 }, () => credit(amount)),
            grants: Array.from({ length: many % 50 }, () => credit(amount, { ...PROMO, expiresAtMs: 200_000 })),
            debit: [debit(amount)],
            hold: [hold(amount)],
            release: [{ op: 'release', hold: picked }],
            capture: [
              {
                op: 'capture',
                hold: picked,
                amountMicros: amount,
                final: many % 2 === 0,
                allowOverrun: true,
                giftCardMaxMicros: 0n,
              },
            ],
            reverse: [reversal(amount, (many % Math.max(1, wallet.head.seq)) + 1)],
          };
          if (kind === 'wait') atMs += 20_000;
          for (const command of commands[kind] ?? []) wallet.ask(command, atMs);
          const sum = wallet.head.lots.reduce((total, { left }) => total + left, 0n);
          expect(sum).toBe(wallet.head.available > 0n ? wallet.head.available : 0n);
          expect(wallet.head.lots.length).toBeLessThanOrEqual(2 * EQUAL_LOTS_MAX);
        }
        expect(wallet.fault()).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe('S01 a wallet with thousands of lots that all differ', () => {
  it('spends at most so many of them with one command, is told how much that is, and takes back from all of them', () => {
    const wallet = new Wallet();
    const lots = DRAWS_MAX + 300;
    for (let n = 0; n < lots; n += 1) wallet.ask(credit(2n, { ...DEPOSIT_TERMS, priority: n }));
    const codeOf = (command: Command): unknown => {
      const posting = new Posting(wallet.head);
      const key = '00000000-0000-7000-8000-0000000000ff';
      const { refusal } = decide(posting, command, { key, inputHash: '0011223344556677', atMs: 1_000 });
      expect(refusal === undefined || posting.entries.length === 0).toBe(true);
      return refusal?.issues ?? 'accepted';
    };
    const most = 2n * BigInt(DRAWS_MAX);
    const message = 'draws on more than 1000 lots of credit: spend at most 0.002 at once';
    for (const command of [debit(most + 1n), hold(most + 1n)]) {
      expect(codeOf(command)).toEqual([{ path: 'amountUsd', message }]);
    }
    expect(wallet.ask(hold(1n))).toHaveLength(1);
    const overrun: Command = {
      op: 'capture',
      hold: lots + 1,
      amountMicros: most + 2n,
      final: true,
      allowOverrun: true,
      giftCardMaxMicros: 0n,
    };
    expect(codeOf(overrun)).toMatchObject([{ path: 'amountUsd' }]);
    expect(codeOf(debit(most - 1n))).toBe('accepted');
    expect(wallet.ask(reversal(2n * BigInt(lots), 1))).toHaveLength(lots + 1);
    expect(wallet.head).toMatchObject({ available: -1n, held: 1n });
    expect(wallet.fault()).toBeUndefined();
  });
});
