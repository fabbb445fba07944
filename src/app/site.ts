/** The database of a process: found or started, and checked, before anything connects to it. */
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { openDatabaseSite, prepareSite, type DatabaseSite } from '../db/schema/site.ts';

/**
 * Opens the configured database; the built-in one is created, started and migrated.
 * @throws Error when the database is unreachable, or its schema is behind or ahead of this version.
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
