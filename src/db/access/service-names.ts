/** The deployment's own services that were configured once. */
import type { Database } from '../database.ts';
import { hasSqlState } from '../errors.ts';
import { getRow, listRows, textOf, truth } from '../rows.ts';

const STATEMENT_TIMED_OUT = '57014';

/** Remembers the services of the configuration. */
export async function noteServices(db: Database, names: readonly string[], at: Date): Promise<void> {
  await db.raw(
    'INSERT INTO service_name (name, since) SELECT name, ?::timestamptz FROM unnest(?::text[]) AS n (name) ON CONFLICT DO NOTHING',
    [at, [...names]],
  );
}

/**
 * Services that were configured once, that entries name, and that are none of the known ones. One that no entry names is
 * forgotten. Where the ledger is too large to be searched in time, a service counts as named.
 */
export async function listLostServices(db: Database, known: readonly string[]): Promise<string[]> {
  const removed = await listRows(
    db,
    (row) => textOf(row['name']),
    'SELECT name FROM service_name WHERE NOT (name = ANY(?::text[])) ORDER BY name',
    [[...known]],
  );
  const lost: string[] = [];
  for (const name of removed) {
    if (await isNamed(db, name)) lost.push(name);
    else await db.raw('DELETE FROM service_name WHERE name = ?', [name]);
  }
  return lost;
}

async function isNamed(db: Database, name: string): Promise<boolean> {
  const select = 'SELECT EXISTS (SELECT FROM entry WHERE service = ?) AS named';
  return getRow(db, (row) => truth(row['named']), select, [name]).catch((error: unknown) => {
    if (hasSqlState(error, STATEMENT_TIMED_OUT)) return true;
    throw error;
  });
}
