/** The audit log: the requests of operators, and the rows that they changed. */
import type { Act } from '../audit-context.ts';
import type { Database } from '../database.ts';
import { listRows, orNull, rowOf, textOf, timeOf, type Row } from '../rows.ts';

/** One row of the audit log: an operator's request (`request`), or a change of one row of a table. */
export interface AuditRow {
  readonly act: string;
  readonly position: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly requestId: string | null;
  /** `request`, or the name of the table. */
  readonly subject: string;
  readonly subjectId: string;
  readonly org: string | null;
  /** Columns as in the table (amounts in micros): those that changed, or all of a row that was inserted or deleted. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** Records a request before it is carried out, so that it is in the log even if it fails. */
export async function noteRequest(
  db: Database,
  act: Act,
  asked: { readonly subjectId: string; readonly org: string | null; readonly input: string },
): Promise<void> {
  await db.raw(
    `INSERT INTO audit (act, at, actor, action, request_id, subject, subject_id, org, after)
     VALUES (?, ?, ?, ?, ?, 'request', ?, ?, ?::jsonb)`,
    [act.id, act.at, act.actor, act.action, act.requestId, asked.subjectId, asked.org, asked.input],
  );
}

/** Which rows of the log are listed; times are [from, to). */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly org?: string | undefined;
  readonly subject?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** The last row of the page before. */
  readonly before?: { readonly act: string; readonly position: string } | undefined;
  readonly limit: number;
}

/** Rows of the audit log, newest first. */
export async function listAudit(db: Database, filter: AuditFilter): Promise<AuditRow[]> {
  const { actor = null, org = null, subject = null, subjectId = null, from = null, to = null, before, limit } = filter;
  return listRows(
    db,
    auditOf,
    `SELECT act, position, at, actor, action, request_id, subject, subject_id, org, before, after FROM audit
     WHERE (:actor::text IS NULL OR actor = :actor) AND (:org::uuid IS NULL OR org = :org)
       AND (:subject::text IS NULL OR subject = :subject) AND (:subjectId::text IS NULL OR subject_id = :subjectId)
       AND (:from::timestamptz IS NULL OR at >= :from) AND (:to::timestamptz IS NULL OR at < :to)
       AND (:act::uuid IS NULL OR (act, position) < (:act::uuid, :position::bigint))
     ORDER BY act DESC, position DESC LIMIT :limit`,
    { actor, org, subject, subjectId, from, to, act: before?.act ?? null, position: before?.position ?? null, limit },
  );
}

function auditOf(row: Row): AuditRow {
  return {
    act: textOf(row['act']),
    position: textOf(row['position']),
    at: timeOf(row['at']),
    actor: textOf(row['actor']),
    action: textOf(row['action']),
    requestId: orNull(row['request_id'], textOf),
    subject: textOf(row['subject']),
    subjectId: textOf(row['subject_id']),
    org: orNull(row['org'], textOf),
    before: orNull(row['before'], rowOf),
    after: orNull(row['after'], rowOf),
  };
}
