/** What is kept of the RPCs of one chain in the database: where they stand, for whoever asks, and what they answer at once. */
import type { Clock } from '../../src/core/clock.ts';
import type { Database } from '../../src/db/database.ts';
import { listRanges, storeRanges } from '../../src/db/chains/rpc-ranges.ts';
import { storeRpcStatuses } from '../../src/db/chains/rpc-status.ts';
import type { RangeMemory } from './block-range.ts';
import type { RpcStatus } from './member.ts';

/** What was learned longer ago is asked for anew. */
const TRUST_MS = 24 * 60 * 60_000;
/** Where the RPCs stand is kept when it changes, and at least this often. */
const STANDING_EVERY_MS = 15_000;

export class RpcNotes {
  readonly #options: { readonly db: Database; readonly clock: Clock; readonly chain: string };
  /** By RPC and method. */
  readonly #known = new Map<string, Map<string, number>>();
  readonly #unkept = new Map<string, { readonly rpc: string; readonly method: string; readonly blocks: number }>();
  #loaded = false;
  #kept: { readonly standing: string; readonly atMs: number } | undefined;

  constructor(options: { db: Database; clock: Clock; chain: string }) {
    this.#options = options;
  }

  /** What one RPC answers at once. */
  rangesOf(rpc: string): RangeMemory {
    const known = this.#known.get(rpc) ?? new Map<string, number>();
    this.#known.set(rpc, known);
    return {
      recall: (method) => known.get(method),
      learn: (method, blocks) => {
        if (known.get(method) === blocks) return;
        known.set(method, blocks);
        this.#unkept.set(`${rpc} ${method}`, { rpc, method, blocks });
      },
    };
  }

  /** Recalls what the last process learned, once. Nothing depends on it but time. */
  async load(): Promise<void> {
    if (this.#loaded) return;
    const { db, clock, chain } = this.#options;
    for (const { rpc, method, blocks } of await listRanges(db, chain, new Date(clock.nowMs() - TRUST_MS))) {
      this.#known.get(rpc)?.set(method, blocks);
    }
    this.#loaded = true;
  }

  /** Keeps where the RPCs stand and what was learned since the last call. What cannot be kept now is kept later. */
  async keep(statuses: readonly RpcStatus[]): Promise<void> {
    const { db, clock, chain } = this.#options;
    const atMs = clock.nowMs();
    const standing = statuses.map(({ rpc, state, problem }) => `${rpc} ${state} ${problem ?? ''}`).join();
    if (standing === this.#kept?.standing && atMs - this.#kept.atMs < STANDING_EVERY_MS) return;
    try {
      await storeRpcStatuses(db, chain, statuses, new Date(atMs));
      await storeRanges(db, chain, [...this.#unkept.values()], new Date(atMs));
      this.#unkept.clear();
      this.#kept = { standing, atMs };
    } catch {
      // The round itself tells when the database is away.
    }
  }
}
