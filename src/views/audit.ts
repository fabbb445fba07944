/** A row of the audit log as JSON. */
import type { AuditRow } from '../db/access/audit.ts';

export interface AuditView {
  /** Shared by a request and everything that it changed. */
  readonly actId: string;
  readonly at: string;
  readonly actor: string;
  /** The route, or the command. */
  readonly action: string;
  readonly requestId: string | null;
  /** `request`, or the table that was changed. */
  readonly subject: string;
  readonly subjectId: string;
  readonly orgId: string | null;
  /** The changed columns, or the whole row that was added or removed; for a request, its input. Amounts in micros. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** The JSON of a row of the audit log. */
export function viewOfAudit(row: AuditRow): AuditView {
  const { act, at, org, actor, action, requestId, subject, subjectId, before, after } = row;
  return {
    actId: act,
    at: at.toISOString(),
    actor,
    action,
    requestId,
    subject,
    subjectId,
    orgId: org,
    before,
    after,
  };
}
