import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError } from './error.ts';
import { paymentsSchema, readPayments, type PaymentsConfig } from './payments.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coffer-payments-'));
  const files = { stripe: 'sk_test_0123456789', creem: 'creem_test_0123456789', hook: 'whsec_a', wrong: 'hunter2' };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (settings: object): PaymentsConfig =>
  readPayments(paymentsSchema.parse(settings), (path) => join(folder, path));

test('each provider has an account of its own, with its key and the secrets of its webhooks', () => {
  const stripe = { secretKeyFile: 'stripe' };
  const creem = { secretKeyFile: 'creem', webhookSecretFiles: ['hook'], apiUrl: 'http://127.0.0.1:1' };
  const both = read({ mode: 'test', stripe, creem });
  expect(both.stripe?.secretKey.reveal()).toBe('sk_test_0123456789');
  expect(both.creem?.secretKey.reveal()).toBe('creem_test_0123456789');
  expect(both.creem?.webhookSecrets.map((secret) => secret.reveal())).toEqual(['whsec_a']);
  expect(both.creem?.apiUrl).toBe('http://127.0.0.1:1');
  expect(read({ creem }).stripe).toBeUndefined();
  expect(read({}).creem).toBeUndefined();
});

test.each(['stripe', 'creem'])("a file of %s with another provider's key is refused, and not shown", (provider) => {
  for (const file of ['wrong', provider === 'creem' ? 'stripe' : 'creem']) {
    const open = (): unknown => read({ [provider]: { secretKeyFile: file } });
    expect(open).toThrow(ConfigError);
    expect(open).toThrow(new RegExp(`^(?!.*(hunter2|0123456789))payments\\.${provider}\\.secretKeyFile: `));
  }
});
