/**
 * The queue of each endpoint: it is filled from the log, workers claim deliveries for a limited time, and the outcome of an
 * attempt finishes or postpones a delivery. A delivery whose outcome is not noted is sent again: every event is sent at
 * least once, always under the same id.
 */
import { cleanOrNull, cleanText } from '../../core/foreign-text.ts';
import { eventId, ONLY_BY_NAME } from '../../core/events/kinds.ts';
import { pageEnd, type LogEnd } from '../../core/events/positions.ts';
import { DISABLE_AFTER_MS, GONE_STATUS } from '../../core/events/webhooks.ts';
import { uuidV7 } from '../../core/ids.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { endOfRow, LOOKED_AT_MAX, recordEvents } from '../events/log.ts';
import { changeRows, count, findRow, listOf, listRows, orNull, small, textOf, timeOf, type Row } from '../rows.ts';
import { ENDPOINT_COLUMNS, endpointOf, type WebhookEndpoint } from './endpoints.ts';

const PURGE_BATCH_MAX = 500;
/** Longest beginning of a receiver's answer that is stored. */
const RESPONSE_START_MAX = 1_024;

/** Endpoints whose log has events that are not in their queue yet; ids above `after` come first. */
export async function listUnfilledEndpoints(
  db: Database,
  page: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  return listRows(
    db,
    idOf,
    `SELECT w.id FROM webhook_endpoint w JOIN event_log l ON l.log = w.log
     WHERE w.disabled_at IS NULL AND w.position < l.position ORDER BY w.id > :after DESC, w.id LIMIT :limit`,
    page,
  );
}

function idOf(row: Row): string {
  return textOf(row['id']);
}

/**
 * Puts the next events that an endpoint wants into its queue, and stores up to which position it has looked, in one commit.
 * The queue holds at most `most` waiting deliveries; later events wait in the log.
 */
export async function fillQueue(
  db: Database,
  endpoint: string,
  { at, most }: { readonly at: Date; readonly most: number },
): Promise<void> {
  await db.transaction(async (trx) => {
    const held = await findRow(
      trx,
      unfilledOf,
      `SELECT w.log, w.kinds, w.position AS filled_to, l.position, l.gaps FROM webhook_endpoint w JOIN event_log l ON l.log = w.log
       WHERE w.id = ? AND w.disabled_at IS NULL FOR UPDATE OF w SKIP LOCKED`,
      [endpoint],
    );
    if (!held) return;
    const selectWaiting = `SELECT 1 FROM webhook_delivery WHERE endpoint = ? AND state = 'pending' LIMIT ?`;
    const room = most - (await changeRows(trx, selectWaiting, [endpoint, most]));
    if (room <= 0) return;
    const { log, kinds, position, end } = held;
    const lookTo = pageEnd(position, end, LOOKED_AT_MAX);
    const wanted = await listWanted(trx, { endpoint, log, kinds, position, lookTo, room });
    await trx.raw(
      `INSERT INTO webhook_delivery (id, endpoint, position, state, next_attempt_at, created_at)
       SELECT id, ?, position, 'pending', ?, ? FROM unnest(?::uuid[], ?::bigint[]) AS wanted (id, position)
       ON CONFLICT DO NOTHING`,
      [endpoint, at, at, wanted.map(() => uuidV7(at.getTime())), wanted],
    );
    const filledTo = wanted.length === room ? (wanted.at(-1) ?? lookTo) : lookTo;
    await trx.raw('UPDATE webhook_endpoint SET position = ? WHERE id = ?', [filledTo, endpoint]);
  });
}

function unfilledOf(row: Row): { log: string; kinds: readonly string[] | null; position: number; end: LogEnd } {
  return {
    log: textOf(row['log']),
    kinds: orNull(row['kinds'], (kinds) => listOf(kinds, textOf)),
    position: count(row['filled_to']),
    end: endOfRow(row),
  };
}

/** Positions of the events that an endpoint wants. A test event goes only to the endpoint that it names. */
async function listWanted(
  trx: DatabaseTransaction,
  from: {
    readonly endpoint: string;
    readonly log: string;
    readonly kinds: readonly string[] | null;
    readonly position: number;
    readonly lookTo: number;
    readonly room: number;
  },
): Promise<number[]> {
  return listRows(
    trx,
    (row) => count(row['position']),
    `SELECT position FROM event
     WHERE log = :log AND position > :position AND position <= :lookTo
       AND CASE WHEN kind = 'webhook.test' THEN data->>'endpointId' = :endpoint
                WHEN :kinds::text[] IS NULL THEN kind <> ALL(:byName::text[]) ELSE kind = ANY(:kinds::text[]) END
     ORDER BY position LIMIT :room`,
    { ...from, kinds: from.kinds === null ? null : [...from.kinds], byName: [...ONLY_BY_NAME] },
  );
}

/** Endpoints with deliveries that are due and not claimed, except those in `except`; ids above `after` come first. */
export async function listDueEndpoints(
  db: Database,
  due: { readonly now: Date; readonly except: readonly string[]; readonly after: string; readonly limit: number },
): Promise<string[]> {
  return listRows(
    db,
    idOf,
    `SELECT w.id FROM webhook_endpoint w
     WHERE w.disabled_at IS NULL AND w.id <> ALL(:except::uuid[])
       AND EXISTS (SELECT FROM webhook_delivery d WHERE d.endpoint = w.id AND d.state = 'pending'
                   AND d.next_attempt_at <= :now AND (d.claimed_until IS NULL OR d.claimed_until <= clock_timestamp()))
     ORDER BY w.id > :after DESC, w.id LIMIT :limit`,
    { now: due.now, except: [...due.except], after: due.after, limit: due.limit },
  );
}

/** A delivery that the holder of the claim sends now. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly claim: string;
  readonly position: number;
  /** Attempts before this one. */
  readonly attempts: number;
  readonly endpoint: WebhookEndpoint;
}

/** Claims due deliveries, oldest first, for leaseMs: until then nobody else can claim them. */
export async function claimDeliveries(
  db: Database,
  due: {
    readonly endpoint: string;
    readonly claim: string;
    readonly now: Date;
    readonly leaseMs: number;
    readonly limit: number;
  },
): Promise<ClaimedDelivery[]> {
  const claimed = await listRows(
    db,
    (row) => claimedOf(row, due.claim),
    `UPDATE webhook_delivery d SET claim = :claim, claimed_until = clock_timestamp() + :leaseMs * interval '1 millisecond'
     FROM webhook_endpoint w,
       (SELECT id FROM webhook_delivery WHERE endpoint = :endpoint AND state = 'pending' AND next_attempt_at <= :now
          AND (claimed_until IS NULL OR claimed_until <= clock_timestamp())
        ORDER BY next_attempt_at, position LIMIT :limit FOR UPDATE SKIP LOCKED) due
     WHERE d.id = due.id AND w.id = d.endpoint AND w.disabled_at IS NULL
     RETURNING d.id AS delivery, d.position, d.attempts, ${ENDPOINT_COLUMNS}`,
    due,
  );
  return claimed.toSorted((a, b) => a.position - b.position);
}

function claimedOf(row: Row, claim: string): ClaimedDelivery {
  return {
    id: textOf(row['delivery']),
    claim,
    position: count(row['position']),
    attempts: small(row['attempts']),
    endpoint: endpointOf(row),
  };
}

/** The outcome of an attempt. */
export interface AttemptOutcome {
  readonly delivered: boolean;
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly responseStart: string | null;
  readonly durationMs: number;
  /** When it was made. */
  readonly at: Date;
  /** When the next attempt is due; undefined: there is none. */
  readonly nextAttemptAt: Date | undefined;
}

/**
 * Notes an attempt. A success finishes the delivery, even after the claim has expired; a failure sets its next attempt,
 * unless another worker has claimed it since. An endpoint whose attempts keep failing is disabled, and an event recorded.
 * @returns whether the endpoint was disabled by this.
 */
export async function noteAttempt(
  db: Database,
  { id, claim, endpoint }: Pick<ClaimedDelivery, 'id' | 'claim' | 'endpoint'>,
  outcome: AttemptOutcome,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    // Locks the endpoint first, in the same order as its removal does.
    const held = await findRow(
      trx,
      failingOf,
      'SELECT failing_since, disabled_at FROM webhook_endpoint WHERE id = ? FOR UPDATE',
      [endpoint.id],
    );
    if (!held) return false;
    await storeAttempt(trx, id, outcome);
    await moveOn(trx, { id, claim }, outcome);
    if (outcome.delivered) {
      if (held.failingSince !== null) {
        await trx.raw('UPDATE webhook_endpoint SET failing_since = NULL WHERE id = ?', [endpoint.id]);
      }
      return false;
    }
    return noteFailure(trx, { endpoint, ...held }, outcome);
  });
}

function failingOf(row: Row): { readonly failingSince: Date | null; readonly disabledAt: Date | null } {
  return { failingSince: orNull(row['failing_since'], timeOf), disabledAt: orNull(row['disabled_at'], timeOf) };
}

async function storeAttempt(trx: DatabaseTransaction, delivery: string, outcome: AttemptOutcome): Promise<void> {
  const { at, durationMs, statusCode, error, responseStart } = outcome;
  await trx.raw(
    `INSERT INTO webhook_attempt (id, delivery, at, duration_ms, status_code, error, response_start)
     SELECT ?, id, ?, ?, ?, ?, ? FROM webhook_delivery WHERE id = ?`,
    [
      uuidV7(at.getTime()),
      at,
      durationMs,
      statusCode,
      cleanOrNull(error),
      responseStart === null ? null : cleanText(responseStart, RESPONSE_START_MAX),
      delivery,
    ],
  );
}

async function moveOn(
  trx: DatabaseTransaction,
  { id, claim }: { readonly id: string; readonly claim: string },
  { delivered, at, nextAttemptAt }: AttemptOutcome,
): Promise<void> {
  const finished = delivered || nextAttemptAt === undefined;
  await trx.raw(
    `UPDATE webhook_delivery SET attempts = attempts + 1, claim = NULL, claimed_until = NULL, state = :state,
       next_attempt_at = coalesce(:next::timestamptz, next_attempt_at), finished_at = :finishedAt
     WHERE id = :id AND state <> 'delivered' AND (claim = :claim OR :delivered)`,
    {
      id,
      claim,
      delivered,
      state: delivered ? 'delivered' : finished ? 'failed' : 'pending',
      next: nextAttemptAt ?? null,
      finishedAt: finished ? at : null,
    },
  );
}

async function noteFailure(
  trx: DatabaseTransaction,
  held: { readonly endpoint: WebhookEndpoint; readonly failingSince: Date | null; readonly disabledAt: Date | null },
  { at, statusCode }: AttemptOutcome,
): Promise<boolean> {
  const { endpoint } = held;
  const failingSince = held.failingSince ?? at;
  const gone = statusCode === GONE_STATUS;
  const disables = held.disabledAt === null && (gone || at.getTime() - failingSince.getTime() >= DISABLE_AFTER_MS);
  const reason = gone ? 'gone' : 'failing';
  await trx.raw(
    `UPDATE webhook_endpoint SET failing_since = coalesce(failing_since, :at),
       disabled_at = CASE WHEN :disables THEN :at ELSE disabled_at END,
       disabled_reason = CASE WHEN :disables THEN :reason ELSE disabled_reason END WHERE id = :id`,
    { id: endpoint.id, at, disables, reason },
  );
  if (!disables) return false;
  const kind = 'webhook.disabled';
  const data = {
    endpointId: endpoint.id,
    url: endpoint.url,
    reason,
    failingSince: failingSince.toISOString(),
  } as const;
  const id = eventId(kind, endpoint.id, at.getTime());
  await recordEvents(trx, [{ log: endpoint.log, event: { id, kind, atMs: at.getTime(), data } }]);
  return true;
}

/** Deletes deliveries that finished before a time, up to PURGE_BATCH_MAX per call. */
export async function purgeDeliveries(db: Database, finishedBefore: Date): Promise<void> {
  await db.raw(
    `DELETE FROM webhook_delivery WHERE id IN
       (SELECT id FROM webhook_delivery WHERE finished_at < ? ORDER BY finished_at LIMIT ?)`,
    [finishedBefore, PURGE_BATCH_MAX],
  );
}
