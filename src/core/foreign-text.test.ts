import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanOrNull, cleanText, fencedText, findNameProblem } from './foreign-text.ts';

it.each([
  ['plain text', 'header not found: block 17 (code -32000)', 'header not found: block 17 (code -32000)'],
  ['letters of other scripts', 'блок не найден, ブロック', 'блок не найден, ブロック'],
  ['NUL', 'a\0b', 'a\ufffdb'],
  ['line breaks and tabs', 'a\r\n\tb\u2028c', 'a   b c'],
  ['escape sequences of terminals', '\u001b[2Jgone', '\ufffd[2Jgone'],
  ['direction overrides', 'paid \u202e001', 'paid \ufffd001'],
  ['isolates and marks', 'a\u2066b\u200fc', 'a\ufffdb\ufffdc'],
  ['characters that show nothing', '\u200b\ufeff\u3164', '\ufffd\ufffd\ufffd'],
  ['half of a surrogate pair', 'a\ud800b', 'a\ufffdb'],
])('S12 %s is stored so that it reads as it is', (_case, text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

it('S12 long text is cut between characters', () => {
  expect(cleanText('x'.repeat(600))).toBe('x'.repeat(500));
  expect(cleanText('ab😀', 3)).toBe('ab');
  expect([cleanOrNull(null), cleanOrNull(undefined), cleanOrNull('a\0')]).toEqual([null, null, 'a\ufffd']);
});

it('S12 whatever comes in, what comes out can be stored, fits, and stays the same when it is cleaned again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, lengthMax) => {
      const clean = cleanText(text, lengthMax);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean.length).toBeLessThanOrEqual(lengthMax);
      expect(clean).not.toMatch(/\p{Cc}|\p{Cf}/u);
      expect(cleanText(clean, lengthMax)).toBe(clean);
    }),
  );
});

it.each([
  ['Acme', undefined],
  ['Ünïcode 漢字 👩‍💻 ❤️', undefined],
  ['עברית', undefined],
  ['Acme \u202eCorp', 'must not contain characters that change the direction of text'],
  ['\u2066Acme\u2069', 'must not contain characters that change the direction of text'],
  ['\u200b\u3164', 'must contain a character that can be seen'],
  [' \u00a0\t', 'must contain a character that can be seen'],
])('S20 the name %j', (name, problem) => {
  expect(findNameProblem(name)).toBe(problem);
});

it('S20 text for a terminal shows what would rewrite its surroundings by number', () => {
  expect(fencedText('paid \u202e001\u001b[2J\nnext é')).toBe('paid <U+202E>001<U+001B>[2J\nnext é');
});
