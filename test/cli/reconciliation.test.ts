import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../devnet/world.ts';
import type { DevChain } from '../../devnet/dev-chain.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { acquireLease } from '../../src/db/leases.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { listAllDeposits } from '../support/chains/bench.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

let world: World;
let chain: DevChain;
let database: TestDatabase;
let db: DatabasePool;
let folder: string;
beforeAll(async () => {
  world = await startWorld({ evm: false, starknet: { node: 'simulator' }, blockTimeSeconds: 0 });
  if (!world.starknet) throw new Error('the simulated node did not start');
  chain = world.starknet;
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  folder = mkdtempSync(join(tmpdir(), 'coffer-chain-cli-'));
  const { caip2, rpcUrl, usdc, creditsAddress } = chain;
  const tokens = [{ symbol: 'USDC', address: usdc }];
  const configured = { caip2, rpcUrls: [rpcUrl], tokens, creditsAddress, startBlock: 0, devnet: true };
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ chains: [configured] }));
}, 120_000);
afterAll(async () => {
  await db.destroy();
  await database.drop();
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(...args: string[]): Promise<Finished> {
  return startNode(['src/cli/main.ts', 'chain', ...args], {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    COFFER_CONFIG: join(folder, 'config.json'),
    COFFER_LOG_LEVEL: 'silent',
  }).finished;
}

async function json(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await coffer(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

/** Each command is a process of its own. */
const TIMEOUT = { timeout: 120_000 };

test('rescan tells what it would change, and does it where nobody leads', TIMEOUT, async () => {
  const { caip2, creditsAddress, accounts } = chain;
  const [sender = ''] = accounts;
  await chain.faucet(sender, 100n);
  const { txHash, blockNumber: block } = await chain.send({ from: sender, to: creditsAddress, amountMicros: 5n });
  const found = { fromBlock: 0, counts: { new: 1, moved: 0, gone: 0 }, changes: [{ kind: 'new', txHash, block }] };
  const rescan = ['rescan', '--chain', caip2, '--from', '0'];
  expect(await json(...rescan, '--dry-run')).toMatchObject({ dryRun: true, ...found });
  expect(await listAllDeposits(db, caip2)).toEqual([]);
  expect(await json(...rescan)).toMatchObject({ dryRun: false, ...found });
  expect(await listAllDeposits(db, caip2)).toMatchObject([{ tx_hash: txHash, state: 'observed' }]);
});

test('rescan refuses blocks that are not there', TIMEOUT, async () => {
  const above = await coffer('rescan', '--chain', chain.caip2, '--from', '0', '--to', '1000000');
  expect([above.code, above.stderr]).toEqual([2, expect.stringContaining('above the head')]);
});

test('freeze and release tell what they did, and status shows it', TIMEOUT, async () => {
  const { caip2 } = chain;
  await acquireLease(db, { name: `chain:${caip2}`, holder: 'someone', ttlMs: 60_000 });
  expect(await json('freeze', caip2, '--reason', 'to be sure')).toEqual({ chain: caip2, frozen: true, already: false });
  expect(await json('status')).toMatchObject({
    chains: [{ chain: caip2, state: 'frozen', leader: { holder: 'someone' }, freezes: [{ reason: 'to be sure' }] }],
  });
  const unasked = await coffer('release', caip2);
  expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('--yes')]);
  expect(await json('status')).toMatchObject({ chains: [{ state: 'frozen' }] });
  expect((await coffer('release', caip2, '--yes')).stdout).toContain('released (operator): to be sure');
  expect(await coffer('release', 'eip155:1', '--yes')).toMatchObject({ code: 4 });
});

test('reconcile shows what is known and fails where something parts', TIMEOUT, async () => {
  await db.raw(
    `INSERT INTO watched_balance (chain, token, address, state, found_amount, reckoned_amount, problem)
     VALUES (?, 't', 'a', 'GAP', 5, 7, 'two are missing')`,
    [chain.caip2],
  );
  const { code, stdout, stderr } = await coffer('reconcile');
  expect([code, stderr]).toEqual([1, expect.stringContaining('differ')]);
  expect(stdout).toContain('two are missing');
  expect(stdout).toContain('-0.000002');
});
