import { expect, test } from 'vitest';
import { readCreemKey } from './key.ts';

test('a key says which money it moves, and another text is refused without being shown', () => {
  expect(readCreemKey('creem_test_0123456789')).toBe('test');
  expect(readCreemKey('creem_0123456789abcdef')).toBe('live');
  for (const wrong of ['', 'creem_', 'sk_live_0123456789', 'creem_short', 'creem_ 0123456789']) {
    expect(() => readCreemKey(wrong), `key ${wrong}`).toThrow(/must be a secret key/);
  }
  expect(() => readCreemKey('whsec_verysecret')).not.toThrow(/verysecret/);
});
