/** Defences of the house rules: without each, a breach would pass. */
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
  {
    name: 'house rules: a room may import any room',
    file: 'test/house/rules/imports.ts',
    find: 'if (toLayer !== layer || toRoom === undefined || toRoom === room || allowed.includes(toRoom)) return [];',
    replace: 'if (toLayer !== layer || toRoom !== undefined || allowed.includes(toRoom)) return [];',
    tests: ['test/house/house-tree.test.ts'],
  },
  {
    name: 'house rules: core opens sockets',
    file: 'test/house/rules/imports.ts',
    find: 'return wanted.filter((name) => !allowed.includes(name)).map((name)',
    replace: 'return wanted.filter((name) => allowed.length === 0).map((name)',
    tests: ['test/house/house-tree.test.ts'],
  },
  {
    name: 'house rules: a circle of imports passes',
    file: 'test/house/rules/tree.ts',
    find: 'if (from >= 0) found.push(',
    replace: 'if (from > 1_000) found.push(',
    tests: ['test/house/house-tree.test.ts'],
  },
  {
    name: 'house rules: dollars may be bigint',
    file: 'test/house/rules/names.ts',
    find: "if (type.type === 'TSBigIntKeyword') return true;",
    replace: "if (type.type === 'TSBigIntKeyword') return false;",
    tests: ['test/house/house-tree.test.ts'],
  },
  {
    name: 'mutants: a verdict outlives the test that gave it',
    file: 'test/mutants/runner/journal.ts',
    find: 'tests.toSorted().map((path) => [path, bareText(path, read(path))]);',
    replace: 'tests.toSorted().map((path) => [path, String(read.length)]);',
    tests: ['test/house/mutants-journal.test.ts'],
  },
  {
    name: 'mutants: a verdict outlives the code that it was about',
    file: 'test/mutants/runner/journal.ts',
    find: 'find, replace, bareText(file, mutated), testsWithText',
    replace: 'find, replace, mutated.length > 0, testsWithText',
    tests: ['test/house/mutants-journal.test.ts'],
  },
];
