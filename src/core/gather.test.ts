import { describe, expect, test } from 'vitest';
import { Gatherer } from './gather.ts';

/** A gatherer that doubles numbers, with what it was given, batch by batch, and a way to let a batch end. */
function doubling({ bad = NaN, batchSizeMax = 4, waitingMax = 100 } = {}): {
  gatherer: Gatherer<number, number>;
  batches: number[][];
  end: () => void;
} {
  const batches: number[][] = [];
  let end = (): void => undefined;
  const gatherer = new Gatherer<number, number>({
    batchSizeMax,
    waitingMax,
    isOfItems: (error) => error instanceof RangeError,
    run: async (items) => {
      batches.push([...items]);
      if (batches.length === 1) await new Promise<void>((resolve) => (end = resolve));
      if (items.includes(bad)) throw new RangeError(`${bad} is bad`);
      if (items.includes(-1)) throw new Error('away');
      return items.map((item) => 2 * item);
    },
  });
  return { gatherer, batches, end: () => end() };
}

const turn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Adds numbers, of which the first turn makes the first batch. */
async function add(
  world: ReturnType<typeof doubling>,
  numbers: readonly number[],
): Promise<PromiseSettledResult<number>[]> {
  const [first = 0, ...others] = numbers;
  const begun = Promise.allSettled([world.gatherer.add(first)]);
  await turn();
  const rest = Promise.allSettled(others.map(async (one) => world.gatherer.add(one)));
  await turn();
  world.end();
  return [...(await begun), ...(await rest)];
}

const values = (settled: readonly PromiseSettledResult<number>[]): (number | string)[] =>
  settled.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)));

describe('a gatherer', () => {
  test('runs what arrives while a batch is out as the next ones, each with its own result', async () => {
    const world = doubling();
    expect(values(await add(world, [1, 2, 3, 4, 5, 6]))).toEqual([2, 4, 6, 8, 10, 12]);
    expect(world.batches).toEqual([[1], [2, 3, 4, 5], [6]]);
  });

  test('tries halves apart, so that one bad item fails alone', async () => {
    const world = doubling({ bad: 3 });
    expect(values(await add(world, [1, 2, 3, 4, 5]))).toEqual([2, 4, 'RangeError: 3 is bad', 8, 10]);
    expect(world.batches).toEqual([[1], [2, 3, 4, 5], [2, 3], [2], [3], [4, 5]]);
  });

  test('fails a whole batch once for what is not about its items, and works on the next', async () => {
    const world = doubling();
    expect(values(await add(world, [1, 2, -1, 4, 5, 6]))).toEqual([
      2,
      ...Array.from({ length: 4 }, () => 'Error: away'),
      12,
    ]);
    expect(world.batches).toEqual([[1], [2, -1, 4, 5], [6]]);
  });

  test('refuses at once what comes when as many wait as may', async () => {
    const world = doubling({ waitingMax: 2 });
    const settled = values(await add(world, [1, 2, 3, 4]));
    expect(settled.slice(0, 3)).toEqual([2, 4, 6]);
    expect(settled[3]).toContain('too much of this kind waits');
  });
});
