import { expect, test } from 'vitest';
import type { Queries } from '../rows.ts';
import { PriceBook } from './book.ts';

/** A database with one row for each action, which says what it is asked. */
function bookOf(state: { last: string; rate: string }): { readonly book: PriceBook; readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const db: Queries = {
    raw: async (_sql: string, bindings: unknown) => {
      const { actions } = bindings as { readonly actions: readonly string[] };
      asked.push(actions);
      const rows = actions.map((action) => ({
        book: state.last,
        id: `${action} at ${state.rate}`,
        org: null,
        action,
        unit: 'token',
        tiers: [{ upTo: null, rate: state.rate }],
        valid_from: new Date(0),
        valid_to: null,
        added_at: new Date(0),
        added_by: 'a test',
      }));
      return { rows };
    },
  };
  return { book: new PriceBook(db, () => 0), asked };
}

const chat = { action: 'chat', org: null };
const image = { action: 'image', org: null };

test('rows are read once, until they are forgotten', async () => {
  const { book, asked } = bookOf({ last: 'one', rate: '1' });
  await book.load([chat]);
  expect(await book.load([chat, image])).toMatchObject({
    book: 'one',
    rows: [[{ action: 'chat' }], [{ action: 'image' }]],
  });
  expect(asked).toEqual([['chat'], ['image']]);
  book.forget();
  await book.load([chat]);
  expect(asked).toEqual([['chat'], ['image'], ['chat']]);
});

test('a book that has changed is read again for all that is asked, so that no answer is of two states', async () => {
  const state = { last: 'one', rate: '1' };
  const { book } = bookOf(state);
  await book.load([chat]);
  Object.assign(state, { last: 'two', rate: '2' });
  expect(await book.load([chat, image])).toMatchObject({
    book: 'two',
    rows: [[{ id: 'chat at 2' }], [{ id: 'image at 2' }]],
  });
});

test('once the book has changed, nothing that was read before is answered', async () => {
  const state = { last: 'one', rate: '1' };
  const { book } = bookOf(state);
  await book.load([chat]);
  Object.assign(state, { last: 'two', rate: '2' });
  await book.load([image]);
  expect(await book.load([chat])).toMatchObject({ book: 'two', rows: [[{ id: 'chat at 2' }]] });
});
