/**
 * Audited actions of operators. While one runs, every transaction of it names it to the database, whose triggers record
 * what it changes in the same transaction (migrations/0016_guard_rails.ts). No endpoint or command can forget to do so.
 * `audited` in database.ts makes the connections that do this.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** An audited action: who does what, and when. */
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

/** Runs work as an audited action: its changes are recorded under the action's id. */
export async function runAct<Result>(act: Act, work: () => Promise<Result>): Promise<Result> {
  return running.run(act, work);
}

/** The value of the setting `coffer.act`: the running action as JSON, or empty text when none runs. */
export function actSetting(): string {
  const act = running.getStore();
  return act === undefined ? '' : JSON.stringify(act);
}
