/**
 * Which wallets a lane leaves alone, so that a writer that lost to it again and again is let through. That writer has
 * locked them by then, which a lane that takes no lock does not notice: so it looks from time to time whether a wallet is
 * locked that it writes with every batch, and leaves it alone until the lock is gone.
 */
import type { Clock } from '../../core/clock.ts';

/** Pause between two looks at wallets that are written all the time. */
const LOOK_EVERY_MS = 50;
/** Most wallets that one look asks about. */
const LOOKED_AT_MAX = 16;
/** After so many looks a wallet is written again, though it is still locked, until it was seen without a lock. */
const LOOKS_MAX = 100;

const NONE: ReadonlySet<string> = new Set();

export class GivingWay {
  readonly #clock: Clock;
  /** Those of the wallets that another writer has locked. */
  readonly #findLocked: (wallets: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Wallets that are left alone, with the number of looks since then. */
  readonly #alone = new Map<string, number>();
  /** Wallets that were left alone for long enough. */
  readonly #done = new Set<string>();
  #before = NONE;
  #lookedAtMs = 0;

  constructor(clock: Clock, findLocked: (wallets: readonly string[]) => Promise<ReadonlySet<string>>) {
    this.#clock = clock;
    this.#findLocked = findLocked;
  }

  /** Whether nothing may be written to the wallet now. */
  has(wallet: string): boolean {
    return this.#alone.has(wallet);
  }

  /** How many wallets are left alone. */
  get size(): number {
    return this.#alone.size;
  }

  /**
   * Looks, if it is time to, whether wallets are locked: those that this write and the one before it wrote to, and those
   * that are left alone already.
   * @returns wallets that may be written again; others have written to them meanwhile.
   */
  async look(written: ReadonlySet<string> = NONE): Promise<readonly string[]> {
    const now = this.#clock.nowMs();
    const before = this.#before;
    this.#before = written;
    const isDue = now - this.#lookedAtMs >= LOOK_EVERY_MS;
    const hot = isDue ? [...written].filter((wallet) => before.has(wallet)) : [];
    if (this.#alone.size + hot.length === 0) return [];
    this.#lookedAtMs = now;
    const asked = [...new Set([...this.#alone.keys(), ...hot])].slice(0, LOOKED_AT_MAX);
    const locked = await this.#findLocked(asked).catch(() => {
      // The connection is lost, which the next write finds out as well.
      return NONE;
    });
    const freed: string[] = [];
    for (const wallet of asked) {
      const looks = this.#alone.get(wallet);
      if (!locked.has(wallet)) {
        this.#done.delete(wallet);
        if (this.#alone.delete(wallet)) freed.push(wallet);
      } else if (looks === undefined) {
        if (!this.#done.has(wallet)) this.#alone.set(wallet, 1);
      } else if (looks < LOOKS_MAX) {
        this.#alone.set(wallet, looks + 1);
      } else {
        this.#alone.delete(wallet);
        this.#done.add(wallet);
        freed.push(wallet);
      }
    }
    return freed;
  }
}
