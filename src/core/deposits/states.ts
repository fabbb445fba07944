/** The states of a deposit, and every set of states that a rule or a query uses. */

/** All states of a deposit; the database table has the same list. */
export const DEPOSIT_STATES = [
  'observed',
  'confirming',
  'credited',
  'unmatched',
  'screening',
  'ignored',
  'dust',
  'quarantined',
  'orphaned',
  'reversed',
] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

/** No longer on the chain. */
export const GONE: readonly DepositState[] = ['orphaned', 'reversed'];

/** Waits for blocks, or is being credited. */
export const PENDING: readonly DepositState[] = ['observed', 'confirming'];

/** Stopped by a check; only an operator's assignment, or the check itself, lets it go on. */
export const STOPPED: readonly DepositState[] = ['screening', 'quarantined'];

/** Held back from its org, which is informed of that. */
export const SET_ASIDE: readonly DepositState[] = ['screening', 'ignored', 'dust', 'quarantined'];

/** The detector's rounds may still credit it or give it another state by themselves. */
export const OPEN_TO_ROUNDS: readonly DepositState[] = ['observed', 'confirming', 'unmatched', 'dust', 'screening'];

/** An operator may still assign it or set it aside: everything that is neither credited nor gone. */
export const OPEN_TO_OPERATORS: readonly DepositState[] = [...OPEN_TO_ROUNDS, 'ignored', 'quarantined'];
