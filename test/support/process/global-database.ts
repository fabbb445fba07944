/** Runs once before the tests that need a database: a server, and a migrated template that every test file clones. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { openLocalPostgres } from '../../../src/db/schema/local-postgres.ts';
import { migrate } from '../../../src/db/schema/migrate.ts';
import { type DatabaseServer, prepareServer, retireServer } from './database-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: DatabaseServer;
  }
}

/** Tests need no durability; a test of durability starts a server of its own. */
const FAST_SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '300' };

/** The server that TEST_DATABASE_URL names, or a temporary local one. */
export async function openServer(): Promise<{ adminUrl: string; isOwn: boolean; close: () => Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return { adminUrl: given, isOwn: false, close: () => Promise.resolve() };
  const dataDir = mkdtempSync(join(tmpdir(), 'coffer-test-'));
  const postgres = await openLocalPostgres({ dataDir, settings: FAST_SETTINGS });
  const close = async (): Promise<void> => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { adminUrl: postgres.adminUrl, isOwn: true, close };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, close } = await openServer();
  const server = await prepareServer(adminUrl);
  await migrate(server.templateOwnerUrl, { appRole: server.appRole });
  project.provide('databaseServer', server);
  return async () => {
    await retireServer(server);
    await close();
  };
}
