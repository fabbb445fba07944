import { describe, expect, it } from 'vitest';
import { mergeByTime, takeable } from './order.ts';

interface Item {
  readonly name: string;
  readonly atMs: number;
}
const at = (name: string, atMs: number): Item => ({ name, atMs });
const names = (items: readonly Item[]): string => items.map(({ name }) => name).join('');

describe('a log takes from two ways', () => {
  it('all there is, where both are known to their end', () => {
    const taken = takeable({ items: [at('a', 9)], full: false }, { items: [at('x', 1), at('y', 99)], full: false });
    expect([names(taken.entries), names(taken.recorded)]).toEqual(['a', 'xy']);
  });

  it('only up to where both are known, and always something', () => {
    const entries = { items: [at('a', 1), at('b', 5)], full: true };
    const recorded = { items: [at('x', 2), at('y', 5), at('z', 6)], full: false };
    const taken = takeable(entries, recorded);
    expect([names(taken.entries), names(taken.recorded)]).toEqual(['ab', 'xy']);
    const both = takeable(entries, { items: [at('x', 2), at('y', 3)], full: true });
    expect([names(both.entries), names(both.recorded)]).toEqual(['a', 'xy']);
  });

  it('in order of time, each way keeping its own, what has no entry first', () => {
    expect(names(mergeByTime([at('a', 1), at('b', 5), at('c', 5)], [at('x', 0), at('y', 5), at('z', 6)]))).toBe(
      'xaybcz',
    );
    expect(names(mergeByTime([], [at('x', 3), at('y', 1)]))).toBe('xy');
    expect(names(mergeByTime([at('a', 3)], []))).toBe('a');
  });
});
