/** Reads the address of a sender, and refuses addresses that cannot belong to one org alone. */
import { canonicalAddress, claimsChecksum, deduceFamily, type ChainFamily } from '../../core/chains/address.ts';
import { findShared } from '../../core/senders/shared-addresses.ts';
import type { Refusal } from '../../core/errors.ts';
import { listDepositAddressOwners } from '../../db/senders/addresses.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import type { ChainInfo, SurfaceDeps } from '../deps.ts';

/** An address in canonical form. */
export interface SenderAddress {
  readonly family: ChainFamily;
  readonly address: string;
  /** The chain that the caller named; null when none was named. */
  readonly chain: string | null;
  /** The configured chains of its family, at least one. */
  readonly chains: readonly [string, ...string[]];
}

/**
 * Reads an address into canonical form.
 * @throws Refusal VALIDATION_FAILED when it is not an address, fits no configured chain, has a wrong checksum, is one
 *   of ours, or is a shared address that many people send from.
 */
export async function readSenderAddress(
  { crossing, chains, sharedAddresses }: Pick<SurfaceDeps, 'crossing' | 'chains' | 'sharedAddresses'>,
  { address: written, chain }: { readonly address: string; readonly chain?: string | undefined },
): Promise<SenderAddress> {
  const named = chain === undefined ? undefined : getChain(chains, chain);
  const family = named?.family ?? deduceFamily(written);
  if (family === undefined) {
    throw invalid(
      'must be 0x and 40 hex digits (EVM) or 56 to 64 (Starknet); for a felt with fewer digits name the chain',
    );
  }
  const address = canonicalAddress(family, written);
  if (family === 'eip155' && claimsChecksum(written) && !(await hasRightChecksum(written))) {
    throw invalid('has a wrong checksum (EIP-55): check it for a typo, or write it in lower case');
  }
  const own = chains.filter((one) => one.family === family);
  const [first, ...more] = own.map((one) => one.chain);
  if (first === undefined) throw invalid(`no chain of its family (${family}) is configured here`);
  const ours = own.flatMap(({ creditsAddress, tokens }) => [creditsAddress, ...tokens.map((token) => token.address)]);
  if (ours.includes(address)) throw invalid('must not be a credits address or a token contract');
  const shared = findShared(sharedAddresses, { family, address });
  if (shared !== undefined) {
    throw invalid(`is ${shared}, which many people send from: send from an account of your own`);
  }
  const deposits = await listDepositAddressOwners(crossing, family, [address]);
  if (deposits.size > 0) throw invalid('must not be a deposit address: money from there was credited before');
  return { family, address, chain: named?.chain ?? null, chains: [first, ...more] };
}

/** Loads viem when it is needed: that takes a quarter of a second, which no start should wait for. */
async function hasRightChecksum(address: string): Promise<boolean> {
  const { isAddress } = await import('viem/utils');
  return isAddress(address, { strict: true });
}

/** The configured chain with a CAIP-2 id. @throws Refusal VALIDATION_FAILED when there is none. */
export function getChain(chains: readonly ChainInfo[], chain: string): ChainInfo {
  const known = chains.find((one) => one.chain === chain);
  if (known) return known;
  const names = chains.map((one) => one.chain).join(', ');
  throw invalidInput([{ path: 'chain', message: `is not configured here; these are: ${names}` }]);
}

function invalid(message: string): Refusal {
  return invalidInput([{ path: 'address', message }]);
}
