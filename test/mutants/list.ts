import { ACCESS_MUTANTS } from './access.ts';
import { CREDIT_POLICY_MUTANTS } from './credit-policy.ts';
import { DEPOSIT_ADDRESS_MUTANTS } from './addresses.ts';
import { DETECTOR_MUTANTS } from './scan.ts';
import { EVENT_MUTANTS } from './events.ts';
import { INBOX_MUTANTS } from './inbox.ts';
import { REORG_MUTANTS } from './reorgs.ts';
import { LEDGER_MUTANTS } from './ledger.ts';
import { DOCUMENT_MUTANTS } from './openapi.ts';
import { QUORUM_MUTANTS } from './quorum.ts';
import { PROOF_MUTANTS } from './proofs.ts';
import { RECONCILIATION_MUTANTS } from './reconciliation.ts';
import { ATTACK_MUTANTS } from './attacks.ts';
import { WALL_MUTANTS } from './walls.ts';

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
  ...ACCESS_MUTANTS,
  ...DETECTOR_MUTANTS,
  ...DOCUMENT_MUTANTS,
  ...EVENT_MUTANTS,
  ...CREDIT_POLICY_MUTANTS,
  ...DEPOSIT_ADDRESS_MUTANTS,
  ...INBOX_MUTANTS,
  ...LEDGER_MUTANTS,
  ...REORG_MUTANTS,
  ...QUORUM_MUTANTS,
  ...PROOF_MUTANTS,
  ...RECONCILIATION_MUTANTS,
  ...ATTACK_MUTANTS,
  ...WALL_MUTANTS,
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
    name: 'house rules: wrong arrows pass',
    file: 'test/house/rules/imports.ts',
    find: 'return [`${file.path}: ${from} may not import ${part} (${specifier})`];',
    replace: 'return [];',
    tests: ['test/house/house-rules.test.ts'],
  },
  {
    name: 'house rules: skipped tests pass',
    file: 'test/house/rules/content.ts',
    find: 'if (TEST_EVASIONS.has(property) && isTest)',
    replace: 'if (TEST_EVASIONS.has(property) && !isTest)',
    tests: ['test/house/house-rules.test.ts'],
  },
  {
    name: 'keys: an expired key opens',
    file: 'src/core/access/api-key.ts',
    find: 'return terms.revokedAt === null && (terms.expiresAt === null || terms.expiresAt.getTime() > nowMs);',
    replace: 'return terms.revokedAt === null;',
    tests: ['test/access/access.test.ts'],
  },
  {
    name: 'keys: a revoked key opens',
    file: 'src/core/access/api-key.ts',
    find: 'return terms.revokedAt === null && (',
    replace: 'return (',
    tests: ['test/access/access.test.ts'],
  },
  {
    name: 'keys: the secret is not looked at',
    file: 'src/core/access/api-key.ts',
    find: 'return hash.length === secretHash.length && timingSafeEqual(hash, secretHash);',
    replace: 'return hash.length >= 0;',
    tests: ['src/core/access/api-key.test.ts'],
  },
  {
    name: 'access: a bound key reaches another org',
    file: 'src/http/access/guard.ts',
    find: 'const isOwn = caller.org === null || caller.org === id;',
    replace: 'const isOwn = true;',
    tests: ['test/access/access.test.ts'],
  },
  {
    name: 'access: scopes are not looked at',
    file: 'src/http/access/caller.ts',
    find: `throw new Refusal('FORBIDDEN', \`the key needs the scope \${scopes.join(' or ')}\`);`,
    replace: '',
    tests: ['test/access/access.test.ts'],
  },
  {
    name: 'access: a suspended org spends',
    file: 'src/http/money/command.ts',
    find: 'call.starts && org.suspendedAt !== null ? suspended() : call.barred;',
    replace: 'call.barred;',
    tests: ['test/access/access.test.ts'],
  },
  {
    name: 'senders: registrations of one address do not queue',
    file: 'src/db/senders/senders.ts',
    find: `'SELECT 1 FROM sender_address WHERE family = ? AND address = ? FOR UPDATE'`,
    replace: `'SELECT 1 FROM sender_address WHERE family = ? AND address = ?'`,
    tests: ['test/senders/senders.test.ts'],
  },
  {
    name: 'senders: one of the family and one of a chain do not exclude each other',
    file: 'src/core/senders/registration.ts',
    find: 'others.some((one) => one.chain === null || chain === null || one.chain === chain)',
    replace: 'others.some((one) => one.chain === chain)',
    tests: ['src/core/senders/registration.test.ts'],
  },
  {
    name: 'senders: a wrong checksum is taken',
    file: 'src/http/treasury/sender-address.ts',
    find: `if (family === 'eip155' && claimsChecksum(written) && !isAddress(written, { strict: true })) {`,
    replace: 'if (false) {',
    tests: ['test/senders/senders.test.ts'],
  },
  {
    name: 'idempotency: the hash leaves out the fields',
    file: 'src/http/endpoint/idempotency.ts',
    find: 'return inputHash(JSON.stringify([operation, org, fields]));',
    replace: 'return inputHash(JSON.stringify([operation, org]));',
    tests: ['test/http/idempotency.test.ts'],
  },
  {
    name: 'idempotency: a replay does not say so',
    file: 'src/http/money/command.ts',
    find: `...(replayed ? { [REPLAYED_HEADER]: 'true' } : {})`,
    replace: '...(replayed ? {} : {})',
    tests: ['test/http/idempotency.test.ts'],
  },
  {
    name: 'input: a name may come twice in a body',
    file: 'src/http/endpoint/json.ts',
    find: `if (twice !== undefined) throw invalid(twice, 'is given more than once');`,
    replace: '',
    tests: ['test/http/input.test.ts'],
  },
  {
    name: 'input: a name may come twice in a query',
    file: 'src/http/endpoint/validate.ts',
    find: 'if (twice.size > 0) return',
    replace: 'if (twice.size > 1_000) return',
    tests: ['test/http/input.test.ts'],
  },
  {
    name: 'input: control characters reach the database',
    file: 'src/http/endpoint/validate.ts',
    find: '!CONTROL_CHARACTER.test(value)',
    replace: 'true',
    tests: ['test/http/input.test.ts'],
  },
  {
    name: 'ledger reader: the time of a balance includes what came later',
    file: 'src/db/ledger/entries.ts',
    find: 'SELECT CASE WHEN e.at < :before THEN e.seq ELSE s.low END',
    replace: 'SELECT CASE WHEN e.at <= :before THEN e.seq ELSE s.low END',
    tests: ['test/http/treasury.test.ts'],
  },
  {
    name: 'calls: a hold id of another org reaches the own hold of that number',
    file: 'src/http/treasury/hold-operations.ts',
    find: 'parsed?.wallet === wallet ? findCount(parsed.seq) : undefined',
    replace: 'parsed ? findCount(parsed.seq) : undefined',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: a hold that never was is told from one that is closed',
    file: 'src/http/money/command.ts',
    find: 'return opened?.hold === command.hold ? error : noSuchHold();',
    replace: 'return opened ? error : error;',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: what was done under a key is refused by settings of today',
    file: 'src/http/money/command.ts',
    find: 'if (barred && !(await isKeyUsed(db, wallet, key))) throw barred;',
    replace: 'if (barred) throw barred;',
    tests: ['test/http/replay.test.ts'],
  },
  {
    name: 'calls: a hold lasts longer than configured',
    file: 'src/http/treasury/hold-operations.ts',
    find: 'if (durationMs <= maxMs) return undefined;',
    replace: 'if (durationMs <= maxMs || maxMs > 0) return undefined;',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: a gift card is held for more than it pays',
    file: 'src/http/treasury/hold-operations.ts',
    find: 'if (cardMicros <= maxMicros) return undefined;',
    replace: 'if (cardMicros <= maxMicros * 1_000n) return undefined;',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: what a hold has left is told wrong where nobody repeats the call',
    file: 'src/core/ledger/posting.ts',
    find: 'return (this.holds.get(hold)?.draws ?? []).reduce((sum, { left }) => sum + left, 0n);',
    replace: 'return (this.holds.get(hold)?.draws ?? []).reduce((sum, { left }) => sum + left, 1n);',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: what a hold has left is what it has now',
    file: 'src/db/ledger/holds.ts',
    find: 'WHERE wallet = ? AND hold = ? AND seq <= ?`',
    replace: 'WHERE wallet = ? AND hold = ? AND seq <= ? + 1000000`',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: an overdue hold is listed as open',
    file: 'src/db/ledger/holds.ts',
    find: 'told !== null && told <= nowMs;',
    replace: 'told !== null && told <= 0;',
    tests: ['test/http/hold-list.test.ts'],
  },
  {
    name: 'calls: a released hold is listed as expired',
    file: 'src/db/ledger/holds.ts',
    find: `? 'expired' : 'released';`,
    replace: `? 'expired' : 'expired';`,
    tests: ['test/http/hold-list.test.ts'],
  },
  {
    name: 'calls: the list of holds ends at its first page',
    file: 'src/http/treasury/holds.ts',
    find: 'found.length > limit ? holds.at(-1)?.hold : lastLookedAt',
    replace: 'found.length > limit ? undefined : lastLookedAt',
    tests: ['test/http/hold-list.test.ts'],
  },
  {
    name: 'views: the command line shows an org without its provisional limit',
    file: 'src/cli/orgs.ts',
    find: 'printJson(viewOfOrgDetail(org, suspensions))',
    replace: 'printJson({ ...viewOfOrgDetail(org, suspensions), provisionalLimitUsd: undefined })',
    tests: ['test/cli/views.test.ts'],
  },
  {
    name: 'views: the command line shows a hold without what was captured',
    file: 'src/cli/holds.ts',
    find: '.map(viewOfHold)',
    replace: '.map((hold) => ({ ...viewOfHold(hold), capturedUsd: undefined }))',
    tests: ['test/cli/views.test.ts'],
  },
  {
    name: 'calls: a key for a whole batch is passed over',
    file: 'src/http/treasury/batch.ts',
    find: 'if (idempotencyKey !== undefined) {',
    replace: 'if (idempotencyKey === null) {',
    tests: ['test/http/batch.test.ts'],
  },
  {
    name: 'calls: a command of a batch needs no key',
    file: 'src/http/treasury/batch.ts',
    find: 'if (key === undefined || !read) {',
    replace: 'if (!read) {',
    tests: ['test/http/batch.test.ts'],
  },
  {
    name: 'calls: thresholds are changed without a lock',
    file: 'src/db/access/org-settings.ts',
    find: 'await findSettings(trx, org, true)',
    replace: 'await findSettings(trx, org, false)',
    tests: ['test/access/settings.test.ts'],
  },
  {
    name: 'calls: the status of new thresholds is not recorded',
    file: 'src/db/events/projection.ts',
    find: 'last && position.revision !== position.newestRevision',
    replace: 'last && position.revision > position.newestRevision',
    tests: ['test/access/settings.test.ts'],
  },
  {
    name: 'calls: a text in CSV may be a formula',
    file: 'src/http/money/ledger-csv.ts',
    find: 'FREE_TEXT.has(column) && FORMULA_START.test(text)',
    replace: 'FREE_TEXT.has(column) && false',
    tests: ['test/http/ledger-csv.test.ts'],
  },
  {
    name: 'calls: a number in CSV becomes text',
    file: 'src/http/money/ledger-csv.ts',
    find: 'FREE_TEXT.has(column) && FORMULA_START.test(text)',
    replace: 'FORMULA_START.test(text)',
    tests: ['test/http/ledger-csv.test.ts'],
  },
  {
    name: 'calls: calls of the operator are for everybody',
    file: 'src/http/access/caller.ts',
    find: `return caller.type === 'key' ? caller.kind === 'admin' : caller.isPlatformAdmin;`,
    replace: 'return caller.type.length > 0;',
    tests: ['test/access/admin.test.ts'],
  },
  {
    name: 'calls: a suspension waits for the cache',
    file: 'src/http/admin/orgs.ts',
    find: `    guard.forgetOrg(id);\n`,
    replace: '',
    tests: ['test/access/admin.test.ts'],
  },
  {
    name: 'calls: a grant may end in the past',
    file: 'src/http/admin/entries.ts',
    find: 'expiresAtMs <= nowMs',
    replace: 'expiresAtMs <= 0',
    tests: ['test/access/admin.test.ts'],
  },
  {
    name: 'calls: what is overdue is never written down',
    file: 'src/jobs/expiry.ts',
    find: 'page < PAGES_MAX &&',
    replace: 'page < 0 &&',
    tests: ['test/http/expiry.test.ts'],
  },
];
