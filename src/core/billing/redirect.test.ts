import { expect, test } from 'vitest';
import { findRedirectProblem, type RedirectRules } from './redirect.ts';

const key: RedirectRules = { origins: [], ownOrigin: 'https://pay.example', isPerson: false };
const person: RedirectRules = { ...key, isPerson: true };
const listed: RedirectRules = { ...key, origins: ['https://shop.example'] };

test.each<[string, RedirectRules, boolean]>([
  ['https://shop.example/done?session={CHECKOUT_SESSION_ID}', key, true],
  ['https://elsewhere.example/', key, true],
  ['http://127.0.0.1:3000/done', key, true],
  ['http://localhost/done', key, true],
  ['http://[::1]/done', key, true],
  ['http://shop.example/done', key, false],
  ['http://127.0.0.1.shop.example/done', key, false],
  ['javascript:alert(1)', key, false],
  ['/done', key, false],
  ['https://', key, false],
  ['https://user@shop.example/', key, false],
  ['https://user:word@shop.example/', key, false],
  ['https://shop.example/a b', key, false],
  ['https:\\\\shop.example/', key, false],
  [`https://shop.example/${'x'.repeat(2_027)}`, key, true],
  [`https://shop.example/${'x'.repeat(2_028)}`, key, false],
  ['https://pay.example/done', person, true],
  ['https://shop.example/done', person, false],
  ['https://pay.example:8443/done', person, false],
  ['https://shop.example/done', listed, true],
  ['https://shop.example.evil.example/done', listed, false],
  ['https://pay.example/done', listed, false],
])('%s', (url, rules, isFine) => {
  expect(findRedirectProblem(url, rules) === undefined).toBe(isFine);
});
