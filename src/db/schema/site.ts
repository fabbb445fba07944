/** Finds the configured database, or starts the bundled one in the data folder. */
import { join } from 'node:path';
import { openLocalPostgres } from './local-postgres.ts';
import { appRoleOf, assertMigrated, migrate } from './migrate.ts';

/** Where the database is: a configured one, or the bundled one in the data folder. */
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
  /** Undefined: the bundled PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** URL of the tables' owner. Undefined: the same as databaseUrl. */
  readonly ownerUrl: string | undefined;
  readonly dataDir: string;
  readonly log?: (line: string) => void;
}

/** Finds the configured database, or starts the bundled one if none is configured. */
export async function openDatabaseSite({ databaseUrl, ownerUrl, dataDir, log }: SiteOptions): Promise<DatabaseSite> {
  if (databaseUrl !== undefined) {
    return { appUrl: databaseUrl, ownerUrl: ownerUrl ?? databaseUrl, isLocal: false, stop: () => Promise.resolve() };
  }
  const local = await openLocalPostgres({
    dataDir: join(dataDir, 'postgres'),
    keepRunning: true,
    ...(log ? { log } : {}),
  });
  return { appUrl: local.appUrl, ownerUrl: local.ownerUrl, isLocal: true, stop: async () => local.stop() };
}

/** Brings the site's database to the newest schema; returns the migrations applied. */
export async function migrateSite(site: DatabaseSite, log?: (line: string) => void): Promise<readonly string[]> {
  const appRole = appRoleOf(site.appUrl, site.ownerUrl);
  const { applied } = await migrate(site.ownerUrl, {
    ...(appRole === undefined ? {} : { appRole }),
    ...(log ? { log } : {}),
  });
  return applied;
}

/**
 * Makes sure that the schema is the newest: the bundled database is migrated, a configured one is only checked.
 * @throws Error naming the command to run when it is not
 */
export async function prepareSite(site: DatabaseSite, log?: (line: string) => void): Promise<void> {
  if (site.isLocal) await migrateSite(site, log);
  else await assertMigrated(site.appUrl);
}
