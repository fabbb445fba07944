import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createPepper,
  formatPeppers,
  openPeppers,
  parsePeppers,
  PEPPERS_MAX,
  PepperError,
  pepperOf,
  peppersIn,
  withNext,
  withNextUsed,
  withoutPepper,
  type PepperFile,
} from './peppers.ts';

const PLAIN = 'a pepper that is used by tests and by nothing else';
const [first, second, third] = [pepperOf(PLAIN), createPepper(), createPepper()];
const one: PepperFile = { next: undefined, current: first, older: [] };

describe('a pepper file', () => {
  it('is the secret itself, over several lines too, as it was before there were several', () => {
    expect(parsePeppers(`${PLAIN}\n`)).toEqual(one);
    const wrapped = `${'A'.repeat(64)}\n${'B'.repeat(64)}`;
    expect(parsePeppers(`${wrapped}\n`).current).toEqual(pepperOf(wrapped));
    expect(() => parsePeppers('hunter2')).toThrow(new PepperError('holds fewer than 32 characters'));
  });

  it('names a pepper by its secret, and never by the hash of a key', () => {
    expect(first.id).toMatch(/^[0-9a-f]{8}$/);
    expect(pepperOf(PLAIN).id).toBe(first.id);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
  });

  it('gives what was written into it, whatever the secrets are', () => {
    const secret = fc.string({ unit: 'grapheme', minLength: 32, maxLength: 80 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(fc.uniqueArray(secret, { minLength: 2, maxLength: 4 }), fc.boolean(), (secrets, hasNext) => {
        const [top = first, current = second, ...older] = secrets.map(pepperOf);
        const file = hasNext
          ? { next: top, current, older }
          : { next: undefined, current: top, older: [current, ...older] };
        expect(parsePeppers(formatPeppers(file))).toEqual(file);
      }),
    );
  });

  it('may have comments and empty lines', () => {
    const text = formatPeppers(withNext(one, second));
    expect(parsePeppers(`# peppers\n\n${text}\n`)).toEqual({ next: second, current: first, older: [] });
  });

  it.each([
    ['a character of a secret', (text: string) => text.replace(/.$/m, (last) => (last === 'A' ? 'E' : 'A'))],
    ['the id', (text: string) => text.replace(/^next ./, (head) => `next ${head.endsWith('0') ? '1' : '0'}`)],
    ['a cut line', (text: string) => text.slice(0, -8)],
    ['a cut line at the top', (text: string) => text.replace(/:.*\n/, ':\n')],
    ['a pepper twice', (text: string) => text + text.replace('next ', '')],
    ['next at the wrong place', (text: string) => text.split('\n').toReversed().join('\n')],
    ['nothing that hashes', (text: string) => text.split('\n')[0] ?? ''],
    ['too many', (text: string) => text + formatPeppers({ ...one, older: Array.from({ length: 16 }, createPepper) })],
  ])('with a damage is refused, and never taken for a secret: %s', (_name, damage) => {
    const text = formatPeppers(withNext(one, second));
    expect(() => parsePeppers(damage(text))).toThrow(PepperError);
  });
});

describe('a pepper is replaced', () => {
  it('in two steps: it opens, then it hashes', () => {
    const waiting = withNext(one, second);
    expect([waiting.current, peppersIn(waiting)]).toEqual([first, [second, first]]);
    expect(() => withNext(waiting, third)).toThrow('not used yet');
    const used = withNextUsed(waiting);
    expect(used).toEqual({ next: undefined, current: second, older: [first] });
    expect(() => withNextUsed(used)).toThrow(PepperError);
    expect(withNextUsed(withNext(used, third)).older).toEqual([second, first]);
  });

  it('and removed, but for the one that hashes', () => {
    const used = withNext(withNextUsed(withNext(one, second)), third);
    expect(withoutPepper(used, first.id)).toEqual({ next: third, current: second, older: [] });
    expect(withoutPepper(used, third.id)).toEqual({ next: undefined, current: second, older: [first] });
    expect(() => withoutPepper(used, second.id)).toThrow(PepperError);
  });

  it(`up to ${PEPPERS_MAX} times before one has to go`, () => {
    let file = one;
    for (let made = 1; made < PEPPERS_MAX; made += 1) file = withNextUsed(withNext(file, createPepper()));
    expect(parsePeppers(formatPeppers(file))).toEqual(file);
    expect(() => withNext(file, createPepper())).toThrow('remove one first');
  });
});

describe('peppers in use', () => {
  const used = withNextUsed(withNext(one, second));

  it('are found by their id; what names none may be under each', () => {
    const peppers = openPeppers(() => formatPeppers(used));
    expect(peppers.current()).toEqual(second);
    expect(peppers.under(first.id)).toEqual([first]);
    expect(peppers.under(null)).toEqual([second, first]);
    expect(peppers.under(third.id)).toEqual([]);
  });

  it('are read again when one is named that is not there, and kept when the file is damaged by then', () => {
    let text = PLAIN;
    const peppers = openPeppers(() => text);
    text = `${formatPeppers(used)}damaged`;
    expect(peppers.under(second.id)).toEqual([]);
    expect(peppers.under(first.id)).toEqual([first]);
    text = formatPeppers(used);
    expect(peppers.current()).toEqual(first);
    expect(peppers.under(second.id)).toEqual([second]);
    expect(peppers.current()).toEqual(second);
  });

  it('take the place of older ones, and of none that another process has used already', () => {
    const after = openPeppers(() => formatPeppers(used));
    expect(after.replaces(first.id, first)).toBe(true);
    expect(after.replaces(null, first)).toBe(true);
    expect(after.replaces(null, second)).toBe(true);
    expect(after.replaces(second.id, second)).toBe(false);
    const before = openPeppers(() => formatPeppers(withNext(one, second)));
    expect(before.replaces(second.id, second)).toBe(false);
    expect(before.replaces(first.id, first)).toBe(false);
  });
});
