import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkpointsToDrop, findAncestor } from './checkpoints.ts';

const countdown = (length: number): number[] => Array.from({ length }, (_, index) => length - 1 - index);

test('the newest 64 stay, and a chain of 100,000 blocks needs fewer than 1,000', () => {
  const all = countdown(100_000);
  const dropped = new Set(checkpointsToDrop(all));
  const kept = all.filter((number) => !dropped.has(number));
  expect(kept.slice(0, 64)).toEqual(all.slice(0, 64));
  expect(kept.length).toBeLessThan(1_000);
  expect(Math.min(...kept)).toBeLessThan(2_000);
  expect(checkpointsToDrop([])).toEqual([]);
});

test('thinning again as the chain grows keeps the spacing near the distance', () => {
  let kept: number[] = [];
  for (let head = 0; head < 3_000; head += 1) {
    kept = [head, ...kept];
    const dropped = new Set(checkpointsToDrop(kept));
    kept = kept.filter((number) => !dropped.has(number));
  }
  for (const [index, number] of kept.entries()) {
    const next = kept[index + 1] ?? 0;
    expect(number - next).toBeLessThanOrEqual(Math.max(1, (2_999 - next) / 16));
  }
});

test('the newest checkpoint still on the chain is found in few probes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 2_000 }), async (count, held) => {
      let probes = 0;
      const found = await findAncestor(countdown(count), async (number) => {
        probes += 1;
        return Promise.resolve(number < held);
      });
      expect(found).toBe(count === 0 || held === 0 ? undefined : Math.min(count, held) - 1);
      expect(probes).toBeLessThanOrEqual(12);
    }),
  );
});
