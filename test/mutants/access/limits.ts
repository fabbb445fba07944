import type { Mutant } from '../mutant.ts';

const LIMITS = ['test/access/people-limits.test.ts'];

/** Defences of what is on by default: limits of people and open calls, and what is erased with a person. */
export const DEFAULT_LIMIT_MUTANTS: readonly Mutant[] = [
  {
    name: 'limits: people have none',
    file: 'src/http/access/guard.ts',
    find: 'else limits.countPerson(request, caller.user);',
    replace: '',
    tests: LIMITS,
  },
  {
    name: 'limits: rates are read without one',
    file: 'src/http/wallet/rates.ts',
    find: 'guard.countOpen(request);',
    replace: '',
    tests: LIMITS,
  },
  {
    name: 'limits: a person without a setting has none',
    file: 'src/config/rate-limits.ts',
    find: 'perPerson: z.union([z.literal(false).transform(() => undefined), limit]).prefault({ requests: 600 }),',
    replace: 'perPerson: z.union([z.literal(false).transform(() => undefined), limit]).prefault(false),',
    tests: LIMITS,
  },
  {
    name: 'erase: evidence of an open dispute goes',
    file: 'src/db/billing/evidence.ts',
    find: 'd.id = e.dispute AND d.status IN (${OVER})`,\n    [user],',
    replace: 'd.id = e.dispute`,\n    [user],',
    tests: ['test/billing/concede.test.ts'],
  },
];
