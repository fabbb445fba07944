/** Sets of deposit states as SQL. */
import type { DepositState } from '../core/deposits/states.ts';

/** The states as a list for `IN (...)`: written out, since the planner compares bindings with no partial index. */
export function stateList(states: readonly DepositState[]): string {
  return states.map((state) => `'${state}'`).join(', ');
}
