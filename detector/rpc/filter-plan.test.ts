import { expect, test } from 'vitest';
import { FilterPlan } from './filter-plan.ts';

const addresses = (count: number): ReadonlySet<string> =>
  new Set(Array.from({ length: count }, (_, index) => `0x${index.toString(16)}`));

function chosen(count: number, blocks: number, rowsPerBlock?: number): number | 'all' {
  const plan = new FilterPlan(1_000);
  if (rowsPerBlock !== undefined) plan.learn(10, 10 * rowsPerBlock);
  const choice = plan.choose(addresses(count), blocks);
  return choice === 'all' ? 'all' : choice.length;
}

test.each([
  ['one address is named, however quiet the token', 1, 100, 0, 1],
  ['as many as fit into one filter too', 1_000, 100, 0, 1],
  ['two filters are more than one page', 1_001, 100, 5, 'all'],
  ['two filters are no more than two pages', 2_000, 100, 20, 2],
  ['a hundred filters are more than ten pages', 100_000, 100, 100, 'all'],
  ['what does not fit into memory is asked for by filter', 100_000, 100, 101, 100],
  ['what nobody has looked at yet is asked for by filter', 100_000, 100, undefined, 100],
] as const)('%s', (_, count, blocks, rowsPerBlock, expected) => {
  expect(chosen(count, blocks, rowsPerBlock)).toBe(expected);
});

test('every address is named once', () => {
  const choice = new FilterPlan(90).choose(addresses(200), 10);
  if (choice === 'all') throw new Error('nothing is known of the token');
  expect(choice.map(({ length }) => length)).toEqual([90, 90, 20]);
  expect(new Set(choice.flat()).size).toBe(200);
});

test('a busy block is remembered for a while', () => {
  const plan = new FilterPlan(1_000);
  plan.learn(1, 1_000);
  plan.learn(1, 0);
  expect(plan.choose(addresses(5_000), 100)).toHaveLength(5);
  for (let look = 0; look < 100; look += 1) plan.learn(1, 0);
  expect(plan.choose(addresses(5_000), 100)).toBe('all');
});

test('a look without a filter is worth it for more addresses than one filter names', () => {
  expect(new FilterPlan(10).wantsLook(addresses(10))).toBe(false);
  expect(new FilterPlan(10).wantsLook(addresses(11))).toBe(true);
});
