import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../errors.ts';
import { WalletBudgets, type Budget, type BudgetSubject } from './budget.ts';
import { Counting, effectOf } from './counting.ts';

const USD = 1_000_000n;
const DAY_MS = 86_400_000;
const NOON = Date.parse('2026-03-10T12:00:00Z');

const budgetOf = (change: Partial<Budget> = {}): Budget => ({
  id: 'b1',
  org: 'o1',
  name: null,
  subject: 'userId',
  value: 'u1',
  period: 'day',
  limitMicros: 10n * USD,
  hard: true,
  warnPercent: 80,
  zone: 'UTC',
  createdAtMs: 0,
  ...change,
});
const countingOf = (...list: Budget[]): Counting => new Counting(new WalletBudgets(list, new Map()));

let seq = 0;
/** Spends, and gives what is left of the budgets, or the refusal. */
function spend(counting: Counting, usd: bigint, atMs = NOON, spender: object = { userId: 'u1' }): unknown {
  try {
    const marks = counting.admit(spender, usd * USD, atMs);
    seq += 1;
    return counting
      .count(marks, { used: usd * USD, reserved: 0n }, { seq, atMs })
      .map(({ leftMicros }) => leftMicros / USD);
  } catch (error) {
    if (error instanceof Refusal) return error.details;
    throw error;
  }
}

describe('a spend', () => {
  it('counts in the budgets that are about it, and in no others', () => {
    const subjects: [BudgetSubject, string][] = [
      ['userId', 'u1'],
      ['teamId', 't1'],
      ['appId', 'a1'],
      ['serviceType', 'AI_API'],
      ['key', 'k1'],
      ['userId', 't1'],
      ['teamId', 'u1'],
    ];
    const list = subjects.map(([subject, value], index) => budgetOf({ id: `b${index}`, subject, value }));
    const marks = countingOf(...list).admit(
      { userId: 'u1', teamId: 't1', appId: 'a1', serviceType: 'AI_API', key: 'k1' },
      USD,
      NOON,
    );
    expect(marks.map(({ budget }) => budget)).toEqual(['b0', 'b1', 'b2', 'b3', 'b4']);
    expect(countingOf(...list).admit({ userId: null }, USD, NOON)).toEqual([]);
  });

  it('may use all that a hard budget has, and no micro-dollar more', () => {
    const counting = countingOf(budgetOf());
    expect(spend(counting, 10n)).toEqual([0n]);
    expect(() => counting.admit({ userId: 'u1' }, 1n, NOON)).toThrow(
      'the budget of userId u1 has 0.00 USD left until 2026-03-11T00:00:00.000Z',
    );
  });

  it('is refused by the tightest hard budget, with what it has left and when it renews', () => {
    const list = [
      budgetOf({ id: 'wide', limitMicros: 8n * USD }),
      budgetOf({
        id: 'tight',
        subject: 'teamId',
        value: 't1',
        limitMicros: 5n * USD,
        period: 'month',
        name: 'Research',
      }),
      budgetOf({ id: 'soft', subject: 'appId', value: 'a1', limitMicros: USD, hard: false }),
    ];
    const spender = { userId: 'u1', teamId: 't1', appId: 'a1' };
    expect(spend(countingOf(...list), 9n, NOON, spender)).toMatchObject({
      kind: 'budget',
      budgetId: 'tight',
      budgetName: 'Research',
      requiredUsd: '9.00',
      leftUsd: '5.00',
      renewsAt: '2026-04-01T00:00:00.000Z',
    });
    const tightFirst = list.map((one) => ({ ...one, limitMicros: one.id === 'wide' ? 2n * USD : one.limitMicros }));
    expect(spend(countingOf(...tightFirst), 9n, NOON, spender)).toMatchObject({ budgetId: 'wide', leftUsd: '2.00' });
    expect(spend(countingOf(...list), 5n, NOON, spender)).toEqual([-4n, 0n, 3n]);
  });

  it('is never refused by a soft budget', () => {
    const counting = countingOf(budgetOf({ hard: false }));
    expect([spend(counting, 9n), spend(counting, 9n)]).toEqual([[1n], [-8n]]);
  });

  it('begins anew with the next period', () => {
    const counting = countingOf(budgetOf());
    expect([spend(counting, 10n), spend(counting, 10n, NOON + DAY_MS)]).toEqual([[0n], [0n]]);
    expect([...counting.moves].map(({ used }) => used)).toEqual([10n * USD, 10n * USD]);
  });
});

describe('a hold', () => {
  it('settles in the period in which it was opened, and leaves the present one alone', () => {
    const counting = countingOf(budgetOf());
    const marks = counting.admit({ userId: 'u1' }, 8n * USD, NOON);
    counting.count(marks, { used: 0n, reserved: 8n * USD }, { seq: 1, atMs: NOON });
    const later = NOON + DAY_MS;
    expect(spend(counting, 10n, later)).toEqual([0n]);
    expect(counting.count(marks, { used: 20n * USD, reserved: -8n * USD }, { seq: 2, atMs: later })).toEqual([]);
    expect(counting.uses.at(-1)).toMatchObject({ seq: 2, leftMicros: null });
    expect([...counting.moves].map(({ used, reserved }) => [used, reserved])).toEqual([
      [20n * USD, 0n],
      [10n * USD, 0n],
    ]);
  });

  it('may be added to as far as its budgets have something left', () => {
    const counting = countingOf(budgetOf());
    const marks = counting.admit({ userId: 'u1' }, 8n * USD, NOON);
    counting.count(marks, { used: 0n, reserved: 8n * USD }, { seq: 1, atMs: NOON });
    counting.admitMore(marks, 2n * USD, NOON);
    expect(() => counting.admitMore(marks, 3n * USD, NOON)).toThrow('has 2.00 USD left');
    counting.admitMore(marks, 30n * USD, NOON + DAY_MS);
  });
});

describe('notices', () => {
  const noticesOf = (...usd: bigint[]): string[] => {
    const counting = countingOf(budgetOf({ hard: false }));
    for (const one of usd) spend(counting, one);
    return counting.notices.map(({ kind }) => kind);
  };

  it('are given once in a period, however the budget dances on its threshold', () => {
    expect(noticesOf(7n)).toEqual([]);
    expect(noticesOf(7n, 1n, -1n, 1n, -1n, 1n)).toEqual(['warned']);
    expect(noticesOf(9n, 1n, -5n, 5n)).toEqual(['warned', 'exhausted']);
    expect(noticesOf(10n, -5n, 4n)).toEqual(['exhausted']);
  });

  it('are given again with a new limit, and in a new period', () => {
    const first = countingOf(budgetOf());
    spend(first, 9n);
    const raised = new Counting(new WalletBudgets([budgetOf({ limitMicros: 12n * USD })], first.budgets.counters));
    spend(raised, 1n);
    spend(raised, 1n, NOON + DAY_MS);
    spend(raised, 9n, NOON + DAY_MS);
    expect(raised.notices.map(({ kind, limitMicros, seq: at }) => [kind, limitMicros / USD, at === seq])).toEqual([
      ['warned', 12n, false],
      ['warned', 12n, true],
    ]);
  });

  it('are none without a threshold, up to the limit itself', () => {
    const counting = countingOf(budgetOf({ warnPercent: null }));
    spend(counting, 9n);
    expect(counting.notices).toEqual([]);
    spend(counting, 1n);
    expect(counting.notices.map(({ kind }) => kind)).toEqual(['exhausted']);
  });
});

it('the effect of entries is what the wallet gave away, and what they reserved', () => {
  expect(effectOf([{ availableDelta: -5n, heldDelta: 0n }])).toEqual({ used: 5n, reserved: 0n });
  expect(effectOf([{ availableDelta: -5n, heldDelta: 5n }])).toEqual({ used: 0n, reserved: 5n });
  expect(
    effectOf([
      { availableDelta: 2n, heldDelta: -5n },
      { availableDelta: -4n, heldDelta: 0n },
    ]),
  ).toEqual({ used: 7n, reserved: -5n });
});

/** What a budget has counted, by the plainest rule there is: a list of all that happened in it. */
interface Happened {
  readonly budget: string;
  readonly day: number;
  readonly used: bigint;
  readonly reserved: bigint;
}

it('whatever is spent, held and captured, hard budgets are passed by overruns alone, and all adds up', () => {
  const step = fc.record({
    what: fc.constantFrom('debit', 'hold', 'capture', 'release', 'overrun', 'day', 'limit'),
    user: fc.constantFrom('u1', 'u2'),
    team: fc.constantFrom('t1', null),
    amount: fc.integer({ min: 1, max: 12 }),
    pick: fc.nat(50),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let budgets = [
        budgetOf({ id: 'b1' }),
        budgetOf({ id: 'b2', value: 'u2', limitMicros: 20n }),
        budgetOf({ id: 'b3', subject: 'teamId', value: 't1', hard: false }),
        budgetOf({ id: 'b4', subject: 'teamId', value: 't1', period: 'none' }),
      ].map((one): Budget => ({ ...one, limitMicros: 30n }));
      let counting = new Counting(new WalletBudgets(budgets, new Map()));
      let day = 0;
      const happened: Happened[] = [];
      const overrun = new Set<string>();
      const holds: { marks: ReturnType<Counting['admit']>; days: Map<string, number>; left: bigint }[] = [];
      const dayOf = (budget: string): number => (budget === 'b4' ? 0 : day);
      const sum = (budget: string, of: number): bigint =>
        happened
          .filter((one) => one.budget === budget && one.day === of)
          .reduce((all, one) => all + one.used + one.reserved, 0n);
      for (const { what, user, team, amount, pick } of steps) {
        const atMs = NOON + day * DAY_MS;
        const micros = BigInt(amount);
        const hold = holds[pick % Math.max(1, holds.length)];
        if (what === 'day') day += 1;
        else if (what === 'limit') {
          budgets = budgets.map((one, index) => (index === pick % 4 ? { ...one, limitMicros: 30n + micros } : one));
          counting = new Counting(new WalletBudgets(budgets, counting.budgets.counters));
        } else if (what === 'debit' || what === 'hold') {
          const about = budgets.filter(({ subject, value }) => value === (subject === 'userId' ? user : team));
          const fits = about.every(({ id, hard, limitMicros }) => !hard || sum(id, dayOf(id)) + micros <= limitMicros);
          let marks: ReturnType<Counting['admit']> | undefined;
          try {
            marks = counting.admit({ userId: user, teamId: team }, micros, atMs);
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
          expect(marks !== undefined).toBe(fits);
          if (!marks) continue;
          expect(marks.map(({ budget }) => budget)).toEqual(about.map(({ id }) => id));
          const effect = what === 'debit' ? { used: micros, reserved: 0n } : { used: 0n, reserved: micros };
          counting.count(marks, effect, { seq: 1, atMs });
          for (const { id } of about) happened.push({ budget: id, day: dayOf(id), ...effect });
          if (what === 'hold')
            holds.push({ marks, days: new Map(about.map(({ id }) => [id, dayOf(id)])), left: micros });
        } else if (hold) {
          const used =
            what === 'release' ? 0n : what === 'overrun' ? hold.left + micros : micros < hold.left ? micros : hold.left;
          const effect = { used, reserved: what === 'capture' ? -used : -hold.left };
          counting.count(hold.marks, effect, { seq: 1, atMs });
          for (const [id, of] of hold.days) {
            happened.push({ budget: id, day: of, ...effect });
            if (what === 'overrun') overrun.add(`${id} ${of}`);
          }
          hold.left += effect.reserved;
          if (hold.left <= 0n) holds.splice(holds.indexOf(hold), 1);
        }
        for (const budget of budgets) {
          const { used, reserved } = counting.at(budget, NOON + day * DAY_MS);
          expect(used + reserved).toBe(sum(budget.id, dayOf(budget.id)));
          const isPassed = used + reserved > 42n;
          if (budget.hard && isPassed) expect(overrun).toContain(`${budget.id} ${dayOf(budget.id)}`);
        }
      }
    }),
    { numRuns: 300 },
  );
});
