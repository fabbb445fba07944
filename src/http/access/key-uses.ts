/** Notes in the background when keys were last used. */
import type { Logger } from 'pino';
import type { Clock } from '../../core/clock.ts';
import { noteKeyUses } from '../../db/access/api-keys.ts';
import type { Database } from '../../db/database.ts';

/** Precision of a key's `last_used_at`. */
const RESOLUTION_MS = 60_000;
/** Most keys of one statement, and most that wait for the next one; a use beyond that is noted when the key is used again. */
const KEYS_AT_ONCE_MAX = 1_000;
const WAITING_MAX = 10_000;

export interface KeyUsesOptions {
  /** Not the pool that requests need: a database that is slow to write must not take their connections. */
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}

/** One statement at a time, for all keys that were used while the one before it ran. */
export class KeyUses {
  readonly #options: KeyUsesOptions;
  readonly #waiting = new Set<string>();
  #writing: Promise<void> | undefined;

  constructor(options: KeyUsesOptions) {
    this.#options = options;
  }

  /** To be called when a key is used whose last noted use was then. Returns at once; a failure is logged only. */
  note(id: string, lastUsedAt: Date | null): void {
    if (lastUsedAt !== null && lastUsedAt.getTime() > this.#options.clock.nowMs() - RESOLUTION_MS) return;
    if (this.#waiting.size >= WAITING_MAX) return;
    this.#waiting.add(id);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves when nothing is being written any more. To be called once no key is used any more. */
  async stop(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    const { db, clock, log } = this.#options;
    while (this.#waiting.size > 0) {
      const ids = [...this.#waiting].slice(0, KEYS_AT_ONCE_MAX);
      for (const id of ids) this.#waiting.delete(id);
      const nowMs = clock.nowMs();
      try {
        await noteKeyUses(db, ids, new Date(nowMs), new Date(nowMs - RESOLUTION_MS));
      } catch (error) {
        log.warn({ err: error, keys: ids.length }, 'the last use of keys was not recorded');
      }
    }
  }
}
