/**
 * Acts of operators. While one runs, every transaction made for it names it to the database, whose triggers write down
 * what it changes, in that transaction (migrations/0016_guard_rails.ts). So no endpoint or command has to remember to.
 * The ways to the database that do this are in database.ts.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

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

/** Runs work as an act: what the work changes is recorded under it. */
export async function runAct<Result>(act: Act, work: () => Promise<Result>): Promise<Result> {
  return running.run(act, work);
}

/** The running act as the setting `coffer.act` holds it: JSON, or empty text when none runs. */
export function actSetting(): string {
  const act = running.getStore();
  return act === undefined ? '' : JSON.stringify(act);
}
