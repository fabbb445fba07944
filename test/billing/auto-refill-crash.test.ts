/** Auto-refill in a process that is killed between any two of its steps: another one goes on, and nothing is charged twice. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNode } from '../support/process/processes.ts';
import { queryRows } from '../support/process/query.ts';
import { openRefillWorld, type RefillOrg, type RefillWorld } from '../support/billing/refill-world.ts';

const USD = 1_000_000n;
let world: RefillWorld;
let folder: string;
beforeAll(async () => {
  world = await openRefillWorld();
  folder = mkdtempSync(join(tmpdir(), 'coffer-refill-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.stop();
});

/** Runs a process until it is killed at a failpoint. */
async function dieAt(failpoint: string): Promise<void> {
  writeFileSync(join(folder, failpoint), '');
  const args = [world.database.appUrl, world.stripe.url, world.shop.createKey()];
  const program = startNode(['test/support/billing/refill-child.ts', ...args], { COFFER_FAILPOINT_FILES: folder });
  const { signal, stderr } = await program.finished;
  expect([signal, stderr]).toEqual(['SIGKILL', '']);
  expect(existsSync(join(folder, failpoint))).toBe(false);
}

/** The claim of the dead process ends by time; here it ends at once. */
async function endClaims(): Promise<void> {
  await world.db.raw('UPDATE auto_refill_purchase SET claim = NULL, claimed_until = NULL WHERE ended_at IS NULL');
}

const statesOf = async ({ org }: RefillOrg): Promise<string[]> =>
  (
    await queryRows<{ state: string }>(
      world.db,
      'SELECT state FROM auto_refill_purchase WHERE org = ? ORDER BY order_id',
      [org],
    )
  ).rows.map(({ state }) => state);

test.each([
  ['refill.after-decision', 'decided'],
  ['refill.after-create', 'decided'],
  ['refill.after-bind', 'bound'],
  ['refill.after-mark', 'confirming'],
  ['refill.after-confirm', 'confirming'],
  ['refill.after-settle', 'confirming'],
])('killed at %s, the purchase is %s and is carried on: charged once, credited once', async (failpoint, state) => {
  const org = await world.open({ usd: 1n });
  await dieAt(failpoint);
  expect(await statesOf(org)).toEqual([state]);
  await endClaims();
  await world.rounds();
  expect(await statesOf(org)).toEqual(['succeeded']);
  expect(world.charged(org)).toEqual([2_500]);
  expect(await world.available(org)).toBe(26n * USD);
});

test('killed after a payment was declined and cancelled: it fails once, and no other is made before the pause', async () => {
  const org = await world.open({ usd: 1n, method: 'pm_card_chargeDeclined' });
  await dieAt('refill.after-cancel');
  await endClaims();
  await world.rounds();
  expect(await statesOf(org)).toEqual(['released']);
  expect(await world.setting(org.org)).toMatchObject({ failures: 1 });
  expect(await world.orders(org.org)).toMatchObject([{ state: 'failed', reason: 'generic_decline' }]);
});
