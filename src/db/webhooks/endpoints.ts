/** Where the events of a log are sent to. Secrets are sealed before they come here. */
import { isEventKind, type EventKind } from '../../core/events/kinds.ts';
import type { Database } from '../database.ts';

export type DisabledReason = 'failing' | 'gone' | 'by_hand';

export interface WebhookEndpoint {
  readonly id: string;
  readonly log: string;
  readonly url: string;
  readonly description: string | null;
  /** Null: all but those that must be named. */
  readonly kinds: readonly EventKind[] | null;
  /** Sealed. */
  readonly secret: string;
  /** Sealed; signs too until it ends. */
  readonly previousSecret: string | null;
  readonly previousExpiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly disabledReason: DisabledReason | null;
  /** Since when nothing got through; null while things do. */
  readonly failingSince: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A row as {@link ENDPOINT_COLUMNS} selects it. */
export interface EndpointRow {
  id: string;
  log: string;
  url: string;
  description: string | null;
  kinds: string[] | null;
  secret: string;
  previous_secret: string | null;
  previous_expires_at: Date | null;
  disabled_at: Date | null;
  disabled_reason: DisabledReason | null;
  failing_since: Date | null;
  created_at: Date;
  updated_at: Date;
}

/** The select list that {@link endpointOf} reads, of a table or alias called `w`. */
export const ENDPOINT_COLUMNS = `w.id, w.log, w.url, w.description, w.kinds, w.secret, w.previous_secret,
  w.previous_expires_at, w.disabled_at, w.disabled_reason, w.failing_since, w.created_at, w.updated_at`;

/** The endpoint in a row. Kinds that this version does not know are left out. */
export function endpointOf(row: EndpointRow): WebhookEndpoint {
  return {
    id: row.id,
    log: row.log,
    url: row.url,
    description: row.description,
    kinds: row.kinds?.filter(isEventKind) ?? null,
    secret: row.secret,
    previousSecret: row.previous_secret,
    previousExpiresAt: row.previous_expires_at,
    disabledAt: row.disabled_at,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** An endpoint of one log. */
export interface EndpointRef {
  readonly log: string;
  readonly id: string;
}

/**
 * Stores a new endpoint. It gets what comes after the position `after`, or after now where none is given. Undefined when
 * the log has `most` endpoints already.
 */
export async function insertEndpoint(
  db: Database,
  endpoint: Pick<WebhookEndpoint, 'id' | 'log' | 'url' | 'description' | 'kinds' | 'secret' | 'createdAt'> & {
    readonly after: number | undefined;
    readonly most: number;
  },
): Promise<WebhookEndpoint | undefined> {
  const { id, log, url, description, kinds, secret, createdAt, after, most } = endpoint;
  const result: { rows: EndpointRow[] } = await db.raw(
    `INSERT INTO webhook_endpoint AS w
       (id, log, url, description, kinds, secret, position, created_at, updated_at)
     SELECT :id, :log, :url, :description, :kinds::text[], :secret, least(coalesce(:after::bigint, head), head), :at, :at
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
  return result.rows.map(endpointOf)[0];
}

/** Endpoints of a log, or (undefined) of all, newest first. `beforeId` is the last id of the page before. */
export async function listEndpoints(
  db: Database,
  page: { readonly log: string | undefined; readonly limit: number; readonly beforeId?: string | undefined },
): Promise<WebhookEndpoint[]> {
  const result: { rows: EndpointRow[] } = await db.raw(
    `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoint w
     WHERE (:log::uuid IS NULL OR w.log = :log::uuid) AND (:beforeId::uuid IS NULL OR w.id < :beforeId::uuid)
     ORDER BY w.id DESC LIMIT :limit`,
    { log: page.log ?? null, beforeId: page.beforeId ?? null, limit: page.limit },
  );
  return result.rows.map(endpointOf);
}

/** The endpoint of that log with that id. */
export async function findEndpoint(db: Database, { log, id }: EndpointRef): Promise<WebhookEndpoint | undefined> {
  const result: { rows: EndpointRow[] } = await db.raw(
    `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoint w WHERE w.log = ? AND w.id = ?`,
    [log, id],
  );
  return result.rows.map(endpointOf)[0];
}

/** The endpoint with that id, of whatever log: for operators. */
export async function findEndpointById(db: Database, id: string): Promise<WebhookEndpoint | undefined> {
  const result: { rows: EndpointRow[] } = await db.raw(
    `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoint w WHERE w.id = ?`,
    [id],
  );
  return result.rows.map(endpointOf)[0];
}

/** What is changed of an endpoint; left out: stays as it is. */
export interface EndpointChange {
  readonly url?: string | undefined;
  readonly description?: string | null | undefined;
  readonly kinds?: readonly EventKind[] | null | undefined;
  /** True: goes on from where it stopped. */
  readonly enabled?: boolean | undefined;
}

/** Changes an endpoint; undefined when there is no such one. */
export async function changeEndpoint(
  db: Database,
  { log, id, at, ...change }: EndpointRef & EndpointChange & { readonly at: Date },
): Promise<WebhookEndpoint | undefined> {
  const { url, description, kinds, enabled } = change;
  const result: { rows: EndpointRow[] } = await db.raw(
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
  return result.rows.map(endpointOf)[0];
}

/** Takes an endpoint away with its deliveries. False when there is no such one. */
export async function removeEndpoint(db: Database, { log, id }: EndpointRef): Promise<boolean> {
  const result: { rows: unknown[] } = await db.raw(
    'DELETE FROM webhook_endpoint WHERE log = ? AND id = ? RETURNING id',
    [log, id],
  );
  return result.rows.length > 0;
}

/** Gives an endpoint another secret; the one that it had signs beside it until `previousExpiresAt`. */
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
  const result: { rows: EndpointRow[] } = await db.raw(
    `UPDATE webhook_endpoint w SET secret = ?, previous_secret = secret, previous_expires_at = ?, updated_at = ?
     WHERE log = ? AND id = ? RETURNING ${ENDPOINT_COLUMNS}`,
    [secret, previousExpiresAt, at, log, id],
  );
  return result.rows.map(endpointOf)[0];
}

/** The secrets of endpoints with ids above `after`, as they are sealed, in order of id. */
export async function listSealedSecrets(
  db: Database,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<Pick<WebhookEndpoint, 'id' | 'secret' | 'previousSecret'>[]> {
  const result: { rows: EndpointRow[] } = await db.raw(
    `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoint w WHERE (:after::uuid IS NULL OR w.id > :after::uuid)
     ORDER BY w.id LIMIT :limit`,
    { after: page.after ?? null, limit: page.limit },
  );
  return result.rows.map(endpointOf);
}

/** Puts newly sealed secrets in the place of those that were read; false when they are not there any more. */
export async function replaceSealed(
  db: Database,
  before: Pick<WebhookEndpoint, 'id' | 'secret' | 'previousSecret'>,
  after: Pick<WebhookEndpoint, 'secret' | 'previousSecret'>,
): Promise<boolean> {
  const result: { rows: unknown[] } = await db.raw(
    `UPDATE webhook_endpoint SET secret = ?, previous_secret = ?
     WHERE id = ? AND secret = ? AND previous_secret IS NOT DISTINCT FROM ? RETURNING id`,
    [after.secret, after.previousSecret, before.id, before.secret, before.previousSecret],
  );
  return result.rows.length > 0;
}
