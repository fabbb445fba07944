import { expect, it } from 'vitest';
import { walletId } from '../../core/ids.ts';
import { Rivals, turnsOf, TURNS_MAX } from './turns.ts';

const ARRAY_HEADER_BYTES = 20;
const ELEMENT_BYTES = 8;

const wallets = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => walletId({ kind: 'org', id: `org ${index}` }));

function numbersIn(parameter: Buffer): number[] {
  const count = Math.max(0, parameter.length - ARRAY_HEADER_BYTES) / ELEMENT_BYTES;
  return Array.from({ length: count }, (_, index) =>
    parameter.readInt32BE(ARRAY_HEADER_BYTES + index * ELEMENT_BYTES + 4),
  );
}

it('has a turn for each wallet, in one order whatever the order of the wallets', () => {
  const some = wallets(20);
  const turns = numbersIn(turnsOf(some));
  expect(new Set(turns).size).toBe(20);
  expect(turns).toEqual(turns.toSorted((a, b) => a - b));
  expect(numbersIn(turnsOf([...some.toReversed(), ...some], 7))).toEqual(turns);
  expect(numbersIn(turnsOf([]))).toEqual([]);
});

it.each([1, 2, 3, 4, 5, 8])(
  'of many wallets has some at a time, and in time each of them: every %i numbers',
  (every) => {
    for (const size of [2 * TURNS_MAX, 3 * TURNS_MAX + 5, 4 * TURNS_MAX]) {
      const many = wallets(size);
      const seen = new Set<number>();
      for (let nth = 0; nth < 24; nth += 1) {
        const turns = numbersIn(turnsOf(many, 7 + nth * every));
        expect(turns).toHaveLength(TURNS_MAX);
        expect(turns).toEqual(turns.toSorted((a, b) => a - b));
        for (const turn of turns) seen.add(turn);
      }
      expect(seen.size).toBe(many.length);
    }
  },
);

it('is taken first by a writer that lost twice in a row, for its next hundred writes', () => {
  const [hot = '', other = ''] = wallets(2);
  const rivals = new Rivals();
  const [both, alone] = [new Set([hot, other]), new Set([hot])];
  rivals.lost(both);
  expect(rivals.comeFirst([hot])).toBe(false);
  // A write that was first in between: it is not lost again and again.
  rivals.won(alone);
  rivals.lost(alone);
  expect(rivals.comeFirst([hot])).toBe(false);
  rivals.lost(alone);
  for (let write = 0; write < 100; write += 1) expect(rivals.comeFirst([other, hot])).toBe(true);
  expect(rivals.comeFirst([other, hot])).toBe(false);
  rivals.lost(alone);
  expect(rivals.comeFirst([hot])).toBe(false);
});

it('is not taken first for many wallets, of which nobody knows which was lost', () => {
  const many = wallets(TURNS_MAX + 1);
  const rivals = new Rivals();
  for (let n = 0; n < 3; n += 1) rivals.lost(new Set(many));
  expect(many.some((wallet) => rivals.comeFirst([wallet]))).toBe(false);
  for (let n = 0; n < 3; n += 1) rivals.lost(new Set(many.slice(1)));
  expect(rivals.comeFirst(many)).toBe(false);
  expect(rivals.comeFirst(many.slice(1))).toBe(true);
});

it('is remembered for so many wallets, then for none', () => {
  const rivals = new Rivals();
  const all = wallets(1_001);
  for (const wallet of all) for (let n = 0; n < 2; n += 1) rivals.lost(new Set([wallet]));
  expect(all.filter((wallet) => rivals.comeFirst([wallet]))).toEqual(all.slice(1_000));
});
