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
];
