import { expect, test } from 'vitest';
import { accountName, readAccountName } from '../core/billing/facts.ts';
import { problemOf } from '../http/server/problem.ts';
import { ProviderFailed } from './port.ts';

test('the name of an account says whose it is', () => {
  expect(accountName('stripe', null)).toBe('stripe');
  expect(accountName('stripe', 'o1')).toBe('stripe:o1');
  expect(readAccountName('stripe')).toEqual({ provider: 'stripe', org: null });
  expect(readAccountName('stripe:o1')).toEqual({ provider: 'stripe', org: 'o1' });
  for (const wrong of ['', 'paypal', 'stripe:', 'stripe:a:b']) expect(readAccountName(wrong)).toBeUndefined();
});

test('a failure of a provider tells the caller what is known of the outcome, and keeps the rest', () => {
  const fault = { outcome: 'unknown', code: 'api_error', requestId: 'req_1', lacks: 'key' } as const;
  const problem = problemOf(new ProviderFailed('the answer was lost', fault));
  expect(problem.code).toBe('PAYMENT_PROVIDER_FAILED');
  expect(problem.details).toEqual({ outcome: 'unknown', providerCode: 'api_error' });
});
