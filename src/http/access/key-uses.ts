/** Notes in the background when keys were last used. */
import type { Logger } from 'pino';
import type { Clock } from '../../core/clock.ts';
import { noteKeyUses } from '../../db/access/api-keys.ts';
import type { Database } from '../../db/database.ts';
import { BackgroundNotes } from './background-notes.ts';

/** Precision of a key's `last_used_at`. */
const RESOLUTION_MS = 60_000;

export interface KeyUsesOptions {
  /** Not the pool that requests need: a database that is slow to write must not take their connections. */
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}

/** One statement at a time, for all keys that were used while the one before it ran. */
export class KeyUses {
  readonly #clock: Clock;
  readonly #notes: BackgroundNotes<string>;

  constructor({ db, clock, log }: KeyUsesOptions) {
    this.#clock = clock;
    this.#notes = new BackgroundNotes({
      write: async (ids) => {
        const nowMs = clock.nowMs();
        await noteKeyUses(db, ids, new Date(nowMs), new Date(nowMs - RESOLUTION_MS));
      },
      onTrouble: (err, keys) => log.warn({ err, keys }, 'the last use of keys was not recorded'),
    });
  }

  /** To be called when a key is used whose last noted use was then. Returns at once; a failure is logged only. */
  note(id: string, lastUsedAt: Date | null): void {
    if (lastUsedAt !== null && lastUsedAt.getTime() > this.#clock.nowMs() - RESOLUTION_MS) return;
    this.#notes.add(id, id);
  }

  /** Resolves when nothing is being written any more. To be called once no key is used any more. */
  async stop(): Promise<void> {
    await this.#notes.stop();
  }
}
