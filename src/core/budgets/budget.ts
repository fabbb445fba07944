/** Budgets: how much of an org's wallet may be spent for one user, team, app, service or calling key in a period. */

/** What a budget is about: a field of the spend, or the API key that made the call. */
export const BUDGET_SUBJECTS = ['userId', 'teamId', 'appId', 'serviceType', 'key'] as const;
export type BudgetSubject = (typeof BUDGET_SUBJECTS)[number];

/** How long a budget counts before it begins anew; `none`: it never does. Days and months are those of its zone. */
export const BUDGET_PERIODS = ['day', 'month', 'none'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** Most budgets of one org: all of them are read with its wallet. */
export const BUDGETS_MAX = 500;

/** A budget of an org's wallet. What it is about and its period are fixed. */
export interface Budget {
  readonly id: string;
  /** The org that owns the wallet. */
  readonly org: string;
  readonly name: string | null;
  readonly subject: BudgetSubject;
  /** The user, team, app, service or id of the key whose spending counts. */
  readonly value: string;
  readonly period: BudgetPeriod;
  readonly limitMicros: bigint;
  /** A hard budget refuses what would pass its limit; a soft one only counts and warns. */
  readonly hard: boolean;
  /** The part of the limit, in percent, from which on it warns; null: it does not. */
  readonly warnPercent: number | null;
  /** The time zone of the org, which says when its days and months begin. */
  readonly zone: string;
  readonly createdAtMs: number;
}

/** Who spends, and on what: the values of the subjects that budgets may be about. */
export type Spender = { readonly [Subject in BudgetSubject]?: string | null | undefined };

/** A budget in one of its periods: where a command counts, and what an open hold remembers of that. */
export interface BudgetMark {
  readonly budget: string;
  readonly startsAtMs: number;
}

/** What a budget has left after a command, in micros; below zero where a soft budget or an overrun passed the limit. */
export interface BudgetLeft {
  readonly budget: string;
  readonly leftMicros: bigint;
  /** When it begins anew (ms since the epoch); null: never. */
  readonly endsAtMs: number | null;
}

interface Index {
  /** By what budgets are about, and then by its value. */
  readonly bySubject: ReadonlyMap<BudgetSubject, ReadonlyMap<string, readonly Budget[]>>;
  readonly byId: ReadonlyMap<string, Budget>;
}

function indexOf(list: readonly Budget[]): Index {
  return {
    bySubject: new Map(
      BUDGET_SUBJECTS.map((subject) => {
        const about = list.filter((budget) => budget.subject === subject);
        return [subject, Map.groupBy(about, ({ value }) => value)] as const;
      }).filter(([, byValue]) => byValue.size > 0),
    ),
    byId: new Map(list.map((budget) => [budget.id, budget])),
  };
}

/** The budgets of a wallet with what they have counted. Never changed, only replaced. */
export class WalletBudgets {
  static readonly NONE = new WalletBudgets([], new Map());
  readonly list: readonly Budget[];
  /** What each budget counts in its newest period, by its id; missing: nothing was ever counted. */
  readonly counters: ReadonlyMap<string, Counter>;
  readonly #index: Index;

  /** @param index of the list; left out: it is made */
  constructor(list: readonly Budget[], counters: ReadonlyMap<string, Counter>, index = indexOf(list)) {
    this.list = list;
    this.counters = counters;
    this.#index = index;
  }

  /** The same budgets after some of their counters have changed. */
  counted(changed: ReadonlyMap<string, Counter>): WalletBudgets {
    if (changed.size === 0) return this;
    return new WalletBudgets(this.list, new Map([...this.counters, ...changed]), this.#index);
  }

  find(id: string): Budget | undefined {
    return this.#index.byId.get(id);
  }

  /** The budgets that a spend counts in. */
  matching(spender: Spender): readonly Budget[] {
    const found: Budget[] = [];
    for (const [subject, byValue] of this.#index.bySubject) {
      const value = spender[subject];
      if (typeof value === 'string') found.push(...(byValue.get(value) ?? []));
    }
    return found;
  }
}

/** A time from `startsAtMs` up to `endsAtMs` (ms since the epoch), the end not included; null: it has no end. */
export interface Span {
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
}

/** What a budget has counted in one of its periods, in micros. */
export interface Counter extends Span {
  readonly used: bigint;
  /** What open holds reserve. */
  readonly reserved: bigint;
  /** The limit at which it warned, and at which it was reported as exhausted: each once for a period and limit. */
  readonly warnedAtLimit: bigint | null;
  readonly exhaustedAtLimit: bigint | null;
}

/** What a budget has left, in micros; below zero where more was counted than its limit. */
export function leftOf({ limitMicros }: Pick<Budget, 'limitMicros'>, { used, reserved }: Counter): bigint {
  return limitMicros - used - reserved;
}
