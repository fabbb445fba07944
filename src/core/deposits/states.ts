/** The states of a deposit. */

/** Where a deposit is in its life; the table holds the same list. */
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
