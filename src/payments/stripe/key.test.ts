import { expect, test } from 'vitest';
import { readStripeKey } from './key.ts';

test('the prefix says the mode and whether the key is restricted', () => {
  expect(readStripeKey('sk_test_4eC39HqLyjWD')).toEqual({ mode: 'test', restricted: false });
  expect(readStripeKey('sk_live_4eC39HqLyjWD')).toEqual({ mode: 'live', restricted: false });
  expect(readStripeKey('rk_test_4eC39HqLyjWD')).toEqual({ mode: 'test', restricted: true });
  expect(readStripeKey('rk_live_4eC39HqLyjWD')).toEqual({ mode: 'live', restricted: true });
});

test.each([
  'pk_live_4eC39HqLyjWD',
  'whsec_4eC39HqLyjWD',
  'sk_prod_4eC39HqLyjWD',
  'sk_test_',
  'sk_test_a b c d e f',
  '',
])('another text is refused and not repeated: %s', (text) => {
  const refused = (): unknown => readStripeKey(text);
  expect(refused).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  if (text.length > 8) expect(refused).not.toThrow(text);
});

test('a publishable key is named as such', () => {
  expect(() => readStripeKey('pk_test_4eC39HqLyjWD')).toThrow('is a publishable key');
});
