/** Judges spends by the budgets of a wallet, and counts them there. Pure; the time is an argument. */
import { Refusal } from '../errors.ts';
import { formatUsd } from '../money.ts';
import {
  leftOf,
  type Budget,
  type BudgetLeft,
  type Counter,
  type Spender,
  type BudgetMark,
  type WalletBudgets,
} from './budget.ts';
import { counterAt } from './period.ts';

/** What a command changes in a budget: what it spent, and what it reserved or freed; in micros, signed. */
export interface Effect {
  readonly used: bigint;
  readonly reserved: bigint;
}

/** What a batch changes in one period of a budget. */
export interface Move extends BudgetMark, Effect {
  readonly endsAtMs: number | null;
  readonly warnedAtLimit: bigint | null;
  readonly exhaustedAtLimit: bigint | null;
}

/** That a command counted in a period of a budget; `leftMicros`: what it has left then, null once the period is over. */
export interface BudgetUse extends BudgetMark {
  /** Seq of the command's first entry. */
  readonly seq: number;
  readonly leftMicros: bigint | null;
}

/** A budget comes near to its limit, or has reached it. */
export interface Notice extends BudgetMark, Effect {
  readonly seq: number;
  readonly kind: 'warned' | 'exhausted';
  readonly limitMicros: bigint;
  readonly endsAtMs: number | null;
}

/** The effect of entries of one command. */
export function effectOf(entries: readonly { readonly availableDelta: bigint; readonly heldDelta: bigint }[]): Effect {
  let [used, reserved] = [0n, 0n];
  for (const { availableDelta, heldDelta } of entries) {
    used -= availableDelta + heldDelta;
    reserved += heldDelta;
  }
  return { used, reserved };
}

/** Counts in the budgets of a wallet, one command after the other. The budgets that it began with are not changed. */
export class Counting {
  readonly #before: WalletBudgets;
  readonly #counters = new Map<string, Counter>();
  /** Of each budget, one for each of its periods that was counted in: rarely more than one. */
  readonly #moves = new Map<string, Move[]>();
  readonly uses: BudgetUse[] = [];
  readonly notices: Notice[] = [];

  constructor(budgets: WalletBudgets) {
    this.#before = budgets;
  }

  /** The budgets after all that was counted. */
  get budgets(): WalletBudgets {
    return this.#before.counted(this.#counters);
  }

  /** What was counted, summed up for each period of a budget. */
  get moves(): readonly Move[] {
    return [...this.#moves.values()].flat();
  }

  /** What a budget counts at a time (ms since the epoch). */
  at(budget: Budget, atMs: number): Counter {
    return counterAt(budget, this.#counters.get(budget.id) ?? this.#before.counters.get(budget.id), atMs);
  }

  /**
   * The budgets, in their present periods, that a spend of so many micros counts in.
   * @throws Refusal CREDIT_INSUFFICIENT naming the tightest hard budget, where one has less left than the amount
   */
  admit(spender: Spender, amountMicros: bigint, atMs: number): readonly BudgetMark[] {
    const matching = this.#before.matching(spender);
    if (matching.length === 0) return NO_MARKS;
    const counted = matching.map((budget) => ({ budget, counter: this.at(budget, atMs) }));
    this.#check(counted, amountMicros);
    const marks = counted.map(({ budget, counter }) => ({ budget: budget.id, startsAtMs: counter.startsAtMs }));
    // In the order in which they are read again.
    return marks.toSorted((a, b) => (a.budget < b.budget ? -1 : 1));
  }

  /** Like {@link admit}, for what is added to a hold: where it counts is known, and periods that are over do not refuse. */
  admitMore(marks: readonly BudgetMark[], amountMicros: bigint, atMs: number): void {
    const counted = marks.flatMap((mark) => {
      const budget = this.#before.find(mark.budget);
      if (!budget) return [];
      const counter = this.at(budget, atMs);
      return counter.startsAtMs === mark.startsAtMs ? [{ budget, counter }] : [];
    });
    this.#check(counted, amountMicros);
  }

  #check(counted: readonly { readonly budget: Budget; readonly counter: Counter }[], amountMicros: bigint): void {
    let tightest: { readonly budget: Budget; readonly counter: Counter; readonly left: bigint } | undefined;
    for (const { budget, counter } of counted) {
      const left = leftOf(budget, counter);
      if (budget.hard && amountMicros > left && (!tightest || left < tightest.left))
        tightest = { budget, counter, left };
    }
    if (tightest) throw overBudget(tightest, amountMicros);
  }

  /**
   * Counts what a command did.
   * @param about `seq` of its first entry; `onlyNow`: nothing is counted in periods that are over
   * @returns what is left of each budget whose present period it counted in
   */
  count(
    marks: readonly BudgetMark[],
    effect: Effect,
    { seq, atMs, onlyNow = false }: { readonly seq: number; readonly atMs: number; readonly onlyNow?: boolean },
  ): readonly BudgetLeft[] {
    const left: BudgetLeft[] = [];
    for (const mark of marks) {
      const budget = this.#before.find(mark.budget);
      const counter = budget && this.at(budget, atMs);
      if (!budget || counter?.startsAtMs !== mark.startsAtMs) {
        if (onlyNow) continue;
        this.uses.push({ ...mark, seq, leftMicros: null });
        this.#move(mark, effect, { endsAtMs: null, warnedAtLimit: null, exhaustedAtLimit: null });
        continue;
      }
      const used = counter.used + effect.used;
      const next = this.#noticed(budget, { ...counter, used, reserved: counter.reserved + effect.reserved }, seq);
      this.#counters.set(budget.id, next);
      this.#move(mark, effect, next);
      const leftMicros = leftOf(budget, next);
      this.uses.push({ ...mark, seq, leftMicros });
      left.push({ budget: budget.id, leftMicros, endsAtMs: next.endsAtMs });
    }
    return left;
  }

  #move(
    { budget, startsAtMs }: BudgetMark,
    { used, reserved }: Effect,
    after: Pick<Move, 'endsAtMs' | 'warnedAtLimit' | 'exhaustedAtLimit'>,
  ): void {
    const { endsAtMs, warnedAtLimit, exhaustedAtLimit } = after;
    let moves = this.#moves.get(budget);
    if (!moves) this.#moves.set(budget, (moves = []));
    const at = moves.findIndex((move) => move.startsAtMs === startsAtMs);
    const before = moves[at];
    const move = {
      budget,
      startsAtMs,
      used: before ? before.used + used : used,
      reserved: before ? before.reserved + reserved : reserved,
      endsAtMs,
      warnedAtLimit,
      exhaustedAtLimit,
    };
    if (before) moves[at] = move;
    else moves.push(move);
  }

  /** The counter after its notices: each is given once in a period, and once more where the limit was changed since. */
  #noticed(budget: Budget, counter: Counter, seq: number): Counter {
    const { id, limitMicros, warnPercent } = budget;
    const { used, reserved, startsAtMs, endsAtMs } = counter;
    const counted = used + reserved;
    let { warnedAtLimit, exhaustedAtLimit } = counter;
    const about = { budget: id, startsAtMs, endsAtMs, used, reserved, seq, limitMicros };
    const isExhausted = counted >= limitMicros;
    const isNear = warnPercent !== null && counted * 100n >= limitMicros * BigInt(warnPercent);
    if (isNear && warnedAtLimit !== limitMicros) {
      warnedAtLimit = limitMicros;
      if (!isExhausted) this.notices.push({ ...about, kind: 'warned' });
    }
    if (isExhausted && exhaustedAtLimit !== limitMicros) {
      exhaustedAtLimit = limitMicros;
      this.notices.push({ ...about, kind: 'exhausted' });
    }
    return { ...counter, warnedAtLimit, exhaustedAtLimit };
  }
}

/** Where nothing is counted. */
export const NO_MARKS: readonly BudgetMark[] = [];

/** What is shown as left: nothing, where more was counted than the limit. */
export function shownLeft(leftMicros: bigint): bigint {
  return leftMicros > 0n ? leftMicros : 0n;
}

function overBudget(
  { budget, counter, left }: { readonly budget: Budget; readonly counter: Counter; readonly left: bigint },
  amountMicros: bigint,
): Refusal {
  const { id, name, subject, value, period } = budget;
  const renewsAt = counter.endsAtMs === null ? null : new Date(counter.endsAtMs).toISOString();
  const [requiredUsd, leftUsd] = [formatUsd(amountMicros), formatUsd(shownLeft(left))];
  const which = name === null ? `the budget of ${subject} ${value}` : `the budget ${name}`;
  const until = renewsAt === null ? '' : ` until ${renewsAt}`;
  return new Refusal('CREDIT_INSUFFICIENT', `${requiredUsd} USD needed, ${which} has ${leftUsd} USD left${until}`, {
    details: { kind: 'budget', budgetId: id, budgetName: name, subject, value, period, requiredUsd, leftUsd, renewsAt },
  });
}
