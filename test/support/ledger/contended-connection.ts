import { LedgerConnection, type LockedWork } from '../../../src/db/ledger/connection.ts';

/** A connection on which another writer is always first, until the wallets are locked. */
export class ContendedConnection extends LedgerConnection {
  private locked = false;

  override async append(...args: Parameters<LedgerConnection['append']>): Promise<void> {
    if (!this.locked) throw new Error('another writer was first');
    return super.append(...args);
  }

  override async withLockedWallets<T>(wallets: readonly string[], work: LockedWork<T>): Promise<T> {
    return super.withLockedWallets(wallets, async (asLast) => {
      this.locked = true;
      try {
        return await work(asLast);
      } finally {
        this.locked = false;
      }
    });
  }
}
