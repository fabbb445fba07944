/** Transaction hashes in the one form in which they are stored and compared. */
import { Refusal } from '../errors.ts';
import type { ChainFamily } from './address.ts';

const HASH_DIGITS = 64;

/**
 * The canonical form: 0x + 64 lower-case hex digits. On Starknet leading zeros may be missing.
 * @throws Refusal VALIDATION_FAILED, with path `txHash`, for anything that is not a transaction hash in that family.
 */
export function canonicalTxHash(family: ChainFamily, txHash: string): string {
  const form = family === 'eip155' ? /^0x[0-9a-fA-F]{64}$/ : /^0x[0-9a-fA-F]{1,64}$/;
  if (form.test(txHash)) return `0x${txHash.slice(2).toLowerCase().padStart(HASH_DIGITS, '0')}`;
  const message = `must be 0x and ${family === 'eip155' ? '64' : '1 to 64'} hex digits`;
  throw new Refusal('VALIDATION_FAILED', `txHash ${message}`, { issues: [{ path: 'txHash', message }] });
}
