/** The table of refused commands: those of the last days, up to a number for each org. */
import type { Database } from '../database.ts';
import { changeRows, listRows, orNull, textOf, timeOf, type Row } from '../rows.ts';

/** How long a refused command is kept. */
export const KEPT_MS = 7 * 24 * 3_600_000;
/** How many are kept for one org, those refused last. A process looks after {@link PRUNED_EVERY} of its own. */
const KEPT_MAX = 10_000;
/** After so many of an org, the oldest beyond {@link KEPT_MAX} are deleted. */
export const PRUNED_EVERY = 500;
/** Most refusals of one request that are answered. */
export const OF_REQUEST_MAX = 20;
/** Most rows that one statement deletes. */
const DELETED_AT_ONCE = 10_000;

/** A refused command as it is stored. */
export interface RefusedRow {
  /** Time-ordered; the sealed text is bound to it. */
  readonly id: string;
  readonly org: string;
  readonly requestId: string;
  readonly at: Date;
  /** The user whom the command names. */
  readonly user: string | null;
  readonly sealed: string;
}

/** The name under which the text of a row is sealed. */
export function contextOf(id: string): string {
  return `refused_command/${id}`;
}

/** Stores refused commands in one statement. */
export async function storeRefusals(db: Database, rows: readonly RefusedRow[]): Promise<void> {
  await db.raw(
    `INSERT INTO refused_command (id, org, request_id, at, user_id, sealed)
     SELECT id, org, request_id, at, nullif(user_id, ''), sealed
     FROM unnest(:ids::uuid[], :orgs::uuid[], :requests::text[], :at::timestamptz[], :users::text[], :sealed::text[])
       AS refused (id, org, request_id, at, user_id, sealed) ON CONFLICT (id) DO NOTHING`,
    {
      ids: rows.map(({ id }) => id),
      orgs: rows.map(({ org }) => org),
      requests: rows.map(({ requestId }) => requestId),
      at: rows.map(({ at }) => at),
      users: rows.map(({ user }) => user ?? ''),
      sealed: rows.map(({ sealed }) => sealed),
    },
  );
}

/** Deletes what an org has beyond the number that is kept. @param keptMax how many that is. @returns how many were deleted */
export async function pruneRefusals(db: Database, org: string, keptMax: number = KEPT_MAX): Promise<number> {
  return changeRows(
    db,
    `DELETE FROM refused_command WHERE id IN (
       SELECT id FROM refused_command WHERE org = ? ORDER BY id DESC OFFSET ? LIMIT ${DELETED_AT_ONCE})`,
    [org, keptMax],
  );
}

/** Deletes what is older than {@link KEPT_MS}. @returns how many; at DELETED_AT_ONCE there may be more */
export async function dropOldRefusals(db: Database, nowMs: number): Promise<number> {
  return changeRows(
    db,
    `DELETE FROM refused_command WHERE id IN (
       SELECT id FROM refused_command WHERE at < ? ORDER BY at LIMIT ${DELETED_AT_ONCE})`,
    [new Date(nowMs - KEPT_MS)],
  );
}

/** Deletes the refused commands that name a user. @returns how many */
export async function forgetRefusalsOf(db: Database, user: string): Promise<number> {
  return changeRows(db, 'DELETE FROM refused_command WHERE user_id = ?', [user]);
}

/**
 * The refused commands of a request, in order, up to {@link OF_REQUEST_MAX}; none that is older than {@link KEPT_MS}.
 * @param org whose they are; undefined: whoever asks may see those of every org
 */
export async function listRefusals(
  db: Database,
  { org, requestId, nowMs }: { readonly org: string | undefined; readonly requestId: string; readonly nowMs: number },
): Promise<RefusedRow[]> {
  return listRows(
    db,
    refusedOf,
    `SELECT id, org, request_id, at, user_id, sealed FROM refused_command
     WHERE (:org::uuid IS NULL OR org = :org::uuid) AND request_id = :requestId AND at >= :since
     ORDER BY id LIMIT ${OF_REQUEST_MAX}`,
    { org: org ?? null, requestId, since: new Date(nowMs - KEPT_MS) },
  );
}

function refusedOf(row: Row): RefusedRow {
  return {
    id: textOf(row['id']),
    org: textOf(row['org']),
    requestId: textOf(row['request_id']),
    at: timeOf(row['at']),
    user: orNull(row['user_id'], textOf),
    sealed: textOf(row['sealed']),
  };
}
