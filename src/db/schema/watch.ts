/** Whether this version of the program may serve on the schema that its database has, asked again and again. */
import { sleep, type Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { listRows, textOf, type Queries } from '../rows.ts';
import { judgeMigrations, MIGRATIONS_TABLE } from './migrations.ts';

/** A migration that this version does not fit is noticed within this time; an unknown key or org asks at once. */
export const SCHEMA_CHECK_INTERVAL_MS = 2_000;

/** Asks the database which migrations it has. */
export class SchemaWatch {
  readonly #db: Queries;
  #barring: readonly string[] = [];

  constructor(db: Queries) {
    this.#db = db;
  }

  /**
   * Asks the database now. @throws Refusal LEDGER_UNAVAILABLE when a newer migration took away what this version needs;
   * the database's error when it does not answer.
   */
  async check(): Promise<void> {
    const names = await listRows(this.#db, (row) => textOf(row['name']), `SELECT name FROM ${MIGRATIONS_TABLE}`);
    this.#barring = judgeMigrations(names).barring;
    this.assertServed();
  }

  /** Asks nothing. @throws Refusal LEDGER_UNAVAILABLE when the last check found that this version may not serve. */
  assertServed(): void {
    if (this.#barring.length === 0) return;
    throw new Refusal('LEDGER_UNAVAILABLE', `${tooNew(this.#barring)}; nothing was allowed`);
  }

  /**
   * Checks every SCHEMA_CHECK_INTERVAL_MS until this version may not serve or `stop` is called.
   * @param onBarred is called at most once, with the reason.
   */
  start(clock: Clock, onBarred: (reason: Error) => void): { stop(): void } {
    const ending = new AbortController();
    const run = async (): Promise<void> => {
      while (!ending.signal.aborted) {
        // A database that does not answer is noticed by what works on it.
        await this.check().catch(() => undefined);
        if (this.#barring.length > 0) break;
        await sleep(clock, SCHEMA_CHECK_INTERVAL_MS);
      }
      if (!ending.signal.aborted) onBarred(new Error(tooNew(this.#barring)));
    };
    void run();
    return { stop: () => ending.abort() };
  }
}

function tooNew(barring: readonly string[]): string {
  return `this version is older than the schema of its database (${barring.join(', ')}): start a newer version`;
}
