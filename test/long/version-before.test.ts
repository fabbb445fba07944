/** An older version of the program, from the repository's history, serves on the newest schema. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { migrate } from '../../src/db/schema/migrate.ts';
import { CHAINS } from '../support/http/api.ts';
import { createEmptyDatabase } from '../support/process/database.ts';
import { asAdmin, type TestDatabase } from '../support/process/database-server.ts';
import { startNode, type RunningProgram } from '../support/process/processes.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
/** The last commit whose newest migration is 0017. */
const OLDER_COMMIT = '5a04a7780fc95666c05c46f43b6662cda9c702b8';
const ARCHIVE_BYTES_MAX = 64 * 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'coffer-version-before-'));
const older = join(folder, 'older');
let database: TestDatabase;
const running: RunningProgram[] = [];
beforeAll(async () => {
  database = await createEmptyDatabase();
  // What an owner needs to end connections whose prepared statements a migration outdates.
  const { adminUrl, ownerRole } = inject('databaseServer');
  await asAdmin(adminUrl, [`GRANT pg_signal_backend TO ${ownerRole}`]);
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Unpacks the older version; false in a copy of the project that lacks the commit. */
function unpackOlder(): boolean {
  const git = (...args: string[]): Buffer =>
    execFileSync('git', args, { cwd: PROJECT, maxBuffer: ARCHIVE_BYTES_MAX, stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    git('cat-file', '-e', `${OLDER_COMMIT}^{commit}`);
  } catch {
    return false;
  }
  mkdirSync(older);
  const archive = join(folder, 'older.tar');
  writeFileSync(archive, git('archive', '--format=tar', OLDER_COMMIT));
  execFileSync('tar', ['-xf', archive, '-C', older]);
  symlinkSync(join(PROJECT, 'node_modules'), join(older, 'node_modules'));
  return true;
}

function environment(): Record<string, string> {
  const files = { config: join(folder, 'config'), pepper: join(folder, 'pepper'), secrets: join(folder, 'secrets') };
  writeFileSync(files.config, JSON.stringify({ senderPolicy: 'first_come', chains: CHAINS }));
  writeFileSync(files.pepper, 'a pepper that is used by tests and by nothing else');
  writeFileSync(files.secrets, createKeyLine());
  return {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    PORT: '0',
    COFFER_CONFIG: files.config,
    COFFER_KEY_PEPPER_FILE: files.pepper,
    COFFER_SECRETS_KEY_FILE: files.secrets,
  };
}

type Json = Readonly<Record<string, unknown>>;

it('S25 the version before serves every kind of call while the schema of the next is there, beside the next', async () => {
  if (!unpackOlder()) {
    console.log(`not run: this copy of the project has no commit ${OLDER_COMMIT} to take the older version from`);
    return;
  }
  const env = environment();
  const command = (args: readonly string[], root = older): Json => {
    const program = [join(root, 'src', 'cli', 'main.ts'), ...args, '--json'];
    const printed = execFileSync(process.execPath, program, { env: { ...process.env, ...env }, cwd: root }).toString();
    return JSON.parse(printed) as Json;
  };
  const start = async (root: string): Promise<string> => {
    const program = startNode([join(root, 'src', 'main.ts')], { ...env, COFFER_METRICS_PORT: '' });
    running.push(program);
    let printed = '';
    program.child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    await program.waitFor('coffer listening on ');
    return /listening on (\S+)/.exec(printed)?.[1] ?? '';
  };
  command(['migrate']);
  const org = String(command(['orgs', 'create', '--name', 'Acme'])['id']);
  const key = String(command(['keys', 'create', '--kind', 'admin', '--name', 'operator'])['key']);
  const before = await start(older);
  let made = 0;
  const call = async (url: string, method: string, path: string, body?: Json): Promise<Json> => {
    made += 1;
    const headers = {
      authorization: `Bearer ${key}`,
      'coffer-org': org,
      ...(path === '/treasury/batch' ? {} : { 'idempotency-key': `call-${made}` }),
    };
    const response = await fetch(url + path, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect([method, path, response.status, text]).toEqual([
      method,
      path,
      response.status < 300 ? response.status : 200,
      text,
    ]);
    return JSON.parse(text) as Json;
  };
  const spend = { amountUsd: '0.10', serviceType: 'AI_API' };
  const round = async (url: string, address: string): Promise<void> => {
    const grant = { type: 'GRANT', amountUsd: '1.00', reason: 'a start' };
    await call(url, 'POST', `/admin/orgs/${org}/entries`, grant);
    await call(url, 'POST', '/treasury/debit', spend);
    const hold = await call(url, 'POST', '/treasury/hold', spend);
    await call(url, 'POST', '/treasury/consume-hold', { holdId: hold['holdId'], amountUsd: '0.05' });
    const other = await call(url, 'POST', '/treasury/hold', spend);
    await call(url, 'POST', '/treasury/release-hold', { holdId: other['holdId'] });
    await call(url, 'POST', '/treasury/batch', {
      commands: [{ op: 'debit', idempotencyKey: `batch-${made}`, ...spend }],
    });
    await call(url, 'POST', '/treasury/register-sender', { chain: 'eip155:31337', address });
    await call(url, 'POST', '/admin/keys', { kind: 'org', org, name: 'a key', scopes: ['treasury:read'] });
    await call(url, 'POST', '/webhook-endpoints', { url: 'https://example.com/hook', types: ['deposit.credited'] });
    const reads = ['balance', 'ledger', 'holds', 'deposits', 'senders', 'wallet-info', 'packs', 'settings'];
    for (const read of reads) await call(url, 'GET', `/treasury/${read}`);
    for (const read of ['/events', '/admin/orgs', '/admin/chains', '/admin/audit', '/readyz'])
      await call(url, 'GET', read);
  };
  await round(before, `0x${'a1'.repeat(20)}`);
  await migrate(database.ownerUrl, { appRole: database.appRole });
  await round(before, `0x${'a2'.repeat(20)}`);
  const next = await start(PROJECT);
  await round(next, `0x${'a3'.repeat(20)}`);
  await round(before, `0x${'a4'.repeat(20)}`);
  const [seenBefore, seenNext] = await Promise.all(
    [before, next].map(async (url) => call(url, 'GET', '/treasury/balance')),
  );
  expect(seenBefore?.['availableUsd']).toBe(seenNext?.['availableUsd']);
  expect(command(['ledger', 'verify'], PROJECT)).toMatchObject({ faults: [], missingGuards: [] });
});
