/** The endpoints to which the events of a log are sent. Callers seal secrets before they pass them. */
import { isEventKind, type EventKind } from '../../core/events/kinds.ts';
import type { Database } from '../database.ts';
import { checkCursor, findLogEnd } from '../events/log.ts';
import { changeRows, findRow, listOf, listRows, oneOf, orNull, textOf, timeOf, type Row } from '../rows.ts';

const DISABLED_REASONS = ['failing', 'gone', 'by_hand'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

export interface WebhookEndpoint {
  readonly id: string;
  readonly log: string;
  readonly url: string;
  readonly description: string | null;
  /** The kinds of events that it gets; null: all except those that must be named. */
  readonly kinds: readonly EventKind[] | null;
  /** Sealed. */
  readonly secret: string;
  /** Sealed; also signs until it expires. */
  readonly previousSecret: string | null;
  readonly previousExpiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly disabledReason: DisabledReason | null;
  /** Since when every attempt has failed; null when the last one succeeded. */
  readonly failingSince: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The select list that {@link endpointOf} reads, of a table or alias called `w`. */
export const ENDPOINT_COLUMNS = `w.id, w.log, w.url, w.description, w.kinds, w.secret, w.previous_secret,
  w.previous_expires_at, w.disabled_at, w.disabled_reason, w.failing_since, w.created_at, w.updated_at`;

/** The endpoint in a row. Kinds that this version does not know are left out. */
export function endpointOf(row: Row): WebhookEndpoint {
  return {
    id: textOf(row['id']),
    log: textOf(row['log']),
    url: textOf(row['url']),
    description: orNull(row['description'], textOf),
    kinds: orNull(row['kinds'], (kinds) => listOf(kinds, textOf).filter(isEventKind)),
    secret: textOf(row['secret']),
    previousSecret: orNull(row['previous_secret'], textOf),
    previousExpiresAt: orNull(row['previous_expires_at'], timeOf),
    disabledAt: orNull(row['disabled_at'], timeOf),
    disabledReason: orNull(row['disabled_reason'], (reason) => oneOf(DISABLED_REASONS, reason)),
    failingSince: orNull(row['failing_since'], timeOf),
    createdAt: timeOf(row['created_at']),
    updatedAt: timeOf(row['updated_at']),
  };
}

/** An endpoint of one log. */
export interface EndpointRef {
  readonly log: string;
  readonly id: string;
}

/**
 * Stores a new endpoint. It gets the events after the position `after`, or those after now if none is given. Undefined
 * when the log has `most` endpoints already.
 * @throws Refusal CURSOR_AHEAD when the log never gave `after` out.
 */
export async function insertEndpoint(
  db: Database,
  endpoint: Pick<WebhookEndpoint, 'id' | 'log' | 'url' | 'description' | 'kinds' | 'secret' | 'createdAt'> & {
    readonly after: number | undefined;
    readonly most: number;
  },
): Promise<WebhookEndpoint | undefined> {
  const { id, log, url, description, kinds, secret, createdAt, after, most } = endpoint;
  if (after !== undefined) checkCursor(after, await findLogEnd(db, log));
  return findRow(
    db,
    endpointOf,
    `INSERT INTO webhook_endpoint AS w
       (id, log, url, description, kinds, secret, position, created_at, updated_at)
     SELECT :id, :log, :url, :description, :kinds::text[], :secret, coalesce(:after::bigint, head), :at, :at
     FROM (SELECT coalesce((SELECT position FROM event_log WHERE log = :log), 0) AS head) now
     WHERE (SELECT count(*) FROM webhook_endpoint WHERE log = :log) < :most
     RETURNING ${ENDPOINT_COLUMNS}`,
    {
      id,
      log,
      url,
      description,
      kinds: kinds === null ? null : [...kinds],
      secret,
      after: after ?? null,
      at: createdAt,
      most,
    },
  );
}

/** Endpoints of a log, or (undefined) of all, newest first. `beforeId` is the last id of the page before. */
export async function listEndpoints(
  db: Database,
  page: { readonly log: string | undefined; readonly limit: number; readonly beforeId?: string | undefined },
): Promise<WebhookEndpoint[]> {
  return listRows(
    db,
    endpointOf,
    `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoint w
     WHERE (:log::uuid IS NULL OR w.log = :log::uuid) AND (:beforeId::uuid IS NULL OR w.id < :beforeId::uuid)
     ORDER BY w.id DESC LIMIT :limit`,
    { log: page.log ?? null, beforeId: page.beforeId ?? null, limit: page.limit },
  );
}

/** The endpoint of that log with that id, if there is one. */
export async function findEndpoint(db: Database, { log, id }: EndpointRef): Promise<WebhookEndpoint | undefined> {
  const select = `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoint w WHERE w.log = ? AND w.id = ?`;
  return findRow(db, endpointOf, select, [log, id]);
}

/** The endpoint with that id in any log: for operators. */
export async function findEndpointById(db: Database, id: string): Promise<WebhookEndpoint | undefined> {
  return findRow(db, endpointOf, `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoint w WHERE w.id = ?`, [id]);
}

/** New values of an endpoint; one that is left out keeps its value. */
export interface EndpointChange {
  readonly url?: string | undefined;
  readonly description?: string | null | undefined;
  readonly kinds?: readonly EventKind[] | null | undefined;
  /** True: continues from where it stopped. */
  readonly enabled?: boolean | undefined;
}

/** Changes an endpoint; undefined when there is no such endpoint. */
export async function changeEndpoint(
  db: Database,
  { log, id, at, ...change }: EndpointRef & EndpointChange & { readonly at: Date },
): Promise<WebhookEndpoint | undefined> {
  const { url, description, kinds, enabled } = change;
  return findRow(
    db,
    endpointOf,
    `UPDATE webhook_endpoint w SET url = coalesce(:url, url),
       description = CASE WHEN :describes THEN :description ELSE description END,
       kinds = CASE WHEN :picks THEN :kinds::text[] ELSE kinds END,
       disabled_at = CASE :enabled WHEN 'true' THEN NULL WHEN 'false' THEN coalesce(disabled_at, :at) ELSE disabled_at END,
       disabled_reason = CASE :enabled WHEN 'true' THEN NULL WHEN 'false' THEN coalesce(disabled_reason, 'by_hand')
         ELSE disabled_reason END,
       failing_since = CASE :enabled WHEN 'true' THEN NULL ELSE failing_since END, updated_at = :at
     WHERE log = :log AND id = :id RETURNING ${ENDPOINT_COLUMNS}`,
    {
      log,
      id,
      at,
      url: url ?? null,
      describes: description !== undefined,
      description: description ?? null,
      picks: kinds !== undefined,
      kinds: kinds === undefined || kinds === null ? null : [...kinds],
      enabled: enabled === undefined ? '' : String(enabled),
    },
  );
}

/** Removes an endpoint with its deliveries. False when there is no such endpoint. */
export async function removeEndpoint(db: Database, { log, id }: EndpointRef): Promise<boolean> {
  return (await changeRows(db, 'DELETE FROM webhook_endpoint WHERE log = ? AND id = ?', [log, id])) > 0;
}

/** Gives an endpoint a new secret; the previous one also signs until `previousExpiresAt`. */
export async function replaceSecret(
  db: Database,
  {
    log,
    id,
    secret,
    at,
    previousExpiresAt,
  }: EndpointRef & { readonly secret: string; readonly at: Date; readonly previousExpiresAt: Date },
): Promise<WebhookEndpoint | undefined> {
  return findRow(
    db,
    endpointOf,
    `UPDATE webhook_endpoint w SET secret = ?, previous_secret = secret, previous_expires_at = ?, updated_at = ?
     WHERE log = ? AND id = ? AND (previous_expires_at IS NULL OR previous_expires_at <= ? OR ?::timestamptz <= ?)
     RETURNING ${ENDPOINT_COLUMNS}`,
    [secret, previousExpiresAt, at, log, id, at, previousExpiresAt, at],
  );
}

/** The sealed secrets of endpoints with ids above `after`, in order of id. */
export async function listSealedSecrets(
  db: Database,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<Pick<WebhookEndpoint, 'id' | 'secret' | 'previousSecret'>[]> {
  return listRows(
    db,
    endpointOf,
    `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoint w WHERE (:after::uuid IS NULL OR w.id > :after::uuid)
     ORDER BY w.id LIMIT :limit`,
    { after: page.after ?? null, limit: page.limit },
  );
}

/** Replaces sealed secrets with newly sealed ones; false when they have changed since they were read. */
export async function replaceSealed(
  db: Database,
  before: Pick<WebhookEndpoint, 'id' | 'secret' | 'previousSecret'>,
  after: Pick<WebhookEndpoint, 'secret' | 'previousSecret'>,
): Promise<boolean> {
  const replaced = await changeRows(
    db,
    `UPDATE webhook_endpoint SET secret = ?, previous_secret = ?
     WHERE id = ? AND secret = ? AND previous_secret IS NOT DISTINCT FROM ?`,
    [after.secret, after.previousSecret, before.id, before.secret, before.previousSecret],
  );
  return replaced > 0;
}
