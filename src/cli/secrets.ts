/** `coffer secrets`: makes keys for the vault, and reseals what is sealed in the database under the newest one. */
import { existsSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { addSecretsKey, getVault } from '../config/secrets.ts';
import { createKeyLine, keyOfSealed, type Vault } from '../core/access/vault.ts';
import { secretContext } from '../core/events/webhooks.ts';
import { accountHookContext, accountKeyContext, evidenceContext } from '../core/billing/account-secrets.ts';
import { listAccounts, replaceAccountSecrets } from '../db/billing/accounts.ts';
import { listEvidence, replaceEvidence, type StoredEvidence } from '../db/billing/evidence.ts';
import type { Database } from '../db/database.ts';
import { listSealedSecrets, replaceSealed } from '../db/webhooks/endpoints.ts';
import { CliError, printJson, printTable, withDatabase } from './context.ts';

const PAGE = 200;
/** A secret that changes between the read and the write is read again; this many rounds at most, then an error. */
const TRIES_MAX = 5;

type Sealed = Awaited<ReturnType<typeof listSealedSecrets>>[number];

async function* eachSealed(db: Database): AsyncGenerator<Sealed> {
  for (let after: string | undefined; ;) {
    const page = await listSealedSecrets(db, { after, limit: PAGE });
    yield* page;
    after = page.at(-1)?.id;
    if (after === undefined) return;
  }
}

/** Whether a key other than this one sealed a text. */
function isSealedByAnother(key: string, sealed: string | null): boolean {
  return sealed !== null && keyOfSealed(sealed) !== key;
}

/** Opens a sealed text and seals it under the newest key. */
function reseal(vault: Vault, context: string, sealed: string): string {
  return vault.seal(context, vault.open(context, sealed));
}

/** Reseals what another key than the first one sealed; gives the number of endpoints, payment accounts and evidence. */
async function sealAgain(db: Database, vault: Vault): Promise<number> {
  let done = 0;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const endpoints = await sealEndpoints(db, vault);
    const accounts = await sealAccounts(db, vault);
    const evidence = await sealEvidence(db, vault);
    done += endpoints.done + accounts.done + evidence.done;
    if (endpoints.missed + accounts.missed + evidence.missed === 0) return done;
  }
  throw new CliError('secrets kept changing while they were resealed; run the command again');
}

interface Resealed {
  readonly done: number;
  /** Changed between the read and the write. */
  readonly missed: number;
}

async function sealEndpoints(db: Database, vault: Vault): Promise<Resealed> {
  const key = vault.currentKey();
  let [done, missed] = [0, 0];
  for await (const one of eachSealed(db)) {
    if (![one.secret, one.previousSecret].some((sealed) => isSealedByAnother(key, sealed))) continue;
    const again = (sealed: string): string => reseal(vault, secretContext(one.id), sealed);
    const previousSecret = one.previousSecret === null ? null : again(one.previousSecret);
    if (await replaceSealed(db, one, { secret: again(one.secret), previousSecret })) done += 1;
    else missed += 1;
  }
  return { done, missed };
}

async function sealAccounts(db: Database, vault: Vault): Promise<Resealed> {
  const key = vault.currentKey();
  let [done, missed] = [0, 0];
  for (const one of await listAccounts(db)) {
    const { name, secret, webhookSecrets } = one;
    if (![secret, ...webhookSecrets].some((sealed) => isSealedByAnother(key, sealed))) continue;
    const isReplaced = await replaceAccountSecrets(db, one, {
      secret: secret === null ? null : reseal(vault, accountKeyContext(name), secret),
      webhookSecrets: webhookSecrets.map((sealed) => reseal(vault, accountHookContext(name), sealed)),
    });
    if (isReplaced) done += 1;
    else missed += 1;
  }
  return { done, missed };
}

async function* eachEvidence(db: Database): AsyncGenerator<StoredEvidence> {
  for (let after: StoredEvidence | undefined; ;) {
    const page = await listEvidence(db, { after, limit: PAGE });
    yield* page;
    after = page.at(-1);
    if (after === undefined) return;
  }
}

async function sealEvidence(db: Database, vault: Vault): Promise<Resealed> {
  const key = vault.currentKey();
  let [done, missed] = [0, 0];
  for await (const one of eachEvidence(db)) {
    if (!isSealedByAnother(key, one.sealed)) continue;
    const again = reseal(vault, evidenceContext(one.account, one.dispute), one.sealed);
    if (await replaceEvidence(db, one, again)) done += 1;
    else missed += 1;
  }
  return { done, missed };
}

async function rotate({ keepKey, json }: { readonly keepKey?: boolean; readonly json?: boolean }): Promise<void> {
  const { key, sealed } = await withDatabase(async (db, config: Config) => {
    if (keepKey !== true) addSecretsKey(config);
    const vault = getVault(config);
    return { key: vault.currentKey(), sealed: await sealAgain(db, vault) };
  });
  if (json === true) return printJson({ key, sealed });
  console.log(`what ${sealed} endpoints, payment accounts and disputes have sealed is now sealed under the key ${key}`);
}

async function status({ json }: { readonly json?: boolean }): Promise<void> {
  const counts = await withDatabase(async (db) => {
    const found = new Map<string, number>();
    const count = (sealed: string | null): void => {
      const key = sealed === null ? undefined : keyOfSealed(sealed);
      if (key !== undefined) found.set(key, (found.get(key) ?? 0) + 1);
    };
    for await (const { secret, previousSecret } of eachSealed(db)) [secret, previousSecret].forEach(count);
    for (const { secret, webhookSecrets } of await listAccounts(db)) [secret, ...webhookSecrets].forEach(count);
    for await (const { sealed } of eachEvidence(db)) count(sealed);
    return [...found].map(([key, secrets]) => ({ key, secrets }));
  });
  if (json === true) return printJson({ keys: counts });
  printTable(
    ['key', 'secrets'],
    counts.map(({ key, secrets }) => [key, String(secrets)]),
  );
}

function newKey({ out, json }: { readonly out: string; readonly json?: boolean }): void {
  if (existsSync(out))
    throw new CliError(`${out} already exists; coffer secrets rotate puts a new key in front of its lines`);
  writeFileSync(out, `${createKeyLine()}\n`, { mode: 0o600, flag: 'wx' });
  if (json === true) return printJson({ file: out });
  console.log(
    `${out}: a key that seals secrets; every machine of the deployment needs this file; keep a copy in a safe place`,
  );
}

/** `coffer secrets`. */
export function addSecrets(program: Command): void {
  const secrets = program.command('secrets').description('the keys that seal secrets in the database');

  secrets
    .command('new-key')
    .description('make a key file for COFFER_SECRETS_KEY_FILE')
    .requiredOption('--out <file>', 'a new file')
    .option('--json', 'print JSON')
    .action(newKey);
  secrets
    .command('rotate')
    .description('put a new key at the top of the key file and reseal everything under it; running services follow')
    .option(
      '--keep-key',
      'add no key and reseal under the first key of the file, for a file that was changed by other means',
    )
    .option('--json', 'print JSON')
    .action(rotate);
  secrets
    .command('status')
    .description('how many secrets each key seals; a key that seals none may be removed from the file')
    .option('--json', 'print JSON')
    .action(status);
}
