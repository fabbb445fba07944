/** Events of payment providers as they are received: each is stored once, and has its object worked on (inbox.ts). */
import type { AccountName, FactKind, PaymentMode } from '../../core/billing/facts.ts';
import type { Database } from '../database.ts';
import { changeRows, listRows, orNull, textOf, timeOf, truth } from '../rows.ts';

/** Most webhooks about one object that are kept: the newest. */
export const EVENTS_OF_OBJECT_MAX = 100;

/** An event to be stored. */
export interface ReceivedEvent {
  readonly id: string;
  readonly account: AccountName;
  readonly org: string | null;
  readonly type: string;
  readonly mode: PaymentMode;
  readonly apiVersion: string | null;
  readonly createdAt: Date;
  /** The object that it is about; undefined when that does not concern us. */
  readonly about: { readonly kind: FactKind; readonly id: string } | undefined;
  /** The id of the object's row in the inbox, if it has none yet. */
  readonly inboxId: string;
  readonly source: 'webhook' | 'sweep';
  readonly at: Date;
}

/** An object of an account, by the provider's id. */
export interface AccountObject {
  readonly account: AccountName;
  readonly object: string;
}

/** What storing events found. */
export interface Received {
  /** For each event, whether it was not known before. */
  readonly isNew: readonly boolean[];
  /** Objects that more than {@link EVENTS_OF_OBJECT_MAX} events were received of. */
  readonly crowded: readonly AccountObject[];
}

/**
 * Stores events, and has their objects worked on, in one statement: all of them or none. An event that is known already changes
 * nothing. Rows are written in the order of their keys, so that two such statements never wait for each other.
 */
const RECEIVE = `
  WITH given AS (
    SELECT DISTINCT ON (account, id) * FROM jsonb_to_recordset(:rows::jsonb) AS g (account text, id text, org uuid, type text,
      mode text, kind text, object text, api_version text, source text, created_at timestamptz, received_at timestamptz,
      inbox_id uuid)
    ORDER BY account, id
  ), fresh AS (
    INSERT INTO payment_event (account, id, org, type, mode, object, api_version, source, created_at, received_at)
    SELECT account, id, org, type, mode, object, api_version, source, created_at, received_at FROM given ORDER BY account, id
    ON CONFLICT DO NOTHING RETURNING account, id
  ), work AS (
    INSERT INTO payment_inbox AS i (id, account, org, mode, kind, object, state, received, next_attempt_at, created_at, updated_at)
    SELECT min(inbox_id::text)::uuid, account, org, mode, kind, object, 'pending', count(*), max(received_at),
      max(received_at), max(received_at)
    FROM given JOIN fresh USING (account, id) WHERE object IS NOT NULL
    GROUP BY account, org, mode, kind, object ORDER BY account, mode, kind, object
    ON CONFLICT (account, mode, kind, object) DO UPDATE SET received = i.received + excluded.received, state = 'pending',
      attempts = 0, reason = NULL, next_attempt_at = excluded.next_attempt_at, updated_at = excluded.updated_at
    RETURNING i.account, i.object, i.received
  )
  SELECT account, id AS name, true AS is_event FROM fresh
  UNION ALL SELECT account, object, false FROM work WHERE received > :keptMax`;

/**
 * Stores events that were verified, or read from their provider.
 * @throws the database's error, and nothing is stored; when one value is at fault, it says so by its SQLSTATE
 */
export async function receiveEvents(db: Database, events: readonly ReceivedEvent[]): Promise<Received> {
  const found = await listRows<AccountObject & { readonly isEvent: boolean }>(
    db,
    (row) => ({ account: textOf(row['account']), object: textOf(row['name']), isEvent: truth(row['is_event']) }),
    RECEIVE,
    { rows: JSON.stringify(events.map(rowOfEvent)), keptMax: EVENTS_OF_OBJECT_MAX },
  );
  const fresh = new Set(found.flatMap(({ account, object, isEvent }) => (isEvent ? `${account} ${object}` : [])));
  return {
    isNew: events.map(({ account, id }) => fresh.has(`${account} ${id}`)),
    crowded: found.flatMap(({ account, object, isEvent }) => (isEvent ? [] : { account, object })),
  };
}

function rowOfEvent(event: ReceivedEvent): Readonly<Record<string, string | Date | null>> {
  const { id, account, org, type, mode, apiVersion, createdAt, about, inboxId, source, at } = event;
  const texts = { id, account, org, type, mode, source, api_version: apiVersion };
  const times = { created_at: createdAt, received_at: at };
  return { ...texts, ...times, kind: about?.kind ?? null, object: about?.id ?? null, inbox_id: inboxId };
}

/** Deletes events, and counts them at their accounts. */
const DROP = (which: string): string => `
  WITH dropped AS (DELETE FROM payment_event WHERE (account, id) IN (${which}) RETURNING account),
  counted AS (
    UPDATE payment_account a SET events_dropped = coalesce(a.events_dropped, 0) + d.n
    FROM (SELECT account, count(*) AS n FROM dropped GROUP BY account) d WHERE a.name = d.account
  ) SELECT FROM dropped`;

/**
 * Drops all but the newest {@link EVENTS_OF_OBJECT_MAX} events of each of these objects that came by webhook: whoever has an account's
 * webhook secret can sign any number of them. What the provider lists stays, or the sweep would find it again and again. The object stays
 * to be worked on, and how often it was reported stays with it.
 * @returns how many events were dropped
 */
export async function trimEvents(db: Database, objects: readonly AccountObject[]): Promise<number> {
  return changeRows(
    db,
    DROP(`SELECT e.account, e.id FROM unnest(:accounts::text[], :objects::text[]) AS o (account, object), LATERAL (
      SELECT e.account, e.id FROM payment_event e WHERE e.object = o.object AND e.account = o.account
        AND e.source = 'webhook'
      ORDER BY e.received_at DESC, e.id DESC OFFSET :keptMax) e`),
    {
      accounts: objects.map(({ account }) => account),
      objects: objects.map(({ object }) => object),
      keptMax: EVENTS_OF_OBJECT_MAX,
    },
  );
}

/**
 * Drops the oldest events of an account above a bound, whatever they are about.
 * @returns how many were dropped, up to `limit`
 */
export async function trimAccount(
  db: Database,
  account: AccountName,
  { keptMax, limit }: { readonly keptMax: number; readonly limit: number },
): Promise<number> {
  return changeRows(
    db,
    DROP(`SELECT account, id FROM payment_event WHERE account = :account
      ORDER BY received_at DESC, id DESC OFFSET :keptMax LIMIT :limit`),
    { account, keptMax, limit },
  );
}

/** Which of these events of an account are stored already. */
export async function listKnownEvents(
  db: Database,
  account: AccountName,
  ids: readonly string[],
): Promise<Set<string>> {
  const known = await listRows(
    db,
    (row) => textOf(row['id']),
    'SELECT id FROM payment_event WHERE account = ? AND id = ANY(?::text[])',
    [account, [...ids]],
  );
  return new Set(known);
}

/** An event as it was stored. */
export interface StoredEvent {
  readonly id: string;
  readonly account: AccountName;
  readonly type: string;
  readonly object: string | null;
  readonly apiVersion: string | null;
  readonly source: string;
  readonly createdAt: Date;
  readonly receivedAt: Date;
}

/** The events about these objects, in the order in which they were received. */
export async function listEventsAbout(db: Database, objects: readonly string[], limit: number): Promise<StoredEvent[]> {
  return listRows(
    db,
    (row) => ({
      id: textOf(row['id']),
      account: textOf(row['account']),
      type: textOf(row['type']),
      object: orNull(row['object'], textOf),
      apiVersion: orNull(row['api_version'], textOf),
      source: textOf(row['source']),
      createdAt: timeOf(row['created_at']),
      receivedAt: timeOf(row['received_at']),
    }),
    `SELECT id, account, type, object, api_version, source, created_at, received_at FROM payment_event
     WHERE object = ANY(?::text[]) ORDER BY received_at, id LIMIT ?`,
    [[...objects], limit],
  );
}
