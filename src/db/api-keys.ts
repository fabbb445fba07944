import { KEY_KINDS, SCOPES, type KeyKind, type KeyTerms, type Scope } from '../core/api-key.ts';
import type { Database } from './database.ts';

/** A key as it is kept: everything but the secret. */
export interface ApiKey extends KeyTerms {
  readonly id: string;
  readonly kind: KeyKind;
  /** Set exactly for keys of kind `org`. */
  readonly org: string | null;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  /** Exact to a minute. */
  readonly lastUsedAt: Date | null;
}

interface KeyRow {
  id: string;
  kind: string;
  org: string | null;
  name: string;
  scopes: string[];
  secret_hash: Buffer;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

const KEY_COLUMNS = 'id, kind, org, name, scopes, secret_hash, created_at, expires_at, revoked_at, last_used_at';

function keyOf(row: KeyRow): ApiKey {
  const kind = KEY_KINDS.find((one) => one === row.kind);
  if (!kind) throw new TypeError(`api_key ${row.id} has an unknown kind`);
  return {
    id: row.id,
    kind,
    org: row.org,
    name: row.name,
    // A scope that this version does not know opens nothing.
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    secretHash: row.secret_hash,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}

/** Stores a new key. */
export async function insertApiKey(
  db: Database,
  key: Pick<ApiKey, 'id' | 'kind' | 'org' | 'name' | 'scopes' | 'secretHash' | 'createdAt' | 'expiresAt'>,
): Promise<void> {
  await db.raw(
    `INSERT INTO api_key (id, kind, org, name, scopes, secret_hash, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [key.id, key.kind, key.org, key.name, [...key.scopes], key.secretHash, key.createdAt, key.expiresAt],
  );
}

/** The key with that id, whatever its state. */
export async function findApiKey(db: Database, id: string): Promise<ApiKey | undefined> {
  const result: { rows: KeyRow[] } = await db.raw(`SELECT ${KEY_COLUMNS} FROM api_key WHERE id = ?`, [id]);
  const row = result.rows[0];
  return row && keyOf(row);
}

/** Keys of an org, or of the whole deployment, newest first. */
export async function listApiKeys(
  db: Database,
  filter: { readonly org?: string | undefined; readonly limit: number },
): Promise<ApiKey[]> {
  const result: { rows: KeyRow[] } = await db.raw(
    `SELECT ${KEY_COLUMNS} FROM api_key WHERE (?::uuid IS NULL OR org = ?::uuid) ORDER BY created_at DESC, id LIMIT ?`,
    [filter.org ?? null, filter.org ?? null, filter.limit],
  );
  return result.rows.map(keyOf);
}

/** Revokes a key for ever; the first time counts. False when there is no such key. */
export async function revokeApiKey(db: Database, id: string, at: Date): Promise<boolean> {
  const result: { rows: unknown[] } = await db.raw(
    'UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ? RETURNING id',
    [at, id],
  );
  return result.rows.length > 0;
}

/** Notes that a key was used, unless a use after `notedBefore` has been noted already. */
export async function touchApiKey(db: Database, id: string, at: Date, notedBefore: Date): Promise<void> {
  await db.raw('UPDATE api_key SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)', [
    at,
    id,
    notedBefore,
  ]);
}
