/**
 * Schemathesis, which makes requests of the API's document alone: no request that breaks the document is taken, nothing fails, and
 * every answer has a status, a type, headers and a body that the document names. Needs Python.
 */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVM, startTestApi, type TestApi } from '../support/http/api.ts';
import { CHECKS, schemathesis } from '../support/generated/schemathesis.ts';

/** Streams do not end. Without a provider or addresses to give, a call rightly answers 503. */
const LEFT_OUT = /stream|members|checkout|create-wallet/;
/** Lists whose items are judged one by one: an invalid item is refused in an answer of 200. */
const JUDGED_BY_ITEM = /\/treasury\/(batch|usage)$/;
const JUDGED_CHECKS = CHECKS.filter((one) => one !== 'negative_data_rejection');
/** How it ends when it made requests and each of them passed. */
const CLEAN = /Test cases:\s+([1-9]\d*) generated, \1 passed/;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

test('S22 calls of an org: nothing invalid is taken, and nothing fails', async () => {
  const { key, org } = await api.createCustomer(1_000_000n);
  const asked = { url: api.url(), headers: { Authorization: `Bearer ${key}`, 'Coffer-Org': org } };
  const include = /^\/(treasury|events|webhook-endpoints)/;
  const exclude = new RegExp(`${LEFT_OUT.source}|${JUDGED_BY_ITEM.source}`);
  expect(await schemathesis({ ...asked, include, exclude })).toMatch(CLEAN);
  expect(await schemathesis({ ...asked, include: JUDGED_BY_ITEM, checks: JUDGED_CHECKS })).toMatch(CLEAN);
});

test('S22 calls of an operator: nothing invalid is taken, and nothing fails', async () => {
  const { org } = await api.createCustomer(1_000_000n);
  const key = await api.createKey({ kind: 'admin' });
  const printed = await schemathesis({
    url: api.url(),
    headers: { Authorization: `Bearer ${key}` },
    include: /^\/(admin|orgs|io|credits|orders|payment|webhooks)\//,
    exclude: new RegExp(`${LEFT_OUT.source}|(topup|create)-session`),
    parts: { org, chain: EVM, rail: 'assets:stripe' },
  });
  expect(printed).toMatch(CLEAN);
});

test('S22 an answer that the document does not have, and input that it forbids and that is taken, are found', async () => {
  const broken = await serveBroken();
  try {
    const asked = { url: broken.url, headers: {}, include: /./ };
    const failed = schemathesis(asked);
    await expect(failed).rejects.toThrow(/Response violates schema: 1/);
    await expect(failed).rejects.toThrow(/Schema-violating request accepted: 1/);
    const idle = await schemathesis({ ...asked, include: /nothing has this path/ }).catch(String);
    expect(idle).not.toMatch(CLEAN);
  } finally {
    broken.server.close();
  }
});

/** A service that answers every request alike: with a number where its document has a text. */
async function serveBroken(): Promise<{ readonly server: Server; readonly url: string }> {
  const content = { 'application/json': { schema: { type: 'object', properties: { id: { type: 'string' } } } } };
  const operation = {
    operationId: 'createThing',
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { type: 'object', required: ['count'], properties: { count: { type: 'integer', minimum: 1 } } },
        },
      },
    },
    responses: { 200: { description: 'Done.', content } },
  };
  const document = {
    openapi: '3.1.1',
    info: { title: 'Broken', version: '1' },
    paths: { '/things': { post: operation } },
  };
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(request.url === '/openapi.json' ? document : { id: 1 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, url: `http://127.0.0.1:${address.port}` };
}
