/**
 * `npm run test:mutants [-- options]`: removes each defence of list.ts in turn, in a copy of the tree, and fails when
 * the tests named beside it do not notice. An interrupted run continues where it stopped.
 *
 *   --only <words>       only mutants whose name or file contains these words
 *   --shard <i>/<n>      one part of n; several may run at the same time
 *   --resume             takes the verdicts of earlier runs that still hold (it does so anyway)
 *   --fresh              takes no verdict of an earlier run
 *   --report             runs nothing and prints the verdicts that are there
 *   --journal <file>     where verdicts are kept (default .cache/mutants/journal.jsonl)
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { toCount } from '../../../src/core/integers.ts';
import { Journal, type Journalled, keyOfMutant, keyOfTests } from './journal.ts';
import { MUTANTS } from '../list.ts';
import type { Mutant } from '../mutant.ts';
import { mutate } from './mutate.ts';
import { describeVerdicts, isKilled, type Judged, type Verdict } from './report.ts';
import { Trial } from './trial.ts';

const PROJECT = join(import.meta.dirname, '..', '..', '..');
const DEFAULT_JOURNAL = join(PROJECT, '.cache', 'mutants', 'journal.jsonl');

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');

/** A mutant with its file's text, which is undefined when the entry is stale. */
interface Candidate {
  readonly mutant: Mutant;
  readonly mutated: string | undefined;
  readonly key: string;
}

function choose(only: string, shard: string): Candidate[] {
  const [index, count, ...more] = shard.split('/').map(toCount);
  if (index === undefined || count === undefined || more.length > 0 || index < 1 || index > count) {
    throw new Error(`--shard wants i/n with i in 1..n, not ${shard}`);
  }
  const hasDevnet = process.env['COFFER_REQUIRE_STARKNET_DEVNET'] === '1';
  const fitting = MUTANTS.filter((mutant) => mutant.name.includes(only) || mutant.file.includes(only));
  const left = fitting.filter((mutant) => mutant.needs !== undefined && !hasDevnet);
  for (const mutant of left) console.log(`left out, as it needs ${mutant.needs}: ${mutant.name}`);
  const chosen = fitting.filter((mutant) => !left.includes(mutant));
  return chosen
    .filter((_mutant, position) => position % count === index - 1)
    .map((mutant) => {
      const mutated = mutate(mutant, PROJECT);
      return { mutant, mutated, key: mutated === undefined ? '' : keyOfMutant(mutant, mutated, read) };
    });
}

/** The journal's verdict on a mutant. */
function recall({ mutant, mutated, key }: Candidate, journal: Journal): Verdict {
  if (mutated === undefined) return 'STALE';
  const lines = journal.read();
  const verdict = lines.get(key)?.verdict;
  if (verdict === 'killed' || verdict === 'killed (hangs)' || verdict === 'SURVIVED') return verdict;
  return lines.get(keyOfTests(mutant.tests, read))?.verdict === 'untouched fails' ? 'TESTS FAIL ANYWAY' : 'NOT RUN';
}

/** Runs mutants and writes their verdicts into the journal. */
class Runner {
  readonly #journal: Journal;
  readonly #trial: Trial;
  /** Tests that fail in this run without any mutant. */
  readonly #broken = new Set<string>();

  constructor(journal: Journal, trial: Trial) {
    this.#journal = journal;
    this.#trial = trial;
  }

  /** Whether tests pass without a mutant; failing tests prove nothing. Only a pass is taken from the journal. */
  async #passUntouched(tests: readonly string[]): Promise<boolean> {
    const key = keyOfTests(tests, read);
    if (this.#broken.has(key)) return false;
    if (this.#journal.read().get(key)?.verdict === 'untouched passes') return true;
    const startedAt = Date.now();
    const { outcome, output } = await this.#trial.run(tests);
    const passed = outcome === 'passed';
    this.#note(key, tests.join(' '), passed ? 'untouched passes' : 'untouched fails', startedAt);
    if (passed) return true;
    this.#broken.add(key);
    console.log(`${output}\nwithout a mutant these do not pass: ${tests.join(' ')}`);
    return false;
  }

  #note(key: string, what: string, verdict: Journalled, startedAt: number): void {
    this.#journal.add({ key, what, verdict, seconds: Math.round((Date.now() - startedAt) / 1000) });
  }

  async judge({ mutant, mutated, key }: Candidate): Promise<Verdict> {
    if (mutated === undefined) return 'STALE';
    if (!(await this.#passUntouched(mutant.tests))) return 'TESTS FAIL ANYWAY';
    const startedAt = Date.now();
    const { outcome } = await this.#trial.run(mutant.tests, { file: mutant.file, text: mutated });
    const verdict = outcome === 'passed' ? 'SURVIVED' : outcome === 'failed' ? 'killed' : 'killed (hangs)';
    this.#note(key, mutant.name, verdict, startedAt);
    return verdict;
  }
}

/** Runs mutants without a verdict, then survivors once more: a file that the key leaves out may explain them. */
async function runRest(candidates: readonly Candidate[], journal: Journal): Promise<void> {
  const known = new Map(candidates.map((candidate) => [candidate, recall(candidate, journal)]));
  const rest = candidates.filter((candidate) => known.get(candidate) === 'NOT RUN');
  const again = candidates
    .filter(({ mutated }) => mutated !== undefined)
    .filter((candidate) => {
      const verdict = known.get(candidate);
      return verdict === 'SURVIVED' || verdict === 'TESTS FAIL ANYWAY';
    });
  const pending = [...rest, ...again];
  console.log(`${candidates.length} mutants, ${pending.length} to run`);
  if (pending.length === 0) return;
  const trial = new Trial(PROJECT);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void trial.close().finally(() => process.exit(1)));
  }
  try {
    const runner = new Runner(journal, trial);
    for (const [position, candidate] of pending.entries()) {
      const startedAt = Date.now();
      const verdict = await runner.judge(candidate);
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      console.log(`${position + 1}/${pending.length} ${verdict}: ${candidate.mutant.name} (${seconds} s)`);
    }
  } finally {
    await trial.close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      shard: { type: 'string', default: '1/1' },
      journal: { type: 'string', default: DEFAULT_JOURNAL },
      fresh: { type: 'boolean', default: false },
      resume: { type: 'boolean', default: true },
      report: { type: 'boolean', default: false },
    },
  });
  const journal = new Journal(values.journal, values.fresh ? new Date().toISOString() : '');
  const candidates = choose(values.only, values.shard);
  if (candidates.length === 0) throw new Error('no mutant fits');
  if (!values.report) await runRest(candidates, journal);
  const judged: Judged[] = candidates.map((candidate) => ({
    mutant: candidate.mutant,
    verdict: recall(candidate, journal),
  }));
  process.exitCode = judged.every(({ verdict }) => isKilled(verdict)) ? 0 : 1;
  for (const line of describeVerdicts(judged)) console.log(line);
}

await main();
