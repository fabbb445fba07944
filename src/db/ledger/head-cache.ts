import type { LoadedWallet } from './heads.ts';

/** Where wallets stand, as a lane remembers it between batches. Only saves reads. */
export class HeadCache {
  private readonly wallets = new Map<string, LoadedWallet>();
  private readonly sizeMax: number;
  private readonly dropAtOnce: number;

  /** @param sizeMax most wallets to remember. @param dropAtOnce how many go when it is full. */
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
    if (this.wallets.size <= this.sizeMax + 2 * this.dropAtOnce) return;
    let left = this.dropAtOnce;
    for (const oldest of this.wallets.keys()) {
      if (left === 0) return;
      left -= 1;
      this.wallets.delete(oldest);
    }
  }

  forget(wallets: Iterable<string>): void {
    for (const wallet of wallets) this.wallets.delete(wallet);
  }
}

/** Which keys were used lately: the last `sizeMax` at least, and at most twice as many. Only saves reads. */
export class KeyMemory {
  private readonly sizeMax: number;
  private young = new Set<string>();
  private old: ReadonlySet<string> = new Set();

  constructor(sizeMax: number) {
    this.sizeMax = sizeMax;
  }

  has(key: string): boolean {
    return this.young.has(key) || this.old.has(key);
  }

  add(key: string): void {
    if (this.young.size >= this.sizeMax) [this.old, this.young] = [this.young, new Set()];
    this.young.add(key);
  }
}
