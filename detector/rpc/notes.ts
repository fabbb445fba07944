/** Keeps the status of a chain's RPCs in the database, for other processes, and the block ranges that they accept. */
import type { Clock } from '../../src/core/clock.ts';
import type { Database } from '../../src/db/database.ts';
import { listRanges, storeRanges } from '../../src/db/chains/rpc-ranges.ts';
import { storeRpcStatuses } from '../../src/db/chains/rpc-status.ts';
import type { DetectorLog } from '../chain/log.ts';
import type { RangeMemory } from './block-range.ts';
import type { RpcStatus } from './member.ts';

/** A range that was learned longer ago is not used. */
const TRUST_MS = 24 * 60 * 60_000;
/** The status is stored when it changes, and at least this often. */
const STORE_EVERY_MS = 15_000;

/** What is stored about the RPCs of one chain. */
export class RpcNotes {
  readonly #options: {
    readonly db: Database;
    readonly clock: Clock;
    readonly chain: string;
    readonly log: DetectorLog;
  };
  /** Blocks that an RPC answers in one request, by RPC and method. */
  readonly #known = new Map<string, Map<string, number>>();
  readonly #unkept = new Map<string, { readonly rpc: string; readonly method: string; readonly blocks: number }>();
  #loaded = false;
  #isFailing = false;
  #kept: { readonly fingerprint: string; readonly atMs: number } | undefined;

  constructor(options: { db: Database; clock: Clock; chain: string; log: DetectorLog }) {
    this.#options = options;
  }

  /** The memory of the ranges that one RPC accepts; what it learns is stored by the next keep(). */
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

  /** Loads the ranges that an earlier process learned; once. They only save time. @throws when the database fails. */
  async load(): Promise<void> {
    if (this.#loaded) return;
    const { db, clock, chain } = this.#options;
    for (const { rpc, method, blocks } of await listRanges(db, chain, new Date(clock.nowMs() - TRUST_MS))) {
      this.#known.get(rpc)?.set(method, blocks);
    }
    this.#loaded = true;
  }

  /**
   * Stores the statuses and the ranges learned since the last call, if a status has changed or 15 s have passed. Never
   * fails: what cannot be stored now is logged, the first of several failures alone, and stored by a later call.
   */
  async keep(statuses: readonly RpcStatus[]): Promise<void> {
    const { db, clock, chain, log } = this.#options;
    const atMs = clock.nowMs();
    const fingerprint = statuses.map(({ rpc, state, problem }) => `${rpc} ${state} ${problem ?? ''}`).join();
    if (fingerprint === this.#kept?.fingerprint && atMs - this.#kept.atMs < STORE_EVERY_MS) return;
    try {
      await storeRpcStatuses(db, chain, statuses, new Date(atMs));
      await storeRanges(db, chain, [...this.#unkept.values()], new Date(atMs));
      this.#unkept.clear();
      this.#kept = { fingerprint, atMs };
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) log.error({ event: 'chain.rpc_status_not_stored', chain, problem: String(error) });
      this.#isFailing = true;
    }
  }
}
