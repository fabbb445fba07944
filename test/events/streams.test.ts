/** The places of streams. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';

const PLACES = 10;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

it('S17 a place is free at once when its client goes, without waiting for the next heartbeat', async () => {
  const { key } = await api.createCustomer();
  const open = async (): Promise<{ status: number; leave: () => void }> => {
    const leaving = new AbortController();
    const headers = { authorization: `Bearer ${key}` };
    const response = await fetch(`${api.url()}/events/stream`, { headers, signal: leaving.signal });
    await response.body?.getReader().read();
    return { status: response.status, leave: () => leaving.abort() };
  };
  const all = [];
  for (let made = 0; made < PLACES; made += 1) all.push(await open());
  expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
  expect((await open()).status).toBe(429);
  for (const { leave } of all) leave();
  const startedAtMs = performance.now();
  await expect.poll(async () => (await open()).status, { timeout: 5_000, interval: 100 }).toBe(200);
  expect(performance.now() - startedAtMs).toBeLessThan(5_000);
});
