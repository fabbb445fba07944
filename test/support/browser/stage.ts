/** Everything that the app is used with: the real service, PostgreSQL, anvil, starknet-devnet, an issuer, a fake Stripe. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCardShop, type CardShop } from '../../../devnet/demo/cards.ts';
import { freePort } from '../../../devnet/free-port.ts';
import { startIssuer, type Issuer } from '../../../devnet/issuer.ts';
import { coffer, startService } from '../../../devnet/service.ts';
import { makeCofferConfig } from '../../../devnet/world-files.ts';
import type { StarknetDevnetChain } from '../../../devnet/starknet-token.ts';
import { startWorld, type DevChain } from '../../../devnet/world.ts';
import { createKeyLine } from '../../../src/core/access/vault.ts';
import { createTestDatabase } from '../process/database.ts';

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
  stop(): Promise<void>;
}

/** Builds the app if it is not, and starts everything. @param starknet whether the real starknet-devnet runs beside anvil */
export async function openStage({ starknet = false }: { readonly starknet?: boolean } = {}): Promise<Stage> {
  execFileSync(process.execPath, ['setup/dashboard.mjs'], { cwd: PROJECT, stdio: 'pipe' });
  const folder = mkdtempSync(join(tmpdir(), 'coffer-browser-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const [world, issuer, cards, database, port] = await Promise.all([
    startWorld({ evm: { slotsInAnEpoch: 1 }, starknet: starknet && { node: 'devnet', accounts: STARKNET_ACCOUNTS } }),
    startIssuer(),
    openCardShop(folder),
    createTestDatabase(),
    freePort(),
  ]);
  const [chain] = world.chains;
  if (!chain) throw new Error('no chain is running');
  const settings = { ...makeCofferConfig(world.chains, issuer), payments: cards.settings, adminEntryLimitUsd: '100' };
  const env = {
    ...process.env,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    PORT: String(port),
    COFFER_CONFIG: file('coffer.json', JSON.stringify(settings)),
    COFFER_KEY_PEPPER_FILE: file('pepper', crypto.randomUUID() + crypto.randomUUID()),
    COFFER_SECRETS_KEY_FILE: file('keys', createKeyLine()),
    COFFER_LOG_LEVEL: 'info',
  };
  const service = await startService(env, { logFile: join(folder, 'service.log'), onLine: () => undefined });
  cards.connect(service.url);
  const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    url: service.url,
    issuer,
    chain,
    starknet: world.starknet?.node === 'starknet-devnet' ? world.starknet : undefined,
    cards,
    env,
    run: async (...args) => coffer(env, args),
    hosts: [new URL(service.url).host, new URL(issuer.url).host, new URL(cards.url).host],
    createOrg: async (name) => {
      const org = textOf((await coffer(env, ['orgs', 'create', '--name', name]))['id']);
      const scopes = 'treasury:read,treasury:spend,treasury:admin';
      const made = await coffer(env, ['keys', 'create', '--org', org, '--scopes', scopes, '--name', 'test']);
      return { org, key: textOf(made['key']) };
    },
    call: async (key, method, path, body) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(service.url + path, { method, headers, ...sent });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return JSON.parse(text) as Record<string, unknown>;
    },
    stop: async () => {
      await service.stop();
      await Promise.all([world.stop(), issuer.stop(), cards.stop()]);
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
