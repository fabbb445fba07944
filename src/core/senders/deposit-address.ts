/** Deposit addresses: which one is free, and when a pool of them has to be filled. */
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

/** Most indices that a search tries: only our own addresses can be taken, and those are few. */
const SKIPS_MAX = 1_000;

/**
 * The first index from `fromIndex` on whose address is free. Our own addresses are skipped: an operator may have
 * derived the credits address from the same seed, and an org that got it would own every deposit.
 * @throws RangeError when {@link SKIPS_MAX} addresses in a row are taken.
 */
export function findFreeIndex(
  fromIndex: number,
  derive: (index: number) => string,
  isTaken: (address: string) => boolean,
): { readonly index: number; readonly address: string } {
  for (let index = fromIndex; index < fromIndex + SKIPS_MAX; index += 1) {
    const address = derive(index);
    if (!isTaken(address)) return { index, address };
  }
  throw new RangeError(`none of ${SKIPS_MAX} addresses from index ${fromIndex} on is free`);
}
