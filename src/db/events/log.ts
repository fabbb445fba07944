/** The event log: what is recorded without an entry, and how the log is read. Positions are given by the projection. */
import { isEventKind, type EventData, type EventKind } from '../../core/events/kinds.ts';
import type { Addressed } from '../../core/events/deposits.ts';
import { formatPosition, pageEnd, readAgainFrom, type LogEnd } from '../../core/events/positions.ts';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { ENTRY_COLUMNS, entryOfRow } from '../ledger/entry-columns.ts';
import { count, findRow, listOf, listRows, orNull, rowOf, textOf, type Row } from '../rows.ts';

/** An event as the log keeps it. */
export interface LoggedEvent {
  readonly log: string;
  readonly position: number;
  readonly id: string;
  readonly kind: EventKind;
  readonly atMs: number;
  /** Its data, or the entry that it is about: `entry.created` keeps no data, since an entry never changes. */
  readonly carried: { readonly data: EventData } | { readonly entry: Entry };
}

/**
 * Records events that no entry tells of, in the transaction that made them happen: they are in the log if and only if it
 * commits. What was recorded before under the same id is not recorded again.
 */
export async function recordEvents(trx: DatabaseTransaction, addressed: readonly Addressed[]): Promise<void> {
  if (addressed.length === 0) return;
  await trx.raw(
    `INSERT INTO event_pending (log, id, kind, at, turn, data)
     SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::timestamptz[], ?::uuid[], ?::json[])
     ON CONFLICT (log, id) DO NOTHING`,
    [
      addressed.map(({ log }) => log),
      addressed.map(({ event }) => event.id),
      addressed.map(({ event }) => event.kind),
      addressed.map(({ event }) => new Date(event.atMs).toISOString()),
      addressed.map(({ event }) => uuidV7(event.atMs)),
      addressed.map(({ event }) => JSON.stringify(event.data)),
    ],
  );
}

/** Notes that lots of an org were frozen or freed: the projection derives what that does to the status of its balance. */
export async function noteFreeze(trx: DatabaseTransaction, org: string, at: Date): Promise<void> {
  await trx.raw('UPDATE org_settings SET freezes = freezes + 1, freezes_at = ? WHERE org = ?', [at, org]);
}

/** What of a log is wanted: positions above `after`, of some kinds or (undefined) of all. */
export interface EventFilter {
  readonly log: string;
  readonly after: number;
  readonly kinds: readonly EventKind[] | undefined;
  readonly limit: number;
}

export interface EventPage {
  /** In order of position. */
  readonly events: LoggedEvent[];
  /** Up to here the log has been looked at: where the next page begins. */
  readonly lookedTo: number;
  /** There were events behind it when it was read. */
  readonly hasMore: boolean;
}

/** Most positions that one page looks at, however few of them fit the filter; those of a gap do not count. */
export const LOOKED_AT_MAX = 5_000;

/**
 * Events of a log in order. A page that is short and has more behind it has looked at its share of the log; go on from
 * `lookedTo`. Nothing ever appears at or below a position that was answered.
 * @throws Refusal CURSOR_AHEAD when the log never gave `after` out.
 */
export async function listEvents(db: Database, { log, after, kinds, limit }: EventFilter): Promise<EventPage> {
  // Read after the position was handed out to the caller, so a log that only grows is there by now.
  const end = await findLogEnd(db, log);
  checkCursor(after, end);
  const lookTo = pageEnd(after, end, LOOKED_AT_MAX);
  if (lookTo <= after) return { events: [], lookedTo: after, hasMore: false };
  const rows = await listRows(
    db,
    (row) => row,
    `SELECT ${EVENT_COLUMNS} FROM event v LEFT JOIN event_log l ON l.log = v.log
     WHERE v.log = :log AND v.position > :after AND v.position <= :lookTo
       AND (:kinds::text[] IS NULL OR v.kind = ANY(:kinds::text[]))
     ORDER BY v.position LIMIT :limit`,
    { log, after, lookTo, kinds: kinds === undefined ? null : [...kinds], limit },
  );
  const events = await withEntries(db, log, rows);
  const last = events.at(-1);
  const lookedTo = events.length === limit && last ? last.position : lookTo;
  return { events, lookedTo, hasMore: lookedTo < end.position };
}

/**
 * Checks that a log gave out a position that a caller names. A position ahead of the log, or in a gap, was given out
 * before a restore to an earlier time: the caller has events that are lost, or that come again under other positions.
 * @param end of the log, read after the caller named the position.
 * @throws Refusal CURSOR_AHEAD with `readAgainAfter`, the cursor from which the caller has to read again.
 */
export function checkCursor(after: number, end: LogEnd): void {
  const from = readAgainFrom(after, end);
  if (from === undefined) return;
  throw new Refusal(
    'CURSOR_AHEAD',
    'the event log was restored to a time before this cursor: drop what came after readAgainAfter, and read again from there',
    { details: { readAgainAfter: formatPosition(from) } },
  );
}

/** How far a log has come; one without events has position 0. */
export async function findLogEnd(db: Database | DatabaseTransaction, log: string): Promise<LogEnd> {
  const end = await findRow(db, endOfRow, 'SELECT position, gaps FROM event_log WHERE log = ?', [log]);
  return end ?? { position: 0, gaps: [] };
}

/** Reads the end of a log from its columns `position` and `gaps`. */
export function endOfRow(row: Row): LogEnd {
  const bounds = listOf(row['gaps'], count);
  const gaps = bounds.flatMap((before, index) => {
    const last = bounds[index + 1];
    return index % 2 === 0 && last !== undefined ? [{ before, last }] : [];
  });
  return { position: count(row['position']), gaps };
}

/** Positions of the newest events of logs; a log without events may be missing. */
export async function findLogPositions(
  db: Database | DatabaseTransaction,
  logs: readonly string[],
): Promise<Map<string, number>> {
  const positions = await listRows(
    db,
    (row) => [textOf(row['log']), count(row['position'])] as const,
    'SELECT log, position FROM event_log WHERE log = ANY(?::uuid[])',
    [[...logs]],
  );
  return new Map(positions);
}

/** The events at these positions of a log, by position. */
export async function findEvents(
  db: Database,
  log: string,
  positions: readonly number[],
): Promise<Map<number, LoggedEvent>> {
  const rows = await listRows(
    db,
    (row) => row,
    `SELECT ${EVENT_COLUMNS} FROM event v LEFT JOIN event_log l ON l.log = v.log
     WHERE v.log = ? AND v.position = ANY(?::bigint[])`,
    [log, [...positions]],
  );
  const events = await withEntries(db, log, rows);
  return new Map(events.map((event) => [event.position, event]));
}

const EVENT_COLUMNS = `v.position AS log_position, v.id AS event_id, v.kind AS event_kind, v.data AS event_data,
  (extract(epoch FROM v.at) * 1000)::bigint AS event_at_ms, l.wallet AS log_wallet, v.seq AS log_seq`;

/** The events of rows, with the entries that they are about. An entry is there before its event is, and never changes. */
async function withEntries(db: Database, log: string, rows: readonly Row[]): Promise<LoggedEvent[]> {
  const bare = rows.filter((row) => row['event_data'] === null);
  const [first] = bare;
  if (!first) return rows.map((row) => eventOf(log, row, undefined));
  const entries = await listRows(
    db,
    entryOfRow,
    `SELECT ${ENTRY_COLUMNS} FROM entry e WHERE e.wallet = ? AND e.seq = ANY(?::bigint[])`,
    [textOf(first['log_wallet']), bare.map((row) => count(row['log_seq']))],
  );
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  return rows.map((row) => eventOf(log, row, orNull(row['log_seq'], (seq) => bySeq.get(count(seq))) ?? undefined));
}

function eventOf(log: string, row: Row, entry: Entry | undefined): LoggedEvent {
  const kind = textOf(row['event_kind']);
  if (!isEventKind(kind)) throw new TypeError(`the log holds an unknown kind of event: ${kind}`);
  const data = orNull(row['event_data'], dataOf);
  return {
    log,
    position: count(row['log_position']),
    id: textOf(row['event_id']),
    kind,
    atMs: count(row['event_at_ms']),
    carried: data === null ? { entry: entryOr(entry, row) } : { data },
  };
}

function entryOr(entry: Entry | undefined, row: Row): Entry {
  if (entry) return entry;
  throw new TypeError(`the event ${textOf(row['event_id'])} is about an entry that is missing`);
}

/** What recordEvents or the projection wrote: both take EventData. Only its being an object is checked. */
function dataOf(value: unknown): EventData {
  return rowOf(value) as EventData;
}
