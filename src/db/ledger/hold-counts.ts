/**
 * When the open holds of a wallet are counted. A head with all open holds knows their number, and a lane that goes on from a
 * head knows it after each batch. Of a head that was read without most of its holds, only a bound is known: since the last
 * count, each entry opened one at most. So they are counted again once the bound comes near to what is allowed, which takes
 * the more entries the fewer are open, and once a second at most.
 */
import { OPEN_HOLDS_MAX } from '../../core/ledger/commands.ts';
import type { Head } from '../../core/ledger/head.ts';
import { NOT_COUNTED, type OpenCount } from '../../core/ledger/hold-book.ts';
import type { Pending, Submission } from './submission.ts';

/** More holds than one batch opens. */
const COUNTED_AHEAD = 1_000;
const COUNT_PAUSE_MS = 1_000;

/** The counts of wallets whose heads lack holds. Only saves counting. */
export class HoldCounts {
  readonly #counts = new Map<string, { readonly open: number; readonly seq: number; readonly atMs: number }>();
  readonly #sizeMax: number;

  /** @param sizeMax how many wallets to remember. When there are more, all are forgotten. */
  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
  }

  /**
   * Whether the holds of a wallet are counted before another one is opened, of which so many may be open. If not, its bound
   * decides, which may be too high for a second.
   */
  mustCount({ wallet, holds }: Head, openMax: number, nowMs: number): boolean {
    if (holds.open.isExact || holds.open.atMost + COUNTED_AHEAD < openMax) return false;
    const counted = this.#counts.get(wallet);
    return counted === undefined || Math.abs(nowMs - counted.atMs) >= COUNT_PAUSE_MS;
  }

  /** How many holds may be open in a head that was read. */
  boundOf({ wallet, seq }: Head): OpenCount {
    const counted = this.#counts.get(wallet);
    return counted === undefined ? NOT_COUNTED : { atMost: counted.open + seq - counted.seq, isExact: false };
  }

  /** Counts the open holds of wallets that were read, where that is needed for what is to be opened. */
  async take(
    connection: { countHolds(wallets: readonly string[]): Promise<ReadonlyMap<string, number>> },
    loaded: readonly { readonly head: Head }[],
    { openMaxes, nowMs }: { readonly openMaxes: ReadonlyMap<string, number>; readonly nowMs: number },
  ): Promise<ReadonlyMap<string, OpenCount>> {
    const heads = loaded.map(({ head }) => head);
    const needed = heads.filter((head) => this.mustCount(head, openMaxes.get(head.wallet) ?? Infinity, nowMs));
    if (needed.length === 0) return new Map();
    const counts = await connection.countHolds(needed.map(({ wallet }) => wallet));
    if (this.#counts.size + needed.length > this.#sizeMax) this.#counts.clear();
    for (const { wallet, seq } of needed) this.#counts.set(wallet, { open: counts.get(wallet) ?? 0, seq, atMs: nowMs });
    return new Map([...counts].map(([wallet, open]) => [wallet, { atMost: open, isExact: true }]));
  }

  forget(): void {
    this.#counts.clear();
  }
}

/** How many holds a wallet may have open for a command that opens one; Infinity for others. */
export function openMaxOf(command: Submission['command']): number {
  return command.op === 'hold' ? (command.openMax ?? OPEN_HOLDS_MAX) : Infinity;
}

/** The lowest of them for each wallet. */
export function openMaxesOf(pendings: readonly Pending[]): ReadonlyMap<string, number> {
  const lowest = new Map<string, number>();
  for (const { submission } of pendings) {
    const { wallet, command } = submission;
    if (command.op === 'hold') lowest.set(wallet, Math.min(lowest.get(wallet) ?? Infinity, openMaxOf(command)));
  }
  return lowest;
}
