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
  actor: text(NAME_LENGTH_MAX)
    .optional()
    .meta({ description: 'Who acted: `key:<id>`, `user:<id>` or `cli:<name>`.', examples: ['key:0aB3dE7z'] }),
  org: z.uuid().optional().describe('Only what is about this org.'),
  subject: text(NAME_LENGTH_MAX)
    .optional()
    .meta({ description: '`request`, or the name of the changed table.', examples: ['org'] }),
  subjectId: text(NAME_LENGTH_MAX)
    .optional()
    .meta({
      description: 'Which of them: an id, or the path of a request.',
      examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
    }),
  from: moment.optional().describe('Only acts of this time or later.'),
  to: moment.optional().describe('Only acts before this time.'),
  limit,
  cursor,
});

const columns = z.record(z.string(), z.unknown()).nullable();
const auditView = z
  .strictObject({
    actId: z.uuid().describe('The same id for a request and all its changes.'),
    at: time.describe('When it was done.'),
    actor: z
      .string()
      .meta({ description: 'Who acted: `key:<id>`, `user:<id>` or `cli:<name>`.', examples: ['key:0aB3dE7z'] }),
    action: z
      .string()
      .meta({ description: 'The route, or the command of the CLI.', examples: ['PATCH /admin/orgs/:org'] }),
    requestId: z
      .string()
      .nullable()
      .meta({
        description: 'The id of the request, also in the header `X-Request-Id`.',
        examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
      }),
    subject: z.string().meta({ description: '`request`, or the name of the changed table.', examples: ['org'] }),
    subjectId: z.string().meta({
      description: 'Which of them: an id, or the path of a request.',
      examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
    }),
    orgId: z.uuid().nullable().describe('The id of the org; null where it is about none.'),
    before: columns.describe(
      'The changed columns, or the whole row when it was removed; of a request, null. Amounts in micros.',
    ),
    after: columns.describe(
      'The changed columns, or the whole row when it was added; of a request, its input. Amounts in micros.',
    ),
  })
  .meta({ id: 'AuditAct' }) satisfies z.ZodType<AuditView>;
const auditReply = z.strictObject({
  acts: z.array(auditView).describe('What operators did, newest first.'),
  nextCursor,
});

/** The audit log, newest first. */
export function auditRoutes({ guard, db }: AdminDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/admin/audit',
    operation: 'listAuditActs',
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
