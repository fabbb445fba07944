import { describe, expect, test } from 'vitest';
import type { TransferEvent } from '../chains/transfer.ts';
import type { Changes, KnownDeposit } from './diff.ts';
import type { DepositState } from './states.ts';
import { decide } from './diff.ts';

const event = (txHash: string, change: Partial<TransferEvent> = {}): TransferEvent => ({
  token: '0xusdc',
  txHash,
  ordinal: 0,
  blockNumber: 10,
  blockHash: '0xten',
  from: '0xsender',
  to: '0xours',
  amount: 5n,
  malformed: null,
  ...change,
});
const known = (txHash: string, state: DepositState, change: Partial<KnownDeposit> = {}): KnownDeposit => {
  const { malformed: _, ...stored } = event(txHash);
  return { id: txHash, state, committed: false, ...stored, ...change };
};
const range = { fromBlock: 5, toBlock: 15, tokens: ['0xusdc'], recipients: new Set(['0xours']) };

/** What was decided, as names of lists with the transactions in them. */
function shown(changes: Changes): Record<string, string[]> {
  const lists = {
    insert: changes.insert.map(({ txHash }) => txHash),
    move: changes.move.map(({ known: { txHash } }) => txHash),
    revive: changes.revive.map(({ known: { txHash } }) => txHash),
    orphan: changes.orphan.map(({ txHash }) => txHash),
  };
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}

describe('the difference of what is known and what was read', () => {
  const elsewhere = { blockNumber: 11, blockHash: '0xeleven' };
  const sold = { committed: true };
  test.each([
    ['nothing and nothing', [], [], {}],
    ['a new transfer', [], [event('t')], { insert: ['t'] }],
    ['the same again', [known('t', 'confirming')], [event('t')], {}],
    ['the same twice in one answer', [], [event('t'), event('t')], { insert: ['t'] }],
    ['two positions of one transaction', [], [event('t'), event('t', { ordinal: 1 })], { insert: ['t', 't'] }],
    ['gone', [known('t', 'confirming')], [], { orphan: ['t'] }],
    ['gone after it was credited', [known('t', 'credited', sold)], [], { orphan: ['t'] }],
    ['gone, from outside the range', [known('t', 'confirming', { blockNumber: 16 })], [], {}],
    ['gone, of a token that was not read', [known('t', 'credited', { ...sold, token: '0xother' })], [], {}],
    ['gone, to a recipient that was not read', [known('t', 'credited', { ...sold, to: '0xformer' })], [], {}],
    [
      'at both ends of the range',
      [known('a', 'observed', { blockNumber: 5 }), known('b', 'observed', { blockNumber: 15 })],
      [],
      { orphan: ['a', 'b'] },
    ],
    ['in another block', [known('t', 'confirming')], [event('t', elsewhere)], { move: ['t'] }],
    [
      'in another block, from above the range',
      [known('t', 'confirming', { blockNumber: 20 })],
      [event('t')],
      { move: ['t'] },
    ],
    ['credited, in another block', [known('t', 'credited', sold)], [event('t', elsewhere)], { move: ['t'] }],
    ['another amount under one hash', [known('t', 'confirming')], [event('t', { amount: 6n })], { move: ['t'] }],
    [
      'another transfer under one block hash',
      [known('t', 'confirming')],
      [event('u')],
      { insert: ['u'], orphan: ['t'] },
    ],
    ['credited, and another amount', [known('t', 'credited', sold)], [event('t', { amount: 6n })], { orphan: ['t'] }],
    ['credited, and another sender', [known('t', 'credited', sold)], [event('t', { from: '0xb' })], { orphan: ['t'] }],
    ['an orphan that returns', [known('t', 'orphaned')], [event('t', elsewhere)], { revive: ['t'] }],
    ['a credited orphan that returns', [known('t', 'orphaned', sold)], [event('t')], { revive: ['t'] }],
    ['a credited orphan that returns changed', [known('t', 'orphaned', sold)], [event('t', { amount: 6n })], {}],
    ['a return while it is being reversed', [known('t', 'reversed', sold)], [event('t')], {}],
    ['a return after it was reversed', [known('t', 'reversed')], [event('t')], { revive: ['t'] }],
    ['an orphan that stays away', [known('t', 'orphaned')], [], {}],
    ['something set aside that is gone', [known('t', 'ignored')], [], { orphan: ['t'] }],
  ] as const)('%s', (_, stored, read, expected) => {
    expect(shown(decide(stored, read, range))).toEqual(expected);
  });

  test('what is read on the chain and not stored so is noted, even where a reversal has to come first', () => {
    const changed = event('t', { amount: 6n });
    expect(decide([known('t', 'credited', sold)], [changed], range).observe).toEqual([changed]);
    expect(decide([known('t', 'reversed', sold)], [event('t')], range).observe).toEqual([event('t')]);
    expect(decide([known('t', 'credited', sold)], [event('t')], range).observe).toEqual([]);
  });
});
