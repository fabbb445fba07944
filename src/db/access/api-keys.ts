/** The table of API keys: stores, finds, rotates and revokes them. */
import { KEY_KINDS, SCOPES, type KeyKind, type KeyTerms, type Scope } from '../../core/access/api-key.ts';
import { Refusal } from '../../core/errors.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import {
  bytesOf,
  changeRows,
  findRow,
  listOf,
  listRows,
  micros,
  oneOf,
  orNull,
  textOf,
  timeOf,
  type Row,
} from '../rows.ts';

/** A stored key: everything but the secret. */
export interface ApiKey extends KeyTerms {
  readonly id: string;
  readonly kind: KeyKind;
  /** Set for keys of kind `org`, null for all others. */
  readonly org: string | null;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  /** Accurate to a minute. */
  readonly lastUsedAt: Date | null;
  /** Ranges in CIDR form from which it may be used; null: from anywhere. */
  readonly allowedIps: readonly string[] | null;
  /** The key that replaces it; both work until this one expires. */
  readonly replacedBy: string | null;
  /** Above it, in micros, its calls that create credit wait for a second person; null: the deployment's limit holds alone. */
  readonly mintLimitMicros: bigint | null;
  /** Everybody behind it, as `key:<id>` or `user:<id>`: its creator, that key's creator, and so on. */
  readonly madeBy: readonly string[];
}

const KEY_COLUMNS = `id, kind, org, name, scopes, secret_hash, pepper, created_at, expires_at, revoked_at, last_used_at,
  allowed_ips, replaced_by, made_by, mint_limit`;

function keyOf(row: Row): ApiKey {
  const scopes = new Set(textsOf(row['scopes']));
  return {
    id: textOf(row['id']),
    kind: oneOf(KEY_KINDS, row['kind']),
    org: orNull(row['org'], textOf),
    name: textOf(row['name']),
    // A scope that this version does not know grants nothing.
    scopes: SCOPES.filter((scope) => scopes.has(scope)),
    secretHash: bytesOf(row['secret_hash']),
    pepper: orNull(row['pepper'], textOf),
    createdAt: timeOf(row['created_at']),
    expiresAt: orNull(row['expires_at'], timeOf),
    revokedAt: orNull(row['revoked_at'], timeOf),
    lastUsedAt: orNull(row['last_used_at'], timeOf),
    allowedIps: orNull(row['allowed_ips'], textsOf),
    replacedBy: orNull(row['replaced_by'], textOf),
    madeBy: textsOf(row['made_by']),
    mintLimitMicros: orNull(row['mint_limit'], micros),
  };
}

function textsOf(value: unknown): string[] {
  return listOf(value, textOf);
}

/** A key that is not stored yet. */
export type NewApiKey = Pick<
  ApiKey,
  'id' | 'kind' | 'org' | 'name' | 'scopes' | 'secretHash' | 'createdAt' | 'expiresAt'
> &
  Partial<Pick<ApiKey, 'pepper' | 'allowedIps' | 'madeBy' | 'mintLimitMicros'>>;

/**
 * Stores a new key. It waits for a closing of its org that is in progress.
 * @throws Refusal ORG_SUSPENDED when the org is closed.
 */
export async function insertApiKey(db: Database | DatabaseTransaction, key: NewApiKey): Promise<void> {
  const { pepper = null, allowedIps = null, madeBy = [], mintLimitMicros = null } = key;
  const stored = await changeRows(
    db,
    `WITH home AS MATERIALIZED (SELECT closed_at FROM org WHERE id = ?::uuid FOR KEY SHARE)
     INSERT INTO api_key (id, kind, org, name, scopes, secret_hash, pepper, created_at, expires_at, allowed_ips, made_by,
       mint_limit)
     SELECT ?, ?, ?::uuid, ?, ?::text[], ?::bytea, ?, ?::timestamptz, ?::timestamptz, ?::text[], ?::text[], ?::bigint
     WHERE NOT EXISTS (SELECT FROM home WHERE closed_at IS NOT NULL)`,
    [
      key.org,
      key.id,
      key.kind,
      key.org,
      key.name,
      [...key.scopes],
      key.secretHash,
      pepper,
      key.createdAt,
      key.expiresAt,
      allowedIps && [...allowedIps],
      [...madeBy],
      mintLimitMicros === null ? null : String(mintLimitMicros),
    ],
  );
  if (stored === 0) throw new Refusal('ORG_SUSPENDED', 'the org is closed, so that it gets no keys');
}

/** The key with that id, whatever its state. */
export async function findApiKey(db: Database, id: string): Promise<ApiKey | undefined> {
  return findRow(db, keyOf, `SELECT ${KEY_COLUMNS} FROM api_key WHERE id = ?`, [id]);
}

/** The key with that id, locked until the transaction ends. */
async function lockApiKey(trx: DatabaseTransaction, id: string): Promise<ApiKey | undefined> {
  return findRow(trx, keyOf, `SELECT ${KEY_COLUMNS} FROM api_key WHERE id = ? FOR UPDATE`, [id]);
}

/** The last key of the page before. */
export interface KeyPosition {
  readonly createdAtMs: number;
  readonly id: string;
}

/** Keys of an org, or of the whole deployment, newest first. */
export async function listApiKeys(
  db: Database,
  filter: {
    readonly org?: string | undefined;
    readonly kind?: KeyKind | undefined;
    readonly after?: KeyPosition | undefined;
    readonly limit: number;
  },
): Promise<ApiKey[]> {
  const { org = null, kind = null, after, limit } = filter;
  return listRows(
    db,
    keyOf,
    `SELECT ${KEY_COLUMNS} FROM api_key
     WHERE (:org::uuid IS NULL OR org = :org::uuid) AND (:kind::text IS NULL OR kind = :kind::text)
       AND (:id::text IS NULL OR (created_at, id) < (:createdAt::timestamptz, :id::text))
     ORDER BY created_at DESC, id DESC LIMIT :limit`,
    { org, kind, id: after?.id ?? null, createdAt: after ? new Date(after.createdAtMs) : null, limit },
  );
}

/**
 * Revokes a key for good; a second call keeps the first time. False when there is no such key.
 * @param org only a key that is bound to this org
 */
export async function revokeApiKey(db: Database, id: string, at: Date, org: string | null = null): Promise<boolean> {
  const revoke = `UPDATE api_key SET revoked_at = coalesce(revoked_at, :at)
    WHERE id = :id AND (:org::uuid IS NULL OR org = :org::uuid)`;
  return (await changeRows(db, revoke, { id, at, org })) > 0;
}

/** Revokes for good every key that is bound to an org. @returns their ids */
export async function revokeKeysOf(trx: DatabaseTransaction, org: string, at: Date): Promise<string[]> {
  const sql = 'UPDATE api_key SET revoked_at = ? WHERE org = ? AND revoked_at IS NULL RETURNING id';
  return listRows(trx, (row) => textOf(row['id']), sql, [at, org]);
}

/** Ids of the keys that were used last, at most `limit`. */
export async function listUsedKeyIds(db: Database, limit: number): Promise<string[]> {
  return listRows(
    db,
    (row) => textOf(row['id']),
    'SELECT id FROM api_key WHERE last_used_at IS NOT NULL AND revoked_at IS NULL ORDER BY last_used_at DESC LIMIT ?',
    [limit],
  );
}

/**
 * Notes that keys were used, except where a use after `notedBefore` is noted already, and where somebody is changing the
 * key at the moment. It waits for nothing: neither for locks nor for a synchronous standby. A crash may lose the note.
 */
export async function noteKeyUses(db: Database, ids: readonly string[], at: Date, notedBefore: Date): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.raw("SELECT set_config('synchronous_commit', 'off', true)");
    await trx.raw(
      `UPDATE api_key SET last_used_at = :at FROM (
         SELECT id FROM api_key WHERE id = ANY(:ids::text[]) AND (last_used_at IS NULL OR last_used_at <= :notedBefore)
         ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) AS used
       WHERE api_key.id = used.id`,
      { ids: [...ids], at, notedBefore },
    );
  });
}

/** Why a key cannot be rotated; `unknown`: there is no such key. */
export type RotationRefusal = 'unknown' | 'revoked' | 'expired' | 'replaced';

/** A rotation: the key that replaces another one, and for how long the replaced key still works. */
export interface Rotation {
  readonly id: string;
  readonly successor: Pick<ApiKey, 'id' | 'secretHash' | 'pepper'>;
  /** Undefined: it lives as long as the replaced key was made to live. */
  readonly expiresAt: Date | undefined;
  readonly overlapMs: number;
  /** The one who asks for it, and everybody behind that one. */
  readonly hands: readonly string[];
  readonly at: Date;
}

/**
 * Stores a key with the rights of another one, which works for the overlap and no longer. Keys that the replaced one had
 * itself replaced end at once, so that at most two keys of a line work; `ended` lists the keys whose end was moved.
 */
export async function rotateApiKey(
  db: Database,
  { id, successor, expiresAt, overlapMs, hands, at }: Rotation,
): Promise<{ readonly key: ApiKey; readonly ended: readonly string[] } | RotationRefusal> {
  return db.transaction(async (trx) => {
    const old = await lockApiKey(trx, id);
    if (!old) return 'unknown';
    if (old.revokedAt !== null) return 'revoked';
    if (old.expiresAt !== null && old.expiresAt <= at) return 'expired';
    if (old.replacedBy !== null) return 'replaced';
    const lifeMs = old.expiresAt && old.expiresAt.getTime() - old.createdAt.getTime();
    const key: NewApiKey = {
      ...old,
      ...successor,
      createdAt: at,
      expiresAt: expiresAt ?? (lifeMs === null ? null : new Date(at.getTime() + lifeMs)),
      madeBy: [...new Set([...old.madeBy, `key:${old.id}`, ...hands])],
    };
    await insertApiKey(trx, key);
    await trx.raw('UPDATE api_key SET replaced_by = ?, expires_at = least(expires_at, ?) WHERE id = ?', [
      successor.id,
      new Date(at.getTime() + overlapMs),
      id,
    ]);
    const before = await listRows(
      trx,
      (row) => textOf(row['id']),
      'UPDATE api_key SET expires_at = ? WHERE replaced_by = ? AND expires_at > ? RETURNING id',
      [at, id, at],
    );
    const stored = await lockApiKey(trx, successor.id);
    if (!stored) throw new Error('the key was not written');
    return { key: stored, ended: [id, ...before] };
  });
}
