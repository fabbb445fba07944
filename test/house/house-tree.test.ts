/** The project keeps the rules about rooms, circles, folders, names and first lines, and each rule can fail. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOMS, roomCircles, wrongArrows, wrongRooms } from './rules/imports.ts';
import { headless, liars, twins } from './rules/names.ts';
import { parseSource, type SourceFile } from './rules/source.ts';
import { isOfApp } from './rules/app.ts';
import { circles, crowded, stutter } from './rules/tree.ts';

const project = join(import.meta.dirname, '..', '..');
const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: project,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && path !== 'node_modules' && !isOfApp(path) && existsSync(join(project, path)));
const files = paths
  .filter((path) => path.endsWith('.ts'))
  .map((path) => parseSource(path, readFileSync(join(project, path), 'utf8')));

const perTree: Readonly<Record<string, () => string[]>> = {
  rooms: () => files.flatMap(wrongRooms),
  circles: () => circles(files),
  crowded: () => crowded(paths),
  stutter: () => stutter(paths),
  twins: () => twins(files),
  liars: () => files.flatMap(liars),
  headless: () => files.flatMap(headless),
};

describe('the tree', () => {
  test('has files to look at', () => {
    expect(files.length).toBeGreaterThan(10);
  });
  test.each(Object.entries(perTree))('keeps the rule %s', (_name, rule) => {
    expect(rule()).toEqual([]);
  });
  test('has exactly the rooms of the table', () => {
    const folders = ['src/core', 'src/db', 'src/http', 'src/payments', 'detector'].flatMap((layer) =>
      readdirSync(join(project, layer), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${layer.replace('src/', '')}/${entry.name}`),
    );
    expect(folders.toSorted()).toEqual(Object.keys(ROOMS).toSorted());
  });
  test('has no circle of rooms', () => {
    expect(roomCircles(ROOMS)).toEqual([]);
  });
});

type Rule = (file: SourceFile) => string[];
const long = (head: string): string => `${head}\n${'f();\n'.repeat(41)}`;

/** [name, rule, path, text that breaks it, text that keeps it] */
const samples: readonly [string, Rule, string, string, string][] = [
  ['db imports views', wrongArrows, 'src/db/a.ts', "import '../views/b.ts';", "import '../core/b.ts';"],
  ['views import http', wrongArrows, 'src/views/a.ts', "import '../http/b.ts';", "import '../db/b.ts';"],
  ['payments import views', wrongArrows, 'src/payments/a.ts', "import '../views/b.ts';", "import '../db/b.ts';"],
  ['http imports payments', wrongArrows, 'src/http/a.ts', "import '../payments/b.ts';", "import '../views/b.ts';"],
  [
    'core opens sockets',
    wrongArrows,
    'src/core/a.ts',
    "import { connect } from 'node:net';",
    "import { isIP, BlockList } from 'node:net';",
  ],
  [
    'core takes all of node:net',
    wrongArrows,
    'src/core/a.ts',
    "import * as net from 'node:net';",
    "import { isIPv6 as is } from 'node:net';",
  ],
  ['core takes node:net for its effect', wrongArrows, 'src/core/a.ts', "import 'node:net';", "import 'node:crypto';"],
  ['an upward room of db', wrongRooms, 'src/db/ledger/a.ts', "import '../events/b.ts';", "import '../database.ts';"],
  [
    'a room that is not a neighbour',
    wrongRooms,
    'src/db/webhooks/a.ts',
    "import '../ledger/b.ts';",
    "import '../events/b.ts';",
  ],
  [
    'one surface in another',
    wrongRooms,
    'src/http/admin/a.ts',
    "import '../treasury/b.ts';",
    "import '../money/b.ts';",
  ],
  [
    'a type of another surface',
    wrongRooms,
    'src/http/events/a.ts',
    "type A = import('../admin/b.ts').B;",
    "import '../../core/ids.ts';",
  ],
  [
    'a tool that knows a surface',
    wrongRooms,
    'src/http/money/a.ts',
    "import '../treasury/b.ts';",
    "import '../deps.ts';",
  ],
  ['a room of the detector', wrongRooms, 'detector/rpc/a.ts', "import '../scan/b.ts';", "import '../chain/b.ts';"],
  ['a room of core', wrongRooms, 'src/core/chains/a.ts', "import '../deposits/b.ts';", "import '../money.ts';"],
  ['a room without a row', wrongRooms, 'src/db/misc/a.ts', '', "import '../../core/b.ts';"],
  [
    'a bigint in dollars',
    liars,
    'src/a.ts',
    'interface A { readonly minUsd: bigint }',
    'interface A { readonly minUsd: string }',
  ],
  [
    'a bigint or null in dollars',
    liars,
    'src/a.ts',
    'type A = { minUsd?: bigint | null };',
    'type A = { minMicros?: bigint };',
  ],
  ['a parameter', liars, 'src/a.ts', 'const f = (minUsd: bigint) => f;', 'const f = (minMicros: bigint) => f;'],
  [
    'a list',
    liars,
    'src/a.ts',
    'class A { pricesUsd = []; priceUsd: readonly bigint[] = []; }',
    'type A = { asUsd(micros: bigint): string };',
  ],
  [
    'no first line',
    headless,
    'src/a.ts',
    long("import 'pg';\n/** Does it all. */"),
    long('/** Finds orgs by their ids. */'),
  ],
  [
    'a first line that says nothing',
    headless,
    'detector/a.ts',
    long('/** Rows. */'),
    long('#!/usr/bin/env node\n// Reads rows of blocks.'),
  ],
  [
    'a docstring that points elsewhere',
    headless,
    'src/a.ts',
    '/** See above. */\nclass A {}',
    '/** A queue of its own. */\nclass A {}',
  ],
];

describe('each rule can fail', () => {
  test.each(samples)('%s', (_name, rule, path, bad, good) => {
    expect(rule(parseSource(path, bad))).toHaveLength(1);
    const goodPath = path === 'src/db/misc/a.ts' ? 'src/db/ledger/a.ts' : path;
    expect(rule(parseSource(goodPath, good))).toEqual([]);
  });

  test('forty lines need no first line, nor does a test', () => {
    expect(headless(parseSource('src/a.ts', 'f();\n'.repeat(40)))).toEqual([]);
    expect(headless(parseSource('src/a.test.ts', 'f();\n'.repeat(90)))).toEqual([]);
  });

  test('circles, types included', () => {
    const a = parseSource('src/a.ts', "import type { B } from './b.ts';");
    const b = parseSource('src/b.ts', "export * from './c.ts';");
    const c = parseSource('src/c.ts', "type A = import('./a.ts').A;");
    expect(circles([a, b, c])).toEqual(['src/a.ts -> src/b.ts -> src/c.ts -> src/a.ts']);
    expect(circles([parseSource('bench/a.ts', "import './a.ts';")])).toEqual(['bench/a.ts -> bench/a.ts']);
    // Two ways to the same file are not a circle.
    expect(
      circles([a, b, parseSource('src/c.ts', ''), parseSource('src/d.ts', "import './b.ts'; import './c.ts';")]),
    ).toEqual([]);
  });

  test('a circle behind another one', () => {
    const back = "import './a.ts'; import './c.ts';";
    const found = circles([
      parseSource('test/a.ts', "import './b.ts';"),
      parseSource('test/b.ts', back),
      parseSource('test/c.ts', "import './b.ts';"),
    ]);
    expect(found.toSorted()).toEqual(['test/a.ts -> test/b.ts -> test/a.ts', 'test/b.ts -> test/c.ts -> test/b.ts']);
  });

  test('circles of rooms', () => {
    expect(roomCircles({ 'db/a': ['b'], 'db/b': ['c'], 'db/c': ['a'], 'http/a': ['b'], 'http/b': [] })).toEqual([
      'db/a',
      'db/b',
      'db/c',
    ]);
    expect(roomCircles({ 'db/a': ['b', 'c'], 'db/b': ['c'], 'db/c': [] })).toEqual([]);
  });

  test('a folder of thirty-one, tests and one page an error left out', () => {
    const full = (folder: string, count: number, end: string): string[] =>
      Array.from({ length: count }, (_, index) => `${folder}/${index}${end}`);
    expect(crowded(full('src/db', 31, '.ts'))).toEqual(['src/db: 31 files, above 30']);
    expect(
      crowded([...full('src/db', 30, '.ts'), ...full('src/db', 9, '.test.ts'), ...full('src/db/a', 9, '.ts')]),
    ).toEqual([]);
    expect(crowded(full('docs/errors', 50, '.md'))).toEqual([]);
    expect(crowded(full('docs/decisions', 50, '.md'))).toEqual([]);
  });

  test('names that repeat themselves', () => {
    const four = ['rpc.ts', 'rpc-pool.ts', 'rpc-notes.ts', 'rpc-fault.ts'].map((name) => `detector/a/${name}`);
    expect(stutter(four)).toEqual(['detector/a/rpc-*: 4 siblings share their first word']);
    expect(stutter([...four.slice(1), 'detector/b/rpc.ts', 'detector/a/rpc-pool.test.ts', 'test/a/rpc-x.ts'])).toEqual(
      [],
    );
    expect(stutter(['src/db/ledger/ledger-head.ts'])).toEqual([
      'src/db/ledger/ledger-head.ts: begins with the name of its folder',
    ]);
    expect(stutter(['src/db/ledger/ledger.ts', 'src/db/ledger/ledgers.ts'])).toEqual([]);
  });

  test('a type with two meanings', () => {
    const one = parseSource('src/a.ts', 'export interface Act {}\nexport class Other {}');
    expect(twins([one, parseSource('detector/b.ts', 'export type Act = 1;')])).toEqual([
      'Act is a type of detector/b.ts and of src/a.ts',
    ]);
    expect(
      twins([
        one,
        parseSource('src/b.ts', 'interface Act {}\nexport type { Act as Acts };'),
        parseSource('test/c.ts', 'export type Act = 1;'),
      ]),
    ).toEqual([]);
  });
});
