/**
 * The inbox of payments: the objects to read and settle because of the events that are received (provider-events.ts). However
 * many events report an object, and in whatever order, there is one row to work on, and one worker at a time.
 */
import { cleanOrNull } from '../../core/foreign-text.ts';
import type { AccountName, FactKind, PaymentMode } from '../../core/billing/facts.ts';
import type { Database } from '../database.ts';
import { count, findRow, getRow, listRows, oneOf, orNull, small, textOf, timeOf, type Row } from '../rows.ts';

const MODES = ['live', 'test'] as const;
const KINDS = [
  'checkout',
  'payment',
  'refund',
  'dispute',
  'early_warning',
  'subscription',
  'invoice',
] as const satisfies readonly FactKind[];

/**
 * `pending`: to be read. `waiting`: tried, and tried again later. `settled`: done. `parked`: a person should look.
 * `foreign`: about nothing of ours.
 */
export const INBOX_STATES = ['pending', 'waiting', 'settled', 'parked', 'foreign'] as const;
export type InboxState = (typeof INBOX_STATES)[number];

/** An object to be worked on. */
export interface InboxItem {
  readonly id: string;
  readonly account: AccountName;
  readonly org: string | null;
  readonly mode: PaymentMode;
  readonly kind: FactKind;
  readonly object: string;
  readonly state: InboxState;
  readonly reason: string | null;
  readonly order: string | null;
  /** How often something was reported of it. */
  readonly received: number;
  /** Attempts since the last report that did not settle it. */
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `id, account, org, mode, kind, object, state, reason, order_id, received, attempts, next_attempt_at,
  created_at, updated_at`;

function itemOf(row: Row): InboxItem {
  return {
    id: textOf(row['id']),
    account: textOf(row['account']),
    org: orNull(row['org'], textOf),
    mode: oneOf(MODES, row['mode']),
    kind: oneOf(KINDS, row['kind']),
    object: textOf(row['object']),
    state: oneOf(INBOX_STATES, row['state']),
    reason: orNull(row['reason'], textOf),
    order: orNull(row['order_id'], textOf),
    received: count(row['received']),
    attempts: small(row['attempts']),
    nextAttemptAt: orNull(row['next_attempt_at'], timeOf),
    createdAt: timeOf(row['created_at']),
    updatedAt: timeOf(row['updated_at']),
  };
}

/**
 * Claims due objects for leaseMs: until then nobody else can claim them. The accounts that have any share the places evenly,
 * each with its objects that are due longest; the platform's account is never left out, and of orgs' accounts those that chance
 * picks. So an account that floods the inbox takes no other account's turn.
 */
export async function claimInbox(
  db: Database,
  due: { readonly claim: string; readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<InboxItem[]> {
  return listRows(
    db,
    itemOf,
    `WITH RECURSIVE names AS (
       (SELECT account FROM payment_inbox WHERE next_attempt_at IS NOT NULL ORDER BY account LIMIT 1)
       UNION ALL
       SELECT (SELECT i.account FROM payment_inbox i WHERE i.next_attempt_at IS NOT NULL AND i.account > n.account
               ORDER BY i.account LIMIT 1) FROM names n WHERE n.account IS NOT NULL
     ), busy AS (
       SELECT account FROM names n WHERE EXISTS (SELECT FROM payment_inbox i WHERE i.account = n.account AND ${IS_DUE})
       ORDER BY strpos(account, ':') > 0, random() LIMIT :limit
     ), share AS (SELECT greatest(1, :limit / greatest(1, count(*))) AS places FROM busy)
     UPDATE payment_inbox i SET claim = :claim, claimed_until = clock_timestamp() + :leaseMs * interval '1 millisecond'
     FROM busy b, LATERAL (SELECT i.id AS due FROM payment_inbox i WHERE i.account = b.account AND ${IS_DUE}
       ORDER BY i.next_attempt_at LIMIT (SELECT places FROM share) FOR UPDATE SKIP LOCKED) d
     WHERE i.id = d.due RETURNING ${COLUMNS.replaceAll(/[a-z_]+/g, 'i.$&')}`,
    due,
  );
}

const IS_DUE = `i.next_attempt_at <= :now AND (i.claimed_until IS NULL OR i.claimed_until <= clock_timestamp())`;

/** How many objects of an account are to be worked on, up to `max`. */
export async function countOpen(db: Database, account: AccountName, max: number): Promise<number> {
  return getRow(
    db,
    (row) => count(row['open']),
    `SELECT count(*) AS open FROM
       (SELECT FROM payment_inbox WHERE account = ? AND next_attempt_at IS NOT NULL LIMIT ?) AS counted`,
    [account, max],
  );
}

/** The outcome of working on an object. */
export interface InboxOutcome {
  readonly state: InboxState;
  readonly reason: string | null;
  readonly order: string | null;
  /** When it is tried again, for `waiting`; null otherwise. */
  readonly nextAttemptAt: Date | null;
  readonly at: Date;
}

/**
 * Notes the outcome and gives the claim up. What was reported since the object was claimed has it worked on again at once.
 * Nothing happens if the claim is another worker's by now: that one has read the object later.
 * @param item as it was claimed.
 */
export async function noteInbox(
  db: Database,
  { id, received, attempts }: Pick<InboxItem, 'id' | 'received' | 'attempts'>,
  claim: string,
  outcome: InboxOutcome,
): Promise<void> {
  const { state, reason, order, nextAttemptAt, at } = outcome;
  await db.raw(
    `UPDATE payment_inbox SET claim = NULL, claimed_until = NULL, updated_at = :at,
       order_id = coalesce(:order::uuid, order_id),
       state = CASE WHEN received > :received THEN 'pending' ELSE :state END,
       reason = CASE WHEN received > :received THEN NULL ELSE :reason END,
       attempts = CASE WHEN received > :received THEN 0 ELSE :attempts END,
       next_attempt_at = CASE WHEN received > :received THEN :at ELSE :next::timestamptz END
     WHERE id = :id AND claim = :claim`,
    {
      id,
      claim,
      received,
      attempts: state === 'waiting' ? attempts + 1 : attempts,
      state,
      reason: cleanOrNull(reason),
      order,
      next: nextAttemptAt,
      at,
    },
  );
}

/** Has an object worked on again, whatever its state. @returns how it is then; undefined when there is none */
export async function replayInbox(db: Database, id: string, at: Date): Promise<InboxItem | undefined> {
  return findRow(
    db,
    itemOf,
    `UPDATE payment_inbox SET state = 'pending', reason = NULL, attempts = 0, received = received + 1, next_attempt_at = :at,
       updated_at = :at WHERE id = :id RETURNING ${COLUMNS}`,
    { id, at },
  );
}

/** Objects, newest first. */
export async function listInbox(
  db: Database,
  {
    states,
    before,
    limit,
  }: { readonly states: readonly InboxState[]; readonly before?: string | undefined; readonly limit: number },
): Promise<InboxItem[]> {
  return listRows(
    db,
    itemOf,
    `SELECT ${COLUMNS} FROM payment_inbox WHERE state = ANY(:states::text[]) AND (:before::uuid IS NULL OR id < :before::uuid)
     ORDER BY id DESC LIMIT :limit`,
    { states: [...states], before: before ?? null, limit },
  );
}

/** The objects with one of these provider ids, or that one of these orders was settled by; oldest first. */
export async function listInboxAbout(
  db: Database,
  {
    objects,
    orders,
    limit,
  }: { readonly objects: readonly string[]; readonly orders: readonly string[]; readonly limit: number },
): Promise<InboxItem[]> {
  return listRows(
    db,
    itemOf,
    `SELECT ${COLUMNS} FROM payment_inbox WHERE object = ANY(:objects::text[]) OR order_id = ANY(:orders::uuid[])
     ORDER BY id LIMIT :limit`,
    { objects: [...objects], orders: [...orders], limit },
  );
}
