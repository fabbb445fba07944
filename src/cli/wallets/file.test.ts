import { HDKey } from 'viem/accounts';
import { describe, expect, test } from 'vitest';
import { NotAnXpub } from '../../../detector/evm/deposit-key.ts';
import { ACCOUNT_CLASS_HASH } from '../../../detector/starknet/deposit-account.ts';
import { derivePublicHalf, readSeed } from './seed.ts';
import { readWalletsFile, WalletsFileRefused, type WalletsFile } from './file.ts';

const SEED = readSeed('000102030405060708090a0b0c0d0e0f');
const FILE = derivePublicHalf(SEED, { fromIndex: 3, count: 2, classHash: ACCOUNT_CLASS_HASH });
type Account = NonNullable<WalletsFile['starknet']>['accounts'][number];

const read = (file: object): ReturnType<typeof readWalletsFile> => readWalletsFile(JSON.stringify(file));
const withAccount = (change: Partial<Account>): object => {
  const [first, second] = FILE.starknet?.accounts ?? [];
  return { ...FILE, starknet: { ...FILE.starknet, accounts: [first, { ...second, ...change }] } };
};

test('what derive wrote is taken, addresses in canonical form', () => {
  const { xpub, accounts } = read(FILE);
  expect(xpub).toBe(FILE.evm?.xpub);
  expect(accounts.map(({ keyIndex, address }) => [keyIndex, address])).toEqual(
    FILE.starknet?.accounts.map(({ index, address }) => [index, address]),
  );
  const short = `0x${BigInt(accounts[1]?.address ?? '')
    .toString(16)
    .toUpperCase()}`;
  expect(read(withAccount({ address: short })).accounts).toEqual(accounts);
});

describe('the whole file is refused', () => {
  test.each([
    ['another address', { address: '0x1234' }, 'does not follow'],
    ['another salt', { salt: '0x1' }, 'does not follow'],
    ['another class', { classHash: '0x2' }, 'does not follow'],
    ['a key that nobody can have', { publicKey: '0x5' }, 'not a public key'],
    ['what is above the field', { salt: `0x${'f'.repeat(64)}` }, 'not a felt'],
  ])('for one account with %s', (_, change, why) => {
    expect(() => read(withAccount(change))).toThrow(WalletsFileRefused);
    expect(() => read(withAccount(change))).toThrow(new RegExp(`starknet account 4: .*${why}`));
  });

  test.each([
    ['the key of another depth', SEED.publicExtendedKey, 'depth 0'],
    ['a key with a letter missing', (FILE.evm?.xpub ?? '').slice(0, -1), 'wrong or missing'],
    ['an address as a key', FILE.evm?.firstAddress ?? '', 'begins with xpub'],
    ['a private key', SEED.derive("m/44'/60'/0'").privateExtendedKey, 'private key (xprv)'],
    ['a private key of another kind', 'zprvAWgYBBk7JR8Gj', 'private key (xprv)'],
  ])('for %s', (_, xpub, why) => {
    const reading = (): unknown => read({ ...FILE, evm: { ...FILE.evm, xpub } });
    expect(reading).toThrow(NotAnXpub);
    expect(reading).toThrow(why);
    expect(reading).toThrow(expect.objectContaining({ message: expect.not.stringContaining(xpub.slice(4, 30)) }));
  });

  test('for an xpub whose first address is not the one that was seen offline', () => {
    const [account] = FILE.starknet?.accounts ?? [];
    expect(() => read({ ...FILE, evm: { ...FILE.evm, firstAddress: account?.address } })).toThrow('evm.firstAddress');
  });

  test.each([
    ['no JSON', 'text', 'not JSON'],
    ['a bare private key', SEED.privateExtendedKey, 'private key'],
    ['more than public halves', JSON.stringify({ ...FILE, mnemonic: 'words' }), 'Unrecognized key'],
    ['another format', JSON.stringify({ ...FILE, format: 'coffer deposit addresses 2' }), 'format'],
  ])('for %s', (_, text, why) => {
    expect(() => readWalletsFile(text)).toThrow(why);
  });
});

test('a file may hold one family alone', () => {
  const { evm, starknet, format } = FILE;
  expect(read({ format, evm }).accounts).toEqual([]);
  expect(read({ format, starknet }).xpub).toBeUndefined();
  expect(HDKey.fromExtendedKey(read({ format, evm }).xpub ?? '').privateKey).toBeNull();
});
