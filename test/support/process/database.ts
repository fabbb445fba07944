import { inject } from 'vitest';

import './global-database.ts';
import { createDatabaseOn, type TestDatabase } from './database-server.ts';

/** A fresh database with the newest schema. A server that cannot be reached fails the test. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabaseOn(inject('databaseServer'), 'migrated');
}

/** A fresh database without any table. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabaseOn(inject('databaseServer'), 'empty');
}
