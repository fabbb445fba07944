import { expect, it } from 'vitest';
import { canonicalMetadata, entryText, metadataPair, textHash } from './entry-text.ts';

const SALT = '5a'.repeat(16);

it('S08 the hash of a text depends on its salt and on every word, and not on the order of metadata', () => {
  const text = { salt: SALT, description: 'd', metadata: { a: '1', b: '2' } };
  const others = [
    { ...text, salt: '5b'.repeat(16) },
    { ...text, description: null },
    { ...text, description: 'e' },
    { ...text, metadata: null },
    { ...text, metadata: {} },
    { ...text, metadata: { a: '1' } },
    { ...text, metadata: { a: '2', b: '1' } },
    { ...text, metadata: { a: '1', b: '2","c":"3' } },
  ];
  expect(new Set([text, ...others].map(textHash)).size).toBe(others.length + 1);
  expect(textHash({ ...text, metadata: { b: '2', a: '1' } })).toBe(textHash(text));
  expect(canonicalMetadata({ 2: 'x', 10: 'y', a: 'z' })).toBe(canonicalMetadata({ a: 'z', 10: 'y', 2: 'x' }));
});

it('S08 a command without words has no text, and words need a salt', () => {
  expect(entryText({}, SALT)).toBeNull();
  expect(entryText({ metadata: {} }, SALT)).toBeNull();
  expect(entryText({ description: 'd' }, SALT)).toMatchObject({ salt: SALT, description: 'd', metadata: null });
  expect(() => entryText({ description: 'd' }, undefined)).toThrow(/salt/);
});

it('S08 a pair of metadata is found under its name and its value', () => {
  const pairs = [metadataPair('a', 'b'), metadataPair('ab', ''), metadataPair('', 'ab'), metadataPair('b', 'a')];
  expect(new Set(pairs).size).toBe(pairs.length);
  for (const pair of pairs) expect(pair).toMatch(/^[0-9a-f]{32}$/);
});
