import { expect, it } from 'vitest';
import { judgeMigrations } from './migrations.ts';

const KNOWN = ['0001_one', '0002_two', '0004_four'];

it.each([
  ['what only adds', ['0005_adds'], []],
  ['what needs a migration that this version has', ['0006_drops_two_needs_0004'], []],
  [
    'what needs a migration that this version lacks',
    ['0005_adds', '0006_drops_two_needs_0005'],
    ['0006_drops_two_needs_0005'],
  ],
  ['what needs itself', ['0005_hides_needs_0005'], ['0005_hides_needs_0005']],
  ['a number that was never used', ['0007_drops_needs_0003'], ['0007_drops_needs_0003']],
])('S25 after %s, a version may or may not serve', (_case, newer, barring) => {
  expect(judgeMigrations([...KNOWN, ...newer], KNOWN)).toEqual({
    applied: KNOWN,
    pending: [],
    unknown: newer,
    barring,
  });
});

it('lists what this version has and the database lacks', () => {
  expect(judgeMigrations(['0001_one'], KNOWN)).toMatchObject({
    applied: ['0001_one'],
    pending: ['0002_two', '0004_four'],
  });
});
