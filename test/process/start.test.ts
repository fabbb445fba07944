/** What a start of the service loads: libraries that take long to load are loaded when they are needed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVM, startTestApi, STARKNET, type TestApi } from '../support/http/api.ts';
import { LIST_LOADED, readLoaded } from '../support/process/loaded.ts';
import { startNode } from '../support/process/processes.ts';

const OF_CHAINS = ['viem', 'ox', 'starknet', 'ws'];
const OF_PROVIDERS = ['stripe', 'creem'];

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const NODE_OPTIONS = LIST_LOADED.join(' ');

test('S23 the API starts without the libraries of chains and payment providers', async () => {
  const other = await api.spawn({ NODE_OPTIONS });
  const { stderr } = await other.stop();
  const { own, packages } = readLoaded(stderr);
  const early = [...packages].filter((name) => [...OF_CHAINS, ...OF_PROVIDERS].includes(name));
  expect(early).toEqual([]);
  expect(own).toContain('src/app/api.ts');
});

test.each([
  [EVM, `0x${'ab'.repeat(20)}`],
  [STARKNET, `0x${'ab'.padStart(64, '0')}`],
])('S23 the API loads what it needs of %s when it is asked', async (chain, address) => {
  const { key } = await api.createCustomer(1n);
  const other = await api.spawn({ NODE_OPTIONS });
  const { status, json } = await other.call('POST', '/treasury/sender-challenge', {
    key,
    body: { purpose: 'register', chain, address },
  });
  const proof = { message: json['message'], signature: chain === EVM ? `0x${'00'.repeat(65)}` : ['0x1', '0x2'] };
  const refused = await other.call('POST', '/treasury/register-sender', { key, body: { chain, address, proof } });
  const { packages } = readLoaded((await other.stop()).stderr);
  expect(status).toBe(200);
  // The chain's nodes cannot be reached, and no account answers for the signature.
  expect([400, 503]).toContain(refused.status);
  expect(packages).toContain(chain === EVM ? 'viem' : 'starknet');
});

test('S23 the detector loads nothing of the API that takes long', async () => {
  const program = "await import('./src/app/detector.ts')";
  const { code, stderr } = await startNode([...LIST_LOADED, '--eval', program], {}).finished;
  expect(code).toBe(0);
  const { packages } = readLoaded(stderr);
  const early = [...packages].filter((name) =>
    [...OF_PROVIDERS, 'openid-client', 'jose', 'zod-openapi'].includes(name),
  );
  expect(early).toEqual([]);
  expect(packages).toContain('viem');
});
