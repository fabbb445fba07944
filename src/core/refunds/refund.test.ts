/** Refunds of charges: never more than a charge took, and where it counted; through the rule of the ledger too. */
import { describe, expect, it } from 'vitest';
import { WalletBudgets, type Budget } from '../budgets/budget.ts';
import { Counting } from '../budgets/counting.ts';
import { Refusal } from '../errors.ts';
import { bookingCommand } from '../ledger/bookings.ts';
import { decide, type Decision } from '../ledger/decide.ts';
import { entryHash, GENESIS_HASH, type Entry } from '../ledger/entry.ts';
import { DEPOSIT_TERMS, emptyHead } from '../ledger/head.ts';
import { Posting } from '../ledger/posting.ts';
import { WalletAudit } from '../ledger/verify.ts';
import type { Command } from '../ledger/commands.ts';
import { refundable, Refunds, type RefundableCharge } from './refund.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const DAY_MS = 86_400_000;
const CHARGE: RefundableCharge = { charge: 2, service: 'AI_API', tookMicros: 10n, refundedMicros: 3n, marks: [] };

/** What a call gives: its value, or the code of its refusal with what it is about. */
function outcomeOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.code, error.issues[0]?.path ?? error.details['reason']];
  }
}

describe('what is given back of a charge', () => {
  it('is what it took at most, with all that was given back before', () => {
    const refunds = new Refunds();
    refunds.learn(2, CHARGE);
    const give = (amountMicros: bigint): unknown =>
      outcomeOf(() => {
        refunds.giveBack(2, { amountMicros, service: undefined });
        return refundable(refunds.get(2));
      });
    expect([give(8n), give(4n), give(4n), give(3n), give(1n)]).toEqual([
      ['REFUND_NOT_POSSIBLE', 'amount'],
      3n,
      ['REFUND_NOT_POSSIBLE', 'amount'],
      0n,
      ['REFUND_NOT_POSSIBLE', 'amount'],
    ]);
    // What was read again does not have what this posting gave back.
    refunds.learn(2, CHARGE);
    expect(give(1n)).toEqual(['REFUND_NOT_POSSIBLE', 'amount']);
  });

  it('says what is left', () => {
    const refunds = new Refunds();
    refunds.learn(2, { ...CHARGE, tookMicros: 5_000_000n, refundedMicros: 1_500_000n });
    expect(() => refunds.giveBack(2, { amountMicros: 4_000_000n, service: 'AI_API' })).toThrow(
      '4.00 USD are to be given back, 3.50 USD are left of the charge: it took 5.00, 1.50 were given back',
    );
  });

  it('has to be of a charge of the wallet, and of its service', () => {
    const refunds = new Refunds();
    refunds.learn(1, { ...CHARGE, service: null });
    refunds.learn(2, CHARGE);
    refunds.learn(3, undefined);
    refunds.learn(4, { ...CHARGE, tookMicros: 0n });
    refunds.learn(5, { ...CHARGE, tookMicros: -1n });
    const give = (charge: number, service?: string): unknown =>
      outcomeOf(() => refunds.giveBack(charge, { amountMicros: 1n, service }));
    const noCharge = ['VALIDATION_FAILED', 'refundOf'];
    expect([give(1), give(3), give(4), give(5)]).toEqual([noCharge, ['NOT_FOUND', undefined], noCharge, noCharge]);
    expect([give(2, 'GAS_SUBSIDY'), give(2, 'AI_API'), give(2)]).toEqual([
      ['VALIDATION_FAILED', 'serviceType'],
      undefined,
      undefined,
    ]);
    expect(() => refunds.get(6)).toThrow('without its charge');
  });
});

const DAILY: Budget = {
  id: '00000000-0000-7000-8000-000000000001',
  org: '00000000-0000-7000-8000-000000000002',
  name: null,
  subject: 'serviceType',
  value: 'AI_API',
  period: 'day',
  limitMicros: 10n,
  hard: true,
  warnPercent: null,
  zone: 'UTC',
  createdAtMs: 0,
};

let keys = 0;
function run(posting: Posting, command: Command, atMs = 1_000): Decision {
  keys += 1;
  const key = `00000000-0000-7000-8000-${String(keys).padStart(12, '0')}`;
  return decide(posting, command, { key, inputHash: '0'.repeat(16), atMs, salt: '00'.repeat(16) });
}
function accepted(decision: Decision): Extract<Decision, { readonly entries: readonly Entry[] }> {
  if (decision.entries === undefined) throw new Error('the command was not accepted');
  return decision;
}
const DEPOSIT: Command = {
  op: 'credit',
  type: 'DEPOSIT',
  amountMicros: 100n,
  contra: 'assets:stripe',
  terms: DEPOSIT_TERMS,
};
const debit = (amountMicros: bigint): Command => {
  return { op: 'debit', type: 'AI_API_CALL', service: 'AI_API', amountMicros, contra: 'revenue:AI_API' };
};
const refund = (amountMicros: bigint, refundOf = 2): Command =>
  bookingCommand({ type: 'REFUND', amountMicros, reason: 'sorry', refundOf });

/** A wallet with a deposit and a charge of 8 micros, in a daily budget of 10. */
function charged(): { readonly posting: Posting; readonly budgets: () => WalletBudgets } {
  const head = { ...emptyHead(WALLET), budgets: new WalletBudgets([DAILY], new Map()) };
  const posting = new Posting(head);
  run(posting, DEPOSIT);
  run(posting, debit(8n));
  const marks = [{ budget: DAILY.id, startsAtMs: 0 }];
  posting.refunds.learn(2, { ...CHARGE, tookMicros: 8n, refundedMicros: 0n, marks });
  return { posting, budgets: () => posting.head().budgets };
}
const usedAt = (budgets: WalletBudgets, atMs: number): bigint => new Counting(budgets).at(DAILY, atMs).used;

describe('a refund of a charge', () => {
  it('names it on its entry, opens a lot, and the budget has its amount again', () => {
    const { posting, budgets } = charged();
    const { entries, budgets: left } = accepted(run(posting, refund(5n)));
    expect(entries).toMatchObject([
      { seq: 3, type: 'REFUND', refundOf: 2, lot: 3, availableDelta: 5n, contra: 'expenses:refunds' },
    ]);
    expect([left?.map(({ leftMicros }) => leftMicros), usedAt(budgets(), 1_000)]).toEqual([[7n], 3n]);
    expect(run(posting, debit(8n)).refusal?.details['kind']).toBe('budget');
    expect(run(posting, debit(7n)).entries).toHaveLength(1);
  });

  it('does not count in the next period, and its own is over', () => {
    const { posting, budgets } = charged();
    expect(run(posting, debit(4n), DAY_MS + 1).entries).toHaveLength(1);
    const later = accepted(run(posting, refund(5n), DAY_MS + 2));
    expect([later.entries?.length, later.budgets, usedAt(budgets(), DAY_MS + 2)]).toEqual([1, undefined, 4n]);
    expect([...posting.counting.moves].map(({ startsAtMs, used }) => [startsAtMs, used])).toEqual([
      [0, 3n],
      [DAY_MS, 4n],
    ]);
  });

  it('that is refused changes nothing, also where something else refuses it', () => {
    const { posting, budgets } = charged();
    expect(run(posting, refund(9n)).refusal?.code).toBe('REFUND_NOT_POSSIBLE');
    expect(run(posting, { ...refund(1n), amountMicros: 0n } as Command).refusal?.code).toBe('VALIDATION_FAILED');
    expect([posting.nextSeq, usedAt(budgets(), 1_000)]).toEqual([3, 8n]);
    expect(run(posting, refund(8n)).entries).toHaveLength(1);
  });

  it('is written without a charge too, and counts nowhere then', () => {
    const { posting, budgets } = charged();
    const { entries } = run(posting, bookingCommand({ type: 'REFUND', amountMicros: 50n, reason: 'sorry' }));
    expect([entries?.[0]?.refundOf, usedAt(budgets(), 1_000)]).toEqual([null, 8n]);
  });
});

/** The entries with hashes that follow from what they say. */
function rehashed(entries: readonly Entry[]): Entry[] {
  let before = GENESIS_HASH;
  return entries.map((entry) => {
    before = entryHash(before, entry);
    return { ...entry, hash: before };
  });
}

describe('an audit', () => {
  const fault = (change: (entry: Entry) => Entry): string | undefined => {
    const { posting } = charged();
    run(posting, refund(5n));
    const audit = new WalletAudit(WALLET);
    for (const entry of rehashed(posting.entries.map(change)))
      audit.read(
        entry,
        posting.newLots.find(({ lot }) => lot === entry.seq),
      );
    return audit.fault?.what;
  };

  it('accepts a refund of an earlier charge, and no other entry that names one', () => {
    expect(fault((entry) => entry)).toBeUndefined();
    const what = 'gives back what is no charge before it';
    expect(fault((entry) => (entry.seq === 3 ? { ...entry, refundOf: 3 } : entry))).toBe(what);
    expect(fault((entry) => (entry.seq === 2 ? { ...entry, refundOf: 1 } : entry))).toBe(what);
  });
});
