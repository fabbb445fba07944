/** Defences of migrations, of the rights in the database, and of the PostgreSQL that the project starts itself. */
import type { Mutant } from './mutant.ts';

const NEWER_SCHEMA = ['test/process/newer-schema.test.ts'];

export const DATABASE_MUTANTS: readonly Mutant[] = [
  {
    name: 'migrate: no advisory lock',
    file: 'src/db/schema/migrate.ts',
    find: "await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_KEY]);",
    replace: '',
    tests: ['test/process/migrate.test.ts'],
  },
  {
    name: 'migrate: a lock left by a crash stays',
    file: 'src/db/schema/migrate.ts',
    find: 'await knex.migrate.forceFreeMigrationsLock();',
    replace: '',
    tests: ['test/process/migrate.test.ts'],
  },
  {
    name: 'migrate: stored names carry their extension',
    file: 'src/db/schema/migrate.ts',
    find: 'getMigrationName: (name) => name,',
    replace: 'getMigrationName: (name) => `${name}.ts`,',
    tests: ['test/process/migrate.test.ts'],
  },
  {
    name: 'migrate: a service starts on an old schema',
    file: 'src/db/schema/migrate.ts',
    find: 'if (status.pending.length > 0) {',
    replace: 'if (pending.length > 1_000) {',
    tests: ['test/process/migrate.test.ts'],
  },
  {
    name: 'grants: the service may change entries',
    file: 'src/db/schema/grants.ts',
    find: '[...APPEND_ONLY_TABLES, ...MIGRATOR_TABLES]',
    replace: '[...MIGRATOR_TABLES]',
    tests: ['test/process/migrate.test.ts'],
  },
  {
    name: 'local PostgreSQL: outlives its owner',
    file: 'src/db/schema/local-postgres.ts',
    find: '( read -r _ <&3; kill -INT $server ) 2>/dev/null & watch=$!',
    replace: '( : ) & watch=$!',
    tests: ['test/process/local-postgres.test.ts'],
  },
  {
    name: 'local PostgreSQL: lets everybody in without a password',
    file: 'src/db/schema/local-postgres.ts',
    find: 'host all all 127.0.0.1/32 scram-sha-256',
    replace: 'host all all 127.0.0.1/32 trust',
    tests: ['test/process/local-postgres.test.ts'],
  },
  {
    name: 'local PostgreSQL: a stale pid file stops the start',
    file: 'src/db/schema/local-postgres.ts',
    find: '  clearStrangePidFile(cluster);\n',
    replace: '',
    tests: ['test/process/local-postgres.test.ts'],
  },
  {
    name: 'local PostgreSQL: passwords readable by all',
    file: 'src/db/schema/local-postgres.ts',
    find: 'mode: 0o600 });\n    try {',
    replace: 'mode: 0o644 });\n    try {',
    tests: ['test/process/local-postgres.test.ts'],
  },
  {
    name: 'schema: a version serves whatever a newer one took away',
    file: 'src/db/schema/migrations.ts',
    find: 'return needed !== undefined && !numbers.includes(needed);',
    replace: 'return needed !== undefined && numbers.includes(needed) && false;',
    tests: ['src/db/schema/migrations.test.ts', 'test/process/newer-schema.test.ts'],
  },
  {
    name: 'schema: a key that a newer schema hides is called wrong',
    file: 'src/http/access/guard.ts',
    find: 'if (found === undefined) await this.options.schema.check();',
    replace: '',
    tests: NEWER_SCHEMA,
  },
  {
    name: 'schema: a remembered key is served on a schema that is too new',
    file: 'src/http/access/guard.ts',
    find: 'this.options.schema.assertServed();',
    replace: '',
    tests: NEWER_SCHEMA,
  },
  {
    name: 'schema: readiness says nothing of a schema that is too new',
    file: 'src/http/service/readiness.ts',
    find: "{ name: 'schema', check: async () => schema.check() },",
    replace: "{ name: 'schema', check: async () => Promise.resolve(void schema) },",
    tests: NEWER_SCHEMA,
  },
  {
    name: 'schema: the detector goes on after a schema that is too new',
    file: 'src/main.ts',
    find: 'await Promise.race([stop, barred.promise]);',
    replace: 'await stop;',
    tests: NEWER_SCHEMA,
  },
  {
    name: 'schema: a process that nobody calls never asks again',
    file: 'src/db/schema/watch.ts',
    find: 'await sleep(clock, SCHEMA_CHECK_INTERVAL_MS);',
    replace: 'await sleep(clock, 1_000 * SCHEMA_CHECK_INTERVAL_MS);',
    tests: NEWER_SCHEMA,
  },
];
