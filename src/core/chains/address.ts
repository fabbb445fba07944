/** Addresses of both chain families in the one form in which they are stored and compared. */
import { Refusal } from '../errors.ts';

/** The supported namespaces of CAIP-2 chain ids. */
export const CHAIN_FAMILIES = ['eip155', 'starknet'] as const;
export type ChainFamily = (typeof CHAIN_FAMILIES)[number];

/** Starknet addresses are below 2^251 - 256 (Starknet protocol, address computation). */
const STARKNET_ADDRESS_END = 2n ** 251n - 256n;

const EVM_ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const STARKNET_ADDRESS = /^0x[0-9a-fA-F]{1,64}$/;
/** Fewest digits of a felt whose chain is not named: shorter ones are far more often a typo. */
const FELT_DIGITS_MIN = 56;

/**
 * The family of a CAIP-2 chain id.
 * @throws RangeError for a namespace that is neither eip155 nor starknet.
 */
export function familyOf(chain: string): ChainFamily {
  const [namespace] = chain.split(':', 1);
  if (namespace === 'eip155' || namespace === 'starknet') return namespace;
  throw new RangeError(`unknown chain namespace: ${chain.slice(0, 40)}`);
}

/**
 * The family that an address must belong to: 40 hex digits are EVM, 56 to 64 are Starknet. Undefined for everything
 * else: a felt without more of its leading zeros is rare, and an address with a digit too few or too many is not.
 */
export function deduceFamily(address: string): ChainFamily | undefined {
  if (EVM_ADDRESS.test(address)) return 'eip155';
  return STARKNET_ADDRESS.test(address) && address.length >= 2 + FELT_DIGITS_MIN ? 'starknet' : undefined;
}

/**
 * The canonical form: 0x + 40 lower-case hex digits on EVM chains, 0x + 64 on Starknet, from any case and padding. Does
 * not check the checksum of a mixed-case EVM address.
 * @throws Refusal VALIDATION_FAILED, with path `address`, for anything that is not an account's address in that family.
 */
export function canonicalAddress(family: ChainFamily, address: string): string {
  if (family === 'eip155') {
    if (!EVM_ADDRESS.test(address)) throw invalid('must be 0x and 40 hex digits on an EVM chain');
    const canonical = address.toLowerCase();
    if (/^0x0+$/.test(canonical)) throw invalid('must not be the zero address');
    return canonical;
  }
  if (!STARKNET_ADDRESS.test(address)) throw invalid('must be 0x and 1 to 64 hex digits on Starknet');
  const felt = BigInt(address);
  if (felt === 0n) throw invalid('must not be the zero address');
  if (felt >= STARKNET_ADDRESS_END) throw invalid('must be below 2^251 - 256 on Starknet');
  return `0x${felt.toString(16).padStart(64, '0')}`;
}

/** Whether an EVM address is written in mixed case, and so claims to carry an EIP-55 checksum. */
export function claimsChecksum(address: string): boolean {
  const digits = address.slice(2);
  return /[a-f]/.test(digits) && /[A-F]/.test(digits);
}

function invalid(message: string): Refusal {
  return new Refusal('VALIDATION_FAILED', `address ${message}`, { issues: [{ path: 'address', message }] });
}
