/** Records the calls of operators that may change something: first the request, then everything that it changes. */
import { cleanText } from '../../core/foreign-text.ts';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../core/clock.ts';
import type { InputIssue } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import { runAct, type Act } from '../../db/audit-context.ts';
import { noteRequest } from '../../db/access/audit.ts';
import type { Database } from '../../db/database.ts';
import { actorOf, isOperator, type Caller } from './caller.ts';
import type { Params, Reply } from '../server/reply.ts';
import { requestIdOf } from '../server/request-id.ts';

/** What recording a call needs. */
export interface AuditMeans {
  readonly db: Database;
  readonly clock: Clock;
}

/** A call whose input has been read and checked. */
export interface AuditedCall {
  readonly caller: Caller;
  readonly request: IncomingMessage;
  readonly method: string;
  readonly path: string;
  readonly params: Params;
  readonly body: unknown;
  /** The org that the call is about; null when it is about no single org. */
  readonly org: string | null;
}

/** Longest subject id that is recorded; longer ones are cut. Indexes bound it; valid ids are far shorter. */
const SUBJECT_LENGTH_MAX = 300;
const SECRET_NAME = /secret|password|token|pepper|signature|proof|privatekey/i;

/**
 * Runs a call. If an operator makes it and it is not a GET, the request is recorded first, and then everything that it
 * changes. Rejects, with nothing done, when the request cannot be recorded.
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

/**
 * Records that an operator's call was refused because its input is not valid: the path and the problems, not the input.
 * What cannot be recorded is refused all the same.
 */
export async function auditRefusal(
  { db, clock }: AuditMeans,
  { caller, request, method, path, params, org }: Omit<AuditedCall, 'body'>,
  problems: readonly InputIssue[],
): Promise<void> {
  if (method === 'GET' || !isOperator(caller)) return;
  const at = new Date(clock.nowMs());
  const action = `${method} ${path}`;
  const act: Act = { id: uuidV7(at.getTime()), at, actor: actorOf(caller), action, requestId: requestIdOf(request) };
  const input = redactedJson({ refused: problems.map(({ path: where, message }) => `${where} ${message}`.trim()) });
  const noted = noteRequest(db, act, { subjectId: subjectIdOf(params), org, input });
  await noted.catch(() => undefined);
}

/** What the path names, in a form that can be stored: it is recorded before it is validated, so it may be any text. */
function subjectIdOf(params: Params): string {
  return cleanText(Object.values(params).join(' '), SUBJECT_LENGTH_MAX);
}

/** The body with its secrets replaced. A NUL, which jsonb cannot hold, is recorded as U+FFFD. */
function redactedJson(body: unknown): string {
  const hide = (name: string, value: unknown): unknown => {
    if (SECRET_NAME.test(name)) return '[secret]';
    return typeof value === 'bigint' ? String(value) : value;
  };
  const json = JSON.stringify(body ?? null, hide);
  // Matches one escape at a time, so that an escaped backslash followed by `u0000` is left unchanged.
  return json.replaceAll(/\\(?:u0000|.)/g, (escape) => (escape === '\\u0000' ? '\\ufffd' : escape));
}
