/** The rounds of jobs: each process notes its own, every process reads those of all; and how much waits for the jobs. */
import { cleanOrNull } from '../../core/foreign-text.ts';
import { JOB_ROLES, JOBS, type JobName, type JobRole, type JobRounds, type NotedRounds } from '../../core/desk/jobs.ts';
import type { Database } from '../database.ts';
import { changeRows, count, getRow, listRows, oneOf, orNull, textOf, timeOf, truth, type Row } from '../rows.ts';

/** The notes of a process that wrote none for this long are removed. */
const KEPT_MS_MAX = 24 * 60 * 60_000;
/** Most notes that are listed: far more than a deployment has. */
const LISTED_MAX = 2_000;
/** Most of each thing that is counted. */
export const WAITING_COUNTED_MAX = 1_000;

/** Stores how the jobs of a process are, in place of what it noted before, and removes the notes of processes that are gone. */
export async function saveJobs(
  db: Database,
  notes: { readonly process: string; readonly role: JobRole; readonly rounds: readonly JobRounds[]; readonly at: Date },
): Promise<void> {
  const { process, role, at } = notes;
  const rounds = notes.rounds.map((one) => ({ ...one, problem: cleanOrNull(one.problem) }));
  await db.raw(
    `INSERT INTO job_status (process, job, role, started_at, ended_at, duration_ms, next_at, failed_at, problem, failures, noted_at)
     SELECT :process, n.job, :role, n."startedAt", n."endedAt", n."durationMs", n."nextAt", n."failedAt", n.problem, n.failures, :at
     FROM jsonb_to_recordset(:rounds::jsonb) AS n (job text, "startedAt" timestamptz, "endedAt" timestamptz, "durationMs" bigint,
       "nextAt" timestamptz, "failedAt" timestamptz, problem text, failures bigint)
     ON CONFLICT (process, job) DO UPDATE SET started_at = excluded.started_at, ended_at = excluded.ended_at,
       duration_ms = excluded.duration_ms, next_at = excluded.next_at, failed_at = excluded.failed_at,
       problem = excluded.problem, failures = excluded.failures, noted_at = excluded.noted_at`,
    { process, role, at, rounds: JSON.stringify(rounds) },
  );
  await changeRows(db, 'DELETE FROM job_status WHERE noted_at < ?', [new Date(at.getTime() - KEPT_MS_MAX)]);
}

/** Removes the notes of a process that ends. */
export async function dropJobs(db: Database, process: string): Promise<void> {
  await db.raw('DELETE FROM job_status WHERE process = ?', [process]);
}

/**
 * The jobs of every process as noted last, by job, and the detector's work on each chain. Left out: jobs that only the next version
 * has, whose processes may run beside this one.
 */
export async function listJobs(db: Database): Promise<NotedRounds[]> {
  return listRows(
    db,
    notedOf,
    `SELECT process, job, role, NULL AS about, false AS is_standby, started_at, ended_at, duration_ms, next_at, failed_at,
       problem, failures, noted_at FROM job_status
     WHERE job = ANY(?::text[]) AND role = ANY(?::text[])
     UNION ALL
     SELECT holder, 'chain', 'detector', chain, status->>'state' = 'standby', NULL, (status->>'roundEndedAt')::timestamptz,
       NULL, NULL, CASE WHEN status->>'state' IN ('failing', 'refused') THEN seen_at END, status->>'problem',
       CASE WHEN status->>'state' IN ('failing', 'refused') THEN 1 ELSE 0 END, seen_at FROM chain_status
     ORDER BY job, about, process LIMIT ?`,
    [[...JOBS], [...JOB_ROLES], LISTED_MAX],
  );
}

function notedOf(row: Row): NotedRounds {
  return {
    process: textOf(row['process']),
    job: oneOf(JOBS, row['job']),
    role: oneOf(JOB_ROLES, row['role']),
    about: orNull(row['about'], textOf),
    isStandby: truth(row['is_standby']),
    startedAt: orNull(row['started_at'], timeOf),
    endedAt: orNull(row['ended_at'], timeOf),
    durationMs: orNull(row['duration_ms'], count),
    nextAt: orNull(row['next_at'], timeOf),
    failedAt: orNull(row['failed_at'], timeOf),
    problem: orNull(row['problem'], textOf),
    failures: count(row['failures']),
    notedAt: timeOf(row['noted_at']),
  };
}

/** What waits for each job, as rows that an index finds without reading others. */
const WAITING: Readonly<Partial<Record<JobName, string>>> = {
  chain: `deposit WHERE state IN ('observed', 'confirming') AND wallet IS NULL`,
  expiry: 'hold_open WHERE expires_at <= :now',
  approvals: `entry_approval WHERE state = 'approved' AND seq IS NULL`,
  chain_orders: `pack_order WHERE channel = 'chain' AND state = 'awaiting_payment' AND expires_at <= :now`,
  free_tiers: 'org_free_tier WHERE entry_seq IS NULL',
  grants: 'user_grant WHERE entry_seq IS NULL',
  payments: 'payment_inbox WHERE next_attempt_at <= :now',
  payment_sweep: 'product WHERE synced < revision',
  auto_refill: 'auto_refill_purchase WHERE next_attempt_at <= :now',
  rails: `pack_order WHERE channel = 'card' AND state = 'paid'`,
  disputes: `order_dispute WHERE status = 'needs_response'`,
  events: 'event_pending',
};

/** How much waits for each job as of a time, {@link WAITING_COUNTED_MAX} at most; jobs for which nothing can wait are left out. */
export async function countWaiting(db: Database, now: Date): Promise<ReadonlyMap<JobName, number>> {
  const jobs = JOBS.flatMap((job) => {
    const rows = WAITING[job];
    return rows === undefined ? [] : [{ job, rows }];
  });
  const columns = jobs.map(
    ({ job, rows }) => `(SELECT count(*) FROM (SELECT 1 FROM ${rows} LIMIT :most) AS c) AS ${job}`,
  );
  return getRow(db, (row) => new Map(jobs.map(({ job }) => [job, count(row[job])])), `SELECT ${columns.join(',\n')}`, {
    now,
    most: WAITING_COUNTED_MAX,
  });
}
