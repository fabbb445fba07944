import { describe, expect, test } from 'vitest';
import type { TransferEvent } from '../chains/transfer.ts';
import type { DepositState } from './states.ts';
import { decide, decideReading, type Changes, type KnownDeposit } from './diff.ts';

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
const range = { fromBlock: 5, toBlock: 15, tokens: ['0xusdc', '0xbridged'] };
const ours = { recipients: new Set(['0xours']), tokens: ['0xusdc'], knownAsset: 'wrong_asset' } as const;

/** The decision, as names of lists with the transactions in them. */
function shown(changes: Changes): Record<string, string[]> {
  const lists = {
    insert: changes.insert.map(({ event: { txHash } }) => txHash),
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
    expect(shown(decide(stored, read, ours, range))).toEqual(expected);
  });

  test('what is read on the chain and not stored so is noted, even where a reversal has to come first', () => {
    const changed = event('t', { amount: 6n });
    expect(decide([known('t', 'credited', sold)], [changed], ours, range).observe).toEqual([changed]);
    expect(decide([known('t', 'reversed', sold)], [event('t')], ours, range).observe).toEqual([event('t')]);
    expect(decide([known('t', 'credited', sold)], [event('t')], ours, range).observe).toEqual([]);
  });
});

describe('where a deposit begins', () => {
  const elsewhere = { blockNumber: 11, blockHash: '0xeleven' };
  const fresh = { state: 'observed', reason: null };
  const nothing = { state: 'ignored', reason: 'zero_amount' };
  /** The only start in the decision; `none` where nothing begins. */
  const startIn = ({ insert, move, revive }: Changes): unknown => {
    const placed = [...insert, ...move, ...revive];
    expect(placed).toHaveLength(1);
    return placed[0]?.start;
  };

  test.each([
    ['new: what the rules say', [], event('t'), fresh],
    ['new, of nothing', [], event('t', { amount: 0n }), nothing],
    [
      'new, of a token that is only known',
      [],
      event('t', { token: '0xbridged' }),
      { state: 'ignored', reason: 'wrong_asset' },
    ],
    [
      'new, and not to be read',
      [],
      event('t', { malformed: 'short' }),
      { state: 'quarantined', reason: 'malformed: short' },
    ],
    ['the same money in another block: it stays as it is', [known('t', 'unmatched')], event('t', elsewhere), undefined],
    ['the same, credited', [known('t', 'credited', { committed: true })], event('t', elsewhere), undefined],
    ['another amount', [known('t', 'unmatched')], event('t', { amount: 6n }), fresh],
    ['another amount, of nothing', [known('t', 'unmatched')], event('t', { amount: 0n }), nothing],
    ['another sender', [known('t', 'quarantined')], event('t', { from: '0xb' }), fresh],
    [
      'another recipient',
      [known('t', 'unmatched')],
      event('t', { to: '0xelse' }),
      { state: 'quarantined', reason: 'foreign_recipient' },
    ],
    ['an orphan that returns as it was', [known('t', 'orphaned')], event('t'), fresh],
    ['what was reversed and returns', [known('t', 'reversed')], event('t', elsewhere), fresh],
    ['an orphan that returns as nothing', [known('t', 'orphaned')], event('t', { amount: 0n }), nothing],
  ] as const)('%s', (_, stored, read, expected) => {
    expect(startIn(decide(stored, [read], ours, range))).toEqual(expected);
  });
});

describe('a reading that is disputed', () => {
  const disputed = [event('t')];
  test.each([
    ['stores what is not known', [], { insert: ['t'] }],
    ['leaves what is known as it is', [known('t', 'confirming')], {}],
    ['leaves what is known in another block', [known('t', 'confirming', { blockNumber: 9 })], {}],
    ['revives nothing', [known('t', 'orphaned')], {}],
    ['still finds what nobody holds', [known('t', 'confirming'), known('u', 'confirming')], { orphan: ['u'] }],
  ] as const)('%s', (_, stored, expected) => {
    expect(shown(decideReading(stored, { settled: [], disputed }, ours, range))).toEqual(expected);
  });

  test('what is stored begins where the rules say, and was observed', () => {
    const { insert, observe } = decideReading([], { settled: [], disputed }, ours, range);
    expect(insert).toEqual([{ event: event('t'), start: { state: 'observed', reason: null } }]);
    expect(observe).toEqual(disputed);
  });
});

test('single transfers that were looked up say nothing of any other', () => {
  const changes = decide([known('t', 'confirming')], [event('u')], ours, undefined);
  expect(shown(changes)).toEqual({ insert: ['u'] });
});
