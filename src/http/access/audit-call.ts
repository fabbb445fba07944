/** The audit of calls by which operators change something: what they ask for is recorded, and what that changes. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../core/clock.ts';
import { uuidV7 } from '../../core/ids.ts';
import { runAct, type Act } from '../../db/audit-context.ts';
import { noteRequest } from '../../db/access/audit.ts';
import type { Database } from '../../db/database.ts';
import { actorOf, isOperator, type Caller } from './caller.ts';
import type { Params, Reply } from '../server/reply.ts';
import { requestIdOf } from '../server/request-id.ts';

/** What calls are recorded with. */
export interface AuditMeans {
  readonly db: Database;
  readonly clock: Clock;
}

/** A call, as it was read. */
export interface AuditedCall {
  readonly caller: Caller;
  readonly request: IncomingMessage;
  readonly method: string;
  readonly path: string;
  readonly params: Params;
  readonly body: unknown;
  /** The org that it is about, where it is about one. */
  readonly org: string | null;
}

/** What a subject's id is cut at: an index cannot take a longer one, and no id of ours comes near it. */
const SUBJECT_LENGTH_MAX = 300;
const SECRET_NAME = /secret|password|token|pepper|signature|proof|privatekey/i;

/**
 * Carries a call out. One by which an operator may change something is recorded first, and then everything that it
 * changes. Rejects, with nothing done, where it cannot be recorded.
 */
export async function auditCall(
  { db, clock }: AuditMeans,
  { caller, request, method, path, params, body, org }: AuditedCall,
  work: () => Promise<Reply>,
): Promise<Reply> {
  if (method === 'GET' || !isOperator(caller)) return work();
  const at = new Date(clock.nowMs());
  const action = `${method} ${path}`;
  const act: Act = { id: uuidV7(at.getTime()), at, actor: actorOf(caller), action, requestId: requestIdOf(request) };
  await noteRequest(db, act, { subjectId: subjectIdOf(params), org, input: redactedJson(body) });
  return runAct(act, work);
}

/** What the path names, as far as it can be kept: it is noted before it is judged, and may be anything. */
function subjectIdOf(params: Params): string {
  const named = Object.values(params).join(' ').slice(0, SUBJECT_LENGTH_MAX);
  return named.replaceAll('\0', '\ufffd').toWellFormed();
}

/** What was asked, without what nobody else may learn. A NUL, which jsonb cannot hold, is noted as U+FFFD. */
function redactedJson(body: unknown): string {
  const hide = (name: string, value: unknown): unknown => {
    if (SECRET_NAME.test(name)) return '[secret]';
    return typeof value === 'bigint' ? String(value) : value;
  };
  const json = JSON.stringify(body ?? null, hide);
  // Escape by escape, so that a backslash followed by these letters stays what it is.
  return json.replaceAll(/\\(?:u0000|.)/g, (escape) => (escape === '\\u0000' ? '\\ufffd' : escape));
}
