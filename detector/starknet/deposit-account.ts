/** Starknet deposit addresses: accounts derived from a public key, and deployed only when they first send. */
import { ec, hash } from 'starknet';
import type { StarknetAccount } from '../../src/core/senders/deposit-address.ts';
import { toFelt, toWire } from './decode.ts';

/** Path of the keys below the seed (BIP-44 with Starknet's coin number in SLIP-44); the index follows it. */
export const STARKNET_KEYS_PATH = "m/44'/9004'/0'/0";

/** Class of OpenZeppelin's account 1.0.0 (the one that starknet-devnet declares); its constructor takes the public key. */
export const ACCOUNT_CLASS_HASH = toFelt('0x05b4b537eaa2399e3aa99c4e2e0208ebd6c71bc1467938cd52c798c601e43564');

/**
 * The canonical address of an account of this class, salt and public key that deploys itself.
 * @throws RangeError when a value is not a felt.
 */
export function accountAddress({ publicKey, classHash, salt }: StarknetAccount): string {
  const [key, type, sprinkled] = [publicKey, classHash, salt].map((felt) => toWire(toFelt(felt)));
  return toFelt(hash.calculateContractAddressFromHash(sprinkled ?? '', type ?? '', [key ?? ''], 0));
}

/** True for the x coordinate of a point of the Stark curve: only those have a private key. */
export function isPublicKey(felt: string): boolean {
  try {
    ec.starkCurve.ProjectivePoint.fromHex(`02${toFelt(felt).slice(2)}`).assertValidity();
    return true;
  } catch {
    return false;
  }
}
