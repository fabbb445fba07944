/** `coffer keys`: creates, lists, rotates and revokes API keys. */
import type { Command } from 'commander';
import { createApiKey, hashUnder, keyStateOf, SCOPES, type KeyKind, type Scope } from '../core/access/api-key.ts';
import { formatUsd } from '../core/money.ts';
import { getPeppers } from '../config/secrets.ts';
import { findOrg } from '../db/access/orgs.ts';
import { findApiKey, insertApiKey, listApiKeys, revokeApiKey, rotateApiKey } from '../db/access/api-keys.ts';
import { viewOfKey } from '../views/key.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from './context.ts';
import {
  readExpiry,
  readIpRanges,
  readKind,
  readName,
  readOrgId,
  readOverlap,
  readScopes,
  readUsdOrZero,
} from './options.ts';

const LIST_MAX = 1_000;
const OVERLAP_DEFAULT_MS = 24 * 60 * 60 * 1000;

interface CreateOptions {
  readonly org?: string;
  readonly scopes?: readonly Scope[];
  readonly kind: KeyKind;
  readonly name?: string;
  readonly expires?: Date;
  readonly ip?: readonly string[];
  readonly mintLimit?: bigint;
  readonly json?: boolean;
}

async function createKey(options: CreateOptions): Promise<void> {
  const { org, scopes, kind, name, expires, ip, mintLimit, json } = options;
  if (kind === 'org' && org === undefined) throw new CliError('a key of kind org needs --org', EXIT.usage);
  if (kind !== 'org' && org !== undefined) throw new CliError('--org is for keys of kind org only', EXIT.usage);
  if (kind === 'org' && mintLimit !== undefined) {
    throw new CliError('--mint-limit is for keys of kind platform and admin: others create no credit', EXIT.usage);
  }
  const granted = scopes ?? (kind === 'admin' ? SCOPES : undefined);
  if (granted === undefined) throw new CliError(`--scopes is required: ${SCOPES.join(', ')}`, EXIT.usage);
  const { id, key } = createApiKey();
  const stored = {
    id,
    kind,
    org: org ?? null,
    name: name ?? `${kind} key`,
    scopes: granted,
    createdAt: new Date(),
    expiresAt: expires ?? null,
    allowedIps: ip ?? null,
    mintLimitMicros: mintLimit ?? null,
  };
  const made = await withDatabase(async (db, config) => {
    const pepper = getPeppers(config).current();
    if (org !== undefined && !(await findOrg(db, org))) throw new CliError(`there is no org ${org}`, EXIT.notFound);
    await insertApiKey(db, { ...stored, ...hashUnder(pepper, key) });
    return findApiKey(db, id);
  });
  if (!made) throw new CliError(`key ${id} was created but cannot be found again`);
  if (json === true) return printJson({ ...viewOfKey(made, Date.now()), key });
  console.log(`${key}\n\nThe key is shown only this once. Scopes: ${granted.join(', ')}.`);
}

async function rotateKey(
  id: string,
  { overlap = OVERLAP_DEFAULT_MS, expires, json }: { readonly overlap?: number; expires?: Date; json?: boolean },
): Promise<void> {
  const { id: successor, key } = createApiKey();
  const rotated = await withDatabase(async (db, config) =>
    rotateApiKey(db, {
      id,
      successor: { id: successor, ...hashUnder(getPeppers(config).current(), key) },
      expiresAt: expires,
      overlapMs: overlap,
      hands: [],
      at: new Date(),
    }),
  );
  if (rotated === 'unknown') throw new CliError(`there is no key ${id}`, EXIT.notFound);
  if (rotated === 'replaced') throw new CliError(`${id} has already been rotated: rotate the key that replaced it`);
  if (typeof rotated === 'string') throw new CliError(`${id} is ${rotated}: create a new key`);
  if (json === true) return printJson({ ...viewOfKey(rotated.key, Date.now()), key });
  console.log(`${key}\n\nThe key is shown only this once. ${id} stays valid for ${inHours(overlap)}.`);
}

async function listKeys({
  org,
  kind,
  json,
}: {
  readonly org?: string;
  readonly kind?: KeyKind;
  readonly json?: boolean;
}): Promise<void> {
  const found = await withDatabase(async (db) => listApiKeys(db, { org, kind, limit: LIST_MAX }));
  if (json === true) return printJson({ keys: found.map((key) => viewOfKey(key, Date.now())) });
  printTable(
    ['id', 'kind', 'org', 'name', 'scopes', 'state', 'from', 'mint limit', 'expires', 'last used'],
    found.map((key) => [
      key.id,
      key.kind,
      key.org,
      key.name,
      key.scopes.join('\n'),
      keyStateOf(key, Date.now()),
      key.allowedIps?.join('\n') ?? null,
      key.mintLimitMicros === null ? null : formatUsd(key.mintLimitMicros),
      key.expiresAt?.toISOString() ?? null,
      key.lastUsedAt?.toISOString() ?? null,
    ]),
  );
}

function inHours(ms: number): string {
  const hours = ms / 3_600_000;
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

/** `coffer keys`. */
export function addKeys(program: Command): void {
  const keys = program.command('keys').description('API keys');
  addCreate(keys);

  keys
    .command('list')
    .description(`list keys, newest first, up to ${LIST_MAX}`)
    .option('--org <id>', 'only those bound to this org', readOrgId)
    .option('--kind <kind>', 'only those: org, platform or admin', readKind)
    .option('--json', 'print JSON')
    .action(listKeys);

  keys
    .command('rotate')
    .description('replace a key by a new one; the old one stays valid for a while')
    .argument('<id>', 'the 8 characters after ck_live_')
    .option('--overlap <hours>', 'how long the old key stays valid (default: 24)', readOverlap)
    .option('--expires <when>', 'when the new key expires (default: with the lifetime of the old one)', readExpiry)
    .option('--json', 'print JSON')
    .action(rotateKey);

  keys
    .command('revoke')
    .description('revoke a key for good; running services refuse it within 5 seconds')
    .argument('<id>', 'the 8 characters after ck_live_')
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const revoked = await withDatabase(async (db) => revokeApiKey(db, id, new Date()));
      if (!revoked) throw new CliError(`there is no key ${id}`, EXIT.notFound);
      if (json === true) printJson({ id, revoked });
      else console.log(`revoked ${id}`);
    });
}

function addCreate(keys: Command): void {
  keys
    .command('create')
    .description('create a key; its secret is shown once')
    .option('--org <id>', 'the org of a key of kind org', readOrgId)
    .option('--scopes <list>', `comma-separated: ${SCOPES.join(', ')} (kind admin: all unless given)`, readScopes)
    .option('--kind <kind>', 'org: bound to one org; platform, admin: name the org in each call', readKind, 'org')
    .option('--name <name>', 'a name for people', readName)
    .option('--expires <when>', 'ISO 8601 time with a zone, or days from now such as 90d', readExpiry)
    .option('--ip <list>', 'comma-separated addresses or ranges from which the key may be used', readIpRanges)
    .option('--mint-limit <usd>', 'above it, what the key gives away waits for a second person', readUsdOrZero)
    .option('--json', 'print JSON')
    .action(createKey);
}
