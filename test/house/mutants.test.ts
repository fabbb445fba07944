import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MUTANTS } from '../mutants/list.ts';
import { mutate } from '../mutants/runner/mutate.ts';

const PROJECT = join(import.meta.dirname, '..', '..');

describe('the list of defences', () => {
  it('fits the code: each stands exactly once where the list says', () => {
    expect(
      MUTANTS.filter((mutant) => mutate(mutant, PROJECT) === undefined).map(({ name, file }) => `${file}: ${name}`),
    ).toEqual([]);
  });

  it('names tests that exist, and each defence once', () => {
    const missing = MUTANTS.flatMap(({ tests }) => tests).filter((path) => !existsSync(join(PROJECT, path)));
    expect(missing).toEqual([]);
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  });

  it('would notice an entry that no longer fits', () => {
    const [first] = MUTANTS;
    if (!first) throw new Error('the list is empty');
    expect(mutate({ ...first, find: 'stands nowhere in this file' }, PROJECT)).toBeUndefined();
  });
});
