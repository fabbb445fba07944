/** The budget that refused a command: kept with the refusal, since its limit, mode and name may be changed afterwards. */
import { WalletBudgets } from '../budgets/budget.ts';
import { counterAt } from '../budgets/period.ts';
import type { Refusal } from '../errors.ts';
import { parseUsdOrZero } from '../money.ts';

/** What of a budget decided. */
export interface RefusingBudget {
  readonly id: string;
  readonly name: string | null;
  /** What it had left, in micros; zero where more was counted than its limit. */
  readonly leftMicros: bigint;
}

/** The budget that a refusal names; undefined for a refusal of another kind. */
export function findRefusingBudget({ details }: Pick<Refusal, 'details'>): RefusingBudget | undefined {
  const { kind, budgetId: id, budgetName: name, leftUsd } = details;
  if (kind !== 'budget' || typeof id !== 'string' || typeof leftUsd !== 'string') return undefined;
  return { id, name: typeof name === 'string' ? name : null, leftMicros: parseUsdOrZero(leftUsd) };
}

/** The budgets of a wallet with the one that refused a command at a time (ms since the epoch) as it was then. */
export function withRefusingBudget(budgets: WalletBudgets, refusing: RefusingBudget, atMs: number): WalletBudgets {
  const found = budgets.find(refusing.id);
  if (!found) return budgets;
  const budget = { ...found, name: refusing.name, hard: true };
  const counter = counterAt(budget, budgets.counters.get(budget.id), atMs);
  // Only what is left decides.
  const counted = { ...counter, used: budget.limitMicros - refusing.leftMicros, reserved: 0n };
  return new WalletBudgets(
    budgets.list.map((one) => (one.id === budget.id ? budget : one)),
    new Map([...budgets.counters, [budget.id, counted]]),
  );
}
