/**
 * Whose turn it is to write to a wallet. A process that sends batch after batch to one wallet is always first there: by the
 * time that another process has read the wallet's last entry, there is a newer one. So a write shares the turn of its
 * wallets while it lasts, and a writer that was second takes it alone before it reads: it waits for the write that is under
 * way, and later ones wait for it. PostgreSQL gives turns in the order in which they were asked for. A writer that is second
 * at a wallet again and again takes the turn without trying first ({@link Rivals}).
 *
 * Turns are advisory locks of one transaction. They only decide who waits: what is written is decided by unique keys.
 */
import { binaryArray } from './binary-rows.ts';

/** Most wallets of one statement or transaction whose turn is taken: the server's table of locks has room for 64 a connection. */
export const TURNS_MAX = 32;

/** A writer that was second so many times in a row at a wallet takes the turn for its next writes to it. */
const LOSSES = 2;
/** So many writes begin with the turn; then it tries without, since the other writer may be gone. */
const WRITES_IN_TURN = 100;
/** Most wallets that are remembered as such. When there are more, all are forgotten, which costs time only. */
const RIVALS_MAX = 1_000;

/** Keeps turns apart from other advisory locks in the same database: the first four letters of the name, in ASCII. */
const TURN_CLASS = 0x636f6666;

/** True; evaluated before what follows it in a CASE, it shares the turns in a parameter until the transaction ends. */
export const sharesTurns = (parameter: string): string =>
  `(SELECT count(pg_advisory_xact_lock_shared(${TURN_CLASS}, turn)) FROM unnest(${parameter}::int[]) AS turn) >= 0`;

/** Takes the turns in its parameter, alone, until the transaction ends. */
export const TAKE_TURNS = `SELECT pg_advisory_xact_lock(${TURN_CLASS}, turn) FROM unnest($1::int[]) AS turn`;

/**
 * The golden ratio's fraction: its multiples spread evenly over 0 to 1, and so does every second or third of them. Batches of
 * different wallets take their numbers from one count, so that each of them sees some of the numbers only.
 */
const SPREAD = 0.618_033_988_749_894_9;

/**
 * The turns of wallets as a parameter, in the order that keeps two statements from waiting for each other in a circle. Of
 * more than {@link TURNS_MAX} wallets it has so many, which ones depends on `from`: with 0, 1, 2..., or every n-th of these,
 * each has its turn again and again. Two wallets may have the same turn.
 */
export function turnsOf(wallets: Iterable<string>, from = 0): Buffer {
  const all = [...new Set([...wallets].map(turnOf))];
  const start = all.length > TURNS_MAX ? Math.floor(((from * SPREAD) % 1) * all.length) : 0;
  const some = [...all.slice(start), ...all.slice(0, start)].slice(0, TURNS_MAX);
  return binaryArray(
    'integer',
    some.toSorted((a, b) => a - b),
  );
}

/** The first four bytes of a wallet's id, which is a hash. */
function turnOf(wallet: string): number {
  return Buffer.from(wallet.slice(0, 8), 'hex').readInt32BE(0);
}

/** The wallets at which other writers are first again and again: a write without the turn would be sent in vain. */
export class Rivals {
  /** Below LOSSES: how often in a row the wallet was lost. From there on it goes up with each write in turn. */
  readonly #counts = new Map<string, number>();

  /** Another writer was first at one of these wallets. Of many, nobody knows which: they are not counted. */
  lost(wallets: ReadonlySet<string>): void {
    if (wallets.size > TURNS_MAX) return;
    if (this.#counts.size + wallets.size > RIVALS_MAX) this.#counts.clear();
    for (const wallet of wallets) this.#counts.set(wallet, (this.#counts.get(wallet) ?? 0) + 1);
  }

  /** A write without the turn was first at these wallets. */
  won(wallets: ReadonlySet<string>): void {
    if (this.#counts.size === 0) return;
    for (const wallet of wallets) this.#counts.delete(wallet);
  }

  /** Whether a write to these wallets begins with the turn; it counts as one that does. */
  comeFirst(wallets: readonly string[]): boolean {
    if (this.#counts.size === 0 || wallets.length > TURNS_MAX) return false;
    let isOne = false;
    for (const wallet of wallets) {
      const count = this.#counts.get(wallet) ?? 0;
      if (count < LOSSES) continue;
      isOne = true;
      if (count + 1 < LOSSES + WRITES_IN_TURN) this.#counts.set(wallet, count + 1);
      else this.#counts.delete(wallet);
    }
    return isOne;
  }
}
