/** Deposit addresses over HTTP: one per org and family, whoever asks and however often. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mnemonicToAccount } from 'viem/accounts';
import { deriveEvmAddress } from '../../detector/evm/deposit-key.ts';
import { ACCOUNT_CLASS_HASH } from '../../detector/starknet/deposit-account.ts';
import { derivePublicHalf, readSeed } from '../../src/cli/wallets/seed.ts';
import { readWalletsFile } from '../../src/cli/wallets/file.ts';
import { depositIndexes } from '../../src/core/senders/deposit-address.ts';
import { openDatabase } from '../../src/db/database.ts';
import { giveDepositAddresses } from '../../src/db/senders/addresses.ts';
import { addToPool, addXpub, type PoolAddress } from '../../src/db/senders/address-pool.ts';
import { createWalletReply, walletInfoReply } from '../../src/http/treasury/wallet-schemas.ts';
import {
  CREDITS,
  EVM,
  EVM_TOO,
  startTestApi,
  STARKNET,
  TOKENS,
  type Answer,
  type TestApi,
} from '../support/http/api.ts';
import { pathsOfErrors } from '../support/asserts.ts';
import { queryRows } from '../support/process/query.ts';
import { pickFromPool } from '../support/senders/addresses.ts';

const MNEMONIC = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const POOL_SIZE = 8;

let api: TestApi;
let accounts: readonly PoolAddress[];
let xpub: string;
beforeAll(async () => {
  api = await startTestApi();
  const batch = { fromIndex: 0, count: POOL_SIZE, classHash: ACCOUNT_CLASS_HASH };
  const half = readWalletsFile(JSON.stringify(derivePublicHalf(readSeed(MNEMONIC), batch)));
  accounts = half.accounts;
  xpub = half.xpub ?? '';
});
afterAll(() => api.stop());
beforeEach(async () => {
  // The service itself may not take an address away.
  const owner = openDatabase(api.database.ownerUrl, 1);
  await owner.raw('DELETE FROM deposit_address');
  await owner.raw('DELETE FROM deposit_address_pool');
  await owner.raw('DELETE FROM deposit_xpub');
  await owner.destroy();
});

const addressAt = (addressIndex: number): string => mnemonicToAccount(MNEMONIC, { addressIndex }).address.toLowerCase();
const indexOf = (org: string): number => depositIndexes(org).next().value ?? 0;
const fill = async (): Promise<void> => {
  await addXpub(api.db, { xpub, isSameKey: () => false, at: new Date() });
  await addToPool(api.db, accounts, new Date());
};
const create = async (key: string, body: object = {}): Promise<Answer> =>
  api.call('POST', '/treasury/create-wallet', { key, body });
const walletsOf = ({ status, json }: Answer): { family: string; address: string; chains: string[] }[] => {
  expect(status).toBe(200);
  return createWalletReply.parse(json).wallets;
};

describe('create-wallet', () => {
  it('gives an address for each family, the same again, and another to another org', async () => {
    await fill();
    const [one, two] = [await api.createCustomer(), await api.createCustomer()];
    const first = await create(one.key);
    const poolOfOne = accounts.map(({ address }) => address);
    const given = pickFromPool(one.org, poolOfOne);
    expect(walletsOf(first)).toMatchObject([
      { family: 'eip155', address: addressAt(indexOf(one.org)), chains: [EVM, EVM_TOO] },
      { family: 'starknet', address: given, chains: [STARKNET] },
    ]);
    expect((await create(one.key)).text).toBe(first.text);
    expect(walletsOf(await create(two.key)).map(({ address }) => address)).toEqual([
      addressAt(indexOf(two.org)),
      pickFromPool(
        two.org,
        poolOfOne.filter((address) => address !== given),
      ),
    ]);
  });

  it('S13 names one address at the top: of the named chain, else of Starknet', async () => {
    await fill();
    const { key, org } = await api.createCustomer();
    const before = await api.call('GET', '/treasury/wallet-info', { key });
    expect(before.json).toMatchObject({ address: null, chain: STARKNET });
    const evm = addressAt(indexOf(org));
    expect((await create(key, { chain: EVM_TOO })).json).toMatchObject({ address: evm, chain: EVM_TOO });
    const all = await create(key);
    const starknet = walletsOf(all).find(({ family }) => family === 'starknet')?.address;
    expect(all.json).toMatchObject({ address: starknet, chain: STARKNET });
    expect((await api.call('GET', '/treasury/wallet-info', { key })).json).toMatchObject({
      address: starknet,
      chain: STARKNET,
    });
  });

  it('one EVM address serves every EVM chain', async () => {
    await fill();
    const { key } = await api.createCustomer();
    const [named] = walletsOf(await create(key, { chain: EVM_TOO }));
    expect(walletsOf(await create(key, { chain: EVM }))).toEqual([named]);
    expect(walletsOf(await create(key))).toHaveLength(2);
  });

  it('asked twenty times at once, for one org and for ten, gives each one address and nobody another’s', async () => {
    await fill();
    const customers = await Promise.all(Array.from({ length: 4 }, async () => api.createCustomer()));
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => create(customers[index % 4]?.key ?? '')),
    );
    const texts = new Set(answers.map(({ text }) => text));
    expect(texts.size).toBe(4);
    const given = [...texts].flatMap((text) => createWalletReply.parse(JSON.parse(text)).wallets);
    expect(new Set(given.map(({ address }) => address)).size).toBe(8);
  });

  it('gives nobody the credits address or a token, though the seed has it', async () => {
    await addXpub(api.db, { xpub, isSameKey: () => false, at: new Date() });
    const [account] = accounts;
    if (!account) throw new Error('the pool is empty');
    await addToPool(api.db, [{ ...account, address: CREDITS.starknet }], new Date());
    await addToPool(api.db, [{ ...account, address: TOKENS.starknet }], new Date());
    const { key, org } = await api.createCustomer();
    const { status, json } = await create(key, { chain: STARKNET });
    expect([status, json['code']]).toEqual([503, 'DEPOSIT_ADDRESS_UNAVAILABLE']);
    const index = indexOf(org);
    const [taken, at] = [new Set([addressAt(index), addressAt(index + 1)]), new Date()];
    const request = { org, families: ['eip155'], taken, derive: deriveEvmAddress, at } as const;
    expect(await giveDepositAddresses(api.db, request)).toMatchObject([
      { address: addressAt(index + 2), keyIndex: index + 2 },
    ]);
  });

  it('says what is missing when there is nothing to give, and makes nothing', async () => {
    await addXpub(api.db, { xpub, isSameKey: () => false, at: new Date() });
    const { key, org } = await api.createCustomer();
    const { status, json, headers } = await create(key);
    expect([status, json['code']]).toEqual([503, 'DEPOSIT_ADDRESS_UNAVAILABLE']);
    expect(json['detail']).toContain('coffer wallets import');
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const held = await queryRows<unknown>(api.db, 'SELECT 1 FROM deposit_address');
    expect(held.rows).toEqual([]);
    const [evm] = walletsOf(await create(key, { chain: EVM }));
    expect(evm?.address).toBe(addressAt(indexOf(org)));
  });

  it('refuses a chain that is not configured, fields it does not know, and whoever may not', async () => {
    const { key, org } = await api.createCustomer();
    expect(pathsOfErrors(await create(key, { chain: 'eip155:1' }))).toEqual(['chain']);
    expect(pathsOfErrors(await create(key, { family: 'eip155' }))).toEqual(['family']);
    const reader = await api.createKey({ org, scopes: ['treasury:read', 'treasury:spend'] });
    expect((await create(reader)).status).toBe(403);
  });
});

describe('wallet-info', () => {
  const info = async (key: string): Promise<Answer> => api.call('GET', '/treasury/wallet-info', { key });

  it('tells for every chain whether there is an address', async () => {
    await fill();
    const { key, org } = await api.createCustomer();
    const before = walletInfoReply.parse((await info(key)).json).wallets;
    expect(before.map(({ chain, created, address }) => ({ chain, created, address }))).toEqual(
      [EVM, EVM_TOO, STARKNET].map((chain) => ({ chain, created: false, address: null })),
    );
    await create(key, { chain: EVM });
    const after = walletInfoReply.parse((await info(key)).json).wallets;
    expect(after.map(({ created, address }) => ({ created, address }))).toEqual([
      { created: true, address: addressAt(indexOf(org)) },
      { created: true, address: addressAt(indexOf(org)) },
      { created: false, address: null },
    ]);
  });

  it('shows what is not known as not known, when no node of a chain answers', async () => {
    await fill();
    const { key } = await api.createCustomer();
    await create(key);
    const { status, json } = await info(key);
    expect(status).toBe(200);
    for (const { created, deployed, balances } of walletInfoReply.parse(json).wallets) {
      expect({ created, deployed, known: balances.map(({ balanceUsd }) => balanceUsd) }).toEqual({
        created: true,
        deployed: null,
        known: [null],
      });
    }
  });
});
