/**
 * `npm run test:mutants [-- --only <words>] [-- --shard <i>/<n>]`: takes each defence of list.ts away in turn, in a copy
 * of the tree, and fails when the tests named beside it do not notice.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import Table from 'cli-table3';

import { toCount } from '../../src/core/integers.ts';
import { type Mutant, MUTANTS } from './list.ts';
import { mutate } from './mutate.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const RUN_TIMEOUT_MS = 600_000;
const OUTPUT_TAIL_CHARS_MAX = 3_000;
const TERMINATE_GRACE_MS = 15_000;

type Verdict = 'killed' | 'killed (hangs)' | 'SURVIVED' | 'STALE' | 'TESTS FAIL ANYWAY';

interface TestRun {
  readonly outcome: 'passed' | 'failed' | 'timeout';
  readonly output: string;
}

/** The tree as it stands, uncommitted work included, with the installed packages linked in. */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'coffer-mutants-'));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  for (const path of listed.split('\n').filter((line) => line !== '' && existsSync(join(PROJECT, line)))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    copyFileSync(join(PROJECT, path), join(copy, path));
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
  // The house rules ask git which files there are.
  execFileSync('git', ['init', '--quiet'], { cwd: copy });
  writeFileSync(join(copy, '.git', 'info', 'exclude'), 'node_modules\n');
  return copy;
}

function runTests(tree: string, tests: readonly string[]): Promise<TestRun> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--bail=1', ...tests], {
      cwd: tree,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-OUTPUT_TAIL_CHARS_MAX);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), TERMINATE_GRACE_MS).unref();
    }, RUN_TIMEOUT_MS);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ outcome: timedOut ? 'timeout' : code === 0 ? 'passed' : 'failed', output });
    });
  });
}

async function judge(tree: string, mutant: Mutant): Promise<Verdict> {
  const mutated = mutate(mutant, PROJECT);
  if (mutated === undefined) return 'STALE';
  const target = join(tree, mutant.file);
  const original = readFileSync(target, 'utf8');
  writeFileSync(target, mutated);
  try {
    const { outcome } = await runTests(tree, mutant.tests);
    if (outcome === 'passed') return 'SURVIVED';
    return outcome === 'failed' ? 'killed' : 'killed (hangs)';
  } finally {
    writeFileSync(target, original);
  }
}

const keyOf = (tests: readonly string[]): string => tests.toSorted().join(' ');

/** The test sets that fail on the untouched tree: they can say nothing about a mutant. */
async function findBrokenSets(tree: string, mutants: readonly Mutant[]): Promise<Set<string>> {
  const broken = new Set<string>();
  const sets = new Map(mutants.map(({ tests }) => [keyOf(tests), tests]));
  for (const [key, tests] of sets) {
    console.log(`untouched: ${key}`);
    const { outcome, output } = await runTests(tree, tests);
    if (outcome === 'passed') continue;
    broken.add(key);
    console.log(`${output}\nuntouched: ${key} does not pass`);
  }
  return broken;
}

function choose(): Mutant[] {
  const { values } = parseArgs({ options: { only: { type: 'string' }, shard: { type: 'string' } } });
  const [index, count] = (values.shard ?? '1/1').split('/').map(toCount);
  if (index === undefined || count === undefined || index < 1 || index > count) {
    throw new Error(`--shard wants i/n with i in 1..n, not ${values.shard}`);
  }
  const only = values.only ?? '';
  const hasDevnet = process.env['COFFER_REQUIRE_STARKNET_DEVNET'] === '1';
  const fitting = MUTANTS.filter((mutant) => mutant.name.includes(only) || mutant.file.includes(only));
  const left = fitting.filter((mutant) => mutant.needs !== undefined && !hasDevnet);
  for (const mutant of left) console.log(`left out, as it needs ${mutant.needs}: ${mutant.name}`);
  const chosen = fitting.filter((mutant) => !left.includes(mutant));
  return chosen.filter((_mutant, position) => position % count === index - 1);
}

async function main(): Promise<void> {
  const mutants = choose();
  if (mutants.length === 0) throw new Error('no mutant fits');
  const tree = copyTree();
  process.on('exit', () => rmSync(tree, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
  const broken = await findBrokenSets(tree, mutants);
  const table = new Table({ head: ['mutant', 'file', 'verdict'], style: { head: [], border: [] } });
  let failed = 0;
  for (const [position, mutant] of mutants.entries()) {
    const startedAt = Date.now();
    const verdict = broken.has(keyOf(mutant.tests)) ? 'TESTS FAIL ANYWAY' : await judge(tree, mutant);
    if (!verdict.startsWith('killed')) failed += 1;
    table.push([mutant.name, mutant.file, verdict]);
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    console.log(`${position + 1}/${mutants.length} ${verdict}: ${mutant.name} (${seconds} s)`);
  }
  console.log(table.toString());
  if (failed > 0)
    console.log('SURVIVED: no test noticed. STALE: `find` is not there exactly once, or the result is no code.');
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`${mutants.length - failed} passed, ${failed} failed`);
}

await main();
