import { expect, it } from 'vitest';
import { walletId } from '../../core/ids.ts';
import { turnsOf, TURNS_MAX } from './turns.ts';

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

it('of many wallets has some at a time, and in time each of them', () => {
  const many = wallets(3 * TURNS_MAX + 5);
  const seen = new Set<number>();
  for (let from = 0; from < 4; from += 1) {
    const turns = numbersIn(turnsOf(many, from));
    expect(turns).toHaveLength(TURNS_MAX);
    expect(turns).toEqual(turns.toSorted((a, b) => a - b));
    for (const turn of turns) seen.add(turn);
  }
  expect(seen.size).toBe(many.length);
});
