/** Amounts that are none, everywhere an amount is taken. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { pathsOfErrors } from '../support/asserts.ts';
import { BAD_AMOUNTS } from '../support/http/fuzz-values.ts';

let api: TestApi;
let customer: Awaited<ReturnType<TestApi['createCustomer']>>;
let holdId: unknown;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  customer = await api.createCustomer(10n);
  admin = await api.createKey({ kind: 'admin' });
  const body = { serviceType: 'AI_API', amountUsd: '4.00' };
  ({ holdId } = (await api.call('POST', '/treasury/hold', { key: customer.key, body })).json);
});
afterAll(async () => api.stop());

/** Amounts that a field takes which may be zero, or may carry a minus. */
const ZEROS: readonly unknown[] = ['0', '0.00'];
const SIGNED: readonly unknown[] = ['-1', '-0.01'];

test.each([
  ['POST', '/treasury/debit', { serviceType: 'AI_API' }, 'amountUsd', []],
  ['POST', '/treasury/hold', { serviceType: 'AI_API' }, 'amountUsd', []],
  ['POST', '/treasury/consume-hold', {}, 'amountUsd', []],
  ['POST', '/treasury/check-balance', {}, 'amountUsd', []],
  ['PATCH', '/treasury/settings', {}, 'lowBalanceThresholdUsd', [...ZEROS, null]],
  ['PATCH', '/treasury/settings', {}, 'freeGiftCardMaxUsd', ZEROS],
  ['PATCH', '/admin/orgs/{org}', {}, 'provisionalLimitUsd', ZEROS],
  ['POST', '/admin/orgs/{org}/entries', { type: 'ADJUSTMENT', reason: 'a test' }, 'amountUsd', SIGNED],
] as const)('A40 %s %s takes no amount that is none, and moves nothing', async (method, path, rest, field, taken) => {
  const { key, org } = customer;
  const before = await api.call('GET', '/treasury/ledger', { key });
  const bad = BAD_AMOUNTS.filter((amount) => !taken.some((one) => one === amount));
  expect(bad.length).toBeGreaterThan(30);
  for (const amount of bad) {
    const body = { ...rest, ...(path.endsWith('consume-hold') ? { holdId } : {}), [field]: amount };
    const isAdmin = path.startsWith('/admin');
    const answer = await api.call(method, path.replace('{org}', org), { key: isAdmin ? admin : key, body });
    expect({ amount, status: answer.status, paths: pathsOfErrors(answer) }).toEqual({
      amount,
      status: 400,
      paths: [field],
    });
  }
  expect((await api.call('GET', '/treasury/ledger', { key })).text).toBe(before.text);
});

test('A40 a batch takes no amount that is none, and goes on with the others', async () => {
  const commands = BAD_AMOUNTS.map((amountUsd, index) => {
    return { op: 'debit', idempotencyKey: `bad-${index}`, serviceType: 'AI_API', amountUsd };
  });
  const good = { op: 'debit', idempotencyKey: 'good', serviceType: 'AI_API', amountUsd: '0.000001' };
  const { key } = customer;
  const { json } = await api.call('POST', '/treasury/batch', { key, body: { commands: [...commands, good] } });
  const statuses = (json['results'] as { readonly status: number }[]).map(({ status }) => status);
  expect(statuses).toEqual([...BAD_AMOUNTS.map(() => 400), 200]);
});

test('A40 the database itself refuses amounts that the rules never make', async () => {
  const copy = (columns: string): string =>
    `INSERT INTO entry SELECT (jsonb_populate_record(e, ${columns})).* FROM entry e WHERE wallet = ? AND seq = 1`;
  const rows = await api.db.raw('SELECT count(*)::int AS n FROM entry WHERE wallet = ?', [customer.wallet]);
  const next = `jsonb_build_object('seq', (SELECT max(seq) + 1 FROM entry WHERE wallet = e.wallet), 'key', gen_random_uuid()`;
  for (const wrong of [
    `'type', 'AI_API_CALL', 'available_delta', -5, 'available', -5`,
    `'available', 5, 'held', -1`,
    `'gift_available', -1`,
  ]) {
    await expect(api.db.raw(copy(`${next}, ${wrong})`), [customer.wallet])).rejects.toThrow(/violates|constraint/);
  }
  expect(await api.db.raw('SELECT count(*)::int AS n FROM entry WHERE wallet = ?', [customer.wallet])).toMatchObject({
    rows: (rows as { rows: unknown[] }).rows,
  });
});
