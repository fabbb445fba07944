/** `coffer users` and `coffer credits`, as a person types them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { walletId } from '../../src/core/ids.ts';
import { openUserWallet } from '../../src/db/access/users.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await openUserWallet(api.db, { id: 'alice', at: new Date() });
});
afterAll(async () => api.stop());

const coffer = async (...args: readonly string[]): Promise<Finished> =>
  startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: api.database.appUrl,
    DATABASE_OWNER_URL: api.database.ownerUrl,
  }).finished;

test('users are shown, suspended and let go again', async () => {
  const shown = await coffer('users', 'show', 'alice', '--json');
  const wallet = walletId({ kind: 'user', id: 'alice' });
  expect(JSON.parse(shown.stdout)).toMatchObject({ userId: 'alice', walletId: wallet, availableUsd: '0.00' });
  const suspended = await coffer('users', 'suspend', 'alice', '--reason', 'abuse', '--json');
  expect(JSON.parse(suspended.stdout)).toMatchObject({ suspendedReason: 'abuse' });
  const table = await coffer('users', 'resume', 'alice');
  expect(table.stdout).toContain('alice');
  expect((await coffer('users', 'show', 'nobody')).code).not.toBe(0);
}, 60_000);

test('coupons and check-ins are set and shown', async () => {
  const added = await coffer('credits', 'add-coupon', 'hello-2026', '--credits', '100', '--limit', '5', '--json');
  expect(JSON.parse(added.stdout)).toMatchObject({ code: 'HELLO-2026', credits: 100, limit_total: 5 });
  expect((await coffer('credits', 'coupons')).stdout).toContain('HELLO-2026');
  expect((await coffer('credits', 'add-coupon', 'short', '--credits', '1')).code).not.toBe(0);
  const rules = await coffer('credits', 'checkin', '--per-day', '20', '--zone', 'Europe/Berlin', '--json');
  expect(JSON.parse(rules.stdout)).toMatchObject({ enabled: true, credits_per_day: 20, time_zone: 'Europe/Berlin' });
  expect(JSON.parse((await coffer('credits', 'checkin', '--json')).stdout)).toMatchObject({ credits_per_day: 20 });
  expect(JSON.parse((await coffer('credits', 'checkin', '--off', '--json')).stdout)).toMatchObject({ enabled: false });
}, 60_000);
