/** The API as the service runs it, on a database and port of its own, with a clock that tests can move. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startApi, type ApiOptions, type RunningApi } from '../../../src/app/api.ts';
import { readConfig, type Config } from '../../../src/config/config.ts';
import { createApiKey, hashUnder, SCOPES, type KeyKind, type Scope } from '../../../src/core/access/api-key.ts';
import { pepperOf } from '../../../src/core/access/peppers.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { createKeyLine } from '../../../src/core/access/vault.ts';
import { uuidV7, walletId } from '../../../src/core/ids.ts';
import type { SenderPolicy } from '../../../src/core/senders/registration.ts';
import { insertApiKey } from '../../../src/db/access/api-keys.ts';
import { openDatabase, type Database } from '../../../src/db/database.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { createOrg } from '../../../src/db/access/orgs.ts';
import { contractOf } from './contract.ts';
import type { TestDatabase } from '../process/database-server.ts';
import { createTestDatabase } from '../process/database.ts';
import { startNode, type Finished } from '../process/processes.ts';
import { depositOf } from '../ledger/wallets.ts';

const PEPPER = pepperOf('a pepper that is used by tests and by nothing else');

export const EVM = 'eip155:31337';
export const EVM_TOO = 'eip155:84532';
export const STARKNET = 'starknet:SN_SEPOLIA';
export const CREDITS = {
  evm: '0x00000000000000000000000000000000c0ffe2ee',
  starknet: `0x${'c0ffe2'.padStart(64, '0')}`,
};
export const TOKENS = {
  evm: '0x00000000000000000000000000000000000005dc',
  starknet: `0x${'5dc'.padStart(64, '0')}`,
};

const chain = (caip2: string, creditsAddress: string, token: string): object => ({
  caip2,
  rpcUrls: ['http://127.0.0.1:1'],
  tokens: [{ symbol: 'USDC', address: token }],
  creditsAddress,
  startBlock: 0,
  devnet: true,
});

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; tests look at it with matchers. */
  readonly json: Record<string, unknown>;
}

export interface CallOptions {
  readonly key?: string | undefined;
  /** Sent as JSON, or as is when it is text or a Blob. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SpawnedApi {
  readonly pid: number;
  readonly url: string;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Stops it; returns its exit and what it printed. */
  stop(): Promise<Finished>;
}

export interface TestApi {
  /** Where it listens; a restart changes it. */
  readonly url: () => string;
  /** Every route of the service, as `METHOD path`. */
  readonly routes: () => readonly string[];
  readonly database: TestDatabase;
  readonly db: Database;
  readonly writer: LedgerWriter;
  advance(ms: number): void;
  createOrg(name?: string): Promise<string>;
  createKey(key: {
    readonly org?: string;
    readonly kind?: KeyKind;
    readonly scopes?: readonly Scope[];
    readonly expiresAt?: Date;
  }): Promise<string>;
  /** Creates an org with an all-scopes key and that many dollars. */
  createCustomer(usd?: bigint): Promise<{ readonly org: string; readonly wallet: string; readonly key: string }>;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Starts another API process on the same database, with these variables added. */
  spawn(env?: Readonly<Record<string, string>>): Promise<SpawnedApi>;
  /** Stops the service and starts it again on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const filesIn = (folder: string): { readonly config: string; readonly pepper: string; readonly secrets: string } => ({
  config: join(folder, 'config.json'),
  pepper: join(folder, 'pepper'),
  secrets: join(folder, 'secrets'),
});

function environmentOf(folder: string, databaseUrl: string): Record<string, string> {
  const files = filesIn(folder);
  return {
    DATABASE_URL: databaseUrl,
    PORT: '0',
    COFFER_CONFIG: files.config,
    COFFER_KEY_PEPPER_FILE: files.pepper,
    COFFER_SECRETS_KEY_FILE: files.secrets,
    COFFER_LEDGER_DEADLINE_MS: '10000',
    COFFER_API_PROCESSES: '1',
  };
}

/** Tests ask faster than people do, in bursts. */
const UNHURRIED = { perPerson: false, openCalls: false };

/** Chains whose nodes cannot be reached. */
export const CHAINS = [
  chain(EVM, CREDITS.evm, TOKENS.evm),
  chain(EVM_TOO, CREDITS.evm, TOKENS.evm),
  chain(STARKNET, CREDITS.starknet, TOKENS.starknet),
];

function writeConfig(folder: string, databaseUrl: string, file: object, env: Readonly<Record<string, string>>): Config {
  const files = filesIn(folder);
  writeFileSync(files.config, JSON.stringify(file));
  writeFileSync(files.pepper, PEPPER.secret);
  writeFileSync(files.secrets, createKeyLine());
  return readConfig({ ...environmentOf(folder, databaseUrl), ...env });
}

async function spawnApi(env: Readonly<Record<string, string>>): Promise<SpawnedApi> {
  const listening = 'coffer listening on ';
  const program = startNode(['src/main.ts', '--roles=api'], env);
  const url = await new Promise<string>((resolve, reject) => {
    let printed = '';
    program.child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const found = printed.split('\n').find((line) => line.startsWith(listening));
      if (found !== undefined) resolve(found.slice(listening.length).trim());
    });
    void program.finished.then(({ stderr }) => reject(new Error(`the API ended: ${stderr}`)));
  });
  return {
    pid: program.child.pid ?? 0,
    url,
    call: async (method, path, options) => call(url, method, path, options),
    stop: async () => {
      program.child.kill('SIGTERM');
      return program.finished;
    },
  };
}

/**
 * Starts the API, without the limits of people and open calls; stop() removes everything. `chains` has the form of the configuration file.
 * @param parts.database in place of a new one; its `drop` is called at the end.
 * @param parts.clock in place of the machine's, which `advance` moves
 */
export async function startTestApi(
  senderPolicy: SenderPolicy = 'first_come',
  chains: readonly object[] = CHAINS,
  more: object = {},
  env: Readonly<Record<string, string>> = {},
  {
    database: given,
    clock: givenClock,
    ...parts
  }: Pick<ApiOptions, 'jobs' | 'witnessFolder' | 'account' | 'clock'> & { readonly database?: TestDatabase } = {},
): Promise<TestApi> {
  const database = given ?? (await createTestDatabase());
  const folder = mkdtempSync(join(tmpdir(), 'coffer-api-'));
  const config = writeConfig(folder, database.appUrl, { senderPolicy, chains, rateLimits: UNHURRIED, ...more }, env);
  let offsetMs = 0;
  const clock = givenClock ?? { ...systemClock, nowMs: () => Date.now() + offsetMs };
  const start = async (): Promise<RunningApi> => startApi(config, { log: pino({ level: 'silent' }), clock, ...parts });
  let api = await start();
  const db = openDatabase(database.appUrl, 4);
  const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000 });

  const newOrg: TestApi['createOrg'] = async (name = 'Acme') => {
    const at = new Date();
    const org = await createOrg(db, { id: uuidV7(at.getTime()), name, externalId: null, createdAt: at });
    return org.id;
  };
  const newKey: TestApi['createKey'] = async ({ org, kind = org === undefined ? 'platform' : 'org', ...rest }) => {
    const { id, key } = createApiKey();
    const stored = { id, kind, org: org ?? null, name: 'a key', scopes: rest.scopes ?? SCOPES };
    const dates = { createdAt: new Date(), expiresAt: rest.expiresAt ?? null };
    await insertApiKey(db, { ...stored, ...dates, ...hashUnder(PEPPER, key) });
    return key;
  };
  return {
    url: () => api.url,
    routes: () => api.routes.map(({ method, path }) => `${method} ${path}`),
    database,
    db,
    writer,
    advance: (ms) => {
      offsetMs += ms;
    },
    createOrg: newOrg,
    createKey: newKey,
    createCustomer: async (usd = 0n) => {
      const org = await newOrg();
      const wallet = walletId({ kind: 'org', id: org });
      if (usd > 0n) await writer.submit(depositOf(wallet, usd));
      return { org, wallet, key: await newKey({ org }) };
    },
    call: async (method, path, options) => call(api.url, method, path, options),
    spawn: async (own = {}) => spawnApi({ ...environmentOf(folder, database.appUrl), ...env, ...own }),
    restart: async () => {
      await api.stop();
      api = await start();
    },
    stop: async () => {
      await api.stop();
      await writer.stop();
      await db.destroy();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function call(url: string, method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const { key, body, headers = {} } = options;
  const raw = typeof body === 'string' || body instanceof Blob;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const parsed: unknown = isJson ? JSON.parse(text) : {};
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('an object was expected');
  const answer = { status: response.status, headers: response.headers, text, json: { ...parsed } };
  (await contractOf(url)).judge(method, path, answer);
  return answer;
}
