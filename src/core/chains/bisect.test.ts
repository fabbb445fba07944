import { describe, expect, test } from 'vitest';
import { findChange } from './bisect.ts';

describe('findChange', () => {
  test.each([1, 2, 3, 499_999, 1_000_000])('finds the change at %i in about log2 steps', async (change) => {
    let asked = 0;
    const found = await findChange(0, 1_000_000, async (at) => {
      asked += 1;
      return Promise.resolve(at >= change);
    });
    expect(found).toBe(change);
    expect(asked).toBeLessThanOrEqual(20);
  });

  test('begins before the first block', async () => {
    expect(await findChange(-1, 0, async () => Promise.reject(new Error('nothing to ask')))).toBe(0);
  });
});
