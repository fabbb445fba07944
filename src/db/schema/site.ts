/** Finds the configured database, or starts the one in the data folder. */
import { join } from 'node:path';
import { openLocalPostgres } from './local-postgres.ts';
import { appRoleOf, assertMigrated, migrate } from './migrate.ts';

/** Where the database is: somebody's, or the one of our own in the data folder. */
export interface DatabaseSite {
  /** The service's connection. */
  readonly appUrl: string;
  /** The connection of migrations. */
  readonly ownerUrl: string;
  readonly isLocal: boolean;
  /** Stops the server if this call started it. */
  stop(): Promise<void>;
}

export interface SiteOptions {
  /** Undefined: PostgreSQL of our own. */
  readonly databaseUrl: string | undefined;
  /** Undefined: the same as databaseUrl. */
  readonly ownerUrl: string | undefined;
  readonly dataDir: string;
  readonly log?: (line: string) => void;
}

/** Finds the database, and starts the one of our own where none is configured. */
export async function openDatabaseSite({ databaseUrl, ownerUrl, dataDir, log }: SiteOptions): Promise<DatabaseSite> {
  if (databaseUrl !== undefined) {
    return { appUrl: databaseUrl, ownerUrl: ownerUrl ?? databaseUrl, isLocal: false, stop: () => Promise.resolve() };
  }
  const local = await openLocalPostgres({ dataDir: join(dataDir, 'postgres'), ...(log ? { log } : {}) });
  return { appUrl: local.appUrl, ownerUrl: local.ownerUrl, isLocal: true, stop: async () => local.stop() };
}

/** Brings the site's database to the newest schema; answers the migrations applied. */
export async function migrateSite(site: DatabaseSite, log?: (line: string) => void): Promise<readonly string[]> {
  const appRole = appRoleOf(site.appUrl, site.ownerUrl);
  const { applied } = await migrate(site.ownerUrl, {
    ...(appRole === undefined ? {} : { appRole }),
    ...(log ? { log } : {}),
  });
  return applied;
}

/**
 * Makes sure that the schema is the newest: our own database is brought there, somebody's is only looked at.
 * @throws Error naming the command to run when it is not
 */
export async function prepareSite(site: DatabaseSite, log?: (line: string) => void): Promise<void> {
  if (site.isLocal) await migrateSite(site, log);
  else await assertMigrated(site.appUrl);
}
