/** The endpoint that lists the audit log: the requests of operators and what they changed. */
import { z } from 'zod';
import { isUuid } from '../../core/ids.ts';
import { listAudit } from '../../db/access/audit.ts';
import { viewOfAudit, type AuditView } from '../../views/audit.ts';
import { decodeCursor, encodeCursor, pageOf } from '../endpoint/cursor.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { cursor, limit, moment, text } from '../endpoint/validate.ts';
import type { AdminDeps } from './deps.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { nextCursor, time } from '../endpoint/fields.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'audit';
const NAME_LENGTH_MAX = 300;

const auditQuery = z.strictObject({
  /** `key:<id>`, `user:<id>` or `cli:<name>`. */
  actor: text(NAME_LENGTH_MAX).optional(),
  org: z.uuid().optional(),
  /** `request`, or the name of the changed table. */
  subject: text(NAME_LENGTH_MAX).optional(),
  subjectId: text(NAME_LENGTH_MAX).optional(),
  from: moment.optional(),
  to: moment.optional(),
  limit,
  cursor,
});

const columns = z.record(z.string(), z.unknown()).nullable();
const auditView = z.strictObject({
  /** The same id for a request and all its changes. */
  actId: z.uuid(),
  at: time,
  actor: z.string(),
  /** The route, or the command of the CLI. */
  action: z.string(),
  requestId: z.string().nullable(),
  subject: z.string(),
  subjectId: z.string(),
  orgId: z.uuid().nullable(),
  /** The changed columns, or the whole row when it was added or removed; of a request, its input. Amounts in micros. */
  before: columns,
  after: columns,
}) satisfies z.ZodType<AuditView>;
const auditReply = z.strictObject({ acts: z.array(auditView), nextCursor });

/** The audit log, newest first. */
export function auditRoutes({ guard, db }: AdminDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/admin/audit',
    summary: 'What operators did, newest first: who, what, before, after',
    chapter: CHAPTERS.audit,
    replies: { 200: auditReply },
    query: auditQuery,
    body: NO_BODY,
  } as const;
  return [
    adminRoute(guard, specification, async ({ query: { limit: most, cursor: from, ...filter } }) => {
      const before = decodeCursor(from, CURSOR_KIND, readPosition);
      const rows = await listAudit(db, { ...filter, before, limit: most + 1 });
      const { page, nextCursor: next } = pageOf(rows, most, ({ act, position }) =>
        encodeCursor(CURSOR_KIND, act, position),
      );
      const body: z.input<typeof auditReply> = { acts: page.map(viewOfAudit), nextCursor: next };
      return { body };
    }),
  ];
}

function readPosition(act?: string, position?: string): { act: string; position: string } | undefined {
  if (act === undefined || !isUuid(act) || position === undefined || !/^\d{1,18}$/.test(position)) return undefined;
  return { act, position };
}
