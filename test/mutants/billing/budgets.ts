/** Defences of budgets. */
import type { Mutant } from '../mutant.ts';

const RULE = ['src/core/budgets/counting.test.ts'];
const PERIODS = ['src/core/budgets/period.test.ts'];
const LEDGER = ['test/ledger/budgets.test.ts'];
const CALLS = ['test/contract/budgets.test.ts'];

export const BUDGET_MUTANTS: readonly Mutant[] = [
  {
    name: 'budgets: a hard budget may be passed',
    file: 'src/core/budgets/counting.ts',
    find: 'if (budget.hard && amountMicros > left &&',
    replace: 'if (budget.hard && left <= 0n &&',
    tests: RULE,
  },
  {
    name: 'budgets: a soft budget refuses',
    file: 'src/core/budgets/counting.ts',
    find: 'if (budget.hard && amountMicros > left &&',
    replace: 'if (amountMicros > left &&',
    tests: RULE,
  },
  {
    name: 'budgets: a refusal names any budget',
    file: 'src/core/budgets/counting.ts',
    find: '(!tightest || left < tightest.left)',
    replace: 'true',
    tests: RULE,
  },
  {
    name: 'budgets: what holds reserve may be spent again',
    file: 'src/core/budgets/budget.ts',
    find: 'return limitMicros - used - reserved;',
    replace: 'return limitMicros - used;',
    tests: RULE,
  },
  {
    name: 'budgets: a hold settles in the present period',
    file: 'src/core/budgets/counting.ts',
    find: 'if (!budget || counter?.startsAtMs !== mark.startsAtMs) {',
    replace: 'if (!budget || !counter) {',
    tests: RULE,
  },
  {
    name: 'budgets: a warning is given each time',
    file: 'src/core/budgets/counting.ts',
    find: 'if (isNear && warnedAtLimit !== limitMicros) {',
    replace: 'if (isNear) {',
    tests: RULE,
  },
  {
    name: 'budgets: a period lasts beyond its end',
    file: 'src/core/budgets/period.ts',
    find: 'atMs < newest.endsAtMs',
    replace: 'atMs <= newest.endsAtMs',
    tests: PERIODS,
  },
  {
    name: 'budgets: with another zone, periods overlap',
    file: 'src/core/budgets/period.ts',
    find: 'Math.max(startsAtMs, newest?.endsAtMs ?? startsAtMs)',
    replace: 'startsAtMs',
    tests: PERIODS,
  },
  {
    name: 'budgets: a change by another process is not seen by a write',
    file: 'src/db/budgets/state.ts',
    find: 'THEN refuse_stale_budgets() ELSE true END)',
    replace: 'THEN true ELSE true END)',
    tests: LEDGER,
  },
  {
    name: 'budgets: a change by another process is not seen by a refusal',
    file: 'src/db/ledger/heads.ts',
    find: 'return !isSame || changed.wallets.includes(wallet);',
    replace: 'return !isSame;',
    tests: LEDGER,
  },
  {
    name: 'budgets: heads are kept whose budgets have changed',
    file: 'src/db/ledger/head-cache.ts',
    find: '    this.forget(changed.wallets);\n',
    replace: '',
    tests: LEDGER,
  },
  {
    name: 'budgets: a hold that grows is not asked for',
    file: 'src/core/ledger/hold-life.ts',
    find: '  posting.counting.admitMore(open.budgets ?? NO_MARKS, amountMicros, posting.now);\n',
    replace: '',
    tests: LEDGER,
  },
  {
    name: 'budgets: an expired hold stays reserved',
    file: 'src/core/ledger/decide.ts',
    find: '  countIn(posting, hold.budgets ?? NO_MARKS, posting.entries.slice(first));\n',
    replace: '',
    tests: LEDGER,
  },
  {
    name: 'budgets: a renewal is reported again and again',
    file: 'src/db/budgets/notices.ts',
    find: 'WHERE renewed_at IS NULL AND (',
    replace: 'WHERE (',
    tests: LEDGER,
  },
  {
    name: 'budgets: what was left is read anew for a replay',
    file: 'src/db/ledger/batch.ts',
    find: '...(budgets ? { budgets } : {}) };',
    replace: '};',
    tests: CALLS,
  },
  {
    name: 'budgets: the calling key is not known to the rule',
    file: 'src/http/money/command.ts',
    find: 'return { ...command, callingKey };',
    replace: 'return command;',
    tests: CALLS,
  },
];
