/** Budgets as JSON. */
import type { Budget, BudgetLeft, BudgetPeriod, BudgetSubject, Counter } from '../../core/budgets/budget.ts';
import { leftOf } from '../../core/budgets/budget.ts';
import { shownLeft } from '../../core/budgets/counting.ts';
import { formatUsd } from '../../core/money.ts';

/** A budget with what it has counted in its present period. */
export interface BudgetView {
  readonly id: string;
  readonly name: string | null;
  readonly subject: BudgetSubject;
  readonly value: string;
  readonly period: BudgetPeriod;
  readonly mode: 'hard' | 'soft';
  readonly limitUsd: string;
  readonly warnAtPercent: number | null;
  readonly usedUsd: string;
  readonly reservedUsd: string;
  /** Zero where more was counted than the limit. */
  readonly leftUsd: string;
  /** Null where the budget has no periods. */
  readonly periodStart: string | null;
  readonly renewsAt: string | null;
  readonly timeZone: string;
  readonly createdAt: string;
}

/** Of so many times the text is kept: the ends of budgets' periods are few. */
const TIMES_KEPT_MAX = 1_000;
const timesKept = new Map<number, string>();

function timeOf(atMs: number | null): string | null {
  if (atMs === null) return null;
  let text = timesKept.get(atMs);
  if (text !== undefined) return text;
  text = new Date(atMs).toISOString();
  if (timesKept.size >= TIMES_KEPT_MAX) timesKept.clear();
  timesKept.set(atMs, text);
  return text;
}

/** The JSON of a budget. */
export function viewOfBudget(budget: Budget, counter: Counter): BudgetView {
  return {
    id: budget.id,
    name: budget.name,
    subject: budget.subject,
    value: budget.value,
    period: budget.period,
    mode: budget.hard ? 'hard' : 'soft',
    limitUsd: formatUsd(budget.limitMicros),
    warnAtPercent: budget.warnPercent,
    usedUsd: formatUsd(counter.used),
    reservedUsd: formatUsd(counter.reserved),
    leftUsd: formatUsd(shownLeft(leftOf(budget, counter))),
    periodStart: counter.endsAtMs === null ? null : timeOf(counter.startsAtMs),
    renewsAt: timeOf(counter.endsAtMs),
    timeZone: budget.zone,
    createdAt: new Date(budget.createdAtMs).toISOString(),
  };
}

/** What a spend left of a budget that it counts in. */
export interface BudgetLeftView {
  readonly budgetId: string;
  readonly leftUsd: string;
  readonly renewsAt: string | null;
}

/** The member `budgets` of the answer to a spend; nothing where it counts in none. */
export function viewOfBudgetsLeft(left: readonly BudgetLeft[]): { readonly budgets?: BudgetLeftView[] } {
  if (left.length === 0) return {};
  return {
    budgets: left.map(({ budget, leftMicros, endsAtMs }) => ({
      budgetId: budget,
      leftUsd: formatUsd(shownLeft(leftMicros)),
      renewsAt: timeOf(endsAtMs),
    })),
  };
}

/** The same for the org's billing, in micro-dollars. */
export function viewOfOrgBudgets(left: readonly BudgetLeft[]): object {
  if (left.length === 0) return {};
  return {
    budgets: left.map(({ budget, leftMicros, endsAtMs }) => ({
      budget_id: budget,
      left_micros: shownLeft(leftMicros),
      renews_at: timeOf(endsAtMs),
    })),
  };
}
