/** Defences of how many holds a wallet may have open, and of holds that grow. */
import type { Mutant } from './mutant.ts';

const MANY_HOLDS = ['test/ledger/many-holds.test.ts'];

export const OPEN_HOLD_MUTANTS: readonly Mutant[] = [
  {
    name: 'ledger rule: any number of holds may be open',
    file: 'src/core/ledger/checks.ts',
    find: 'if (posting.openHolds.atMost < openMax) return;',
    replace: 'if (posting.openHolds.atMost < Infinity || openMax > 0) return;',
    tests: ['src/core/ledger/open-holds.test.ts', 'test/ledger/many-holds.test.ts'],
  },
  {
    name: 'ledger rule: a hold that was closed counts as open',
    file: 'src/core/ledger/hold-book.ts',
    find: 'if (!state && wasOpen) atMost -= 1;',
    replace: '',
    tests: ['src/core/ledger/open-holds.test.ts'],
  },
  {
    name: 'ledger cost: open holds are counted for each hold',
    file: 'src/db/ledger/hold-counts.ts',
    find: 'if (holds.open.isExact || holds.open.atMost + COUNTED_AHEAD < openMax) return false;',
    replace: '',
    tests: MANY_HOLDS,
  },
  {
    name: 'ledger cost: open holds near their bound are counted for each batch',
    file: 'src/db/ledger/hold-counts.ts',
    find: 'return counted === undefined || Math.abs(nowMs - counted.atMs) >= COUNT_PAUSE_MS;',
    replace: 'return counted === undefined || counted.atMs > 0;',
    tests: MANY_HOLDS,
  },
  {
    name: 'ledger rule: holds that were opened since the count are not counted',
    file: 'src/db/ledger/hold-counts.ts',
    find: 'atMost: counted.open + seq - counted.seq',
    replace: 'atMost: counted.open',
    tests: MANY_HOLDS,
  },
  {
    name: 'ledger rule: a hold grows beyond what is available',
    file: 'src/core/ledger/hold-life.ts',
    find: '  checkAvailable(posting, amountMicros, spends);\n  posting.counting.admitMore(',
    replace: '  posting.counting.admitMore(',
    tests: ['src/core/ledger/grow.test.ts'],
  },
  {
    name: 'ledger rule: an extended hold takes in credit that ends before it',
    file: 'src/core/ledger/hold-life.ts',
    find: '  checkKept(open, posting.plan(amountMicros, { spends }));\n',
    replace: '',
    tests: ['src/core/ledger/grow.test.ts'],
  },
  {
    name: 'ledger rule: what a hold had of a lot is lost when it draws on it again',
    file: 'src/core/ledger/child-holds.ts',
    find: 'left: before + left',
    replace: 'left: left',
    tests: ['src/core/ledger/grow.test.ts'],
  },
];
