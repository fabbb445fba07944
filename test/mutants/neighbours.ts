import type { Mutant } from './mutant.ts';

const TURNS = ['src/http/access/turns.test.ts'];
const FILES = ['src/http/openapi/served-file.test.ts'];

/** Defences of one caller's calls against the work of another one. */
export const NEIGHBOUR_MUTANTS: readonly Mutant[] = [
  {
    name: 'neighbours: long work runs at once beside calls that move money',
    file: 'src/http/access/turns.ts',
    find: 'return this.#urgent > 0 ? 1 : AT_ONCE_MAX;',
    replace: 'return AT_ONCE_MAX;',
    tests: TURNS,
  },
  {
    name: 'neighbours: the thread does not rest after long work',
    file: 'src/http/access/turns.ts',
    find: 'if (this.#urgent === 0) over();',
    replace: 'if (this.#urgent >= 0) over();',
    tests: TURNS,
  },
  {
    name: 'neighbours: a caller goes before the others as long as it has work',
    file: 'src/http/access/turns.ts',
    find: '      this.#waiting.delete(caller);\n',
    replace: '      if (waiting.length === 0) this.#waiting.delete(caller);\n',
    tests: TURNS,
  },
  {
    name: 'neighbours: any number of requests waits for a turn',
    file: 'src/http/access/turns.ts',
    find: 'if ((this.#waiting.get(caller)?.length ?? 0) >= WAITING_MAX) {',
    replace: 'if ((this.#waiting.get(caller)?.length ?? 0) >= 100 * WAITING_MAX) {',
    tests: TURNS,
  },
  {
    name: 'neighbours: any number of exports is open',
    file: 'src/http/access/turns.ts',
    find: 'if (open >= EXPORTS_MAX || inAll >= EXPORTS_IN_ALL_MAX) {',
    replace: 'if (open >= 100 * EXPORTS_MAX || inAll >= 100 * EXPORTS_IN_ALL_MAX) {',
    tests: TURNS,
  },
  {
    name: 'neighbours: an export that was left keeps its place',
    file: 'src/http/access/turns.ts',
    find: 'const left = (this.#exports.get(caller) ?? 1) - 1;',
    replace: 'const left = this.#exports.get(caller) ?? 1;',
    tests: TURNS,
  },
  {
    name: 'neighbours: a download is sent to those who have it',
    file: 'src/http/openapi/served-file.ts',
    find: "if (known.includes(etag) || known.includes('*'))",
    replace: 'if (known.includes(`${etag} `))',
    tests: FILES,
  },
];
