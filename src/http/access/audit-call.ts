/** What operators do over HTTP is noted: what they ask for, and what that changes. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../core/clock.ts';
import { uuidV7 } from '../../core/ids.ts';
import { runAct, type Act } from '../../db/audit-context.ts';
import { noteRequest } from '../../db/access/audit.ts';
import type { Database } from '../../db/database.ts';
import { actorOf, isOperator, type Caller } from './caller.ts';
import type { Params, Reply } from '../endpoint/endpoint.ts';
import { requestIdOf } from '../server/request-id.ts';

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
 * Carries a call out; one by which an operator may change something is noted first, and then whatever it changes.
 * Rejects, with nothing done, where it cannot be noted.
 */
export async function noteAct(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
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
