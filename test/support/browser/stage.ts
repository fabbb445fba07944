/** Everything that the app is used with: the real service, PostgreSQL, anvil, starknet-devnet, an issuer, a fake Stripe. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCardShop, type CardShop } from '../../../devnet/demo/cards.ts';
import { freePort } from '../../../devnet/free-port.ts';
import { startIssuer, type Issuer } from '../../../devnet/issuer.ts';
import { coffer, startService, type Service } from '../../../devnet/service.ts';
import { makeCofferConfig } from '../../../devnet/world-files.ts';
import type { StarknetDevnetChain } from '../../../devnet/starknet-token.ts';
import { startWorld, type DevChain } from '../../../devnet/world.ts';
import { createKeyLine } from '../../../src/core/access/vault.ts';
import { createTestDatabase } from '../process/database.ts';
import { openTcpProxy } from '../process/tcp-proxy.ts';

/** One owns the token, one is the treasury, the others send. */
const STARKNET_ACCOUNTS = 4;
const PROJECT = join(import.meta.dirname, '..', '..', '..');

export interface Stage {
  readonly url: string;
  readonly issuer: Issuer;
  readonly chain: DevChain;
  /** The real starknet-devnet, where it was asked for. */
  readonly starknet: StarknetDevnetChain | undefined;
  /** The fake Stripe, with the platform's account. */
  readonly cards: CardShop;
  /** The hosts that the app's pages may ask: its own. Those of the issuer and of the payment page are visited, not asked. */
  readonly hosts: readonly string[];
  /** An org with a key of all scopes. */
  createOrg(name: string): Promise<{ readonly org: string; readonly key: string }>;
  call(key: string, method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Runs a command of the command line. @returns what it prints with `--json` */
  run(...args: readonly string[]): Promise<Record<string, unknown>>;
  /** The environment of the service, for what else works on its database. */
  readonly env: NodeJS.ProcessEnv;
  /** Breaks every connection of pages with the service, as a network that changes does. New ones work. */
  cutConnections(): void;
  /** Stops the service, which nobody can reach then, and starts it again. */
  readonly service: { stop(): Promise<void>; start(): Promise<void> };
  stop(): Promise<void>;
}

/**
 * Builds the app if it is not, and starts everything.
 * @param starknet whether the real starknet-devnet runs beside anvil
 * @param slotsInAnEpoch a block of anvil, which makes one a second, is final after twice as many
 */
export async function openStage({
  starknet = false,
  slotsInAnEpoch = 1,
}: { readonly starknet?: boolean; readonly slotsInAnEpoch?: number } = {}): Promise<Stage> {
  execFileSync(process.execPath, ['setup/dashboard.mjs'], { cwd: PROJECT, stdio: 'pipe' });
  const folder = mkdtempSync(join(tmpdir(), 'coffer-browser-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const [world, issuer, cards, database, port] = await Promise.all([
    startWorld({ evm: { slotsInAnEpoch }, starknet: starknet && { node: 'devnet', accounts: STARKNET_ACCOUNTS } }),
    startIssuer(),
    openCardShop(folder),
    createTestDatabase(),
    freePort(),
  ]);
  const [chain] = world.chains;
  if (!chain) throw new Error('no chain is running');
  const address = `http://127.0.0.1:${port}`;
  const network = await openTcpProxy(address);
  const url = new URL(network.url).origin;
  const settings = { ...makeCofferConfig(world.chains, issuer), payments: cards.settings, adminEntryLimitUsd: '100' };
  const env = {
    ...process.env,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    PORT: String(port),
    COFFER_PUBLIC_URL: url,
    COFFER_CONFIG: file('coffer.json', JSON.stringify(settings)),
    COFFER_KEY_PEPPER_FILE: file('pepper', crypto.randomUUID() + crypto.randomUUID()),
    COFFER_SECRETS_KEY_FILE: file('keys', createKeyLine()),
    COFFER_LOG_LEVEL: 'info',
  };
  const start = async (): Promise<Service> =>
    startService(env, { logFile: join(folder, 'service.log'), onLine: () => undefined });
  let service = await start();
  cards.connect(url);
  return {
    url,
    issuer,
    chain,
    starknet: world.starknet?.node === 'starknet-devnet' ? world.starknet : undefined,
    cards,
    env,
    run: async (...args) => coffer(env, args),
    cutConnections: () => network.moveTo(address),
    service: {
      stop: async () => service.stop(),
      start: async () => {
        service = await start();
      },
    },
    hosts: [new URL(url).host, new URL(issuer.url).host, new URL(cards.url).host],
    createOrg: async (name) => createOrg(env, name),
    call: async (key, method, path, body) => call(url + path, { key, method, body }),
    stop: async () => {
      await service.stop();
      await Promise.all([world.stop(), issuer.stop(), cards.stop(), network.close()]);
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

async function createOrg(
  env: NodeJS.ProcessEnv,
  name: string,
): Promise<{ readonly org: string; readonly key: string }> {
  const org = textOf((await coffer(env, ['orgs', 'create', '--name', name]))['id']);
  const scopes = 'treasury:read,treasury:spend,treasury:admin';
  const made = await coffer(env, ['keys', 'create', '--org', org, '--scopes', scopes, '--name', 'test']);
  return { org, key: textOf(made['key']) };
}

async function call(
  url: string,
  { key, method, body }: { readonly key: string; readonly method: string; readonly body: unknown },
): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(url, { method, headers, ...sent });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}
