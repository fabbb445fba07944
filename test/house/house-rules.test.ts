import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { evadedTests, foreignWords, looseNumbers, sqlOutside } from './rules/content.ts';
import { orphans, wrongArrows } from './rules/imports.ts';
import { isOfApp } from './rules/app.ts';
import { SHARED_TABLES, SPREAD_TABLES } from '../../src/db/schema/ledger-tables.ts';
import { deepFolders, longFile, longFunctions, looseTypes, missingDocstrings } from './rules/shape.ts';
import { parseSource, type SourceFile } from './rules/source.ts';
import { createdTables, mixedStatements, type KnownTables } from './rules/statements.ts';

const project = join(import.meta.dirname, '..', '..');
const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: project,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && !isOfApp(path) && existsSync(join(project, path)));
const read = (path: string): string => readFileSync(join(project, path), 'utf8');
const files = paths.filter((path) => path.endsWith('.ts')).map((path) => parseSource(path, read(path)));
const texts = paths.filter((path) => /\.(ts|mjs|md|json)$|^\.ci\//.test(path) && path !== 'package-lock.json');

type Rule = (file: SourceFile) => string[];

const perFile: Readonly<Record<string, Rule>> = {
  'imports follow the arrows': wrongArrows,
  'functions have at most 70 lines': longFunctions,
  'files have at most 400 lines': longFile,
  'at most three folders below src': deepFolders,
  'no any, no non-null !': looseTypes,
  'exported functions have docstrings': missingDocstrings,
  'SQL stands in src/db and migrations only': sqlOutside,
  'numbers are read in one place': looseNumbers,
  'no test is skipped': evadedTests,
};

describe('the project', () => {
  test('there are files to look at', () => {
    expect(files.length).toBeGreaterThan(10);
  });
  test.each(Object.entries(perFile))('%s', (_name, rule) => {
    expect(files.flatMap(rule)).toEqual([]);
  });
  test('every file is imported by another or is an entry point', () => {
    expect(orphans(files)).toEqual([]);
  });
  test('no statement names a table of the ledger together with another table', () => {
    const migrations = paths.filter((path) => /^migrations\/.*\.ts$/.test(path)).map(read);
    const all = createdTables(migrations);
    const ledger = new Set(Object.keys(SPREAD_TABLES));
    expect([...ledger, ...SHARED_TABLES].filter((table) => !all.has(table))).toEqual([]);
    // Every server has the shared ones.
    const others = new Set([...all].filter((table) => !ledger.has(table) && !SHARED_TABLES.includes(table)));
    const tables = { ledger, others };
    const code = files.filter(({ path }) => /^(src|detector)\/.*(?<!\.test)\.ts$/.test(path));
    expect(mixedStatements(code, tables)).toEqual([]);
  });
  test('no path of a private machine, no work left for later', () => {
    expect(texts.flatMap((path) => foreignWords(path, read(path)))).toEqual([]);
  });
});

/** [rule, path, text that breaks it, text that keeps it] */
const samples: readonly [string, Rule, string, string, string][] = [
  ['core imports db', wrongArrows, 'src/core/a.ts', "import '../db/b.ts';", "import './b.ts';"],
  ['core imports a package', wrongArrows, 'src/core/a.ts', "import 'zod';", "import 'node:crypto';"],
  ['db imports http', wrongArrows, 'src/db/a.ts', "import '../http/b.ts';", "import '../core/b.ts';"],
  ['http imports the detector', wrongArrows, 'src/http/a.ts', "import '../../detector/b.ts';", "import '../db/b.ts';"],
  ['the detector imports http', wrongArrows, 'detector/a.ts', "import '../src/http/b.ts';", "import '../src/db/b.ts';"],
  ['a dynamic import', wrongArrows, 'src/db/a.ts', "await import('../http/b.ts');", "await import('./b.ts');"],
  ['a re-export', wrongArrows, 'src/db/a.ts', "export * from '../jobs/b.ts';", "export * from './b.ts';"],
  ['a type of another part', wrongArrows, 'src/db/a.ts', "type A = import('../http/b.ts').B;", 'type A = 1;'],
  ['a migration imports src', wrongArrows, 'migrations/1.ts', "import '../src/core/b.ts';", "import 'knex';"],
  ['71 lines', longFunctions, 'src/a.ts', `function f() {${'\n'.repeat(70)}}`, `function f() {${'\n'.repeat(69)}}`],
  [
    'a long helper in a test',
    longFunctions,
    'test/a.test.ts',
    `const f = () => {${'\n'.repeat(70)}};`,
    `test('a', () => {${'\n'.repeat(70)}});`,
  ],
  ['401 lines', longFile, 'src/a.ts', 'f();\n'.repeat(401), 'f();\n'.repeat(400)],
  ['four folders', deepFolders, 'src/a/b/c/d/e.ts', '', ''],
  ['any', looseTypes, 'src/a.ts', 'const a: any = 1;', 'const any = 1;'],
  ['non-null', looseTypes, 'src/a.ts', 'a!.b();', 'if (!a) b();'],
  ['definite assignment', looseTypes, 'src/a.ts', 'let a!: string;', 'let a: string;'],
  ['no docstring', missingDocstrings, 'src/a.ts', 'export function f() {}', '/** Does. */\nexport function f() {}'],
  [
    'a plain comment',
    missingDocstrings,
    'src/a.ts',
    '// Does.\nexport const f = () => 1;',
    '/** Does. */\nexport const f = () => 1;',
  ],
  ['SQL', sqlOutside, 'src/http/a.ts', 'f(`SELECT a\nFROM b`);', "f('select an org from the list');"],
  ['a query', sqlOutside, 'src/jobs/a.ts', 'pool.query(text);', 'express.raw();'],
  ['Number', looseNumbers, 'src/a.ts', 'Number(a);', 'Number.isSafeInteger(a);'],
  ['parseInt', looseNumbers, 'src/a.ts', 'Number.parseInt(a);', 'toCount(a);'],
  ['parseFloat', looseNumbers, 'src/a.ts', 'parseFloat(a);', 'toCount(a);'],
  ['only', evadedTests, 'test/a.test.ts', "test.only('a', f);", "test('a', f);"],
  ['skip each', evadedTests, 'test/a.test.ts', "describe.skip.each([1])('a', f);", "describe.each([1])('a', f);"],
  ['todo', evadedTests, 'test/a.test.ts', "it.todo('a');", "it('a', f);"],
];

describe('each rule can fail', () => {
  test.each(samples)('%s', (_name, rule, path, bad, good) => {
    expect(rule(parseSource(path, bad))).toHaveLength(1);
    const goodPath = rule === deepFolders ? 'src/a/b/c/e.ts' : path;
    expect(rule(parseSource(goodPath, good))).toEqual([]);
  });

  test('a file that nothing imports', () => {
    const a = parseSource('src/core/a.ts', "import './b.ts';");
    const b = parseSource('src/core/b.ts', '');
    expect(orphans([a, b])).toEqual(['src/core/a.ts: nothing imports this file']);
    expect(orphans([b, parseSource('src/main.ts', "import './core/b.ts';")])).toEqual([]);
  });

  test.each([
    ['a join', 'f(`SELECT a FROM entry e JOIN deposit d ON d.id = e.deposit`);', 1],
    ['a CTE', "f('WITH x AS (SELECT a FROM entry) SELECT b FROM x, deposit d');", 1],
    ['EXISTS', "f('SELECT a FROM deposit WHERE EXISTS (SELECT FROM entry e WHERE e.deposit = deposit.id)');", 1],
    ['a list', "f('SELECT a FROM entry e, deposit d');", 1],
    ['a piece', "const OWN = 'JOIN deposit d USING (id)';\nf(`SELECT a FROM entry ${OWN}`);", 1],
    [
      'a piece that a function gives',
      'const own = (a: string) => `JOIN deposit d ON ${a}`;\nf(`SELECT a FROM entry ${own(b)}`);',
      1,
    ],
    ['a write', "f('INSERT INTO deposit (a) SELECT a FROM entry');", 1],
    ['the ledger alone', "f('SELECT a FROM entry JOIN wallet ON id = wallet, price_book b');", 0],
    ['two statements', "f('SELECT a FROM entry'); f('SELECT a FROM deposit');", 0],
    ['a column of the name', "f('SELECT e.deposit, deposit FROM entry e');", 0],
  ])('%s of the ledger and others', (_name, text, faults) => {
    const tables: KnownTables = { ledger: new Set(['entry', 'wallet', 'price_book']), others: new Set(['deposit']) };
    expect(mixedStatements([parseSource('src/db/a.ts', text)], tables)).toHaveLength(faults);
  });

  test('a part of the house that no arrow is written down for', () => {
    expect(wrongArrows(parseSource('src/misc/a.ts', ''))).toHaveLength(1);
  });

  test('words', () => {
    // Assembled here, because this file is checked as well.
    expect(foreignWords('a.md', ['see ', 'work', 'main'].join('/'))).toHaveLength(1);
    expect(foreignWords('a.md', ['// TO', 'DO: later'].join(''))).toHaveLength(1);
    expect(foreignWords('a.md', 'see https://example.org/work/a and ./root/b')).toEqual([]);
  });
});
