import type { Mutant } from '../mutant.ts';

const READS = ['test/reports/reads.test.ts'];

/** Defences of reads against a history that grows. */
export const READ_MUTANTS: readonly Mutant[] = [
  {
    name: 'reads: a rare kind is looked for in every entry',
    file: 'src/db/ledger/entries.ts',
    find: 'if (near.length >= limit || nearSeq === fromSeq) return near;',
    replace: 'if (near.length <= limit) return selectEntries(db, filter);',
    tests: READS,
  },
  {
    name: 'reads: where sums are missing, entries are left out',
    file: 'src/db/ledger/beside/kinds.ts',
    find: '/ least(count(*), 1)',
    replace: '/ 1',
    tests: READS,
  },
  {
    name: 'reads: the block with the newest of a kind is passed over',
    file: 'src/db/ledger/beside/kinds.ts',
    find: 'CASE WHEN w.high - w.low = 1 THEN w.high END,',
    replace: 'CASE WHEN w.high - w.low = 1 THEN w.high + 1 END,',
    tests: READS,
  },
  {
    name: 'reads: a page by app looks at every entry',
    file: 'src/db/ledger/entries.ts',
    find: 'const nearSeq = Math.max(fromSeq, beforeSeq - LOOKED_AT_MAX);',
    replace: 'const nearSeq = fromSeq;',
    tests: READS,
  },
  {
    name: 'reads: what a page by app did not look at is left out',
    file: 'src/db/ledger/entries.ts',
    find: 'restBefore: entries.length < limit && nearSeq > fromSeq ? nearSeq : undefined',
    replace: 'restBefore: undefined',
    tests: READS,
  },
  {
    name: 'reads: a page of deposits reads all that an org has',
    file: 'migrations/0088_deposits_of_an_org.ts',
    find: 'CREATE STATISTICS deposit_org_text ON ((org)::text) FROM deposit;',
    replace: '',
    tests: READS,
  },
];
