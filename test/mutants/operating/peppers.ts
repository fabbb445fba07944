import type { Mutant } from '../mutant.ts';

const PEPPERS = ['src/core/access/peppers.test.ts'];

/** Defences of replacing the pepper under which keys are hashed. */
export const PEPPER_MUTANTS: readonly Mutant[] = [
  {
    name: 'peppers: a damaged line counts as a secret of its own',
    file: 'src/core/access/peppers.ts',
    find: 'if (!MEANT_AS_LINE.test(trimmed)) {',
    replace: "if (!MEANT_AS_LINE.test(trimmed) || !trimmed.split('\\n').every((line) => LINE.test(line))) {",
    tests: PEPPERS,
  },
  {
    name: 'peppers: a secret that does not fit its id is believed',
    file: 'src/core/access/peppers.ts',
    find: 'if (pepper.id !== id || ',
    replace: 'if (id === undefined || ',
    tests: PEPPERS,
  },
  {
    name: 'peppers: one hashes keys before every machine knows it',
    file: 'src/core/access/peppers.ts',
    find: 'const [current, ...older] = next ? rest : lines;',
    replace: 'const [current, ...older] = lines;',
    tests: PEPPERS,
  },
  {
    name: 'peppers: a key goes back to the pepper before',
    file: 'src/core/access/peppers.ts',
    find: 'stored !== file.current.id && opener.id !== file.next?.id',
    replace: 'stored !== file.current.id && opener.id.length > 0',
    tests: ['src/core/access/peppers.test.ts', 'test/access/peppers.test.ts'],
  },
  {
    name: 'peppers: a process that runs never learns of a new one',
    file: 'src/core/access/peppers.ts',
    find: 'if (find(id).length === 0) file = readAgain(readText) ?? file;',
    replace: '',
    tests: ['src/core/access/peppers.test.ts', 'test/access/peppers.test.ts'],
  },
  {
    name: 'peppers: a hash that was changed meanwhile is overwritten',
    file: 'src/db/access/key-peppers.ts',
    find: "WHERE stored.secret_hash = decode(given.before, 'hex') ORDER BY",
    replace: "WHERE given.before <> '' ORDER BY",
    tests: ['test/access/peppers.test.ts'],
  },
  {
    name: 'peppers: one is removed while keys need it',
    file: 'src/cli/peppers/command.ts',
    find: 'if (lost > 0 && yes !== true) {',
    replace: 'if (lost > 0 && yes === undefined && lost < 0) {',
    tests: ['test/cli/peppers.test.ts'],
  },
];
