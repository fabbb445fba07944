/** The migrations that this version has, and what those of a newer version mean for it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { CODE_SUFFIX } from '../../core/code-file.ts';

export const MIGRATIONS_DIR = join(import.meta.dirname, '..', '..', '..', 'migrations');
/** The migrator's table: one row for each migration that was applied. */
export const MIGRATIONS_TABLE = 'knex_migrations';
const MIGRATION_FILE = /^(\d{4}_[a-z0-9_]+)\.[a-z]+$/;
/**
 * A migration that takes away what older versions use says in its name which migration a program must have to serve
 * after it. Every other migration only adds, and the versions before it go on serving.
 */
const NEEDS = /_needs_(\d{4})$/;

/** Names of migrations, in their order. */
export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Applied to the database, but not part of this version of the program: a newer version applied them. */
  readonly unknown: readonly string[];
  /** Those of `unknown` after which this version may not serve. */
  readonly barring: readonly string[];
}

/** The names of this version's migrations, without file extension. */
export function listMigrationNames(): string[] {
  return readdirSync(MIGRATIONS_DIR)
    .filter((file) => file.endsWith(CODE_SUFFIX))
    .map((file) => {
      const name = MIGRATION_FILE.exec(file)?.[1];
      if (name === undefined) throw new Error(`migrations/${file}: a name is four digits, _, and lower-case words`);
      return name;
    })
    .toSorted();
}

const ours = listMigrationNames();

/** Compares a database's migrations with those of this version. @param stored names of what was applied. */
export function judgeMigrations(stored: readonly string[], known: readonly string[] = ours): MigrationStatus {
  const numbers = known.map((name) => name.slice(0, 4));
  const unknown = stored.filter((name) => !known.includes(name));
  return {
    applied: known.filter((name) => stored.includes(name)),
    pending: known.filter((name) => !stored.includes(name)),
    unknown,
    barring: unknown.filter((name) => {
      const needed = NEEDS.exec(name)?.[1];
      return needed !== undefined && !numbers.includes(needed);
    }),
  };
}
