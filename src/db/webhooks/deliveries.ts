/** Lists deliveries and their attempts, and sends a delivery again on request. queue.ts handles the sending. */
import { eventId, isEventKind, type EventKind } from '../../core/events/kinds.ts';
import { uuidV7 } from '../../core/ids.ts';
import type { Database } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import { count, getRow, listRows, oneOf, orNull, small, textOf, timeOf, type Row } from '../rows.ts';
import type { EndpointRef } from './endpoints.ts';

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** How many attempts of one delivery are shown. There are more only when claims expired while it was being sent. */
const ATTEMPTS_SHOWN_MAX = 30;

export interface DeliveryAttempt {
  readonly at: Date;
  readonly durationMs: number;
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly responseStart: string | null;
}

export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly kind: EventKind;
  readonly position: number;
  readonly state: DeliveryState;
  readonly redeliveryOf: string | null;
  /** When the next attempt is due; null once it is finished. */
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Oldest first. */
  readonly attempts: readonly DeliveryAttempt[];
}

const DELIVERY_COLUMNS = `d.id, v.id AS event_id, v.kind, d.position, d.state, d.redelivery_of, d.next_attempt_at,
  d.created_at, d.finished_at`;
const DELIVERY_TABLES = `webhook_delivery d JOIN webhook_endpoint w ON w.id = d.endpoint
  JOIN event v ON v.log = w.log AND v.position = d.position`;

/** Deliveries to an endpoint, newest first, of one state or (undefined) of all. */
export async function listDeliveries(
  db: Database,
  page: {
    readonly endpoint: EndpointRef;
    readonly state: DeliveryState | undefined;
    readonly beforeId: string | undefined;
    readonly limit: number;
  },
): Promise<Delivery[]> {
  const { endpoint, state, beforeId, limit } = page;
  const deliveries = await listRows(
    db,
    deliveryOf,
    `SELECT ${DELIVERY_COLUMNS} FROM ${DELIVERY_TABLES}
     WHERE w.log = :log AND d.endpoint = :id AND (:state::text IS NULL OR d.state = :state)
       AND (:beforeId::uuid IS NULL OR d.id < :beforeId::uuid)
     ORDER BY d.id DESC LIMIT :limit`,
    { ...endpoint, state: state ?? null, beforeId: beforeId ?? null, limit },
  );
  return withAttempts(db, deliveries);
}

/**
 * Sends the event of a delivery again, as a new delivery that is due at once. Undefined when the endpoint has no such
 * delivery.
 */
export async function redeliver(
  db: Database,
  again: {
    readonly endpoint: EndpointRef;
    readonly delivery: string;
    /** Id of the new delivery. */
    readonly id: string;
    readonly at: Date;
  },
): Promise<Delivery | undefined> {
  const { endpoint, delivery, id, at } = again;
  await db.raw(
    `INSERT INTO webhook_delivery (id, endpoint, position, redelivery_of, state, next_attempt_at, created_at)
     SELECT :newId, d.endpoint, d.position, d.id, 'pending', :at, :at
     FROM webhook_delivery d JOIN webhook_endpoint w ON w.id = d.endpoint
     WHERE w.log = :log AND w.id = :id AND d.id = :delivery`,
    { ...endpoint, delivery, newId: id, at },
  );
  const select = `SELECT ${DELIVERY_COLUMNS} FROM ${DELIVERY_TABLES} WHERE d.id = ?`;
  return (await withAttempts(db, await listRows(db, deliveryOf, select, [id])))[0];
}

async function withAttempts(db: Database, deliveries: readonly Omit<Delivery, 'attempts'>[]): Promise<Delivery[]> {
  if (deliveries.length === 0) return [];
  const attempts = await listRows(
    db,
    (row) => ({ delivery: textOf(row['delivery']), attempt: attemptOf(row) }),
    `SELECT a.delivery, a.at, a.duration_ms, a.status_code, a.error, a.response_start
     FROM unnest(?::uuid[]) AS wanted (id)
     CROSS JOIN LATERAL (SELECT * FROM webhook_attempt WHERE delivery = wanted.id ORDER BY id DESC LIMIT ?) a
     ORDER BY a.delivery, a.id`,
    [deliveries.map(({ id }) => id), ATTEMPTS_SHOWN_MAX],
  );
  const attemptsOf = Map.groupBy(attempts, ({ delivery }) => delivery);
  return deliveries.map((delivery) => ({
    ...delivery,
    attempts: (attemptsOf.get(delivery.id) ?? []).map(({ attempt }) => attempt),
  }));
}

function attemptOf(row: Row): DeliveryAttempt {
  return {
    at: timeOf(row['at']),
    durationMs: small(row['duration_ms']),
    statusCode: orNull(row['status_code'], small),
    error: orNull(row['error'], textOf),
    responseStart: orNull(row['response_start'], textOf),
  };
}

function deliveryOf(row: Row): Omit<Delivery, 'attempts'> {
  const kind = textOf(row['kind']);
  if (!isEventKind(kind)) throw new TypeError(`the log holds an unknown kind of event: ${kind}`);
  const state = oneOf(DELIVERY_STATES, row['state']);
  return {
    id: textOf(row['id']),
    eventId: textOf(row['event_id']),
    kind,
    position: count(row['position']),
    state,
    redeliveryOf: orNull(row['redelivery_of'], textOf),
    nextAttemptAt: state === 'pending' ? timeOf(row['next_attempt_at']) : null,
    createdAt: timeOf(row['created_at']),
    finishedAt: orNull(row['finished_at'], timeOf),
  };
}

/** Most test events of one log within TESTS_WITHIN_MS. */
const TESTS_MAX = 10;
export const TESTS_WITHIN_MS = 60_000;
/** How many of a log's newest events are looked at for earlier test events. */
const TESTS_LOOKED_AT_MAX = 500;

/**
 * Records a test event, which goes to one endpoint only, whatever kinds it wants; answers its id. Undefined when the log
 * has had TESTS_MAX of them within a minute, or somewhat more in calls at the same time.
 */
export async function recordTest(
  db: Database,
  { log, id: endpointId, at }: EndpointRef & { readonly at: Date },
): Promise<string | undefined> {
  const kind = 'webhook.test';
  const recent = await getRow(
    db,
    (row) => count(row['recent']),
    `SELECT (SELECT count(*) FROM event_pending WHERE log = :log AND kind = :kind AND at > :since)
       + (SELECT count(*) FROM (SELECT kind, at FROM event WHERE log = :log ORDER BY position DESC LIMIT :most) e
          WHERE kind = :kind AND at > :since) AS recent`,
    { log, kind, since: new Date(at.getTime() - TESTS_WITHIN_MS), most: TESTS_LOOKED_AT_MAX },
  );
  if (recent >= TESTS_MAX) return undefined;
  const id = eventId(kind, endpointId, uuidV7(at.getTime()));
  await db.transaction(async (trx) =>
    recordEvents(trx, [{ log, event: { id, kind, atMs: at.getTime(), data: { endpointId } } }]),
  );
  return id;
}
