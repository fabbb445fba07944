/** The ways in which a node fails to give a usable answer, and the error that carries one. */
import { cleanText } from '../../src/core/foreign-text.ts';

/** Why an answer cannot be used. */
export type RpcFaultKind =
  /** No answer within the deadline. */
  | 'timeout'
  /** No connection, or it broke. */
  | 'network'
  /** HTTP 429, or an error whose code or words say so. */
  | 'rate_limited'
  /** It was not asked: our own budget of calls for it is used up. */
  | 'spared'
  /** HTTP 5xx and other statuses that are not an answer. */
  | 'server'
  /** An answer that is not what was asked for: HTML, cut JSON, another request's id, an unexpected shape. */
  | 'bad_reply'
  /** The node's error about this call; `code` says which, where it has one. */
  | 'rpc_error'
  /** The node does not have the block that was named by hash. */
  | 'unknown_block'
  /** The chain changed during the read: nothing of it may be used. */
  | 'moved'
  /** Too few RPCs can be asked, or too few of them agree. */
  | 'no_quorum';

/** True where the node was only asked too fast: the fault does not show whether it supports the call. */
export function isAboutPace({ kind }: RpcFault): boolean {
  return kind === 'rate_limited' || kind === 'spared';
}

/** Why a node gave no usable answer. The only error that a chain adapter throws. */
export class RpcFault extends Error {
  override name = 'RpcFault';
  readonly kind: RpcFaultKind;
  /** How long the node asked not to be called, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** JSON-RPC error code, where there is one. */
  readonly code: number | undefined;
  /** What the node said, without what the message puts before it; the whole message where the fault is not its words. */
  readonly words: string;
  /** HTTP status, where it is not 200. */
  readonly status: number | undefined;

  constructor(
    kind: RpcFaultKind,
    message: string,
    options: {
      retryAfterMs?: number | undefined;
      code?: number | undefined;
      words?: string;
      status?: number;
      cause?: unknown;
    } = {},
  ) {
    // Most of it is what a node wrote.
    super(cleanText(message), { cause: options.cause });
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
    this.code = options.code;
    this.words = cleanText(options.words ?? message);
    this.status = options.status === 200 ? undefined : options.status;
  }
}
