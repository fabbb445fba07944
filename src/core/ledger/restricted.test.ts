/** Restricted lots: they are spent first, and on what they are for; an audit checks both. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Restriction, Purpose } from '../lots/restriction.ts';
import type { Command } from './commands.ts';
import { decide, type Decision } from './decide.ts';
import { entryHash, GENESIS_HASH } from './entry.ts';
import { DEPOSIT_TERMS, emptyHead, remainderLot, type LotTerms } from './head.ts';
import { Posting } from './posting.ts';
import { WalletAudit } from './verify.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const GIVEN: LotTerms = { ...DEPOSIT_TERMS, source: 'grant', priority: 50, promotional: true, refundable: false };
const AI: LotTerms = { ...GIVEN, restrictedTo: { services: ['AI_API'] } };
let keys = 0;

interface Wallet {
  readonly posting: Posting;
  readonly run: (command: Command) => Decision;
}

function wallet(...lots: readonly (readonly [bigint, LotTerms])[]): Wallet {
  const posting = new Posting(emptyHead(WALLET));
  const run = (command: Command): Decision => {
    keys += 1;
    return decide(posting, command, { key: String(keys).padStart(32, '0'), inputHash: '0'.repeat(16), atMs: 1_000 });
  };
  for (const [amountMicros, terms] of lots) run(credit(amountMicros, terms));
  return { posting, run };
}

const credit = (amountMicros: bigint, terms: LotTerms): Command =>
  terms.promotional
    ? { op: 'credit', type: 'GRANT', contra: 'expenses:promo', amountMicros, terms }
    : { op: 'credit', type: 'DEPOSIT', contra: 'assets:stripe', amountMicros, terms };
const debit = (service: string, amountMicros: bigint): Command => ({
  op: 'debit',
  type: service === 'AI_API' ? 'AI_API_CALL' : service === 'GAS_SUBSIDY' ? 'GAS_SUBSIDY' : 'CHARGE',
  service,
  amountMicros,
  contra: `revenue:${service}`,
});
const hold = (service: string, amountMicros: bigint): Command => {
  return { op: 'hold', service, amountMicros, gift: false, durationMs: 60_000 };
};
const drawn = ({ entries }: Decision): unknown => entries?.map(({ lot, availableDelta }) => [lot, availableDelta]);

function faultOf({ posting }: Wallet): string | undefined {
  const audit = new WalletAudit(WALLET);
  for (const entry of posting.entries) {
    const opened = posting.newLots.find(({ lot }) => lot === entry.seq);
    // The table of lots does not have the restriction: the entry says it.
    audit.read(entry, opened && { ...opened, terms: { ...opened.terms, restrictedTo: undefined } });
  }
  const { lots, holds } = posting.head();
  const remainder = remainderLot(lots)?.lot;
  audit.finish(
    lots.map(({ lot, left, terms }) => ({
      lot,
      left: lot === remainder ? null : left,
      expiresAtMs: terms.expiresAtMs,
    })),
    [...holds.values()],
  );
  return audit.fault?.what;
}

describe('a restricted lot', () => {
  it('is taken from like any other where an operator takes credit, with and without a debt', () => {
    for (const mayOwe of [true, false]) {
      const one = wallet([5n, AI], [3n, DEPOSIT_TERMS]);
      const take = (amountMicros: bigint): Decision =>
        one.run({ op: 'debit', type: 'ADJUSTMENT', amountMicros, contra: 'equity:adjustments', mayOwe });
      expect(drawn(take(6n))).toEqual([
        [1, -5n],
        [2, -1n],
      ]);
      expect(take(3n).refusal?.details['kind']).toBe(mayOwe ? undefined : 'balance');
      expect(faultOf(one)).toBeUndefined();
    }
  });

  it('is spent before every other, but on what it is for alone', () => {
    const one = wallet([5n, GIVEN], [3n, AI], [10n, DEPOSIT_TERMS]);
    expect(drawn(one.run(debit('GAS_SUBSIDY', 2n)))).toEqual([[1, -2n]]);
    expect(drawn(one.run(debit('AI_API', 4n)))).toEqual([
      [2, -3n],
      [1, -1n],
    ]);
    expect(faultOf(one)).toBeUndefined();
  });

  it('does not pay for anything else, and the refusal says what is short and what is there', () => {
    for (const command of [debit, hold]) {
      const one = wallet([3n, AI], [2n, DEPOSIT_TERMS]);
      const { refusal } = one.run(command('GAS_SUBSIDY', 3n));
      expect([refusal?.code, refusal?.details]).toEqual([
        'CREDIT_INSUFFICIENT',
        {
          kind: 'restricted',
          availableUsd: '0.000005',
          restrictedUsd: '0.000003',
          spendableUsd: '0.000002',
          requiredUsd: '0.000003',
        },
      ]);
      expect(one.run(command('AI_API', 6n)).refusal?.details['kind']).toBe('balance');
      expect(one.run(command('AI_API', 5n)).entries).toHaveLength(2);
    }
  });

  it('stays with its hold: a capture spends it, a release gives it back, an overrun fits the hold', () => {
    const one = wallet([6n, AI], [4n, DEPOSIT_TERMS]);
    const opened = one.run(hold('AI_API', 5n)).entries?.[0]?.seq ?? 0;
    const other = one.run(hold('GAS_SUBSIDY', 2n)).entries?.[0]?.seq ?? 0;
    const beyond = { op: 'capture', final: true, allowOverrun: true, giftCardMaxMicros: 0n } as const;
    expect(one.run({ ...beyond, hold: other, amountMicros: 5n }).refusal?.details['kind']).toBe('restricted');
    expect(drawn(one.run({ ...beyond, hold: other, amountMicros: 3n }))).toEqual([
      [2, 0n],
      [2, -1n],
    ]);
    expect(drawn(one.run({ ...beyond, hold: opened, amountMicros: 7n }))).toEqual([
      [1, 0n],
      [1, -1n],
      [2, -1n],
    ]);
    const last = wallet([6n, AI]);
    const held = last.run(hold('AI_API', 5n)).entries?.[0]?.seq ?? 0;
    expect(drawn(last.run({ op: 'release', hold: held }))).toEqual([[1, 5n]]);
    expect([last.posting.leftForOthers({ service: 'GPU', action: null }), faultOf(one), faultOf(last)]).toEqual([
      6n,
      undefined,
      undefined,
    ]);
  });

  it('is taken from when money is taken back, and is never paid out', () => {
    const one = wallet([5n, AI], [5n, DEPOSIT_TERMS]);
    const payOut = { op: 'debit', type: 'WITHDRAWAL', contra: 'assets:payouts', drawsOnly: 'refundable' } as const;
    expect(one.run({ ...payOut, amountMicros: 6n }).refusal?.code).toBe('CREDIT_INSUFFICIENT');
    const back = { op: 'debit', type: 'CLAWBACK', contra: 'assets:stripe', mayOwe: true, lotsFirst: [2] } as const;
    expect(drawn(one.run({ ...back, amountMicros: 8n, mustTake: true }))).toEqual([
      [2, -5n],
      [1, -3n],
    ]);
    expect(faultOf(one)).toBeUndefined();
  });

  it('merges with lots for the same things alone', () => {
    const one = wallet(
      ...Array.from({ length: 70 }, (): [bigint, LotTerms] => [1n, AI]),
      ...Array.from({ length: 70 }, (): [bigint, LotTerms] => [1n, { ...AI, restrictedTo: { services: ['GPU'] } }]),
      ...Array.from({ length: 70 }, (): [bigint, LotTerms] => [1n, GIVEN]),
    );
    expect(one.posting.lotCount).toBeLessThan(210);
    expect(one.posting.leftForOthers({ service: 'GPU', action: null })).toBe(70n);
    expect(one.posting.leftForOthers({ service: 'AI_API', action: null })).toBe(70n);
    expect(one.run(debit('AI_API', 140n)).entries?.length).toBeLessThan(20);
    expect(faultOf(one)).toBeUndefined();
  });

  it('of an action pays for priced commands alone, also beyond their hold', () => {
    const chat: LotTerms = { ...GIVEN, restrictedTo: { actions: ['chat'] } };
    const one = wallet([5n, chat]);
    expect(one.run(debit('AI_API', 1n)).refusal?.details['kind']).toBe('restricted');
    expect(one.posting.leftForOthers({ service: 'AI_API', action: 'chat' })).toBe(0n);
  });
});

it('an audit finds a lot that paid for something that it is not for', () => {
  const { posting: spent, run } = wallet([3n, GIVEN], [2n, DEPOSIT_TERMS]);
  run(debit('GAS_SUBSIDY', 1n));
  const audit = new WalletAudit(WALLET);
  let previous = GENESIS_HASH;
  for (const entry of spent.entries) {
    // As if the first lot had been restricted from its beginning, in a chain of hashes that is right.
    const restrictedTo = entry.seq === 1 ? '{"services":["AI_API"]}' : null;
    const hash = entryHash(previous, { ...entry, restrictedTo });
    audit.read(
      { ...entry, restrictedTo, hash },
      spent.newLots.find(({ lot }) => lot === entry.seq),
    );
    previous = hash;
  }
  expect(audit.fault?.what).toBe('spends from lot 1, which is for other things');
});

/** A wallet in its simplest form: what each lot has left. */
class Model {
  readonly lots: { id: number; left: bigint; restriction: Restriction | undefined; rank: number }[] = [];

  spend(amount: bigint, { service }: Purpose): readonly (readonly [number, bigint])[] | undefined {
    const usable = this.lots
      .filter(({ restriction, left }) => left > 0n && (!restriction || restriction.services?.includes(service ?? '')))
      .toSorted((a, b) => (a.restriction ? 0 : 1) - (b.restriction ? 0 : 1) || a.rank - b.rank || a.id - b.id);
    if (usable.reduce((sum, { left }) => sum + left, 0n) < amount) return undefined;
    const draws: [number, bigint][] = [];
    let missing = amount;
    for (const lot of usable) {
      if (missing === 0n) break;
      const taken = lot.left < missing ? lot.left : missing;
      [lot.left, missing] = [lot.left - taken, missing - taken];
      draws.push([lot.id, -taken]);
    }
    return draws;
  }
}

it('of many lots, spending draws on the restricted ones that fit and then on the others, as a model does', () => {
  const restrictions: readonly (Restriction | undefined)[] = [
    undefined,
    { services: ['AI_API'] },
    { services: ['GAS_SUBSIDY'] },
    { services: ['AI_API', 'GAS_SUBSIDY'] },
  ];
  const step = fc.oneof(
    fc.record({ is: fc.constant('give'), amount: fc.bigInt(1n, 20n), restriction: fc.nat(3), paid: fc.boolean() }),
    fc.record({
      is: fc.constant('spend'),
      amount: fc.bigInt(1n, 25n),
      service: fc.constantFrom('AI_API', 'GAS_SUBSIDY', 'ORG_CHARGE'),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const one = wallet();
      const model = new Model();
      for (const next of steps) {
        if ('restriction' in next) {
          const restriction = next.paid ? undefined : restrictions[next.restriction];
          const terms = next.paid ? DEPOSIT_TERMS : { ...GIVEN, ...(restriction ? { restrictedTo: restriction } : {}) };
          const id = one.run(credit(next.amount, terms)).entries?.[0]?.seq ?? 0;
          model.lots.push({ id, left: next.amount, restriction, rank: next.paid ? 100 : 50 });
        } else {
          const draws = model.spend(next.amount, { service: next.service, action: null });
          expect(drawn(one.run(debit(next.service, next.amount)))).toEqual(draws);
        }
        expect(one.posting.available).toBe(model.lots.reduce((sum, { left }) => sum + left, 0n));
      }
      expect(faultOf(one)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
