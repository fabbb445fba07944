/** Each entry takes one defence away; the tests named beside it must notice. */
export interface Mutant {
  /** What is taken away, in a few words. */
  readonly name: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Test files to run. */
  readonly tests: readonly string[];
  /** Run only where this is there; `.ci/run` demands it. */
  readonly needs?: 'starknet-devnet';
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'migrate: no advisory lock',
    file: 'src/db/migrate.ts',
    find: "await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_KEY]);",
    replace: '',
    tests: ['test/migrate.test.ts'],
  },
  {
    name: 'migrate: a lock left by a crash stays',
    file: 'src/db/migrate.ts',
    find: 'await knex.migrate.forceFreeMigrationsLock();',
    replace: '',
    tests: ['test/migrate.test.ts'],
  },
  {
    name: 'migrate: stored names carry their extension',
    file: 'src/db/migrate.ts',
    find: 'getMigrationName: (name) => name,',
    replace: 'getMigrationName: (name) => `${name}.ts`,',
    tests: ['test/migrate.test.ts'],
  },
  {
    name: 'migrate: a service starts on an old schema',
    file: 'src/db/migrate.ts',
    find: 'if (pending.length > 0) {',
    replace: 'if (pending.length > 1_000) {',
    tests: ['test/migrate.test.ts'],
  },
  {
    name: 'grants: the service may change entries',
    file: 'src/db/grants.ts',
    find: "const APPEND_ONLY_TABLES: readonly string[] = ['entry'];",
    replace: 'const APPEND_ONLY_TABLES: readonly string[] = [];',
    tests: ['test/migrate.test.ts'],
  },
  {
    name: 'local PostgreSQL: outlives its owner',
    file: 'src/db/local-postgres.ts',
    find: '( read -r _ <&3; kill -INT $server ) 2>/dev/null & watch=$!',
    replace: '( : ) & watch=$!',
    tests: ['test/local-postgres.test.ts'],
  },
  {
    name: 'local PostgreSQL: lets everybody in without a password',
    file: 'src/db/local-postgres.ts',
    find: 'host all all 127.0.0.1/32 scram-sha-256',
    replace: 'host all all 127.0.0.1/32 trust',
    tests: ['test/local-postgres.test.ts'],
  },
  {
    name: 'local PostgreSQL: a stale pid file stops the start',
    file: 'src/db/local-postgres.ts',
    find: '  clearStrangePidFile(cluster);\n',
    replace: '',
    tests: ['test/local-postgres.test.ts'],
  },
  {
    name: 'local PostgreSQL: passwords readable by all',
    file: 'src/db/local-postgres.ts',
    find: 'mode: 0o600 });\n    try {',
    replace: 'mode: 0o644 });\n    try {',
    tests: ['test/local-postgres.test.ts'],
  },
  {
    name: 'house rules: wrong arrows pass',
    file: 'test/house-rules/imports.ts',
    find: 'return [`${file.path}: ${from} may not import ${part} (${specifier})`];',
    replace: 'return [];',
    tests: ['test/house-rules.test.ts'],
  },
  {
    name: 'house rules: skipped tests pass',
    file: 'test/house-rules/content.ts',
    find: 'if (TEST_EVASIONS.has(property) && isTest)',
    replace: 'if (TEST_EVASIONS.has(property) && !isTest)',
    tests: ['test/house-rules.test.ts'],
  },
];
