import { DETECTOR_MUTANTS } from './detector.ts';

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
  ...DETECTOR_MUTANTS,
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
  {
    name: 'keys: an expired key opens',
    file: 'src/core/api-key.ts',
    find: 'return terms.revokedAt === null && (terms.expiresAt === null || terms.expiresAt.getTime() > nowMs);',
    replace: 'return terms.revokedAt === null;',
    tests: ['test/http-access.test.ts'],
  },
  {
    name: 'keys: a revoked key opens',
    file: 'src/core/api-key.ts',
    find: 'return terms.revokedAt === null && (',
    replace: 'return (',
    tests: ['test/http-access.test.ts'],
  },
  {
    name: 'keys: the secret is not looked at',
    file: 'src/core/api-key.ts',
    find: 'if (hash.length !== terms.secretHash.length || !timingSafeEqual(hash, terms.secretHash)) return false;',
    replace: '',
    tests: ['src/core/api-key.test.ts'],
  },
  {
    name: 'access: a bound key reaches another org',
    file: 'src/http/auth.ts',
    find: 'const isOwn = caller.org === null || caller.org === id;',
    replace: 'const isOwn = true;',
    tests: ['test/http-access.test.ts'],
  },
  {
    name: 'access: scopes are not looked at',
    file: 'src/http/auth.ts',
    find: `throw new Refusal('FORBIDDEN', \`the key needs the scope \${scopes.join(' or ')}\`);`,
    replace: '',
    tests: ['test/http-access.test.ts'],
  },
  {
    name: `access: another org's sender can be unbound`,
    file: 'src/db/senders.ts',
    find: 'WHERE id = ? AND org = ? AND unbound_at IS NULL RETURNING id',
    replace: 'WHERE id = ? AND (org = ? OR true) AND unbound_at IS NULL RETURNING id',
    tests: ['test/http-access.test.ts'],
  },
  {
    name: 'access: a suspended org spends',
    file: 'src/http/treasury/command.ts',
    find: 'call.starts && org.suspendedAt !== null ? suspended() : call.barred;',
    replace: 'call.barred;',
    tests: ['test/http-access.test.ts'],
  },
  {
    name: 'senders: registrations of one address do not queue',
    file: 'src/db/senders.ts',
    find: `'SELECT 1 FROM sender_address WHERE family = ? AND address = ? FOR UPDATE'`,
    replace: `'SELECT 1 FROM sender_address WHERE family = ? AND address = ?'`,
    tests: ['test/http-senders.test.ts'],
  },
  {
    name: 'senders: one of the family and one of a chain do not exclude each other',
    file: 'src/core/deposits/registration.ts',
    find: 'chain === null || request.chain === null || chain === request.chain;',
    replace: 'chain === request.chain;',
    tests: ['src/core/deposits/registration.test.ts'],
  },
  {
    name: 'senders: a wrong checksum is taken',
    file: 'src/http/treasury/senders.ts',
    find: `if (family === 'eip155' && claimsChecksum(written) && !isAddress(written, { strict: true })) {`,
    replace: 'if (false) {',
    tests: ['test/http-senders.test.ts'],
  },
  {
    name: 'idempotency: the hash leaves out the fields',
    file: 'src/http/idempotency.ts',
    find: 'return inputHash(JSON.stringify([operation, org, fields]));',
    replace: 'return inputHash(JSON.stringify([operation, org]));',
    tests: ['test/http-idempotency.test.ts'],
  },
  {
    name: 'idempotency: a replay does not say so',
    file: 'src/http/treasury/command.ts',
    find: `...(replayed ? { [REPLAYED_HEADER]: 'true' } : {})`,
    replace: '...(replayed ? {} : {})',
    tests: ['test/http-idempotency.test.ts'],
  },
  {
    name: 'input: a name may come twice in a body',
    file: 'src/http/json.ts',
    find: `if (twice !== undefined) throw invalid(twice, 'is given more than once');`,
    replace: '',
    tests: ['test/http-input.test.ts'],
  },
  {
    name: 'input: a name may come twice in a query',
    file: 'src/http/validate.ts',
    find: 'if (twice.size > 0) return',
    replace: 'if (twice.size > 1_000) return',
    tests: ['test/http-input.test.ts'],
  },
  {
    name: 'input: control characters reach the database',
    file: 'src/http/validate.ts',
    find: '!CONTROL_CHARACTER.test(value)',
    replace: 'true',
    tests: ['test/http-input.test.ts'],
  },
  {
    name: 'ledger reader: the time of a balance includes what came later',
    file: 'src/db/ledger-reader.ts',
    find: 'SELECT CASE WHEN e.at < :before THEN e.seq ELSE s.low END',
    replace: 'SELECT CASE WHEN e.at <= :before THEN e.seq ELSE s.low END',
    tests: ['test/http-treasury.test.ts'],
  },
];
