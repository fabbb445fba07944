/** JSON-RPC 2.0 over HTTP, with what the client libraries lack: a deadline, a check of the id, and typed faults. */
import { z } from 'zod';
import { readRetryAfterMs } from '../../src/core/retry-after.ts';
import { mapBounded } from '../../src/core/bounded.ts';
import { CallBudget, type CallClass } from './call-budget.ts';
import { RpcFault } from './fault.ts';

/** Longest that one call may take, body included. */
const CALL_DEADLINE_MS = 10_000;
/** A larger reply is refused instead of held in memory. */
const REPLY_BYTES_MAX = 64 * 1024 * 1024;
/** The longest pause that a node's Retry-After can ask for. */
const RETRY_AFTER_MS_MAX = 120_000;
/** Codes by which nodes say "too many requests" inside a 200. */
const RATE_CODES: ReadonlySet<number> = new Set([429, -32029, -32097]);
/** EIP-1474's "limit exceeded": some nodes mean too many requests, others the range or the results of this request. */
const LIMIT_CODE = -32_005;
const REQUEST_LIMIT = /rate|too many requests|request count|per second|quota|capacity|credits/i;

const replySchema = z.object({
  id: z.union([z.number(), z.string(), z.null()]).optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
});

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

async function send(url: string, body: string, method: string, signal: AbortSignal): Promise<string> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal });
    text = await readBody(response, method);
  } catch (error) {
    if (error instanceof RpcFault) throw error;
    const timedOut = signal.aborted;
    throw new RpcFault(timedOut ? 'timeout' : 'network', `${method}: ${timedOut ? 'no answer in time' : 'no answer'}`, {
      cause: error,
    });
  }
  if (response.ok) return text;
  const retryAfterMs = readRetryAfterMs(response.headers.get('retry-after'), {
    nowMs: Date.now(),
    maxMs: RETRY_AFTER_MS_MAX,
  });
  const kind = response.status === 429 ? 'rate_limited' : 'server';
  throw new RpcFault(kind, `${method}: HTTP ${response.status}`, { retryAfterMs, code: response.status });
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

function readReply(method: string, id: number, text: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new RpcFault('bad_reply', `${method}: the reply is not JSON: ${text.slice(0, 60)}`);
  }
  const parsed = replySchema.safeParse(json);
  if (!parsed.success) throw new RpcFault('bad_reply', `${method}: the reply is not JSON-RPC`);
  const { error, result } = parsed.data;
  if (error) {
    const isRate = RATE_CODES.has(error.code) || (error.code === LIMIT_CODE && REQUEST_LIMIT.test(error.message));
    const kind = isRate ? 'rate_limited' : 'rpc_error';
    throw new RpcFault(kind, `${method}: error ${error.code}: ${error.message}`, { code: error.code });
  }
  if (parsed.data.id !== id) throw new RpcFault('bad_reply', `${method}: the reply is to another request`);
  if (result === undefined) throw new RpcFault('bad_reply', `${method}: neither result nor error`);
  return result;
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
