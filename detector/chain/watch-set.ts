/** The addresses that are ours on one chain: the credits address, and the deposit addresses in the database, burnt ones included. */
import type { ChainFamily } from '../../src/core/chains/address.ts';
import type { Database } from '../../src/db/database.ts';
import { listAddressesToWatch, type WatchedAddress } from '../../src/db/senders/addresses.ts';

/** Addresses read at a time. */
const PAGE_SIZE = 10_000;

/** How far the set reaches, and from which block its new addresses have to be read. */
export interface Watched {
  /** Number of the newest deposit address in the set. */
  readonly lastNumber: number;
  /** Lowest block that was read without an address of the set and has to be read again with it; undefined: none. */
  readonly firstBlock: number | undefined;
}

/**
 * A set that only grows: an address that was ours once stays ours. Only `refresh` changes it, so every step between two
 * calls sees the same addresses.
 */
export class WatchSet {
  readonly #addresses: Set<string>;
  #lastNumber = 0;
  #unread: WatchedAddress[] = [];

  /** @param creditsAddress canonical. */
  constructor(creditsAddress: string) {
    this.#addresses = new Set([creditsAddress]);
  }

  /** Canonical addresses. */
  get addresses(): ReadonlySet<string> {
    return this.#addresses;
  }

  /**
   * Adds the addresses that were created since the last call, in pages of 10,000.
   * @param of.readUpTo number up to which every block below the chain's position was read with the addresses.
   */
  async refresh(
    db: Database,
    of: { readonly chain: string; readonly family: ChainFamily; readonly readUpTo: number },
  ): Promise<Watched> {
    const { chain, family, readUpTo } = of;
    for (let full = true; full;) {
      const page = await listAddressesToWatch(db, { chain, family, after: this.#lastNumber, limit: PAGE_SIZE });
      for (const one of page) {
        this.#addresses.add(one.address);
        if (one.number > readUpTo) this.#unread.push(one);
      }
      this.#lastNumber = page.at(-1)?.number ?? this.#lastNumber;
      full = page.length === PAGE_SIZE;
    }
    this.#unread = this.#unread.filter(({ number }) => number > readUpTo);
    let firstBlock: number | undefined;
    for (const one of this.#unread) firstBlock = Math.min(firstBlock ?? one.firstBlock, one.firstBlock);
    return { lastNumber: this.#lastNumber, firstBlock };
  }
}
