import type { LoadedWallet } from './ledger-head.ts';

/** What a lane remembers between batches: where wallets stand, and which keys were used lately. Only saves reads. */
export class HeadCache {
  private readonly wallets = new Map<string, LoadedWallet>();
  private readonly keys = new Set<string>();
  private readonly sizeMax: number;
  private readonly dropAtOnce: number;

  /** @param sizeMax most wallets, and most keys, to remember. @param dropAtOnce how many go when it is full. */
  constructor(sizeMax: number, dropAtOnce: number) {
    this.sizeMax = sizeMax;
    this.dropAtOnce = dropAtOnce;
  }

  get(wallet: string): LoadedWallet | undefined {
    return this.wallets.get(wallet);
  }

  /** Takes a wallet as the one that was used last. */
  remember(loaded: LoadedWallet): void {
    const { wallet } = loaded.head;
    this.wallets.delete(wallet);
    this.wallets.set(wallet, loaded);
    // The oldest go first.
    if (this.wallets.size > this.sizeMax + 2 * this.dropAtOnce)
      dropOldest(this.wallets.keys(), this.dropAtOnce, this.wallets);
  }

  forget(wallets: Iterable<string>): void {
    for (const wallet of wallets) this.wallets.delete(wallet);
  }

  wasUsed(key: string): boolean {
    return this.keys.has(key);
  }

  rememberKey(key: string): void {
    this.keys.add(key);
    if (this.keys.size > this.sizeMax + this.dropAtOnce) dropOldest(this.keys.values(), this.dropAtOnce, this.keys);
  }
}

function dropOldest(inOrder: Iterable<string>, count: number, from: { delete(key: string): boolean }): void {
  let left = count;
  for (const key of inOrder) {
    if (left === 0) return;
    left -= 1;
    from.delete(key);
  }
}
