/** One connection of a pool: checked before it is used, and given up when its server turns out to be the wrong one. */
import type { Socket } from 'node:net';
import type { Expected } from './admission.ts';
import { hasSqlState, isWaitCancelled, READ_ONLY, UnknownOutcome } from './errors.ts';
import type { DatabaseHosts } from './hosts.ts';

type Answered = (error: unknown, result?: unknown) => void;
type Query = (statement: unknown, answered?: Answered) => unknown;

/** The part of a pg connection that is used here. */
export interface PooledConnection {
  readonly connection: { readonly stream: Socket };
  query: Query;
  on(event: 'notice', heard: (notice: unknown) => void): unknown;
  end(): Promise<void>;
}

/** Which epoch of its hosts a connection was opened in; -1: it must not be used again. */
const epochs = new WeakMap<PooledConnection, number>();
const UNUSABLE = -1;

/** How a connection is checked and watched. */
export interface Admission {
  readonly hosts: DatabaseHosts;
  readonly expected: Expected;
  /** A connection without traffic for this long is closed. */
  readonly silenceMsMax: number;
}

/** Makes a new connection ready for a pool, or closes it. @throws ServerRefused when it must not be used */
export async function admitConnection(
  connection: PooledConnection,
  { hosts, expected, silenceMsMax }: Admission,
): Promise<void> {
  const { stream } = connection.connection;
  stream.setTimeout(silenceMsMax, () => stream.destroy());
  if (hosts.areSeveral) stream.once('close', () => hosts.doubt());
  const query = connection.query.bind(connection);
  try {
    epochs.set(connection, await hosts.admit({ raw: async (sql) => query(sql) }, expected));
  } catch (error) {
    connection.end().catch(() => undefined);
    throw error;
  }
  watch(connection, query, hosts);
}

/** Makes every statement of a connection fail whose success means nothing, and gives the connection up for it. */
function watch(connection: PooledConnection, query: Query, hosts: DatabaseHosts): void {
  let cancelled = false;
  connection.on('notice', (notice) => {
    if (isWaitCancelled(notice)) cancelled = true;
  });
  connection.query = (statement, answered) => {
    if (!answered) return query(statement);
    return query(statement, (error, result) => {
      if (hasSqlState(error, READ_ONLY)) hosts.suspect();
      const lost = cancelled ? new UnknownOutcome() : undefined;
      if (lost) epochs.set(connection, UNUSABLE);
      answered(error ?? lost, result);
    });
  };
}

/** Whether a connection may be handed out: it is open, and nothing was learned since that speaks against its server. */
export function isUsable(connection: PooledConnection, hosts: DatabaseHosts): boolean {
  // The pool learns of a closed connection one turn of the event loop later, and would hand it out until then.
  return !connection.connection.stream.destroyed && epochs.get(connection) === hosts.epoch;
}
