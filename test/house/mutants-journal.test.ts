/** The journal of mutants: what a run keeps for the next, when a verdict no longer holds, how verdicts are counted. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bareText, Journal, keyOfMutant, keyOfTests } from '../mutants/runner/journal.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { describeVerdicts } from '../mutants/runner/report.ts';

const MUTANT: Mutant = {
  name: 'wallet: a debit is free',
  file: 'src/a.ts',
  find: 'cost',
  replace: '0n',
  tests: ['src/a.test.ts', 'src/b.test.ts'],
};
const MUTATED = 'export const price = 0n;';
const TEXTS: Readonly<Record<string, string>> = { 'src/a.test.ts': "test('a', f);", 'src/b.test.ts': "test('b', f);" };
const readFrom =
  (texts: Readonly<Record<string, string>>) =>
  (path: string): string =>
    texts[path] ?? '';
const read = readFrom(TEXTS);

describe('the text that decides a verdict', () => {
  it('has neither comments nor empty lines', () => {
    const text =
      "/** Says why. */\nconst a = '// no comment'; // a comment\n\n\nconst b = `/* nor this */`;\n/* end */";
    expect(bareText('a.ts', text)).toBe("const a = '// no comment';\nconst b = `/* nor this */`;");
  });
});

describe('the key of a verdict', () => {
  const key = keyOfMutant(MUTANT, MUTATED, read);

  it.each<[string, string]>([
    ['another name', keyOfMutant({ ...MUTANT, name: 'wallet: other words' }, MUTATED, read)],
    ['its tests in another order', keyOfMutant({ ...MUTANT, tests: MUTANT.tests.toReversed() }, MUTATED, read)],
    ['a comment in the file', keyOfMutant(MUTANT, `// Prices.\n\n${MUTATED}`, read)],
    [
      'a comment in a test',
      keyOfMutant(MUTANT, MUTATED, readFrom({ ...TEXTS, 'src/a.test.ts': "// A.\ntest('a', f);" })),
    ],
  ])('is the same with %s', (_what, other) => {
    expect(other).toBe(key);
  });

  it.each<[string, string]>([
    ['another file', keyOfMutant({ ...MUTANT, file: 'src/c.ts' }, MUTATED, read)],
    ['another find', keyOfMutant({ ...MUTANT, find: 'cost + 1n' }, MUTATED, read)],
    ['another replace', keyOfMutant({ ...MUTANT, replace: '1n' }, MUTATED, read)],
    ['one test less', keyOfMutant({ ...MUTANT, tests: ['src/a.test.ts'] }, MUTATED, read)],
    ['changed code', keyOfMutant(MUTANT, 'export const price = 1n;', read)],
    ['a changed test', keyOfMutant(MUTANT, MUTATED, readFrom({ ...TEXTS, 'src/b.test.ts': "test('c', f);" }))],
    ['the tests alone', keyOfTests(MUTANT.tests, read)],
  ])('is another with %s', (_what, other) => {
    expect(other).not.toBe(key);
  });

  it('of the tests alone changes with their text, and with nothing else', () => {
    const alone = keyOfTests(MUTANT.tests, read);
    expect(keyOfTests(MUTANT.tests.toReversed(), read)).toBe(alone);
    expect(keyOfTests(MUTANT.tests, readFrom({ ...TEXTS, 'src/a.test.ts': "test('z', f);" }))).not.toBe(alone);
  });
});

describe('the journal', () => {
  let folder = '';
  let path = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'coffer-journal-'));
    path = join(folder, 'deep', 'journal.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const line = (key: string) => ({ key, what: key, verdict: 'killed' as const, seconds: 1 });

  it('is empty before its first line', () => {
    expect(new Journal(path).read().size).toBe(0);
  });

  it('gives what any run wrote, the newest of each key', () => {
    const [one, other] = [new Journal(path), new Journal(path)];
    one.add({ ...line('a'), verdict: 'SURVIVED' });
    other.add(line('b'));
    one.add(line('a'));
    expect([...other.read()].map(([key, { verdict }]) => [key, verdict])).toEqual([
      ['a', 'killed'],
      ['b', 'killed'],
    ]);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(3);
  });

  it('passes over a line that was cut off or is of another kind', () => {
    new Journal(path).add(line('a'));
    appendFileSync(path, '{"key":"b","verdict":"perhaps"}\n{"key":"c","wh');
    expect([...new Journal(path).read().keys()]).toEqual(['a']);
  });

  it('takes nothing from before a fresh start, and keeps it there', () => {
    new Journal(path).add(line('a'));
    const fresh = new Journal(path, new Date(Date.now() + 1).toISOString());
    expect(fresh.read().size).toBe(0);
    appendFileSync(path, `${JSON.stringify({ ...line('b'), at: '2999-01-01T00:00:00.000Z' })}\n`);
    expect([...fresh.read().keys()]).toEqual(['b']);
    expect([...new Journal(path).read().keys()]).toEqual(['a', 'b']);
  });
});

describe('the report', () => {
  it('counts each verdict, names what nothing noticed, and ends with the sum', () => {
    const lines = describeVerdicts([
      { mutant: MUTANT, verdict: 'killed' },
      { mutant: { ...MUTANT, file: 'src/z.ts' }, verdict: 'killed (hangs)' },
      { mutant: { ...MUTANT, name: 'wallet: nobody looks' }, verdict: 'SURVIVED' },
      { mutant: { ...MUTANT, name: 'wallet: gone' }, verdict: 'STALE' },
      { mutant: { ...MUTANT, name: 'wallet: later' }, verdict: 'NOT RUN' },
    ]);
    expect(lines.slice(1)).toEqual([
      'SURVIVED: wallet: nobody looks (src/a.ts)',
      'STALE: wallet: gone (src/a.ts)',
      '2 passed, 3 failed',
    ]);
    const rows = (lines[0] ?? '').split('\n').map((row) => row.replaceAll(/[│\s]+/g, ' ').trim());
    expect(rows).toContain('file killed killed (hangs) SURVIVED STALE NOT RUN');
    expect(rows).toContain('src/a.ts 1 0 1 1 1');
    expect(rows).toContain('src/z.ts 0 1 0 0 0');
    expect(rows).toContain('all 1 1 1 1 1');
  });
});
