/** `coffer wallets`: from an offline seed to the pool, without a spending key ever reaching the database. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HDKey, mnemonicToAccount } from 'viem/accounts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { deriveEvmAddress } from '../../detector/evm/deposit-key.ts';
import { addXpub } from '../../src/db/senders/address-pool.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import { giveDepositAddresses } from '../../src/db/senders/addresses.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { depositIndexes } from '../../src/core/senders/deposit-address.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { pickFromPool } from '../support/senders/addresses.ts';

const MNEMONIC = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const HEX_SEED = '000102030405060708090a0b0c0d0e0f';

let database: TestDatabase;
let db: DatabasePool;
let folder: string;
const inFolder = (name: string): string => join(folder, name);
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl, 2);
  folder = mkdtempSync(join(tmpdir(), 'coffer-wallets-'));
  writeFileSync(inFolder('seed'), `${MNEMONIC}\n`, { mode: 0o600 });
  writeFileSync(inFolder('hex'), HEX_SEED, { mode: 0o600 });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(...args: readonly string[]): Promise<Finished> {
  return startNode(['src/cli/main.ts', 'wallets', ...args], {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
  }).finished;
}

/** The JSON that a command printed, having succeeded. */
async function json(...args: readonly string[]): Promise<unknown> {
  const { code, stdout } = await coffer(...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

interface DerivedFile {
  evm: { xpub: string; firstAddress: string };
  starknet: { accounts: { index: number; publicKey: string; address: string; classHash: string; salt: string }[] };
}
const fileOf = (name: string): DerivedFile => JSON.parse(readFileSync(inFolder(name), 'utf8')) as DerivedFile;

// Each command starts a program: several in one test take their time on a busy machine.
const SLOW_MS = 120_000;

test(
  'a public half goes from the offline seed to the pool, and the list tells how to find its keys',
  { timeout: SLOW_MS },
  async () => {
    const derived = await coffer('derive', '--seed', inFolder('seed'), '--out', inFolder('a'), '--count', '2');
    expect([derived.code, derived.stderr]).toEqual([0, '']);
    const { evm, starknet } = fileOf('a');
    expect(derived.stdout + readFileSync(inFolder('a'), 'utf8')).not.toMatch(/prv|winner/);
    expect(await json('import', inFolder('a'))).toEqual({
      evm: { xpub: evm.xpub, state: 'added' },
      starknet: { added: 2, known: 0, left: 2, pool: 'low' },
    });
    const org = await createOrg(db, { id: uuidV7(Date.now()), name: 'One', externalId: null, createdAt: new Date() });
    const families = ['eip155', 'starknet'] as const;
    const at = new Date();
    await giveDepositAddresses(db, { org: org.id, families, taken: new Set(), derive: deriveEvmAddress, at });
    // What was given to an org does not come back into the pool.
    expect(await json('import', inFolder('a'))).toEqual({
      evm: { xpub: evm.xpub, state: 'known' },
      starknet: { added: 0, known: 2, left: 1, pool: 'low' },
    });
    const pick = pickFromPool(
      org.id,
      starknet.accounts.map(({ address }) => address),
    );
    const picked = starknet.accounts.find(({ address }) => address === pick);
    const [keyIndex = 0] = depositIndexes(org.id);
    const evmAddress = mnemonicToAccount(MNEMONIC, { addressIndex: keyIndex }).address.toLowerCase();
    expect(await json('list')).toMatchObject({
      xpubs: [{ xpub: evm.xpub, given: 1 }],
      starknetPool: { left: 1, state: 'low' },
      addresses: [
        { org: org.id, family: 'eip155', keyIndex, address: evmAddress, xpub: evm.xpub },
        { org: org.id, family: 'starknet', keyIndex: picked?.index, address: pick, account: { salt: picked?.salt } },
      ],
    });
    const listed = await coffer('list');
    expect(listed.stdout).toContain(evmAddress);
    expect(listed.stdout).toContain(`${evm.xpub}, 1 assigned to orgs`);
    expect(listed.stderr).toContain('derive and import more');
  },
);

test('a batch goes on where the one before ended, never over a file, and a seed that others can read is warned of', async () => {
  chmodSync(inFolder('hex'), 0o644);
  const args = ['derive', '--seed', inFolder('hex'), '--out', inFolder('b'), '--from', '7', '--count', '1'];
  const { code, stderr } = await coffer(...args);
  expect([code, stderr.includes('chmod 600')]).toEqual([0, true]);
  expect(fileOf('b').starknet.accounts.map(({ index }) => index)).toEqual([7]);
  const again = await coffer(...args);
  expect([again.code, again.stderr.includes('EEXIST')]).toEqual([1, true]);
});

test('a seed is no argument, and what is typed as one is not repeated', async () => {
  const args = ['derive', '--seed', inFolder('seed'), '--out', inFolder('x'), ...MNEMONIC.split(' ')];
  const { code, stderr } = await coffer(...args);
  expect([code, stderr.includes('winner')]).toEqual([2, false]);
  expect(existsSync(inFolder('x'))).toBe(false);
});

test('a private key is refused and stays out of the database and of what is printed', async () => {
  const secret = HDKey.fromMasterSeed(Buffer.from(HEX_SEED, 'hex')).derive("m/44'/60'/0'").privateExtendedKey;
  writeFileSync(inFolder('private'), secret);
  const { code, stderr, stdout } = await coffer('import', inFolder('private'));
  expect([code, stderr.includes('private key (xprv)')]).toEqual([1, true]);
  expect(stderr + stdout).not.toContain(secret.slice(8, 30));
  const found: { rows: unknown[] } = await db.raw("SELECT xpub FROM deposit_xpub WHERE xpub LIKE '%prv%'");
  expect(found.rows).toEqual([]);
});

test('an xpub in another encoding, whose addresses would come twice, is refused', async () => {
  const at = new Date();
  const known = HDKey.fromMasterSeed(Buffer.from(HEX_SEED, 'hex')).derive("m/44'/60'/0'");
  await addXpub(db, { xpub: known.publicExtendedKey, isSameKey: () => false, at });
  const { publicKey, chainCode, depth, index } = known;
  if (!publicKey || !chainCode) throw new Error('there is no public key');
  const { publicExtendedKey: xpub } = new HDKey({ publicKey, chainCode, depth, index, parentFingerprint: 1 });
  writeFileSync(
    inFolder('other-writing'),
    JSON.stringify({
      format: 'coffer deposit addresses 1',
      evm: { path: "m/44'/60'/0'", xpub, firstAddress: deriveEvmAddress(xpub, 0) },
    }),
  );
  const { code, stderr } = await coffer('import', inFolder('other-writing'));
  expect([code, stderr.includes('in another encoding')]).toEqual([1, true]);
  const stored: { rows: unknown[] } = await db.raw('SELECT 1 FROM deposit_xpub WHERE xpub = ?', [xpub]);
  expect(stored.rows).toEqual([]);
});

test('a file that is not there has an exit code of its own', async () => {
  expect((await coffer('import', inFolder('nothing'))).code).toBe(4);
});
