/** EVM deposit addresses: derived from an account's extended public key (BIP-32), which can spend nothing. */
import { ECDH } from 'node:crypto';
import { HDKey, publicKeyToAddress } from 'viem/accounts';
import { toCount } from '../../src/core/integers.ts';

/** Where the account of the extended key lies below the seed (BIP-44: purpose, Ethereum, account 0). */
export const EVM_ACCOUNT_PATH = "m/44'/60'/0'";
/** Purpose, coin and account: an extended key of this depth is an account's. */
const ACCOUNT_DEPTH = 3;
/** The receiving branch of BIP-44, below which wallets put their addresses. */
const RECEIVING = 0;
/** From here on children are hardened, and only a private key has those (BIP-32). */
const HARDENED_INDEX = 2 ** 31;

/** Text that is no extended public key of an account; the message says why, and never holds the text. */
export class NotAnXpub extends Error {
  override name = 'NotAnXpub';
}

/**
 * Reads the extended public key of an account, and gives it as it is stored.
 * @throws NotAnXpub for a private one above all: whoever holds that can spend, so it must not come near the service.
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
    throw new NotAnXpub('this is no extended public key: a character is wrong or missing');
  }
  if (key.depth !== ACCOUNT_DEPTH) {
    throw new NotAnXpub(`this key is of depth ${key.depth}: export the account's, ${EVM_ACCOUNT_PATH} (depth 3)`);
  }
  return key.publicExtendedKey;
}

/** The address of the account's receiving branch at an index, canonical. @throws RangeError for an index of no address. */
export function deriveEvmAddress(xpub: string, index: number): string {
  if (toCount(index) >= HARDENED_INDEX) throw new RangeError(`no index of a public child: ${index}`);
  const { publicKey } = HDKey.fromExtendedKey(xpub).deriveChild(RECEIVING).deriveChild(index);
  if (!publicKey) throw new RangeError(`there is no key at index ${index}`);
  const uncompressed = ECDH.convertKey(publicKey, 'secp256k1', undefined, 'hex', 'uncompressed');
  return publicKeyToAddress(`0x${String(uncompressed)}`).toLowerCase();
}
