/**
 * Acts of operators. While one runs, every transaction made for it says so to the database, whose triggers write down
 * what it changes, in that transaction (migrations/0016_guard_rails.ts). So no endpoint or command has to remember to.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from './database.ts';

/** Who does what. */
export interface Act {
  /** A version 7 UUID. */
  readonly id: string;
  readonly at: Date;
  /** `key:<id>`, `user:<id>` or `cli:<name>`. */
  readonly actor: string;
  /** The route, or the command. */
  readonly action: string;
  readonly requestId: string | null;
}

const running = new AsyncLocalStorage<Act>();

/** Runs work as an act: what it changes is noted as its. */
export async function runAct<Result>(act: Act, work: () => Promise<Result>): Promise<Result> {
  return running.run(act, work);
}

/** What a transaction is to say of the act at hand; empty where none runs. */
export function actSetting(): string {
  const act = running.getStore();
  return act === undefined ? '' : JSON.stringify(act);
}

/** The same way to the database, which notes acts. */
export function noteActs(db: Database): Database {
  const transaction: Database['transaction'] = async (work, options) => {
    const setting = actSetting();
    if (setting === '') return db.transaction(work, options);
    return db.transaction(async (trx) => {
      await trx.raw("SELECT set_config('coffer.act', ?, true)", [setting]);
      return work(trx);
    }, options);
  };
  return {
    transaction,
    raw: async (sql, bindings = []) =>
      actSetting() === '' ? db.raw(sql, bindings) : transaction(async (trx) => trx.raw(sql, bindings)),
  };
}
