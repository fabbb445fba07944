import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRepeatedName } from '../../core/repeated-name.ts';
import { parseJson } from './json.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('a JSON body', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        // A field of that name is refused; its own test has it.
        fc.pre(!JSON.stringify(value).includes('"__proto__":'));
        expect(parseJson(bytes(text))).toEqual(value);
      }),
    );
  });

  it.each(['{"a":"\\ud800"}', '{"a":["x\\udc00y"]}', '{"\\udfff":1}'])(
    'is refused where half of a surrogate pair stands alone: %s',
    (text) => {
      expect(() => parseJson(bytes(text))).toThrow('half of a surrogate pair');
    },
  );

  it.each([
    ['{"a":"\\ud800"}', 'a'],
    ['{"a":[{"b":"\\ud800"}]}', 'a.0.b'],
    ['{"a":{"\\udfff":1}}', 'a'],
    ['"\\ud800"', ''],
  ])('names the field that holds half a pair: %s', (text, path) => {
    expect(() => parseJson(bytes(text))).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ path })] }),
    );
  });

  it('may escape what is text', () => {
    expect(parseJson(bytes('{"a":"\\ud83d\\ude00 \\u00e9 \\\\ud800"}'))).toEqual({ a: '😀 é \\ud800' });
  });

  it.each([
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"b":[{"x":1},{"x":1,"y":{"z":0},"x":2}]}', 'x'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['[{"a\\"":1,"a\\"":1}]', 'a"'],
  ])('is refused where a name comes twice: %s', (text, name) => {
    expect(findRepeatedName(text)).toBe(name);
    expect(() => parseJson(bytes(text))).toThrow(`${name} is given more than once`);
  });

  it.each(['{"a":"a:1,\\"a\\":","b":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":{"a":{"a":[]}}}', '"{\\"a\\":1}"'])(
    'may use a name again in another object: %s',
    (text) => {
      expect(findRepeatedName(text)).toBeUndefined();
    },
  );

  it.each([['{'], ['{"a":1e}'], ["{'a':1}"], [''], ['{"a":NaN}'], ['{"a":01}']])(
    'is refused when broken: %s',
    (text) => {
      expect(() => parseJson(bytes(text))).toThrow('not valid JSON');
    },
  );

  it('is refused when it is not UTF-8', () => {
    expect(() => parseJson(Buffer.from([0x22, 0xff, 0x22]))).toThrow('not valid JSON');
  });
});
