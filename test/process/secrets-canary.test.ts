/** A57 Secrets that are like no other text, and a search for them in everything that the service says and keeps. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createApiKey, hashApiKey, SCOPES } from '../../src/core/access/api-key.ts';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { insertApiKey } from '../../src/db/access/api-keys.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import { CREDITS, EVM, STARKNET, TOKENS } from '../support/http/api.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { startNode, type RunningProgram } from '../support/process/processes.ts';

const canary = (name: string): string => `canary${name}${randomBytes(9).toString('hex')}`;
const RPC = { path: canary('RpcPath'), query: canary('RpcQuery'), password: canary('RpcPassword'), ws: canary('Ws') };
const PEPPER = canary('Pepper').padEnd(40, 'x');
const KEYS = createKeyLine();
const HOOK = canary('HookPath');

let folder: string;
let database: TestDatabase;
let db: DatabasePool;
let program: RunningProgram;
let url: string;
let org: string;
/** Every answer that was not meant to show a secret. */
const answers: string[] = [];
const secrets: string[] = [...Object.values(RPC), PEPPER, HOOK];
const keys = { org: createApiKey(), admin: createApiKey(), wrong: createApiKey() };

const chain = (caip2: string, credits: string, token: string): object => ({
  caip2,
  rpcUrls: [
    `http://user:${RPC.password}@127.0.0.1:1/v2/${RPC.path}?key=${RPC.query}`,
    `http://127.0.0.1:2/${RPC.path}?key=${RPC.query}`,
  ],
  wsUrl: `ws://127.0.0.1:1/${RPC.ws}`,
  tokens: [{ symbol: 'USDC', address: token }],
  creditsAddress: credits,
  startBlock: 0,
  devnet: true,
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coffer-canary-'));
  database = await createTestDatabase();
  db = openDatabase(database.appUrl, 2);
  secrets.push(decodeURIComponent(new URL(database.appUrl).password), ...(KEYS.match(/[\w+/-]{32,}/g) ?? []));
  const at = new Date();
  org = (await createOrg(db, { id: uuidV7(at.getTime()), name: 'Acme', externalId: null, createdAt: at })).id;
  const store = async ({ id, key }: { id: string; key: string }, kind: 'org' | 'admin'): Promise<void> => {
    const bound = kind === 'org' ? org : null;
    const stored = { id, kind, org: bound, name: 'k', scopes: SCOPES, createdAt: at, expiresAt: null };
    await insertApiKey(db, { ...stored, secretHash: hashApiKey(key, PEPPER) });
  };
  await store(keys.org, 'org');
  await store(keys.admin, 'admin');
  for (const { key } of Object.values(keys)) secrets.push(key, key.slice(17, 49));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const chains = [chain(EVM, CREDITS.evm, TOKENS.evm), chain(STARKNET, CREDITS.starknet, TOKENS.starknet)];
  program = startNode(['src/main.ts'], {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    PORT: '0',
    COFFER_LOG_LEVEL: 'trace',
    COFFER_METRICS_PORT: '0',
    COFFER_CONFIG: file(
      'config.json',
      JSON.stringify({ chains, webhooks: { allowPrivate: true }, senderPolicy: 'first_come' }),
    ),
    COFFER_KEY_PEPPER_FILE: file('pepper', PEPPER),
    COFFER_SECRETS_KEY_FILE: file('secrets', KEYS),
  });
  let printed = '';
  program.child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  url = await vi.waitFor(
    () => {
      const found = /coffer listening on (\S+)/.exec(printed)?.[1];
      if (found === undefined) throw new Error('not listening yet');
      return found;
    },
    { timeout: 30_000 },
  );
}, 60_000);
afterAll(async () => {
  program.child.kill('SIGKILL');
  await db.destroy();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(
  method: string,
  path: string,
  key: string,
  body?: unknown,
  headers = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : {};
  const shows = response.ok && typeof json === 'object' && json !== null && ('secret' in json || 'key' in json);
  if (!shows) answers.push(text, JSON.stringify([...response.headers]));
  return typeof json === 'object' && json !== null ? { ...json } : {};
}

/** What an answer showed, as it was meant to. */
function learn(...shown: readonly unknown[]): void {
  for (const one of shown) if (typeof one === 'string') secrets.push(one, one.replace(/^whsec_/, ''));
}

/** Everything that anybody could ask, and everything that could go wrong with it. */
async function drive(): Promise<void> {
  const { org: own, admin, wrong } = keys;
  const hook = await ask('POST', '/webhook-endpoints', own.key, { url: `http://127.0.0.1:1/${HOOK}` });
  const made = await ask('POST', '/admin/keys', admin.key, { kind: 'org', org, name: 'n', scopes: ['treasury:read'] });
  learn(hook['secret'], made['key']);
  await ask('POST', `/webhook-endpoints/${String(hook['id'])}/test`, own.key, {});
  const rotated = await ask('POST', `/webhook-endpoints/${String(hook['id'])}/rotate-secret`, own.key, {});
  learn(rotated['secret']);
  for (const key of [own.key, wrong.key, `${own.key}x`, own.key.slice(0, -1), admin.key]) {
    for (const path of ['balance', 'ledger', 'deposits', 'wallet-info', 'senders', 'settings', 'holds', 'packs']) {
      await ask('GET', `/treasury/${path}`, key, undefined, { 'coffer-org': org });
    }
    for (const path of ['orgs', 'keys', 'chains', 'reconciliation', 'deposits', 'audit', 'webhook-endpoints']) {
      await ask('GET', `/admin/${path}`, key);
    }
    const debit = { serviceType: 'AI_API', amountUsd: '1' };
    await ask('POST', '/treasury/debit', key, debit);
    await ask('POST', '/treasury/debit', key, {
      ...debit,
      secret: key,
      key,
      authorization: key,
      nested: { password: key },
    });
    await ask('POST', '/treasury/debit', key, `{"broken": "${key}`);
    await ask('POST', '/treasury/register-sender', key, { address: `0x${'9'.repeat(40)}`, proof: { message: key } });
  }
  for (const path of ['/readyz', '/healthz', '/openapi.json', '/nowhere', '/webhook-endpoints'])
    await ask('GET', path, own.key);
}

/** Faults of ours, each with its stack in the log. */
async function breakThings(): Promise<void> {
  const owner = openDatabase(database.ownerUrl, 1);
  for (const table of ['sender', 'org_settings', 'webhook_endpoint', 'deposit', 'api_key', 'audit']) {
    await owner.raw(`ALTER TABLE ${table} RENAME TO broken`);
    await drive().catch(() => undefined);
    await owner.raw(`ALTER TABLE broken RENAME TO ${table}`);
  }
  await db.raw(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`,
  );
  await drive().catch(() => undefined);
  await owner.destroy();
}

/** The whole database as text. */
async function dump(): Promise<string> {
  const owner = openDatabase(database.ownerUrl, 1);
  const tables: { rows: { name: string }[] } = await owner.raw(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  const found: string[] = [];
  for (const { name } of tables.rows) {
    const { rows }: { rows: { text: string }[] } = await owner.raw(`SELECT t::text AS text FROM "${name}" t`);
    found.push(...rows.map(({ text }) => `${name}: ${text}`));
  }
  await owner.destroy();
  return found.join('\n');
}

it('A57 no secret stands in any answer, in any log line or, readable, in any table', async () => {
  await drive();
  await breakThings();
  await vi.waitFor(async () => {
    const { rows }: { rows: unknown[] } = await db.raw('SELECT 1 FROM webhook_attempt LIMIT 1');
    expect(rows).toHaveLength(1);
  }, 20_000);
  program.child.kill('SIGTERM');
  const { stdout, stderr } = await program.finished;
  const kept = await dump();
  expect(secrets.filter((secret) => !/^\S{16,}$/.test(secret))).toEqual([]);
  expect(secrets.length).toBeGreaterThan(20);
  expect(answers.length).toBeGreaterThan(500);
  expect(stderr).toContain('request failed');
  const told = answers.join('\n');
  const leaks = secrets.flatMap((secret) => {
    const name = secret.slice(0, 24);
    const inTable = secret === HOOK ? '' : kept;
    return [
      ...(stdout.includes(secret) || stderr.includes(secret) ? [`${name} in the log`] : []),
      // Whoever set a webhook up is shown where it goes.
      ...(secret !== HOOK && told.includes(secret) ? [`${name} in an answer`] : []),
      ...(inTable.includes(secret) ? [`${name} in a table`] : []),
    ];
  });
  const lines = stderr.split('\n').filter((line) => secrets.some((secret) => line.includes(secret)));
  expect([leaks, lines.slice(0, 3)]).toEqual([[], []]);
}, 180_000);
