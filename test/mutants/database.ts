/** Defences of migrations, of the rights in the database, and of the PostgreSQL that the project starts itself. */
import type { Mutant } from './mutant.ts';

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
    find: 'if (pending.length > 0) {',
    replace: 'if (pending.length > 1_000) {',
    tests: ['test/process/migrate.test.ts'],
  },
  {
    name: 'grants: the service may change entries',
    file: 'src/db/schema/grants.ts',
    find: '[...APPEND_ONLY_TABLES, ...OWNER_TABLES]',
    replace: '[...OWNER_TABLES]',
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
];
