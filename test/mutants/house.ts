/** House rules without which a breach would pass. */
import type { Mutant } from './mutant.ts';

export const HOUSE_MUTANTS: readonly Mutant[] = [
  {
    name: 'house rules: wrong arrows pass',
    file: 'test/house/rules/imports.ts',
    find: 'return [`${file.path}: ${from} may not import ${part} (${specifier})`];',
    replace: 'return [];',
    tests: ['test/house/house-rules.test.ts'],
  },
  {
    name: 'house rules: skipped tests pass',
    file: 'test/house/rules/content.ts',
    find: 'if (TEST_EVASIONS.has(property) && isTest)',
    replace: 'if (TEST_EVASIONS.has(property) && !isTest)',
    tests: ['test/house/house-rules.test.ts'],
  },
];
