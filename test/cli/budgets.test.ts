import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { queryRows } from '../support/process/query.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const coffer = async (...args: string[]): Promise<Finished> =>
  startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: api.database.appUrl,
    DATABASE_OWNER_URL: api.database.ownerUrl,
  }).finished;
const jsonOf = async (...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await coffer(...args, '--json')).stdout) as Record<string, unknown>;

const WANTED = [
  '--subject',
  'userId',
  '--value',
  'u1',
  '--period',
  'month',
  '--limit',
  '10',
  '--mode',
  'hard',
] as const;

test('an operator creates, shows, changes and deletes a budget, and the API goes by it at once', async () => {
  const { key, org } = await api.createCustomer(100n);
  const spend = async (amountUsd: string): Promise<number> => {
    const body = { serviceType: 'AI_API', amountUsd, userId: 'u1' };
    return (await api.call('POST', '/treasury/debit', { key, body })).status;
  };
  const made = await jsonOf('budgets', 'create', '--org', org, ...WANTED, '--name', 'Research', '--warn', '80');
  expect(made).toMatchObject({ subject: 'userId', mode: 'hard', limitUsd: '10.00', warnAtPercent: 80 });
  expect([await spend('8'), await spend('3')]).toEqual([200, 402]);
  const id = String(made['id']);
  const listed = await coffer('budgets', 'list', '--org', org);
  expect(listed.stdout).toContain('Research');
  expect(await jsonOf('budgets', 'change', id, '--org', org, '--limit', '12')).toMatchObject({
    limitUsd: '12.00',
    usedUsd: '8.00',
    leftUsd: '4.00',
  });
  expect([await spend('3'), await spend('2')]).toEqual([200, 402]);
  expect((await coffer('budgets', 'delete', id, '--org', org)).code).toBe(0);
  expect([await spend('2'), (await coffer('budgets', 'delete', id, '--org', org)).code]).toEqual([200, 4]);
  expect(await jsonOf('budgets', 'list', '--org', org)).toEqual({ budgets: [] });
  const wrong = await coffer('budgets', 'create', '--org', org, ...WANTED, '--warn', '100');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('from 1 to 99')]);
});

test('counters that are not what the entries add up to are a fault, and can be counted again', async () => {
  const { key, org } = await api.createCustomer(100n);
  await jsonOf('budgets', 'create', '--org', org, ...WANTED);
  await api.call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd: '3', userId: 'u1' } });
  expect((await coffer('ledger', 'verify')).code).toBe(0);
  await queryRows(api.db, 'UPDATE budget_period SET used = 1 WHERE budget IN (SELECT id FROM budget WHERE org = ?)', [
    org,
  ]);
  const verified = await coffer('ledger', 'verify');
  expect([verified.code, verified.stdout]).toEqual([1, expect.stringContaining('its entries add up to 3.00 and 0.00')]);
  expect(await jsonOf('budgets', 'recount')).toEqual({ corrected: 1 });
  expect((await coffer('ledger', 'verify')).code).toBe(0);
  expect(await jsonOf('budgets', 'recount')).toEqual({ corrected: 0 });
});
