import { expect, it } from 'vitest';
import { selectHeads, selectHoldCounts, selectHolds } from '../heads.ts';
import { SELECT_LAST, selectSettled } from '../entry-columns.ts';
import { askEachWallet, ofOneWallet, onlyOf } from './by-wallet.ts';

it.each([
  ['heads', selectHeads('$1')],
  ['holds', selectHolds('$1', '$2')],
  ['counts of holds', selectHoldCounts('$1')],
  ['last entries', SELECT_LAST],
  ['what was settled', selectSettled('$1', '$2')],
])('every table of the statement for %s is asked for the one wallet', (_, sql) => {
  const compared = [...ofOneWallet(sql, onlyOf('$1')).matchAll(/\b(?:wallet|w\.id) = (\([^)]*\)\[1\]|\S+)/g)].map(
    ([, value]) => value,
  );
  expect(compared.length).toBeGreaterThan(0);
  expect(new Set(compared)).toEqual(new Set(['($1::uuid[])[1]']));
  const tables = [...sql.matchAll(/\b(?:FROM|JOIN) (wallet|entry|lot|lot_open|hold_open|budget|budget_\w+)\b/g)];
  expect(compared.length).toBeGreaterThanOrEqual(tables.length);
});

it('asks for each wallet once, with what belongs to it', async () => {
  const asked: unknown[] = [];
  const rows = await askEachWallet(
    [
      ['a', 'b', 'a'],
      [1, 2, 3],
    ],
    async (ofOne) => {
      asked.push(ofOne);
      return [{ wallet: ofOne[0]?.[0] }];
    },
  );
  expect(asked).toEqual([
    [
      ['a', 'a'],
      [1, 3],
    ],
    [['b'], [2]],
  ]);
  expect(rows).toEqual([{ wallet: 'a' }, { wallet: 'b' }]);
});
