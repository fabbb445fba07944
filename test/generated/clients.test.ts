/** Clients that generators make of the API's document compile, and calls through them work. Needs npm, Python and Go. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { GENERATORS } from '../support/generated/generators.ts';
import { make, runIn } from '../support/generated/workshop.ts';

let api: TestApi;
let document: string;
beforeAll(async () => {
  api = await startTestApi();
  document = await (await fetch(`${api.url()}/openapi.json`)).text();
});
afterAll(async () => api.stop());

/** What every client prints after the same calls: see the programs. */
const SEEN = {
  before: '10.00',
  charged: '1.25',
  isSameEntry: true,
  held: '2.00',
  captured: '0.75',
  entryTypes: ['AI_API_CALL', 'DEPOSIT', 'HOLD'],
  after: '8.00',
  refusal: { code: 'CREDIT_INSUFFICIENT', kind: 'balance', availableUsd: '8.00' },
};

test.each(GENERATORS)('S22 a client that $name makes compiles, and a call through it works', async (generator) => {
  const { key } = await api.createCustomer(10n);
  const folder = await make(generator, document);
  const printed = await runIn(folder, generator.call, { COFFER_URL: api.url(), COFFER_KEY: key });
  expect(JSON.parse(printed)).toEqual(SEEN);
});
