/** The database of a process: found or started, and checked, before anything connects to it. */
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Clock } from '../core/clock.ts';
import { openDatabase } from '../db/database.ts';
import { SchemaWatch } from '../db/schema/watch.ts';
import { openDatabaseSite, prepareSite, type DatabaseSite } from '../db/schema/site.ts';

/**
 * Opens the configured database; the built-in one is created, started and migrated.
 * @throws Error when the database is unreachable, or its schema too old or too new for this version.
 */
export async function openSite(config: Config, log: Logger): Promise<DatabaseSite> {
  const tell = (line: string): void => log.info(line);
  const site = await openDatabaseSite({
    databaseUrl: config.databaseUrl?.reveal(),
    ownerUrl: config.databaseOwnerUrl?.reveal(),
    dataDir: config.dataDir,
    log: tell,
  });
  try {
    await prepareSite(site, tell);
    return site;
  } catch (error) {
    await site.stop();
    throw error;
  }
}

/** Watches the schema of a part that runs by itself, over a connection of its own. @param onBarred as in SchemaWatch. */
export function watchSchema(
  site: DatabaseSite,
  clock: Clock,
  onBarred: (reason: Error) => void,
): { stop(): Promise<void> } {
  const db = openDatabase(site.appUrl, 1);
  const watch = new SchemaWatch(db).start(clock, onBarred);
  return {
    stop: async () => {
      watch.stop();
      await db.destroy();
    },
  };
}
