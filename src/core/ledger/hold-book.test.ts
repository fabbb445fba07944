import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HoldBook } from './hold-book.ts';

interface Hold {
  readonly hold: number;
  readonly expiresAtMs: number;
}

const inOrder = (holds: Iterable<Hold>): Hold[] =>
  [...holds].toSorted((a, b) => a.expiresAtMs - b.expiresAtMs || a.hold - b.hold);

it('S01 a book of holds answers what a plain map answers, through any changes', () => {
  const change = fc.record({ hold: fc.nat({ max: 300 }), expiresAtMs: fc.option(fc.nat({ max: 50 }), { freq: 3 }) });
  fc.assert(
    fc.property(
      fc.array(fc.array(change, { maxLength: 40 }), { maxLength: 12 }),
      fc.nat({ max: 60 }),
      (steps, atMs) => {
        let book = HoldBook.of<Hold>([]);
        const plain = new Map<number, Hold>();
        for (const step of steps) {
          const before = inOrder(book.values());
          const changes = new Map<number, Hold | undefined>();
          for (const { hold, expiresAtMs } of step) {
            const open = expiresAtMs === null ? undefined : { hold, expiresAtMs };
            changes.set(hold, open);
            if (open) plain.set(hold, open);
            else plain.delete(hold);
          }
          const [next, end] = [inOrder(plain.values())[0]?.expiresAtMs ?? Infinity, book.nextEndMs(changes)];
          expect(end).toBe(next);
          const overdue = inOrder(plain.values()).filter(({ expiresAtMs }) => expiresAtMs <= atMs);
          expect(book.overdue(atMs, changes, 7)).toEqual(overdue.slice(0, 7));
          const changed = book.with(changes);
          expect(inOrder(book.values())).toEqual(before);
          book = changed;
          expect(inOrder(book.values())).toEqual(inOrder(plain.values()));
          for (const { hold } of step) expect(book.get(hold)).toEqual(plain.get(hold));
        }
      },
    ),
  );
});

it('S01 a book that lacks holds says so of every hold that it does not know, whatever was closed since', () => {
  const read = [2, 4, 6].map((hold) => ({ hold, expiresAtMs: 10 * hold }));
  let book = HoldBook.of<Hold>(read, { fromMs: 60, untilSeq: 100 });
  expect([book.mayLack(59), book.mayLack(60), book.nextEndMs()]).toEqual([false, true, 20]);
  expect([2, 8, 101].map((hold) => book.lacks(hold))).toEqual([false, true, false]);
  // Closed ones stay known, however many changes there were.
  for (let hold = 200; hold < 500; hold += 1) {
    book = book.with(new Map([[hold, { hold, expiresAtMs: 70 }]]));
    book = book.with(new Map([[hold, undefined]]));
  }
  book = book.with(
    new Map([
      [2, undefined],
      [8, { hold: 8, expiresAtMs: 80 }],
      [9, undefined],
    ]),
  );
  expect([2, 8, 9, 10].map((hold) => book.lacks(hold))).toEqual([false, false, false, true]);
  expect([2, 8, 9].map((hold) => book.get(hold))).toEqual([undefined, { hold: 8, expiresAtMs: 80 }, undefined]);
  expect(book.overdue(45, new Map(), 9)).toEqual([{ hold: 4, expiresAtMs: 40 }]);
  const [more, all] = [book.readUntil(90), HoldBook.of<Hold>(read)];
  expect([more.mayLack(90), more.mayLack(91), all.mayLack(1e15), all.lacks(8)]).toEqual([false, true, false, false]);
  expect([book.isWorn, all.isWorn]).toEqual([false, false]);
  const worn = book.with(new Map(Array.from({ length: 30_000 }, (_, hold) => [1_000 + hold, undefined])));
  expect(worn.isWorn).toBe(true);
});
