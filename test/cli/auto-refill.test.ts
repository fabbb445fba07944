/** `coffer auto-refill`, as a person at the command line sees it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { openRefillWorld, type RefillWorld } from '../support/billing/refill-world.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { queryRows } from '../support/process/query.ts';

const TIMEOUT_MS = 120_000;

let world: RefillWorld;
let folder: string;
beforeAll(async () => {
  world = await openRefillWorld();
  folder = mkdtempSync(join(tmpdir(), 'coffer-refill-cli-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ payments: { mode: 'test' } }));
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(...args: readonly string[]): Promise<Finished> {
  const { appUrl, ownerUrl } = world.database;
  const config = join(folder, 'config.json');
  const env = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, COFFER_CONFIG: config };
  return startNode(['src/cli/main.ts', 'auto-refill', ...args], env).finished;
}

test(
  'shows what an org has set and who agreed to it, and turns it off once, which the audit log names',
  async () => {
    const { org } = await world.open();
    const shown = await coffer('show', org, '--json');
    expect([shown.code, shown.stderr]).toEqual([0, '']);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      settings: [{ account: 'stripe', state: 'on', packId: 'growth', productId: null, consent: { by: 'key:test' } }],
    });
    const stopped = await coffer('stop', org);
    expect([stopped.code, stopped.stderr]).toEqual([0, '']);
    expect(stopped.stdout).toMatch(/stripe\n.*off\n[^]*growth/);
    expect(await world.setting(org)).toMatchObject({ enabled: false, stopped: null });
    const again = await coffer('stop', org);
    expect([again.code, again.stderr]).toEqual([4, `coffer: the org ${org} has no auto-refill that is on\n`]);
    const { rows } = await queryRows<{ action: string; after: unknown }>(
      world.db,
      `SELECT action, after FROM audit WHERE subject = 'auto_refill' AND org = ?`,
      [org],
    );
    expect(rows).toMatchObject([{ action: 'coffer auto-refill stop', after: { enabled: false } }]);
  },
  TIMEOUT_MS,
);

test(
  'an org without a setting has none to show',
  async () => {
    const { code, stdout } = await coffer('show', uuidV7(0), '--json');
    expect([code, JSON.parse(stdout)]).toEqual([0, { settings: [] }]);
  },
  TIMEOUT_MS,
);
