import type { Mutant } from '../mutant.ts';

/** Defences of a ledger that may lie on other servers than the rest: what is read apart fits together. */
export const SPREAD_MUTANTS: readonly Mutant[] = [
  {
    name: "events: a log that lacks an entry's events is not found by a sweep",
    file: 'src/db/events/projection.ts',
    find: 'isMoved || written.has(next.wallet)',
    replace: 'isMoved',
    tests: ['test/events/log.test.ts'],
  },
];
