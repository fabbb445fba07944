/**
 * Which wallets were written to, from the process that writes to the one that keeps the event logs. Nothing depends on it
 * but how soon an event is heard of: what is not told is found by the sweep over all wallets.
 */
import { z } from 'zod';

/** From one message to the next. */
const INTERVAL_MS = 250;
/** Wallets of one message; further ones are left to the sweep. */
const WALLETS_MAX = 10_000;

const message = z.object({ writtenTo: z.array(z.uuid()).max(WALLETS_MAX) });

/** Gathers wallets and tells of them from time to time. */
export class WalletHints {
  private wallets = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  /** Costs next to nothing: it is called for every command. */
  add(wallet: string): void {
    if (this.wallets.size < WALLETS_MAX) this.wallets.add(wallet);
  }

  sendTo(receiver: { tell(message: object): void }): void {
    this.timer = setInterval(() => {
      if (this.wallets.size === 0) return;
      receiver.tell({ writtenTo: [...this.wallets] });
      this.wallets = new Set();
    }, INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

/** Hears what the process that started this one tells. */
export function hearWallets(from: NodeJS.EventEmitter, hint: (wallet: string) => void): void {
  from.on('message', (told: unknown) => {
    const heard = message.safeParse(told);
    if (heard.success) for (const wallet of heard.data.writtenTo) hint(wallet);
  });
}
