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
