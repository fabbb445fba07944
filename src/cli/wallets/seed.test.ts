import { hash } from 'starknet';
import { english, generateMnemonic, mnemonicToAccount } from 'viem/accounts';
import { describe, expect, test } from 'vitest';
import { deriveEvmAddress } from '../../../detector/evm/deposit-key.ts';
import { ACCOUNT_CLASS_HASH } from '../../../detector/starknet/deposit-account.ts';
import { derivePublicHalf, NotASeed, readSeed } from './seed.ts';

const MNEMONIC = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const HEX_SEED = '000102030405060708090a0b0c0d0e0f';
const batch = { fromIndex: 0, count: 2, classHash: ACCOUNT_CLASS_HASH };

describe('the public half of a seed', () => {
  test('has the EVM addresses that wallets find from the same mnemonic', () => {
    const { evm } = derivePublicHalf(readSeed(`  ${MNEMONIC.toUpperCase()}\n`), { ...batch, count: 0 });
    for (const addressIndex of [0, 1, 77, 1_379_672_024, 2 ** 31 - 1]) {
      const expected = mnemonicToAccount(MNEMONIC, { addressIndex }).address.toLowerCase();
      expect(deriveEvmAddress(evm?.xpub ?? '', addressIndex)).toBe(expected);
    }
  });

  test('has Starknet accounts whose addresses follow from what stands beside them', () => {
    const accounts = derivePublicHalf(readSeed(MNEMONIC), batch).starknet?.accounts ?? [];
    expect(accounts.map(({ index }) => index)).toEqual([0, 1]);
    for (const { publicKey, address, classHash, salt } of accounts) {
      const computed = hash.calculateContractAddressFromHash(salt, classHash, [publicKey], 0);
      expect(BigInt(address)).toBe(BigInt(computed));
    }
  });

  test('is the same for a part of the accounts as for all', () => {
    const [, second] = derivePublicHalf(readSeed(MNEMONIC), batch).starknet?.accounts ?? [];
    const later = derivePublicHalf(readSeed(MNEMONIC), { ...batch, fromIndex: 1, count: 1 });
    expect(later.starknet?.accounts).toEqual([second]);
  });

  test('of a BIP-32 seed in hex is that of BIP-32’s first test vector', () => {
    // BIP-32, test vector 1: m is xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi.
    expect(readSeed(`0x${HEX_SEED}`).publicExtendedKey).toBe(
      'xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8',
    );
  });
});

test.each([
  ['a word too few', MNEMONIC.replace(/ \w+$/, '')],
  ['a wrong checksum', MNEMONIC.replace(/\w+$/, 'legal')],
  ['a word of no list', MNEMONIC.replace(/\w+$/, 'coffer')],
  ['an odd number of hex digits', `${HEX_SEED}0`],
  ['too few hex digits', HEX_SEED.slice(2)],
  ['nothing', ''],
])('%s is no seed, and is not repeated', (_, text) => {
  expect(() => readSeed(text)).toThrow(NotASeed);
  expect(() => readSeed(text)).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/legal|0001/) }));
});

test('of mnemonics that wallets make each is a seed, and hardly any with another word is', () => {
  let taken = 0;
  for (const strength of [128, 160, 192, 224, 256] as const) {
    for (let made = 0; made < 20; made += 1) {
      const words = generateMnemonic(english, strength).split(' ');
      expect(() => readSeed(words.join(' '))).not.toThrow();
      try {
        readSeed(words.with(0, words[0] === 'abandon' ? 'zoo' : 'abandon').join(' '));
        taken += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(NotASeed);
      }
    }
  }
  // One in 16 for twelve words, one in 256 for 24: of a hundred about three are right by chance.
  expect(taken).toBeLessThan(25);
});
