/** `coffer recover`: what it asks, what it does, once and after a crash. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAnchorKey, signAnchor } from '../../src/core/ledger/anchor.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { readAnchorHeads } from '../../src/db/ledger/anchor.ts';
import { acquireLease, LeaseLost, withLease } from '../../src/db/leases.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { addToPool } from '../../src/db/senders/address-pool.ts';
import { giveDepositAddresses } from '../../src/db/senders/addresses.ts';
import { EVM, STARKNET, startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { queryRows } from '../support/process/query.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

const FELT = `0x${'0'.repeat(64)}`;
const NONE = ['--end-keys', 'none', '--end-holds', 'none'];
const T0 = Date.now() - 60_000;
const HOUR_MS = 3_600_000;

let api: TestApi;
let owner: DatabasePool;
let folder: string;
beforeAll(async () => {
  api = await startTestApi('first_come', [], {}, {}, { jobs: false });
  owner = openDatabase(api.database.ownerUrl, 2);
  folder = mkdtempSync(join(tmpdir(), 'coffer-recover-'));
  const cursors = [
    [EVM, 900, [100, 700, 890]],
    [STARKNET, 50, [49]],
  ] as const;
  for (const [chain, next, checkpoints] of cursors) {
    await owner.raw(
      'INSERT INTO chain_cursor (chain, start_block, next_block, head_block, scanned_at) VALUES (?, 3, ?, ?, now())',
      [chain, next, next],
    );
    for (const [index, number] of checkpoints.entries()) {
      const at = new Date(T0 - HOUR_MS * (checkpoints.length - 1 - index) - 1_000);
      await owner.raw(`INSERT INTO block_checkpoint VALUES (?, ?, 'h', 'p', ?)`, [chain, number, at]);
    }
  }
  await pool(0, 40);
});
afterAll(async () => {
  await owner.destroy();
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function pool(from: number, count: number): Promise<void> {
  const accounts = Array.from({ length: count }, (_, index) => ({
    address: `0x${(from + index + 1).toString(16).padStart(64, '0')}`,
    keyIndex: from + index,
    publicKey: FELT,
    classHash: FELT,
    salt: FELT,
  }));
  await addToPool(owner, accounts, new Date());
}

async function recover(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return startNode(['src/cli/main.ts', 'recover', ...args], {
    DATABASE_URL: api.database.appUrl,
    DATABASE_OWNER_URL: api.database.ownerUrl,
    COFFER_CONFIG: '',
    ...env,
  }).finished;
}

const rowsOf = async (sql: string, bindings: readonly string[] = []): Promise<unknown[]> =>
  (await queryRows(owner, sql, [...bindings])).rows;

/** An org with an open hold; its id, its hold's and its key's. */
async function customer(): Promise<{ org: string; wallet: string; holdId: string; keyId: string }> {
  const { org, wallet, key } = await api.createCustomer(10n);
  const body = { amountUsd: '2', serviceType: 'AI_API' };
  const open = async (): Promise<Answer> => api.call('POST', '/treasury/hold', { key, body });
  let held = await open();
  // The service looks once a second whether a recovery is finished.
  for (let tries = 0; held.status === 503 && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    held = await open();
  }
  const { json } = held;
  return { org, wallet, holdId: String(json['holdId']), keyId: key.split('_')[2]?.slice(0, 8) ?? '' };
}

async function giveStarknet(org: string): Promise<string> {
  const families = ['starknet'] as const;
  const request = { org, families, taken: new Set<string>(), derive: () => '', at: new Date() };
  return (await giveDepositAddresses(owner, request))[0]?.address ?? '';
}

describe('coffer recover', () => {
  test('asks which keys and holds are to end, lists them, and changes nothing until it is told', async () => {
    const { holdId, keyId } = await customer();
    const asked = await recover([]);
    expect([asked.code, asked.stderr]).toMatchObject([2, expect.stringContaining('--end-keys')]);
    for (const text of [holdId, keyId, '40 Starknet addresses']) expect(asked.stdout).toContain(text);
    const dry = await recover(['--dry-run', '--json', ...NONE]);
    expect([dry.code, dry.stdout.includes('secret')]).toEqual([0, false]);
    expect(JSON.parse(dry.stdout)).toMatchObject({ underWay: null, poolAddresses: 40, lostWallets: null });
    expect(await rowsOf('SELECT FROM recovery')).toEqual([]);
    expect(await rowsOf('SELECT FROM chain_freeze')).toEqual([]);
  });

  test.each([
    [['--end-keys', 'aaaaaaaa', '--end-holds', 'none'], 4, 'no key aaaaaaaa'],
    [['--end-keys', 'none', '--end-holds', `hold_${FELT.slice(2, 38)}_1`], 2, 'not the id of a hold'],
    [['--end-keys', 'none', '--end-holds', 'hold_00000000-0000-7000-8000-000000000000_1'], 4, 'no hold'],
    [[...NONE, '--anchor', 'a'], 2, 'go together'],
    [['--end-keys', ',', '--end-holds', 'none'], 2, 'separated by commas'],
    [[...NONE, '--restored-to', '2999-01-01T00:00:00Z'], 2, 'in the past'],
    [['--answers', '/nowhere'], 4, 'cannot be read'],
  ])('refuses %s and changes nothing', async (args, code, message) => {
    const refused = await recover(args);
    expect([refused.code, refused.stderr]).toMatchObject([code, expect.stringContaining(message)]);
    expect(await rowsOf('SELECT FROM recovery')).toEqual([]);
  });

  test('is for the owner of the tables', async () => {
    const refused = await recover(NONE, { DATABASE_OWNER_URL: '' });
    expect([refused.code, refused.stderr]).toMatchObject([1, expect.stringContaining('DATABASE_OWNER_URL')]);
  });

  test('does everything once: what was given is given to nobody else', async () => {
    const { org, wallet, holdId, keyId } = await customer();
    const other = await customer();
    const keys = createAnchorKey();
    writeFileSync(join(folder, 'key.pub'), keys.publicKeyPem);
    const heads = (await readAnchorHeads(owner)).map((head) =>
      head.wallet === wallet ? { ...head, seq: head.seq + 3 } : head,
    );
    writeFileSync(
      join(folder, 'anchor'),
      signAnchor({ at: new Date().toISOString(), previous: null, heads }, keys.privateKeyPem),
    );
    const lease = await acquireLease(owner, { name: 'chain:x', holder: 'before', ttlMs: 600_000 });
    if (!lease) throw new Error('the lease is free');
    writeFileSync(join(folder, 'answers.json'), JSON.stringify({ endKeys: [keyId], endHolds: [holdId] }));
    const args = ['--answers', join(folder, 'answers.json'), '--restored-to', new Date(T0).toISOString()];
    const done = await recover([...args, '--anchor', join(folder, 'anchor'), '--public-key', join(folder, 'key.pub')]);
    expect([done.code, done.stderr]).toEqual([0, '']);
    for (const text of [
      '1 wallets lost entries',
      wallet,
      `org ${org}`,
      'under its own idempotency key',
      `revoked: ${keyId}`,
    ]) {
      expect(done.stdout).toContain(text);
    }
    expect(await rowsOf('SELECT chain FROM chain_freeze WHERE released_at IS NULL ORDER BY chain')).toEqual([
      { chain: EVM },
      { chain: STARKNET },
    ]);
    // From the newest checkpoint an hour before; a chain that was read for less from its start.
    expect(await rowsOf('SELECT chain, next_block::integer AS next FROM chain_cursor ORDER BY chain')).toEqual([
      { chain: EVM, next: 700 },
      { chain: STARKNET, next: 3 },
    ]);
    await expect(withLease(owner, lease, async () => Promise.resolve())).rejects.toBeInstanceOf(LeaseLost);
    const again = await acquireLease(owner, { name: 'chain:x', holder: 'after', ttlMs: 1_000 });
    expect(BigInt(again?.fence ?? 0) - BigInt(lease.fence)).toBeGreaterThan(1_000_000n);
    expect(await rowsOf('SELECT id FROM api_key WHERE revoked_at IS NOT NULL')).toEqual([{ id: keyId }]);
    const open = await rowsOf('SELECT wallet FROM hold_open ORDER BY wallet');
    expect(open).toContainEqual({ wallet: other.wallet });
    expect(open).not.toContainEqual({ wallet });
    expect(await rowsOf('SELECT FROM event_log WHERE recovered_by IS NULL')).toEqual([]);
    await expect(giveStarknet(org)).rejects.toMatchObject({ code: 'DEPOSIT_ADDRESS_UNAVAILABLE' });

    // An address that an org of before gets now was perhaps its own before: its deposits since are found.
    await pool(40, 2);
    await owner.raw('UPDATE chain_cursor SET next_block = 5000');
    const newcomer = await customer();
    const firstBlocks = async (of: string): Promise<unknown> => {
      const address = await giveStarknet(of);
      return (await rowsOf('SELECT first_blocks FROM deposit_address WHERE address = ?', [address]))[0];
    };
    expect(await firstBlocks(org)).toEqual({ first_blocks: { [STARKNET]: 3 } });
    expect(await firstBlocks(newcomer.org)).toEqual({ first_blocks: { [STARKNET]: 5000 } });
    const acts = await rowsOf(`SELECT DISTINCT subject FROM audit WHERE action = 'coffer recover' ORDER BY subject`);
    expect(acts).toEqual([{ subject: 'api_key' }, { subject: 'chain_freeze' }, { subject: 'recovery' }]);
  }, 60_000);

  test('goes on after a crash, as the same recovery, and keeps the pool if it is told to', async () => {
    const { holdId, wallet } = await customer();
    const id = uuidV7(Date.now());
    const insert = 'INSERT INTO recovery (id, kind, restored_to, begun_by, begun_at) VALUES (?, ?, ?, ?, now())';
    await owner.raw(insert, [id, 'restore', new Date(T0).toISOString(), 'cli:test']);
    await pool(60, 1);
    const args = ['--end-keys', 'none', '--end-holds', holdId, '--keep-pool', '--json'];
    const first = await recover(args);
    expect(JSON.parse(first.stdout)).toMatchObject({ recovery: id, holds: [holdId], burnt: 0 });
    const released = await rowsOf('SELECT count(*)::integer AS count FROM entry WHERE wallet = ?', [wallet]);
    // As if it had crashed before the last step.
    await owner.raw('UPDATE recovery SET finished_at = NULL WHERE id = ?', [id]);
    const moved = await rowsOf('SELECT log, position FROM event_log ORDER BY log');
    const second = await recover(args);
    expect(JSON.parse(second.stdout)).toMatchObject({ recovery: id, holds: [holdId] });
    expect(await rowsOf('SELECT log, position FROM event_log ORDER BY log')).toEqual(moved);
    expect(await rowsOf('SELECT count(*)::integer AS count FROM entry WHERE wallet = ?', [wallet])).toEqual(released);
    expect(await rowsOf('SELECT FROM deposit_address_pool WHERE burnt_by IS NULL')).not.toEqual([]);
    expect(await rowsOf('SELECT wallet FROM hold_open')).not.toContainEqual({ wallet });
  }, 60_000);

  test('waits for processes that still work, and gives up when one goes on', async () => {
    await owner.raw('INSERT INTO database_witness VALUES (?, 1, now())', [uuidV7(Date.now())]);
    const count = async (): Promise<void> =>
      void (await owner.raw('UPDATE database_witness SET counter = counter + 1'));
    const beat = setInterval(() => void count(), 500);
    const refused = await recover(NONE);
    clearInterval(beat);
    expect([refused.code, refused.stderr]).toMatchObject([1, expect.stringContaining('stop every one')]);
    expect((await recover(NONE)).code).toBe(0);
  }, 60_000);

  test('takes the word of the owner that nothing was lost, unless the anchor says otherwise', async () => {
    const { wallet } = await customer();
    const keys = createAnchorKey();
    writeFileSync(join(folder, 'two.pub'), keys.publicKeyPem);
    const heads = [{ wallet, seq: 99, hash: 'a'.repeat(64) }];
    const facts = { at: new Date().toISOString(), previous: null, heads };
    writeFileSync(join(folder, 'two'), signAnchor(facts, keys.privateKeyPem));
    const before = await rowsOf('SELECT FROM recovery');
    const args = ['--nothing-lost', '--anchor', join(folder, 'two'), '--public-key', join(folder, 'two.pub')];
    const refused = await recover(args);
    expect([refused.code, refused.stderr]).toMatchObject([1, expect.stringContaining('1 wallets lost entries')]);
    expect(await rowsOf('SELECT FROM recovery')).toEqual(before);
    expect((await recover(['--nothing-lost'])).code).toBe(0);
  });
});
