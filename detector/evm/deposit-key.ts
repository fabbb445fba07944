/** EVM deposit addresses: derived from an account's extended public key (BIP-32), which can spend nothing. */
import { ECDH } from 'node:crypto';
import { HDKey, publicKeyToAddress } from 'viem/accounts';
import { toCount } from '../../src/core/integers.ts';

/** Path of the extended key's account below the seed (BIP-44: purpose, Ethereum, account 0). */
export const EVM_ACCOUNT_PATH = "m/44'/60'/0'";
/** Depth of an account's extended key: purpose, coin and account. */
const ACCOUNT_DEPTH = 3;
/** The receiving branch of BIP-44, under which wallets derive their addresses. */
const RECEIVING = 0;
/** From this index on children are hardened, and only a private key can derive them (BIP-32). */
const HARDENED_INDEX = 2 ** 31;

/** The text is not the extended public key of an account; the message says why, and never contains the text. */
export class NotAnXpub extends Error {
  override name = 'NotAnXpub';
}

/**
 * Reads the extended public key of an account. @returns it in the form in which it is stored.
 * @throws NotAnXpub for any other text. That includes an extended private key, which can spend and must never be stored.
 */
export function readAccountXpub(text: string): string {
  const trimmed = text.trim();
  if (/^[a-z]prv/i.test(trimmed)) {
    throw new NotAnXpub(
      'this is an extended private key (xprv): it was not stored. Import the xpub instead, and if this file left the machine of the seed, move what the key holds',
    );
  }
  if (!trimmed.startsWith('xpub')) throw new NotAnXpub('an extended public key begins with xpub');
  let key: HDKey;
  try {
    key = HDKey.fromExtendedKey(trimmed);
  } catch {
    throw new NotAnXpub('this is not a valid extended public key: a character is wrong or missing');
  }
  if (key.depth !== ACCOUNT_DEPTH) {
    throw new NotAnXpub(`this key has depth ${key.depth}: export the account's key, ${EVM_ACCOUNT_PATH} (depth 3)`);
  }
  return key.publicExtendedKey;
}

/** The canonical address at an index of the account's receiving branch. @throws RangeError for an index without address. */
export function deriveEvmAddress(xpub: string, index: number): string {
  if (toCount(index) >= HARDENED_INDEX) throw new RangeError(`a public key has no child at index ${index}`);
  const { publicKey } = HDKey.fromExtendedKey(xpub).deriveChild(RECEIVING).deriveChild(index);
  if (!publicKey) throw new RangeError(`there is no key at index ${index}`);
  const uncompressed = ECDH.convertKey(publicKey, 'secp256k1', undefined, 'hex', 'uncompressed');
  return publicKeyToAddress(`0x${String(uncompressed)}`).toLowerCase();
}
