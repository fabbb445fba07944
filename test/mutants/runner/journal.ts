/**
 * The verdicts of earlier runs of the mutants, one JSON line each. A verdict is kept under a hash of what decides it:
 * the entry, the mutated file and the tests named beside it, without comments. Other files count as unchanged; use
 * `--fresh` for a run that must not rely on that. Lines are only added, so several shards may share one journal.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseSync } from 'rolldown/utils';
import { z } from 'zod';
import type { Mutant } from '../mutant.ts';

/** The first three are verdicts on a mutant, the last two on tests without one. Other verdicts are never written. */
const JOURNALLED = ['killed', 'killed (hangs)', 'SURVIVED', 'untouched passes', 'untouched fails'] as const;
export type Journalled = (typeof JOURNALLED)[number];

const lineSchema = z.object({
  key: z.string(),
  /** The mutant's name, or the tests' paths. */
  what: z.string(),
  verdict: z.enum(JOURNALLED),
  seconds: z.number(),
  at: z.iso.datetime(),
});
export type JournalLine = z.infer<typeof lineSchema>;

/** A file's text without comments and empty lines, so that neither decides whether a verdict still holds. */
export function bareText(path: string, text: string): string {
  const { comments } = parseSync(path, text);
  let bare = '';
  let end = 0;
  for (const comment of comments.toSorted((one, other) => one.start - other.start)) {
    bare += text.slice(end, comment.start);
    end = comment.end;
  }
  const lines = (bare + text.slice(end)).split('\n').map((line) => line.trimEnd());
  return lines.filter((line) => line !== '').join('\n');
}

const hashOf = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** Reads a file of the project by its path within it. */
type Read = (path: string) => string;

const testsWithText = (tests: readonly string[], read: Read): string[][] =>
  tests.toSorted().map((path) => [path, bareText(path, read(path))]);

/** The key of a mutant's verdict. Its name and the order of its tests do not change it. */
export function keyOfMutant(mutant: Mutant, mutated: string, read: Read): string {
  const { file, find, replace, tests } = mutant;
  return hashOf(['mutant', file, find, replace, bareText(file, mutated), testsWithText(tests, read)]);
}

/** The key of the verdict on tests that run without a mutant. */
export function keyOfTests(tests: readonly string[], read: Read): string {
  return hashOf(['untouched', testsWithText(tests, read)]);
}

function readLine(line: string): JournalLine | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

export class Journal {
  readonly #path: string;
  readonly #since: string;

  /** Reads lines written at `since` (an ISO time) or later; by default all. */
  constructor(path: string, since = '') {
    this.#path = path;
    this.#since = since;
  }

  /** The newest line of each key, of this and other runs. A truncated line counts as not written. */
  read(): Map<string, JournalLine> {
    const text = existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : '';
    const lines = text.split('\n').map(readLine);
    return new Map(lines.flatMap((line) => (line && line.at >= this.#since ? [[line.key, line] as const] : [])));
  }

  /** Adds a verdict with the current time. */
  add(line: Omit<JournalLine, 'at'>): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    // One write to the end of the file: lines of shards that run at the same time do not mix.
    appendFileSync(this.#path, `${JSON.stringify({ ...line, at: new Date().toISOString() })}\n`);
  }
}
