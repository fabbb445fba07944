/** Deposit addresses: which one an org gets, and when a pool of them has to be filled. */
import { hash } from 'node:crypto';
import type { ChainFamily } from '../chains/address.ts';

/** An org's own address, with what is needed to find its key again outside this service. */
export interface DepositAddress {
  readonly family: ChainFamily;
  readonly org: string;
  /** In canonical form. */
  readonly address: string;
  /** Position of its key below the seed: EVM `m/44'/60'/0'/0/index`, Starknet `m/44'/9004'/0'/0/index`. */
  readonly keyIndex: number;
  /** EVM: the account's extended public key that it was derived from. */
  readonly xpub: string | null;
  /** Starknet: the account that is deployed at the address before its first transfer out. */
  readonly account: StarknetAccount | null;
  readonly createdAt: Date;
}

/** What the address of an undeployed Starknet account is computed from; felts in canonical form. */
export interface StarknetAccount {
  readonly publicKey: string;
  readonly classHash: string;
  readonly salt: string;
}

/** With fewer Starknet addresses left than this, the pool is low and a warning is due. */
export const POOL_LOW_BELOW = 100;

export type PoolState = 'ok' | 'low' | 'empty';

/** The state of a pool with `left` addresses that no org has yet. */
export function judgePool(left: number): PoolState {
  if (left === 0) return 'empty';
  return left < POOL_LOW_BELOW ? 'low' : 'ok';
}

/** Indices that have addresses: from here on keys are hardened, and only a private key has those (BIP-32). */
const INDICES = 2 ** 31;
/** Indices tried for one org. Only addresses with another purpose and chance are in the way, and both are rare. */
const INDICES_TRIED_MAX = 1_000;

/**
 * The indices at which an org may have its EVM address, in the order in which they are tried: the one that follows from
 * its id, then those after it, where an address is given already or has another purpose. The same org has the same
 * address after a restore, whichever orgs ask first, unless two ids meet: the chance is one in 2^31 for each pair.
 * Frozen: whoever has only the seed finds addresses by it (docs/deposit-addresses.md).
 */
export function* depositIndexes(org: string): Generator<number> {
  // 31 bits: the first four bytes without their last bit.
  const first = hash('sha256', `deposit-index:${org}`, 'buffer').readUInt32BE(0) >>> 1;
  for (let tried = 0; tried < INDICES_TRIED_MAX; tried += 1) yield (first + tried) % INDICES;
}

/**
 * Where the search for an org's Starknet address begins. Every address of the pool has a place, the SHA-256 of its bytes; the
 * org gets the free one whose place is next from here on, and behind the last place comes the first (consistent hashing).
 * Taking others away, or adding some whose places are elsewhere, does not change it. Frozen, as {@link depositIndexes} is.
 */
export function poolPlaceOf(org: string): Buffer {
  return hash('sha256', `deposit-pool:${org}`, 'buffer');
}
