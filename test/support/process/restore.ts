/**
 * A service with one chain, a detector and a database behind one address. The database is copied while all of it is in use;
 * later the copy takes its place, as after a restore of a backup.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { DevChain } from '../../../devnet/dev-chain.ts';
import { createKeyLine } from '../../../src/core/access/vault.ts';
import { migrate } from '../../../src/db/schema/migrate.ts';
import { configOf, eventually, listAllDeposits, runDetector, type DepositRow } from '../chains/bench.ts';
import { startTestApi, type TestApi } from '../http/api.ts';
import { startNode, type Finished } from './processes.ts';
import { openTcpProxy } from './tcp-proxy.ts';
import { copyTestPostgres, openTestPostgres, type TestPostgres } from './two-postgres.ts';

const DEPOSIT_TIMEOUT_MS = 70_000;

export interface RestoredWorld {
  readonly api: TestApi;
  /** Starts a detector; one runs at most. */
  detect(): void;
  /** Resolves once the deposit of a transaction has this state; `beforeEach` is called before each look. */
  reaches(txHash: string, state: string, beforeEach?: () => Promise<unknown>): Promise<DepositRow>;
  /** Copies the database as it is. To be called once. */
  backUp(): Promise<void>;
  /** Ends the detector and the database; the copy answers at its address from then on. */
  restore(): Promise<void>;
  /** Runs the `coffer` command on the database that is there after {@link restore}. */
  coffer(args: readonly string[]): Promise<Finished>;
  /** The same for a command that has to succeed; gives what it printed. */
  done(args: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/** @param settings of the configuration file beside the chain. */
export async function openRestoredWorld(chain: DevChain, settings: object = {}): Promise<RestoredWorld> {
  const root = mkdtempSync(join(tmpdir(), 'coffer-restore-'));
  chmodSync(root, 0o755);
  const before = await openTestPostgres(root, 'before');
  const servers: TestPostgres[] = [before];
  await migrate(before.ownerUrl, { appRole: 'coffer_app' });
  const address = await openTcpProxy(before.appUrl);
  const { caip2, rpcUrl, usdc, creditsAddress } = chain;
  const tokens = [{ symbol: 'USDC', address: usdc }];
  const chains = [{ caip2, rpcUrls: [rpcUrl], tokens, creditsAddress, startBlock: 0, devnet: true }];
  const drop = async (): Promise<void> => Promise.resolve();
  const database = { appUrl: address.url, ownerUrl: before.ownerUrl, appRole: 'coffer_app', drop };
  const api = await startTestApi('first_come', chains, settings, {}, { database, witnessFolder: root });
  writeFileSync(join(root, 'config.json'), JSON.stringify({ chains }));
  writeFileSync(join(root, 'pepper'), 'a pepper that is used by tests and by nothing else', { mode: 0o600 });
  writeFileSync(join(root, 'secrets'), createKeyLine(), { mode: 0o600 });
  let run: ReturnType<typeof runDetector> | undefined;
  const newest = (): TestPostgres => servers.at(-1) ?? before;
  const coffer: RestoredWorld['coffer'] = async (args) =>
    startNode(['src/cli/main.ts', ...args], {
      DATABASE_URL: address.url,
      DATABASE_OWNER_URL: newest().ownerUrl,
      COFFER_DATA_DIR: root,
      COFFER_CONFIG: join(root, 'config.json'),
      COFFER_KEY_PEPPER_FILE: join(root, 'pepper'),
      COFFER_SECRETS_KEY_FILE: join(root, 'secrets'),
    }).finished;
  return {
    api,
    coffer,
    detect: () => {
      run = runDetector({ chains: [configOf(chain)], databaseUrl: address.url });
    },
    reaches: async (txHash, state, beforeEach) => {
      const found = await eventually(
        async () => {
          await beforeEach?.();
          return (await listAllDeposits(api.db, caip2)).find((row) => row.tx_hash === txHash);
        },
        (row) => row?.state === state,
        DEPOSIT_TIMEOUT_MS,
      );
      if (!found) throw new Error(`no deposit of ${txHash}`);
      return found;
    },
    backUp: async () => {
      servers.push(await copyTestPostgres(before, root, 'restored'));
    },
    restore: async () => {
      await run?.detector.stop();
      run = undefined;
      await before.stop();
      await newest().start();
      address.moveTo(newest().appUrl);
    },
    done: async (args) => {
      const { code, stdout, stderr } = await coffer(args);
      expect([args[0], code, stdout, stderr]).toEqual([args[0], 0, stdout, stderr]);
      return stdout;
    },
    close: async () => {
      await run?.detector.stop();
      await api.stop();
      await address.close();
      for (const server of servers.toReversed()) await server.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
