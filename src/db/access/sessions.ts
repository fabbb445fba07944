/** The table of sign-in sessions. */
import { ROLES, type Role } from '../../core/access/roles.ts';
import type { Identity } from '../../core/access/identity.ts';
import type { Session } from '../../core/access/session.ts';
import type { Database } from '../database.ts';
import { changeRows, findRow, listOf, listRows, orNull, rowOf, textOf, timeMsOf, truth, type Row } from '../rows.ts';

/** How long an ended session is kept, so that its sign-in makes no second one. */
const KEPT_MS = 86_400_000;
/** Most old sessions that are dropped at once. */
const DROPPED_MAX = 100;

/** A session that is not stored yet. */
export interface NewSession {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly attemptHash: Buffer;
  readonly identity: Identity;
  readonly provenAt: Date | null;
  readonly refresh: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/**
 * Stores a session, and drops some that are over.
 * @returns whether it was stored; not when its sign-in made one before
 */
export async function storeSession(db: Database, one: NewSession): Promise<boolean> {
  const stored = await changeRows(
    db,
    `INSERT INTO sign_in_session (id, token_hash, attempt_hash, user_id, rights, rights_at, refresh, proven_at,
       created_at, seen_at, expires_at)
     VALUES (:id, :tokenHash, :attemptHash, :user, :rights, :at, :refresh, :provenAt, :at, :at, :expiresAt)
     ON CONFLICT (attempt_hash) DO NOTHING`,
    {
      id: one.id,
      tokenHash: one.tokenHash,
      attemptHash: one.attemptHash,
      user: one.identity.user,
      rights: JSON.stringify(rightsOf(one.identity)),
      refresh: one.refresh,
      provenAt: one.provenAt,
      at: one.createdAt,
      expiresAt: one.expiresAt,
    },
  );
  const before = new Date(one.createdAt.getTime() - KEPT_MS);
  await changeRows(
    db,
    `DELETE FROM sign_in_session WHERE id IN
       (SELECT id FROM sign_in_session WHERE expires_at < :before ORDER BY expires_at LIMIT :limit)`,
    { before, limit: DROPPED_MAX },
  );
  return stored === 1;
}

/** The session under the hash of what a cookie holds, whatever its state. */
export async function findSession(db: Database, tokenHash: Buffer): Promise<Session | undefined> {
  return findRow(
    db,
    sessionOf,
    `SELECT id, user_id, rights, rights_at, refresh, proven_at, seen_at, expires_at, ended_at
     FROM sign_in_session WHERE token_hash = :tokenHash`,
    { tokenHash },
  );
}

/** Notes that a session is in use, once within `everyMs` whatever the number of processes. */
export async function touchSession(db: Database, id: string, at: Date, everyMs: number): Promise<void> {
  await changeRows(
    db,
    'UPDATE sign_in_session SET seen_at = :at WHERE id = :id AND ended_at IS NULL AND seen_at <= :before',
    { id, at, before: new Date(at.getTime() - everyMs) },
  );
}

/** Takes on to ask the issuer for the rights of a session again. @returns whether nobody else does until then */
export async function claimAsking(db: Database, id: string, at: Date, until: Date): Promise<boolean> {
  const sql = `UPDATE sign_in_session SET asking_until = :until
    WHERE id = :id AND ended_at IS NULL AND (asking_until IS NULL OR asking_until <= :at)`;
  return (await changeRows(db, sql, { id, at, until })) === 1;
}

/** Stores what the issuer said of a session's person. */
export async function storeRights(
  db: Database,
  id: string,
  { identity, refresh, at }: { readonly identity: Identity; readonly refresh: string | null; readonly at: Date },
): Promise<void> {
  await changeRows(
    db,
    `UPDATE sign_in_session SET rights = :rights, rights_at = :at, refresh = :refresh, asking_until = NULL
     WHERE id = :id AND ended_at IS NULL`,
    { id, rights: JSON.stringify(rightsOf(identity)), at, refresh },
  );
}

/** Ends a session. Ending it again changes nothing. */
export async function endSession(db: Database, tokenHash: Buffer, at: Date): Promise<void> {
  const sql =
    'UPDATE sign_in_session SET ended_at = :at, refresh = NULL WHERE token_hash = :tokenHash AND ended_at IS NULL';
  await changeRows(db, sql, { tokenHash, at });
}

/** Ends every session of a person. @returns the hashes under which they are found */
export async function endSessionsOf(db: Database, user: string, at: Date): Promise<string[]> {
  return listRows(
    db,
    (row) => textOf(row['hash']),
    `UPDATE sign_in_session SET ended_at = :at, refresh = NULL WHERE user_id = :user AND ended_at IS NULL
     RETURNING encode(token_hash, 'hex') AS hash`,
    { user, at },
  );
}

/** Removes every trace of a person's sessions. */
export async function dropSessionsOf(db: Database, user: string): Promise<void> {
  await changeRows(db, 'DELETE FROM sign_in_session WHERE user_id = ?', [user]);
}

function rightsOf({ roles, isPlatformAdmin, isPlatformFinance, trueClaims }: Identity): Row {
  const named = { roles: Object.fromEntries(roles), claims: [...trueClaims] };
  return { ...named, admin: isPlatformAdmin, finance: isPlatformFinance };
}

function sessionOf(row: Row): Session {
  const rights = rowOf(row['rights']);
  const roles = Object.entries(rowOf(rights['roles'])).flatMap(([org, held]): [string, Role][] => {
    // A role that this version does not know grants nothing.
    const role = ROLES.find((one) => one === held);
    return role === undefined ? [] : [[org, role]];
  });
  return {
    id: textOf(row['id']),
    identity: {
      user: textOf(row['user_id']),
      roles: new Map(roles),
      isPlatformAdmin: truth(rights['admin']),
      isPlatformFinance: truth(rights['finance']),
      trueClaims: new Set(listOf(rights['claims'], textOf)),
    },
    rightsAtMs: timeMsOf(row['rights_at']),
    provenAtMs: orNull(row['proven_at'], timeMsOf),
    seenAtMs: timeMsOf(row['seen_at']),
    expiresAtMs: timeMsOf(row['expires_at']),
    endedAtMs: orNull(row['ended_at'], timeMsOf),
    refresh: orNull(row['refresh'], textOf),
  };
}
