import type { Mutant } from './mutant.ts';

const FIRST_HOUR = ['test/process/first-hour.test.ts'];

/** Defences of the first hour: signals, ports, and what an operator must not do by mistake. */
export const FIRST_HOUR_MUTANTS: readonly Mutant[] = [
  {
    name: 'first hour: the launcher does not notice that npx is gone',
    file: 'bin/coffer.mjs',
    find: 'if (process.ppid === parent) return;',
    replace: 'if (process.ppid !== 0) return;',
    tests: ['test/process/signals.test.ts'],
  },
  {
    name: 'first hour: a database is made for a port that is taken',
    file: 'src/app/api.ts',
    find: "if (!options.writer) await assertPortFree(config.port, config.host, 'PORT');",
    replace: '',
    tests: FIRST_HOUR,
  },
  {
    name: 'first hour: log lines do not say which process wrote them',
    file: 'src/log.ts',
    find: 'base: { ...about, pid: process.pid }',
    replace: 'base: { ...about }',
    tests: FIRST_HOUR,
  },
  {
    name: 'first hour: an admin key ends itself',
    file: 'src/http/admin/keys.ts',
    find: "checkOther(caller, id, 'revoke it with');",
    replace: '',
    tests: FIRST_HOUR,
  },
  {
    name: 'first hour: an admin key replaces itself at once',
    file: 'src/http/admin/keys.ts',
    find: 'if (overlapSeconds === 0) checkOther(',
    replace: 'if (overlapSeconds < 0) checkOther(',
    tests: FIRST_HOUR,
  },
  {
    name: 'first hour: junk in place of a key is never held up',
    file: 'src/http/access/guard.ts',
    find: 'limits.checkFailures(request);\n        limits.countFailure',
    replace: 'limits.countFailure',
    tests: FIRST_HOUR,
  },
  {
    name: 'first hour: a refused request of an operator is not recorded',
    file: 'src/http/endpoint/endpoint.ts',
    find: 'if (error instanceof Refusal) await auditRefusal(guard.audit, call, error.issues);',
    replace: '',
    tests: FIRST_HOUR,
  },
  {
    name: 'first hour: a time is promised for a deposit on a frozen chain',
    file: 'src/http/treasury/deposits.ts',
    find: 'if (progress?.frozen === true) return undefined;',
    replace: '',
    tests: FIRST_HOUR,
  },
  {
    name: 'first hour: a table is as wide as its cells',
    file: 'src/cli/print/table.ts',
    find: 'if (width <= COLUMNS) return text;',
    replace: 'if (width > 0) return text;',
    tests: ['src/cli/print/table.test.ts'],
  },
];
