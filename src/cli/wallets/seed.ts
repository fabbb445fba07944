/** Derives the public half of a seed's keys. Runs on the operator's offline machine, never in the service. */
import { createHash, pbkdf2Sync } from 'node:crypto';
import { ec } from 'starknet';
import { english, HDKey } from 'viem/accounts';
import { deriveEvmAddress, EVM_ACCOUNT_PATH } from '../../../detector/evm/deposit-key.ts';
import { toFelt } from '../../../detector/starknet/decode.ts';
import { accountAddress, STARKNET_KEYS_PATH } from '../../../detector/starknet/deposit-account.ts';
import type { PoolAddress } from '../../db/senders/address-pool.ts';
import type { WalletsFile } from './file.ts';

/** BIP-39, "From mnemonic to seed". */
const MNEMONIC = { salt: 'mnemonic', rounds: 2_048, bytes: 64, digest: 'sha512' } as const;
const WORD_COUNTS: readonly number[] = [12, 15, 18, 21, 24];
/** BIP-32: a seed has 16 to 64 bytes. */
const HEX_SEED = /^(0x)?([0-9a-f]{32,128})$/i;

/** The text is not a seed; the message never contains the text. */
export class NotASeed extends Error {
  override name = 'NotASeed';
}

/**
 * The root of the keys, from a BIP-39 mnemonic in English without a passphrase or from a BIP-32 seed in hex.
 * @throws NotASeed when the text is neither.
 */
export function readSeed(text: string): HDKey {
  const words = text.trim().split(/\s+/).join(' ').toLowerCase();
  const [, , hex] = HEX_SEED.exec(words) ?? [];
  if (hex !== undefined && hex.length % 2 === 0) return HDKey.fromMasterSeed(Buffer.from(hex, 'hex'));
  if (!isMnemonic(words.split(' '))) {
    throw new NotASeed('neither a mnemonic of 12 to 24 English words (BIP-39) nor 32 to 128 hex digits');
  }
  const { salt, rounds, bytes, digest } = MNEMONIC;
  return HDKey.fromMasterSeed(pbkdf2Sync(words.normalize('NFKD'), salt, rounds, bytes, digest));
}

/**
 * Checks the checksum of BIP-39, "Generating the mnemonic": each word is 11 bits, and one bit of every 33 is the
 * checksum's. Without the check a mistyped word gives another seed, which nobody has written down.
 */
function isMnemonic(words: readonly string[]): boolean {
  if (!WORD_COUNTS.includes(words.length)) return false;
  const indexes = words.map((word) => english.indexOf(word));
  if (indexes.includes(-1)) return false;
  const bits = indexes.map((index) => index.toString(2).padStart(11, '0')).join('');
  const checkBits = bits.length / 33;
  const entropy = BigInt(`0b${bits.slice(0, -checkBits)}`);
  const bytes = Buffer.from(entropy.toString(16).padStart(checkBits * 8, '0'), 'hex');
  const [first = 0] = createHash('sha256').update(bytes).digest();
  return bits.endsWith(first.toString(2).padStart(8, '0').slice(0, checkBits));
}

/** The public half of a seed: the EVM account's extended key, and `count` Starknet accounts from `fromIndex` on. */
export function derivePublicHalf(
  seed: HDKey,
  batch: { readonly fromIndex: number; readonly count: number; readonly classHash: string },
): WalletsFile {
  const xpub = seed.derive(EVM_ACCOUNT_PATH).publicExtendedKey;
  const branch = seed.derive(STARKNET_KEYS_PATH);
  const accounts = Array.from({ length: batch.count }, (_, offset) => {
    const { keyIndex, ...account } = deriveAccount(branch, batch.fromIndex + offset, batch.classHash);
    return { index: keyIndex, ...account };
  });
  return {
    format: 'coffer deposit addresses 1',
    evm: { path: EVM_ACCOUNT_PATH, xpub, firstAddress: deriveEvmAddress(xpub, 0) },
    starknet: { path: STARKNET_KEYS_PATH, accounts },
  };
}

/** The salt is the public key, so that the address can be recovered from the key alone. */
function deriveAccount(branch: HDKey, keyIndex: number, classHash: string): PoolAddress {
  const { privateKey } = branch.deriveChild(keyIndex);
  if (!privateKey) throw new Error('the seed has no private keys');
  const publicKey = toFelt(ec.starkCurve.getStarkKey(ec.starkCurve.grindKey(privateKey)));
  const account = { publicKey, classHash: toFelt(classHash), salt: publicKey };
  return { keyIndex, address: accountAddress(account), ...account };
}
