/** Defences of what entries record: money that is taken back and returns. */
import type { Mutant } from './mutant.ts';

const TAKING_BACK = ['test/ledger/taking-back.test.ts'];

export const ENTRY_MUTANTS: readonly Mutant[] = [
  {
    name: 'ledger rule: money returns to a lot by an entry of any type',
    file: 'src/core/ledger/decide.ts',
    find: '!REFILLING_TYPES.has(type) || lot >= posting.nextSeq',
    replace: 'REFILLING_TYPES.size === 0 || lot >= posting.nextSeq',
    tests: TAKING_BACK,
  },
  {
    name: 'ledger rule: a claw-back that ends does not count as deposited again',
    file: 'src/core/ledger/vocabulary.ts',
    find: "  'CLAWBACK',\n  'CLAWBACK_REVERSAL',\n]);",
    replace: "  'CLAWBACK',\n]);",
    tests: TAKING_BACK,
  },
  {
    name: 'ledger rule: an amount of zero takes cards by any type',
    file: 'src/core/ledger/decide.ts',
    find: "return type === 'GRANT_REVERSAL' && amountMicros === 0n && giftCards > 0;",
    replace: "return type !== 'GRANT' && amountMicros === 0n && giftCards > 0;",
    tests: TAKING_BACK,
  },
  {
    name: 'verify: a lot beside an entry that gives back passes',
    file: 'src/db/ledger/verify.ts',
    find: "if (row['has_stray_lot'] === true)",
    replace: "if (row['has_stray_lot'] === undefined)",
    tests: TAKING_BACK,
  },
];
