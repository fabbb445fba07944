/**
 * Gives events their positions: recorded events, and those that the entries of the org's wallet cause, in one transaction
 * under the lock of the log's row. Positions become visible in order and without gaps, even with several projectors.
 */
import {
  eventsOfEntries,
  eventsOfCause,
  frozenAlong,
  type EntryEvent,
  type EntryFacts,
  type StatusCause,
  type StatusPosition,
} from '../../core/events/derive.ts';
import { mergeByTime, takeable } from '../../core/events/order.ts';
import { PLATFORM_LOG, type TransferFacts } from '../../core/events/kinds.ts';
import { walletId } from '../../core/ids.ts';
import { BALANCE_STATUSES } from '../../core/ledger/status.ts';
import { listNotices, type FoundNotice } from '../budgets/notices.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { ENTRY_COLUMNS, entryOfRow } from '../ledger/entry-columns.ts';
import { listFrozenLeft } from '../ledger/frozen-lots.ts';
import { hasSqlState, SERIALIZATION_FAILURE } from '../errors.ts';
import { count, findRow, listRows, micros, oneOf, orNull, small, textOf, truth, type Row } from '../rows.ts';
import { transferOf } from './transfer.ts';
import { findOwners, findWritten } from '../wallet-facts.ts';

/** Most entries, and most recorded events, that one transaction takes. */
export const ENTRIES_MAX = 1_000;
const RECORDED_MAX = 1_000;

interface Position extends StatusPosition {
  readonly position: number;
  readonly seq: number;
  readonly newestRevision: number;
  readonly settingsAtMs: number;
  /** How often lots were frozen or freed as far as the log knows, and how often they were. */
  readonly freezes: number;
  readonly newestFreezes: number;
  readonly freezesAtMs: number;
}

interface Recorded {
  readonly id: string;
  readonly kind: string;
  readonly atMs: number;
  /** The recorded JSON, unchanged. */
  readonly text: string;
}

/** One page of orgs' logs in order of id: the last of the page (undefined at the end), and those that lack events. */
export interface LogPage {
  readonly last: string | undefined;
  readonly stale: readonly string[];
}

/**
 * Looks at up to `limit` logs of orgs after one, for those that lack events of the newest entries, thresholds or freezes. What
 * changes while it looks is found by the next sweep.
 */
export async function listStaleLogs(
  db: Database,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<LogPage> {
  const logs = await listRows(
    db,
    (row) => ({
      log: logOf(row),
      next: { wallet: walletId({ kind: 'org', id: logOf(row) }), seq: count(row['seq']) + 1 },
      isMoved: truth(row['is_moved']),
    }),
    `SELECT s.org AS log, coalesce(l.seq, 0) AS seq,
       coalesce(l.revision, 0) <> s.thresholds_revision OR coalesce(l.freezes, 0) <> s.freezes AS is_moved
     FROM org_settings s LEFT JOIN event_log l ON l.log = s.org
     WHERE (:after::uuid IS NULL OR s.org > :after::uuid)
     ORDER BY s.org LIMIT :limit`,
    { after: page.after ?? null, limit: page.limit },
  );
  const written = await findWritten(
    db,
    logs.map(({ next }) => next),
  );
  const stale = logs.filter(({ next, isMoved }) => isMoved || written.has(next.wallet));
  return { last: logs.length < page.limit ? undefined : logs.at(-1)?.log, stale: stale.map(({ log }) => log) };
}

/** Logs with recorded events that have no position yet. */
export async function listPendingLogs(db: Database, limit: number): Promise<string[]> {
  return listRows(db, logOf, 'SELECT DISTINCT log FROM event_pending LIMIT ?', [limit]);
}

/** The logs of the orgs that own these wallets. */
export async function findLogsOfWallets(db: Database, wallets: readonly string[]): Promise<string[]> {
  const owners = await findOwners(db, wallets);
  const orgs = [...owners.values()].filter(({ kind }) => kind === 'org').map(({ id }) => id);
  return listRows(db, logOf, 'SELECT org AS log FROM org_settings WHERE org = ANY(?::uuid[])', [orgs]);
}

function logOf(row: Row): string {
  return textOf(row['log']);
}

/** The newest position of a log, and whether there may be more to project. */
export interface Projected {
  /** Position of the newest event. */
  readonly position: number;
  readonly more: boolean;
}

/** Projects up to ENTRIES_MAX entries and as many recorded events; undefined when another projector works on the log. */
export async function projectLog(db: Database, log: string): Promise<Projected | undefined> {
  const wallet = log === PLATFORM_LOG ? null : walletId({ kind: 'org', id: log });
  await db.raw('INSERT INTO event_log (log, wallet) VALUES (?, ?) ON CONFLICT DO NOTHING', [log, wallet]);
  try {
    // One snapshot of everything: an event recorded before an entry was written is seen if the entry is.
    return await db.transaction(async (trx) => projectIn(trx, log, wallet), { isolationLevel: 'repeatable read' });
  } catch (error) {
    // The log was changed between our snapshot and our lock.
    if (hasSqlState(error, SERIALIZATION_FAILURE)) return undefined;
    throw error;
  }
}

async function projectIn(trx: DatabaseTransaction, log: string, wallet: string | null): Promise<Projected | undefined> {
  const position = await lockPosition(trx, log);
  if (!position) return undefined;
  const recorded = await listRecorded(trx, log);
  const facts = wallet === null ? [] : await listFacts(trx, wallet, position.seq);
  const last = facts.find(({ entry }) => entry.seq === position.seq);
  const cause = causeOf(position);
  const moved =
    last && cause
      ? eventsOfCause(last, { ...position, revision: position.newestRevision }, cause)
      : { events: [], status: position.status };
  const later = facts.filter(({ entry }) => entry.seq > position.seq);
  const timed = later.map((one) => ({ ...one, atMs: one.entry.atMs }));
  const taken = takeable(
    { items: timed, full: later.length >= ENTRIES_MAX },
    { items: recorded, full: recorded.length >= RECORDED_MAX },
  );
  const caused = eventsOfEntries(taken.entries, {
    ...position,
    status: moved.status,
    revision: position.newestRevision,
  });
  const known = await listKnown(trx, log, taken.recorded);
  const fresh = taken.recorded.filter(({ id }) => !known.has(id));
  const events = mergeByTime<EntryEvent, Recorded>([...moved.events, ...caused.events], fresh);
  await append(trx, log, position.position, events);
  await trx.raw('DELETE FROM event_pending WHERE log = ? AND id = ANY(?::uuid[])', [
    log,
    taken.recorded.map(({ id }) => id),
  ]);
  const newest = position.position + events.length;
  const end = taken.entries.at(-1) ?? last;
  await trx.raw(
    'UPDATE event_log SET position = ?, seq = ?, status = ?, revision = ?, freezes = ?, frozen = ? WHERE log = ?',
    [
      newest,
      end?.entry.seq ?? position.seq,
      caused.status,
      position.newestRevision,
      position.newestFreezes,
      String(end?.frozen ?? 0n),
      log,
    ],
  );
  const more = later.length > taken.entries.length || recorded.length > taken.recorded.length;
  return { position: newest, more: more || later.length >= ENTRIES_MAX || recorded.length >= RECORDED_MAX };
}

/** What changed the status beside entries since the log was written; of both at once, the thresholds are named. */
function causeOf(position: Position): StatusCause | undefined {
  if (position.revision !== position.newestRevision) {
    return { cause: 'thresholds', revision: position.newestRevision, atMs: position.settingsAtMs };
  }
  if (position.freezes === position.newestFreezes) return undefined;
  return { cause: 'freeze', revision: position.newestFreezes, atMs: position.freezesAtMs };
}

async function lockPosition(trx: DatabaseTransaction, log: string): Promise<Position | undefined> {
  return findRow(
    trx,
    positionOf,
    `SELECT l.position, l.seq, l.status, l.revision, coalesce(s.thresholds_revision, 0) AS newest_revision,
       s.low_balance_threshold, s.critical_threshold,
       coalesce((extract(epoch FROM s.updated_at) * 1000)::bigint, 0) AS settings_ms,
       l.freezes, coalesce(s.freezes, 0) AS newest_freezes,
       coalesce((extract(epoch FROM s.freezes_at) * 1000)::bigint, 0) AS freezes_ms
     FROM event_log l LEFT JOIN org_settings s ON s.org = l.log WHERE l.log = ? FOR UPDATE OF l SKIP LOCKED`,
    [log],
  );
}

function positionOf(row: Row): Position {
  return {
    position: count(row['position']),
    seq: count(row['seq']),
    status: oneOf(BALANCE_STATUSES, row['status']),
    revision: small(row['revision']),
    newestRevision: small(row['newest_revision']),
    settingsAtMs: count(row['settings_ms']),
    freezes: count(row['freezes']),
    newestFreezes: count(row['newest_freezes']),
    freezesAtMs: count(row['freezes_ms']),
    lowMicros: orNull(row['low_balance_threshold'], micros),
    criticalMicros: orNull(row['critical_threshold'], micros),
  };
}

async function listRecorded(trx: DatabaseTransaction, log: string): Promise<Recorded[]> {
  return listRows(
    trx,
    recordedOf,
    `SELECT id, kind, (extract(epoch FROM at) * 1000)::bigint AS at_ms, data::text AS text FROM event_pending
     WHERE log = ? ORDER BY at, turn LIMIT ?`,
    [log, RECORDED_MAX],
  );
}

function recordedOf(row: Row): Recorded {
  return {
    id: textOf(row['id']),
    kind: textOf(row['kind']),
    atMs: count(row['at_ms']),
    text: textOf(row['text']),
  };
}

/** The entries from a seq on, with the other facts that their events contain. */
export async function listFacts(trx: DatabaseTransaction, wallet: string, fromSeq: number): Promise<EntryFacts[]> {
  const rows = await listRows(
    trx,
    (row) => row,
    `SELECT ${ENTRY_COLUMNS},
       whole.available AS whole_available, whole.gifts AS whole_gifts, whole.available_after AS whole_available_after
     FROM entry e
     LEFT JOIN LATERAL (
       SELECT coalesce(-sum(p.held_delta) FILTER (WHERE p.hold = e.hold), sum(p.available_delta))::text AS available,
         sum(p.gift_delta)::integer AS gifts,
         ((array_agg(p.available ORDER BY p.seq DESC))[1])::text AS available_after
       FROM entry p WHERE p.key = e.key AND p.wallet = e.wallet
     ) whole ON e.part = 0 AND e.type IN ('HOLD_RELEASE', 'GIFT_HOLD_RELEASE', 'DEPOSIT_REVERSAL')
     WHERE e.wallet = ? AND e.seq >= ? AND e.seq <= ? ORDER BY e.seq`,
    [wallet, fromSeq, fromSeq + ENTRIES_MAX],
  );
  const transfers = await listTransfers(trx, rows);
  const facts = rows.map((row) => factsOf(row, transfers));
  const noted = withNotices(facts, await listNotices(trx, wallet, fromSeq, fromSeq + ENTRIES_MAX));
  const left = await listFrozenLeft(trx, wallet);
  if (left.size === 0) return noted;
  const [first] = noted;
  const isLast = first?.entry.seq === fromSeq;
  const along = frozenAlong(
    noted.slice(isLast ? 1 : 0).map(({ entry }) => entry),
    left,
  );
  const frozen = isLast ? [along.before, ...along.after] : along.after;
  return noted.map((one, index) => ({ ...one, frozen: frozen[index] ?? 0n }));
}

/** The facts with what commands made of budgets. */
function withNotices(facts: EntryFacts[], found: readonly FoundNotice[]): EntryFacts[] {
  if (found.length === 0) return facts;
  const bySeq = Map.groupBy(found, ({ seq }) => seq);
  return facts.map((one) => ({ ...one, notices: bySeq.get(one.entry.seq)?.map(({ notice }) => notice) }));
}

/** The transfers of the deposits that rows of entries name, by deposit. What is read of a deposit never changes. */
async function listTransfers(trx: DatabaseTransaction, rows: readonly Row[]): Promise<Map<unknown, TransferFacts>> {
  const deposits = rows.flatMap((row) => orNull(row['deposit'], textOf) ?? []);
  if (deposits.length === 0) return new Map();
  const transfers = await listRows(
    trx,
    (row) => [textOf(row['id']), transferOf(row)] as const,
    `SELECT id, chain, token, tx_hash, ordinal, from_address, to_address, block_number, block_time FROM deposit
     WHERE id = ANY(?::uuid[])`,
    [deposits],
  );
  return new Map(transfers);
}

function factsOf(row: Row, transfers: ReadonlyMap<unknown, TransferFacts>): EntryFacts {
  return {
    entry: entryOfRow(row),
    frozen: 0n,
    whole: orNull(row['whole_available'], (available) => ({
      available: micros(available),
      gifts: small(row['whole_gifts']),
      availableAfter: micros(row['whole_available_after']),
    })),
    transfer: transfers.get(row['deposit']) ?? null,
  };
}

/** Which of these events the log has already. */
async function listKnown(
  trx: DatabaseTransaction,
  log: string,
  recorded: readonly Recorded[],
): Promise<ReadonlySet<string>> {
  if (recorded.length === 0) return new Set();
  const known = await listRows(
    trx,
    (row) => textOf(row['id']),
    'SELECT id FROM event WHERE log = ? AND id = ANY(?::uuid[]) AND seq IS NULL',
    [log, recorded.map(({ id }) => id)],
  );
  return new Set(known);
}

async function append(
  trx: DatabaseTransaction,
  log: string,
  position: number,
  events: readonly (EntryEvent | Recorded)[],
): Promise<void> {
  if (events.length === 0) return;
  const textOfData = (event: EntryEvent | Recorded): string => {
    if ('text' in event) return event.text;
    return event.data === null ? '' : JSON.stringify(event.data);
  };
  // Empty text and seq 0 mean that there is none.
  await trx.raw(
    `INSERT INTO event (log, position, id, kind, at, seq, data)
     SELECT ?::uuid, position, id, kind, at, nullif(seq, 0), nullif(data, '')::json
     FROM unnest(?::bigint[], ?::uuid[], ?::text[], ?::timestamptz[], ?::bigint[], ?::text[])
       AS new (position, id, kind, at, seq, data)`,
    [
      log,
      events.map((_event, index) => position + index + 1),
      events.map(({ id }) => id),
      events.map(({ kind }) => kind),
      events.map(({ atMs }) => new Date(atMs).toISOString()),
      events.map((event) => ('seq' in event ? event.seq : 0)),
      events.map(textOfData),
    ],
  );
}
