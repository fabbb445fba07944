/** The service as it runs in production, over HTTP, on a database of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coffer, startService } from '../../devnet/service.ts';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { fundingOf, openLedgerWorld, type LedgerWorld } from './ledger-world.ts';

const SCOPES = 'treasury:read,treasury:spend';

export interface HttpWorld {
  readonly ledger: LedgerWorld;
  /** Where the service listens. */
  readonly url: string;
  /** Makes a funded org. */
  addOrg(): Promise<{ readonly wallet: string; readonly key: string }>;
  close(): Promise<void>;
}

/** Starts the API with the process that fills the event logs beside it. */
export async function openHttpWorld(): Promise<HttpWorld> {
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
  };
  const service = await startService(env, { logFile: join(folder, 'service.log'), onLine: () => undefined });
  return {
    ledger,
    url: service.url,
    addOrg: async () => {
      const { id } = await coffer(env, ['orgs', 'create', '--name', 'bench']);
      const { key } = await coffer(env, ['keys', 'create', '--org', String(id), '--scopes', SCOPES, '--name', 'bench']);
      const wallet = walletId({ kind: 'org', id: String(id) });
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
