/**
 * A restore to an earlier time, after which a Starknet address of the pool had been given to an org: nobody gets it any
 * more, it stays watched, and what comes to it waits for an operator.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startSimDevChain, type SimDevChain } from '../../devnet/starknet-sim/sim-chain.ts';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { migrate } from '../../src/db/schema/migrate.ts';
import { addToPool } from '../../src/db/senders/address-pool.ts';
import { configOf, eventually, listAllDeposits, runDetector, type DepositRow } from '../support/chains/bench.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { startNode } from '../support/process/processes.ts';
import { queryRows } from '../support/process/query.ts';
import { openTcpProxy, type TcpProxy } from '../support/process/tcp-proxy.ts';
import { copyTestPostgres, openTestPostgres, type TestPostgres } from '../support/process/two-postgres.ts';

const WAIT = { timeout: 70_000, interval: 200 };
const USD = 1_000_000n;
const FELT = `0x${'0'.repeat(64)}`;
/** The address of the pool before the backup, and one that is imported after the restore. */
const [POOLED, FRESH] = [`0x${'a1'.padStart(64, '0')}`, `0x${'a2'.padStart(64, '0')}`];

let root: string;
let before: TestPostgres;
let restored: TestPostgres;
let address: TcpProxy;
let chain: SimDevChain;
let api: TestApi;
let run: ReturnType<typeof runDetector> | undefined;
const servers: TestPostgres[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'coffer-restore-pool-'));
  chmodSync(root, 0o755);
  before = await openTestPostgres(root, 'before');
  servers.push(before);
  await migrate(before.ownerUrl, { appRole: 'coffer_app' });
  address = await openTcpProxy(before.appUrl);
  chain = await startSimDevChain();
  const drop = async (): Promise<void> => Promise.resolve();
  const database = { appUrl: address.url, ownerUrl: before.ownerUrl, appRole: 'coffer_app', drop };
  api = await startTestApi('first_come', [chainFile()], {}, {}, { database, witnessFolder: root });
  writeFileSync(join(root, 'config.json'), JSON.stringify({ chains: [chainFile()] }));
  writeFileSync(join(root, 'pepper'), 'a pepper that is used by tests and by nothing else', { mode: 0o600 });
  writeFileSync(join(root, 'secrets'), createKeyLine(), { mode: 0o600 });
});
afterAll(async () => {
  await run?.detector.stop();
  await api?.stop();
  await chain?.stop();
  await address?.close();
  for (const server of servers.toReversed()) await server.stop();
  rmSync(root, { recursive: true, force: true });
});

/** The chain as the configuration file has it. */
function chainFile(): object {
  const { caip2, rpcUrl, usdc, creditsAddress } = chain;
  const tokens = [{ symbol: 'USDC', address: usdc }];
  return { caip2, rpcUrls: [rpcUrl], tokens, creditsAddress, startBlock: 0, devnet: true };
}

async function done(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: address.url,
    DATABASE_OWNER_URL: restored.ownerUrl,
    COFFER_DATA_DIR: root,
    COFFER_CONFIG: join(root, 'config.json'),
    COFFER_KEY_PEPPER_FILE: join(root, 'pepper'),
    COFFER_SECRETS_KEY_FILE: join(root, 'secrets'),
  }).finished;
  expect([args[0], code, stdout, stderr]).toEqual([args[0], 0, stdout, stderr]);
  return stdout;
}

const detect = (): void => {
  run = runDetector({ chains: [configOf(chain)], databaseUrl: address.url });
};

async function importAddress(pooled: string, keyIndex: number): Promise<void> {
  await addToPool(api.db, [{ address: pooled, keyIndex, publicKey: FELT, classHash: FELT, salt: FELT }], new Date());
}

async function reaches(txHash: string, state: string): Promise<DepositRow> {
  const found = await eventually(
    async () => (await listAllDeposits(api.db, chain.caip2)).find((row) => row.tx_hash === txHash),
    (row) => row?.state === state,
    WAIT.timeout,
  );
  if (!found) throw new Error(`no deposit of ${txHash}`);
  return found;
}

async function idOf(txHash: string): Promise<string> {
  const { rows } = await queryRows<{ id: string }>(api.db, 'SELECT id FROM deposit WHERE tx_hash = ?', [txHash]);
  return rows[0]?.id ?? '';
}

test('an address that was given since the backup is nobody’s, stays watched, and pays whom the operator names', async () => {
  const [payer = ''] = chain.accounts;
  await chain.faucet(payer, 100n * USD);
  const [had, other] = [await api.createCustomer(), await api.createCustomer()];
  const ask = async (key: string): Promise<Answer> => api.call('POST', '/treasury/create-wallet', { key, body: {} });
  const balanceOf = async (key: string): Promise<unknown> =>
    (await api.call('GET', '/treasury/balance', { key })).json['availableUsd'];
  await importAddress(POOLED, 0);
  detect();
  const first = await chain.send({ from: payer, to: chain.creditsAddress, amountMicros: USD });
  // The detector has read the chain before the backup.
  await reaches(first.txHash, 'unmatched');
  restored = await copyTestPostgres(before, root, 'restored');
  servers.push(restored);

  // Between the backup and the loss.
  expect((await ask(had.key)).json['address']).toBe(POOLED);
  const lost = await chain.send({ from: payer, to: POOLED, amountMicros: 4n * USD });
  await reaches(lost.txHash, 'credited');
  expect(await balanceOf(had.key)).toBe('4.00');

  // The loss, and the recovery.
  await run?.detector.stop();
  await before.stop();
  await restored.start();
  address.moveTo(restored.appUrl);
  await vi.waitFor(async () => {
    const { json } = await api.call('GET', '/treasury/balance', { key: other.key });
    expect(json['code']).toBe('RECOVERY_REQUIRED');
  }, WAIT);
  await done(['recover', '--end-keys', 'none', '--end-holds', 'none']);
  await vi.waitFor(async () => expect(await balanceOf(had.key)).toBe('0.00'), WAIT);

  // Whoever asks first does not get it, nor does the org that had it.
  for (const { key } of [other, had]) {
    expect((await ask(key)).json['code']).toBe('DEPOSIT_ADDRESS_UNAVAILABLE');
  }
  await importAddress(FRESH, 1);
  await importAddress(POOLED, 0);
  expect((await ask(other.key)).json['address']).toBe(FRESH);
  expect((await ask(had.key)).json['code']).toBe('DEPOSIT_ADDRESS_UNAVAILABLE');

  // What came to it, and what still comes, waits.
  detect();
  await done(['chain', 'release', chain.caip2, '--yes']);
  const later = await chain.send({ from: payer, to: POOLED, amountMicros: 5n * USD });
  for (const { txHash } of [lost, later]) {
    expect(await reaches(txHash, 'unmatched')).toMatchObject({ reason: 'burnt_address', org: null });
  }
  const own = await chain.send({ from: payer, to: FRESH, amountMicros: 7n * USD });
  await reaches(own.txHash, 'credited');
  for (const { txHash } of [lost, later]) {
    await done(['deposits', 'assign', await idOf(txHash), '--org', had.org, '--reason', 'it had this address']);
    await reaches(txHash, 'credited');
  }
  expect([await balanceOf(had.key), await balanceOf(other.key)]).toEqual(['9.00', '7.00']);
  await done(['ledger', 'verify']);
}, 300_000);
