/** What the database says of itself: where it runs, how far its witnesses counted, and what was found missing. */
import type { Server, Sighting } from '../../core/recovery/completeness.ts';
import { formatEntryId } from '../../core/ids.ts';
import { HIDDEN_STATES } from '../admission.ts';
import type { Database } from '../database.ts';
import { hasSqlState } from '../errors.ts';
import {
  changeRows,
  count,
  findRow,
  getRow,
  listRows,
  orNull,
  textOf,
  truth,
  type Queries,
  type Row,
} from '../rows.ts';

/** Rows of witnesses that have not counted for this long are removed; nobody relies on a number that old. */
const WITNESS_LIFE = `interval '90 days'`;

const SERVER = `(SELECT system_identifier::text FROM pg_control_system()) AS system_identifier,
  ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint AS timeline`;

/** Of a service that hides both: then only counters and entries show what is missing. */
const HIDDEN_SERVER = `'' AS system_identifier, 0::bigint AS timeline`;

async function askingServer<Answer>(ask: (server: string) => Promise<Answer>): Promise<Answer> {
  return ask(SERVER).catch(async (error: unknown) => {
    if (HIDDEN_STATES.some((state) => hasSqlState(error, state))) return ask(HIDDEN_SERVER);
    throw error;
  });
}

function serverOf(row: Row): Server {
  return { systemIdentifier: textOf(row['system_identifier']), timeline: count(row['timeline']) };
}

/** The server that answers now. @throws Error on a standby */
export async function readServer(db: Database): Promise<Server> {
  return askingServer(async (server) => getRow(db, serverOf, `SELECT ${server}`));
}

/** The id of the deployment whose database this is; the first call for a new database gives it this one. */
export async function nameDeployment(
  db: Database,
  fresh: { readonly deployment: string; readonly at: Date },
): Promise<string> {
  const find = 'SELECT deployment FROM database_identity';
  const known = await findRow(db, deploymentOf, find);
  if (known !== undefined) return known;
  const { systemIdentifier, timeline } = await readServer(db);
  await db.raw(
    `INSERT INTO database_identity (deployment, system_identifier, timeline, noted_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    [fresh.deployment, systemIdentifier, timeline, fresh.at],
  );
  return getRow(db, deploymentOf, find);
}

function deploymentOf(row: Row): string {
  return textOf(row['deployment']);
}

/** Notes the server and timeline on which the database was found complete. */
export async function noteServer(db: Queries, { systemIdentifier, timeline }: Server, at: Date): Promise<void> {
  await db.raw('UPDATE database_identity SET system_identifier = ?, timeline = ?, noted_at = ?', [
    systemIdentifier,
    timeline,
    at,
  ]);
}

/** An entry whose commit was confirmed. */
export interface ConfirmedEntry {
  readonly wallet: string;
  readonly seq: number;
  /** In hex. */
  readonly hash: string;
}

/** What a witness sees of the database. @param confirmed entries that must be there. @throws Error on a standby */
export async function findSighting(
  db: Database,
  witness: string,
  confirmed: readonly ConfirmedEntry[],
): Promise<Sighting> {
  const select = (
    server: string,
  ): string => `SELECT ${server}, i.deployment, i.system_identifier AS noted_system, i.timeline AS noted_timeline,
       coalesce(w.counter, 0) AS counter, (extract(epoch FROM w.seen_at) * 1000)::bigint AS seen_ms,
       (SELECT (extract(epoch FROM max(seen_at)) * 1000)::bigint FROM database_witness) AS newest_seen_ms,
       (SELECT id FROM recovery WHERE finished_at IS NOT NULL ORDER BY finished_at DESC, id DESC LIMIT 1) AS recovery,
       EXISTS (SELECT FROM recovery WHERE finished_at IS NULL) AS under_way,
       (SELECT reason FROM loss_report WHERE ended_by IS NULL ORDER BY found_at, id LIMIT 1) AS loss
     FROM (SELECT) one LEFT JOIN database_identity i ON true LEFT JOIN database_witness w ON w.id = ?`;
  const seen = await askingServer(async (server) => getRow(db, sightingOf, select(server), [witness]));
  return { ...seen, lostEntry: await findMissing(db, confirmed) };
}

function sightingOf(row: Row): Omit<Sighting, 'lostEntry'> {
  return {
    server: serverOf(row),
    identity:
      orNull(row['deployment'], (deployment) => ({
        deployment: textOf(deployment),
        systemIdentifier: textOf(row['noted_system']),
        timeline: count(row['noted_timeline']),
      })) ?? undefined,
    counter: count(row['counter']),
    seenAtMs: orNull(row['seen_ms'], count) ?? undefined,
    newestSeenAtMs: orNull(row['newest_seen_ms'], count) ?? undefined,
    recovery: orNull(row['recovery'], textOf) ?? undefined,
    underWay: truth(row['under_way']),
    loss: orNull(row['loss'], textOf) ?? undefined,
  };
}

/** The id of one of these entries that the ledger does not have. */
async function findMissing(db: Database, confirmed: readonly ConfirmedEntry[]): Promise<string | undefined> {
  if (confirmed.length === 0) return undefined;
  const missing = await listRows(
    db,
    (row) => formatEntryId(textOf(row['wallet']), BigInt(count(row['seq']))),
    `SELECT c.wallet, c.seq FROM unnest(?::uuid[], ?::bigint[], ?::text[]) AS c (wallet, seq, hash)
     LEFT JOIN entry e ON e.wallet = c.wallet AND e.seq = c.seq
     WHERE encode(e.hash, 'hex') IS DISTINCT FROM c.hash LIMIT 1`,
    [confirmed.map(({ wallet }) => wallet), confirmed.map(({ seq }) => seq), confirmed.map(({ hash }) => hash)],
  );
  return missing[0];
}

/**
 * Counts up in a witness's row and gives the new number. Undefined when the row is behind `above` or missing: then
 * nothing is written. A witness that never counted (`above` 0) gets its row. Times are the database's: the row of a machine
 * whose clock is wrong would be removed, or would outlast the others.
 */
export async function countUp(
  db: Database,
  { id, above }: { readonly id: string; readonly above: number },
): Promise<number | undefined> {
  const counted = (row: Row): number => count(row['counter']);
  if (above > 0) {
    return findRow(
      db,
      counted,
      'UPDATE database_witness SET counter = counter + 1, seen_at = now() WHERE id = ? AND counter >= ? RETURNING counter',
      [id, above],
    );
  }
  await db.raw(`DELETE FROM database_witness WHERE seen_at < now() - ${WITNESS_LIFE}`);
  return findRow(
    db,
    counted,
    `INSERT INTO database_witness AS w (id, counter, seen_at) VALUES (?, 1, now())
     ON CONFLICT (id) DO UPDATE SET counter = w.counter + 1, seen_at = excluded.seen_at RETURNING counter`,
    [id],
  );
}

/** Reports a loss, so that no process serves until the owner has recovered the database; false when one is reported. */
export async function reportLoss(
  db: Database,
  loss: { readonly id: string; readonly reason: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const reported = await changeRows(
    db,
    `INSERT INTO loss_report (id, reason, found_by, found_at) SELECT ?, left(?, 1000), ?, ?
     WHERE NOT EXISTS (SELECT FROM loss_report WHERE ended_by IS NULL)`,
    [loss.id, loss.reason, loss.by, loss.at],
  );
  return reported > 0;
}
