import { z } from 'zod';

const DEFAULT_TIMEOUT_MS = 10_000;

const replySchema = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.int(), message: z.string(), data: z.unknown().optional() }).optional(),
});

/** The error object of a JSON-RPC reply. */
export class RpcReplyError extends Error {
  readonly code: number;
  /** The error object of the node. */
  readonly reason: string;
  readonly data: unknown;
  constructor(method: string, error: { code: number; message: string; data?: unknown }) {
    const detail = error.data === undefined ? '' : ` (${JSON.stringify(error.data)})`;
    super(`${method} answered error ${error.code}: ${error.message}${detail}`);
    this.name = 'RpcReplyError';
    this.code = error.code;
    this.reason = error.message;
    this.data = error.data;
  }
}

/**
 * One JSON-RPC 2.0 call over HTTP. Gives the `result` unchanged; throws `RpcReplyError` for an error object and an
 * ordinary error for any other failure (no connection, deadline, not JSON).
 */
export async function callRpc(
  url: string,
  method: string,
  params: readonly unknown[] | Readonly<Record<string, unknown>> = [],
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const reply = replySchema.parse(JSON.parse(await response.text()));
  if (reply.error !== undefined) throw new RpcReplyError(method, reply.error);
  return reply.result;
}
