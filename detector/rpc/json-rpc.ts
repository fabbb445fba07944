/** JSON-RPC 2.0 over HTTP, with what the client libraries lack: a deadline, a check of the id, and typed faults. */
import { z } from 'zod';
import { readRetryAfterMs } from '../../src/core/retry-after.ts';
import { mapBounded } from '../../src/core/bounded.ts';
import { toCount } from '../../src/core/integers.ts';
import { CallBudget, type CallClass } from './call-budget.ts';
import { RpcFault } from './fault.ts';

/** Longest that one call may take, body included. */
const CALL_DEADLINE_MS = 10_000;
/** A larger reply is refused instead of held in memory. */
const REPLY_BYTES_MAX = 64 * 1024 * 1024;
/** The longest pause that a node's Retry-After can ask for. */
const RETRY_AFTER_MS_MAX = 120_000;
/** Codes that mean "too many requests" whatever the words are. */
const RATE_CODES: ReadonlySet<number> = new Set([429, -32029, -32097]);
/** Words for "too many requests", under any code: each provider has codes of its own. */
const RATE_WORDS =
  /too many requests|\brate[ -]?limit|\bover rate\b|\bper (second|minute|day)\b|\d ?\/ ?(s|sec|second|min|minute)\b|throttl/i;
/** Words that also mean it, unless the message is about the blocks or the results of this request. */
const USAGE_WORDS = /\bquota\b|\bcapacity\b|\bcredits\b|compute units|\brequest (count|limit)\b/i;
const RANGE_WORDS = /\bblocks?\b|\brange\b|\bresults?\b|\blogs\b/i;
/**
 * Statuses under which a JSON-RPC error is the node's answer to the call, as under 200. Under any other one the node, or
 * what is before it, did not take the call at all.
 */
const ANSWER_STATUSES: ReadonlySet<number> = new Set([400, 404, 405, 413, 422, 500]);

/** A code, which some nodes write as a text; undefined for one that is no number. */
const codeSchema = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,9}$/)
      .transform((text) => (text.startsWith('-') ? -toCount(text.slice(1)) : toCount(text))),
  ])
  .nullish()
  .catch(undefined);
const errorSchema = z.object({ code: codeSchema, message: z.string().nullish() });
const replySchema = z.object({
  id: z.union([z.number(), z.string(), z.null()]).optional(),
  result: z.unknown().optional(),
  // Some nodes send null beside a result, and some a bare text.
  error: z.union([z.string(), errorSchema]).nullish(),
  // An error without its envelope: gateways before a node answer so.
  code: errorSchema.shape.code,
  message: errorSchema.shape.message,
});
type Reply = z.output<typeof replySchema>;

/** What a node sent back: the HTTP status, the body, and the pause that a Retry-After asks for. */
interface Sent {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | undefined;
}

export interface JsonRpc {
  /** Host of the node; safe to log, as it holds no key. */
  readonly name: string;
  /** The `result` of the reply. @throws RpcFault for everything else. */
  call(
    method: string,
    params: readonly unknown[] | Readonly<Record<string, unknown>>,
    callClass?: CallClass,
  ): Promise<unknown>;
  /** Makes one call for each of the parameters, at most `inFlightMax` at a time; the results are in their order. */
  callAll(
    method: string,
    paramsList: readonly (readonly unknown[] | Readonly<Record<string, unknown>>)[],
    callClass?: CallClass,
  ): Promise<unknown[]>;
  /** Aborts all calls in flight. */
  close(): void;
}

/** Opens a transport to one node. @param options.deadlineMs of each call, from sending to the last byte. */
export function openJsonRpc(options: { url: string; deadlineMs?: number | undefined; inFlightMax?: number }): JsonRpc {
  const deadlineMs = options.deadlineMs ?? CALL_DEADLINE_MS;
  const underWay = new Set<AbortController>();
  let closed = false;
  const budget = new CallBudget();
  let lastId = 0;
  const call: JsonRpc['call'] = async (method, params, callClass = 'head') => {
    await budget.take(callClass);
    lastId += 1;
    const id = lastId;
    // Not AbortSignal.timeout, which lives for the whole deadline even when the call ends early: thousands would pile up.
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), closed ? 0 : deadlineMs);
    underWay.add(ending);
    try {
      const body = JSON.stringify({ jsonrpc: '2.0', id, method, params });
      return readReply(method, id, await send(options.url, body, method, ending.signal));
    } catch (error) {
      if (error instanceof RpcFault && error.kind === 'rate_limited') budget.slowDown(error.retryAfterMs);
      throw error;
    } finally {
      clearTimeout(timer);
      underWay.delete(ending);
    }
  };
  return {
    name: new URL(options.url).host,
    call,
    callAll: async (method, paramsList, callClass) =>
      mapBounded(paramsList, options.inFlightMax ?? 16, async (params) => call(method, params, callClass)),
    close: () => {
      closed = true;
      for (const ending of underWay) ending.abort();
    },
  };
}

async function send(url: string, body: string, method: string, signal: AbortSignal): Promise<Sent> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal,
    });
    const text = await readBody(response, method);
    const bounds = { nowMs: Date.now(), maxMs: RETRY_AFTER_MS_MAX };
    return {
      status: response.status,
      text,
      retryAfterMs: readRetryAfterMs(response.headers.get('retry-after'), bounds),
    };
  } catch (error) {
    if (error instanceof RpcFault) throw error;
    const timedOut = signal.aborted;
    throw new RpcFault(timedOut ? 'timeout' : 'network', `${method}: ${timedOut ? 'no answer in time' : 'no answer'}`, {
      cause: error,
    });
  }
}

async function readBody(response: Response, method: string): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > REPLY_BYTES_MAX) throw new RpcFault('bad_reply', `${method}: reply above ${REPLY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readReply(method: string, id: number, sent: Sent): unknown {
  const { status, text } = sent;
  const isOk = status >= 200 && status < 300;
  const reply = findReply(text);
  const said = reply && findError(reply);
  if (said) throw faultOf(method, said, sent);
  if (!isOk) throw httpFault(method, sent);
  if (reply === undefined) {
    throw new RpcFault('bad_reply', `${method}: the reply is not JSON-RPC: ${text.slice(0, 60)}`);
  }
  if (reply.id === String(id)) {
    throw new RpcFault('bad_reply', `${method}: the reply has the id "${id}" as a text, and the request had a number`);
  }
  if (reply.id !== id) throw new RpcFault('bad_reply', `${method}: the reply is to another request`);
  if (reply.result === undefined) throw new RpcFault('bad_reply', `${method}: neither result nor error`);
  return reply.result;
}

function findReply(text: string): Reply | undefined {
  try {
    return replySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The error in a reply, in any of the forms in which nodes send one. */
function findError({ error, result, code, message }: Reply): { code: number | undefined; words: string } | undefined {
  const bare = result === undefined && (code ?? message ?? undefined) !== undefined ? { code, message } : undefined;
  const said = error ?? bare;
  if (said === undefined) return undefined;
  if (typeof said === 'string') return { code: undefined, words: said };
  return { code: said.code ?? undefined, words: said.message ?? '' };
}

function faultOf(
  method: string,
  { code, words }: { readonly code: number | undefined; readonly words: string },
  { status, retryAfterMs }: Sent,
): RpcFault {
  const isRate =
    status === 429 ||
    (code !== undefined && RATE_CODES.has(code)) ||
    RATE_WORDS.test(words) ||
    (USAGE_WORDS.test(words) && !RANGE_WORDS.test(words));
  const isAnswer = (status >= 200 && status < 300) || ANSWER_STATUSES.has(status);
  const kind = isRate ? 'rate_limited' : isAnswer ? 'rpc_error' : 'server';
  const http = status === 200 ? '' : `HTTP ${status}, `;
  const message = `${method}: ${http}error ${code ?? 'without a code'}: ${words}`;
  return new RpcFault(kind, message, {
    code,
    words,
    status,
    retryAfterMs: kind === 'rpc_error' ? undefined : retryAfterMs,
  });
}

function httpFault(method: string, { status, retryAfterMs }: Sent): RpcFault {
  const kind = status === 429 ? 'rate_limited' : 'server';
  return new RpcFault(kind, `${method}: HTTP ${status}`, { status, retryAfterMs, code: status });
}

/** Checks the shape of a result. @throws RpcFault bad_reply naming what is wrong. */
export function parseResult<Schema extends z.ZodType>(
  method: string,
  schema: Schema,
  result: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined ? '' : ` at ${issue.path.join('.')}: ${issue.message}`;
  throw new RpcFault('bad_reply', `${method}: unexpected shape${where}`);
}
