/** The service as it runs in production, over HTTP, on a database of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coffer, startService, type Service } from '../../devnet/service.ts';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { openUserWallet } from '../../src/db/access/users.ts';
import { openDatabase } from '../../src/db/database.ts';
import { fundingOf, openLedgerWorld, type LedgerWorld } from './ledger-world.ts';

const SCOPES = 'treasury:read,treasury:spend';

export interface HttpWorld {
  readonly ledger: LedgerWorld;
  /** Where the service listens. */
  readonly url: string;
  /** The process that was started; its children are its other roles. */
  readonly pid: number;
  /** Starts the service once more, on the same database. */
  startAnother(env: Readonly<Record<string, string>>): Promise<Service>;
  /** Makes a funded org. */
  addOrg(): Promise<{ readonly org: string; readonly wallet: string; readonly key: string }>;
  /** Makes a user with a funded wallet of its own, and a key of the platform, which may charge it. */
  addUser(id: string): Promise<{ readonly wallet: string; readonly key: string }>;
  close(): Promise<void>;
}

/** Starts the API with the process that fills the event logs beside it. @param own further variables of its environment */
export async function openHttpWorld(own: Readonly<Record<string, string>> = {}): Promise<HttpWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-bench-http-'));
  const ledger = await openLedgerWorld();
  const [pepper, secrets] = [join(folder, 'pepper'), join(folder, 'secrets')];
  writeFileSync(pepper, uuidV7(Date.now()) + uuidV7(Date.now()));
  writeFileSync(secrets, createKeyLine());
  const env = {
    ...process.env,
    DATABASE_URL: ledger.url,
    DATABASE_OWNER_URL: ledger.ownerUrl,
    COFFER_KEY_PEPPER_FILE: pepper,
    COFFER_SECRETS_KEY_FILE: secrets,
    COFFER_ROLES: 'api,events',
    PORT: '0',
    COFFER_LOG_LEVEL: 'warn',
    COFFER_API_PROCESSES: '1',
    ...own,
  };
  let started = 0;
  const start = async (more: Readonly<Record<string, string>>): Promise<Service> => {
    started += 1;
    const logFile = join(folder, `service-${started}.log`);
    return startService({ ...env, ...more }, { logFile, onLine: () => undefined });
  };
  const service = await start({});
  return {
    ledger,
    url: service.url,
    pid: service.pid,
    startAnother: start,
    addOrg: async () => {
      const { id } = await coffer(env, ['orgs', 'create', '--name', 'bench']);
      const { key } = await coffer(env, ['keys', 'create', '--org', String(id), '--scopes', SCOPES, '--name', 'bench']);
      const wallet = walletId({ kind: 'org', id: String(id) });
      await ledger.writer.submit(fundingOf(wallet));
      return { org: String(id), wallet, key: String(key) };
    },
    addUser: async (id) => {
      const keyOptions = ['--kind', 'platform', '--scopes', SCOPES, '--name', 'bench'];
      const { key } = await coffer(env, ['keys', 'create', ...keyOptions]);
      const db = openDatabase(ledger.ownerUrl, 1);
      const { wallet } = await openUserWallet(db, { id, at: new Date() });
      await db.destroy();
      await ledger.writer.submit(fundingOf(wallet));
      return { wallet, key: String(key) };
    },
    close: async () => {
      await service.stop();
      await ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
