/** Sets of deposit states as SQL. */
import type { DepositState } from '../core/deposits/states.ts';

/** The states as a list for `IN (...)`. They are literals, since the planner uses no partial index for bindings. */
export function stateList(states: readonly DepositState[]): string {
  return states.map((state) => `'${state}'`).join(', ');
}
