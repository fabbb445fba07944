/**
 * Hints which wallets were written to, from the process that writes to the one that keeps the event logs. They only
 * make events appear sooner: the sweep over all wallets finds what was not hinted.
 */
import { z } from 'zod';

/** From one message to the next. */
const INTERVAL_MS = 250;
/** Most wallets of one message; further ones are left to the sweep. */
const WALLETS_MAX = 10_000;

const message = z.object({ writtenTo: z.array(z.uuid()).max(WALLETS_MAX) });

/** Collects wallets and sends them every 250 ms. */
export class WalletHints {
  private wallets = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  /** Must stay cheap, since it is called for every ledger command. */
  add(wallet: string): void {
    if (this.wallets.size < WALLETS_MAX) this.wallets.add(wallet);
  }

  sendTo(receiver: { send(message: object): void }): void {
    this.timer = setInterval(() => {
      if (this.wallets.size === 0) return;
      receiver.send({ writtenTo: [...this.wallets] });
      this.wallets = new Set();
    }, INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

/** Calls `hint` with every wallet that the parent process sends. Messages of another shape are ignored. */
export function hearWallets(from: NodeJS.EventEmitter, hint: (wallet: string) => void): void {
  from.on('message', (received: unknown) => {
    const parsed = message.safeParse(received);
    if (parsed.success) for (const wallet of parsed.data.writtenTo) hint(wallet);
  });
}
