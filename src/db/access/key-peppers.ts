/** Under which peppers keys are hashed: counts and lists them, and replaces hashes. */
import type { KeyHash } from '../../core/access/api-key.ts';
import type { Database } from '../database.ts';
import { changeRows, count, listRows, orNull, textOf, timeOf } from '../rows.ts';

/** A key's hash under another pepper. */
export interface FreshHash extends KeyHash {
  readonly id: string;
  readonly pepper: string;
  /** The hash that it replaces. */
  readonly before: Buffer;
}

/**
 * Replaces the hashes of keys, except where a hash is another than the one before by now, and where somebody is changing
 * the key at the moment.
 */
export async function replaceKeyHashes(db: Database, fresh: readonly FreshHash[]): Promise<void> {
  await changeRows(
    db,
    `UPDATE api_key SET secret_hash = fresh.hash, pepper = fresh.pepper FROM (
       SELECT id, decode(given.hash, 'hex') AS hash, given.pepper
       FROM api_key AS stored JOIN unnest(:ids::text[], :befores::text[], :hashes::text[], :peppers::text[])
         AS given (id, before, hash, pepper) USING (id)
       WHERE stored.secret_hash = decode(given.before, 'hex') ORDER BY id FOR NO KEY UPDATE OF stored SKIP LOCKED) AS fresh
     WHERE api_key.id = fresh.id`,
    {
      ids: fresh.map(({ id }) => id),
      befores: fresh.map(({ before }) => before.toString('hex')),
      hashes: fresh.map(({ secretHash }) => secretHash.toString('hex')),
      peppers: fresh.map(({ pepper }) => pepper),
    },
  );
}

/** How many keys are hashed under a pepper, of those that are neither revoked nor expired. */
export interface PepperUse {
  /** Null: keys whose hash was made by a version that did not name the pepper. */
  readonly pepper: string | null;
  readonly liveKeys: number;
}

const IS_LIVE = 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)';

/** Each pepper that a live key names, with the number of such keys. */
export async function countKeysByPepper(db: Database, now: Date): Promise<PepperUse[]> {
  return listRows(
    db,
    (row) => ({ pepper: orNull(row['pepper'], textOf), liveKeys: count(row['live_keys']) }),
    `SELECT pepper, count(*)::bigint AS live_keys FROM api_key WHERE ${IS_LIVE} GROUP BY pepper ORDER BY pepper`,
    { now },
  );
}

/** A live key, as the list of a pepper shows it. */
export interface KeyUnderPepper {
  readonly id: string;
  readonly name: string;
  readonly org: string | null;
  readonly lastUsedAt: Date | null;
}

/** Live keys that are hashed under a pepper (null: those that name none), those that were used last first. */
export async function listKeysUnder(
  db: Database,
  { pepper, now, limit }: { readonly pepper: string | null; readonly now: Date; readonly limit: number },
): Promise<KeyUnderPepper[]> {
  return listRows(
    db,
    (row) => ({
      id: textOf(row['id']),
      name: textOf(row['name']),
      org: orNull(row['org'], textOf),
      lastUsedAt: orNull(row['last_used_at'], timeOf),
    }),
    `SELECT id, name, org, last_used_at FROM api_key
     WHERE pepper IS NOT DISTINCT FROM :pepper::text AND ${IS_LIVE}
     ORDER BY last_used_at DESC NULLS LAST, id LIMIT :limit`,
    { pepper, now, limit },
  );
}
