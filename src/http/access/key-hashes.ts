/** Hashes keys under the current pepper in the background, when they are used while an older one is stored. */
import type { Logger } from 'pino';
import { hashUnder } from '../../core/access/api-key.ts';
import type { Pepper, Peppers } from '../../core/access/peppers.ts';
import type { ApiKey } from '../../db/access/api-keys.ts';
import { replaceKeyHashes, type FreshHash } from '../../db/access/key-peppers.ts';
import type { Database } from '../../db/database.ts';
import { BackgroundNotes } from './background-notes.ts';

export interface KeyHashesOptions {
  /** Not the pool that requests need: a database that is slow to write must not take their connections. */
  readonly db: Database;
  readonly peppers: Peppers;
  readonly log: Pick<Logger, 'warn'>;
}

/** One statement at a time, for all keys that were used while the one before it ran. */
export class KeyHashes {
  readonly #peppers: Peppers;
  readonly #notes: BackgroundNotes<FreshHash>;

  constructor({ db, peppers, log }: KeyHashesOptions) {
    this.#peppers = peppers;
    this.#notes = new BackgroundNotes({
      write: async (fresh) => replaceKeyHashes(db, fresh),
      // The hash that is stored goes on opening the key, and its next use tries again.
      onTrouble: (err, keys) => log.warn({ err, keys }, 'keys were not hashed under the current pepper'),
    });
  }

  /** To be called when a key was presented, with the pepper that opened it. Returns at once; a failure is logged only. */
  note({ id, secretHash, pepper }: Pick<ApiKey, 'id' | 'secretHash' | 'pepper'>, text: string, opener: Pepper): void {
    if (!this.#peppers.replaces(pepper, opener)) return;
    this.#notes.add(id, { id, before: secretHash, ...hashUnder(this.#peppers.current(), text) });
  }

  /** Resolves when nothing is being written any more. To be called once no key is used any more. */
  async stop(): Promise<void> {
    await this.#notes.stop();
  }
}
