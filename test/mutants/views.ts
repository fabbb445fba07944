/** Defences of what is shown: the command line and the API have the same JSON of a noun; statements and reports add up. */
import type { Mutant } from './mutant.ts';

const VIEWS = ['test/cli/views.test.ts'];

const SUMS = ['src/core/reports/sums.test.ts'];
const ZONES = ['src/core/zone.test.ts'];
const STATEMENT = ['test/reports/statement.test.ts'];

export const VIEW_MUTANTS: readonly Mutant[] = [
  {
    name: 'views: the command line shows an org without its provisional limit',
    file: 'src/cli/orgs.ts',
    find: 'printJson(detail)',
    replace: 'printJson({ ...detail, provisionalLimitUsd: undefined })',
    tests: VIEWS,
  },
  {
    name: 'views: the command line shows a hold without what was captured',
    file: 'src/cli/holds.ts',
    find: '.map(viewOfHold)',
    replace: '.map((hold) => ({ ...viewOfHold(hold), capturedUsd: undefined }))',
    tests: VIEWS,
  },
];

export const REPORT_MUTANTS: readonly Mutant[] = [
  {
    name: 'reports: debt that is paid counts as credit of the lot',
    file: 'src/core/reports/sums.ts',
    find: 'debt: debtOf(entry.available) - debtOf(entry.available - entry.availableDelta),',
    replace: 'debt: 0n,',
    tests: SUMS,
  },
  {
    name: 'reports: promotional credit counts as paid',
    file: 'src/core/reports/sums.ts',
    find: 'return promotional === true ?',
    replace: 'return promotional === null ?',
    tests: SUMS,
  },
  {
    name: 'reports: a statement that does not add up is given',
    file: 'src/core/reports/statement.ts',
    find: 'if (wrong !== undefined) throw',
    replace: 'if (wrong === undefined) throw',
    tests: SUMS,
  },
  {
    name: 'reports: the database counts debt in another way',
    file: 'src/db/ledger/entry-columns.ts',
    find: 'greatest(-e.available, 0) - greatest(e.available_delta - e.available, 0)',
    replace: 'greatest(-e.available, 0)',
    tests: STATEMENT,
  },
  {
    name: 'reports: what pays a debt counts as restricted credit',
    file: 'src/db/reports/restricted.ts',
    find: 'sum(e.available_delta + ${DEBT_ADDED})::text',
    replace: 'sum(e.available_delta)::text',
    tests: STATEMENT,
  },
  {
    name: 'reports: sums of a version that knows no restricted credit are believed',
    file: 'src/db/reports/restricted.ts',
    find: 'SELECT seq, restricted FROM entry_sums WHERE wallet = ? AND seq <= ? AND restricted IS NOT NULL',
    replace: "SELECT seq, coalesce(restricted, '{}') AS restricted FROM entry_sums WHERE wallet = ? AND seq <= ?",
    tests: STATEMENT,
  },
  {
    name: 'reports: more is restricted than was given away',
    file: 'src/core/reports/statement.ts',
    find: 'forSome > promotional || ',
    replace: '',
    tests: SUMS,
  },
  {
    name: 'reports: sums over a part of the entries are given',
    file: 'src/db/reports/sums.ts',
    find: 'if (found !== wanted) throw',
    replace: 'if (found > wanted) throw',
    tests: STATEMENT,
  },
  {
    name: 'reports: sums over missing entries are kept',
    file: 'src/db/reports/sums.ts',
    find: 'HAVING sum(entries) = :seq::bigint',
    replace: 'HAVING sum(entries) <= :seq::bigint',
    tests: STATEMENT,
  },
  {
    name: 'reports: an entry is summed twice where a kept sum ends',
    file: 'src/db/reports/sums.ts',
    find: 'AND e.seq > s.after AND',
    replace: 'AND e.seq >= s.after AND',
    tests: STATEMENT,
  },
  {
    name: 'reports: a statement is given while entries may still come',
    file: 'src/db/reports/statement.ts',
    find: 'await waitUntilClosed({ db, clock }, wallet, new Date(toMs));',
    replace: '',
    tests: STATEMENT,
  },
  {
    name: 'reports: days begin at the midnight of UTC',
    file: 'src/core/zone.ts',
    find: 'return midnight + from * 1_000;',
    replace: 'return midnight;',
    tests: ZONES,
  },
  {
    name: 'reports: platform finance may change what an org has',
    file: 'src/http/access/guard.ts',
    find: "return (method === 'GET' || method === 'HEAD') && scopes.includes('treasury:read');",
    replace: 'return method !== undefined && scopes.length >= 0;',
    tests: ['test/contract/reports.test.ts'],
  },
  {
    name: 'reports: everybody who signed in reads reports',
    file: 'src/http/endpoint/endpoint.ts',
    find: 'requireReporter(caller);\n',
    replace: '',
    tests: ['test/contract/reports.test.ts'],
  },
];
