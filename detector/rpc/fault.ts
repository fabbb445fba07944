/** The ways in which a node fails to give a usable answer, and the error that carries one. */
export type RpcFaultKind =
  /** No answer within the deadline. */
  | 'timeout'
  /** No connection, or it broke. */
  | 'network'
  /** HTTP 429 or an RPC error that says so. */
  | 'rate_limited'
  /** It was not asked: what may be asked of it is used up for now. */
  | 'spared'
  /** HTTP 5xx and other statuses that are not an answer. */
  | 'server'
  /** An answer that is not what was asked for: HTML, cut JSON, another request's id, an unexpected shape. */
  | 'bad_reply'
  /** A well-formed JSON-RPC error; `code` tells which. */
  | 'rpc_error'
  /** The node does not have the block that was named by hash. */
  | 'unknown_block'
  /** The chain changed while it was read: nothing of that read may be used. */
  | 'moved'
  /** Too few RPCs can be asked, or too few of them say the same. */
  | 'no_quorum';

/** True where the node would answer if it were asked more slowly: nothing is known of what it can do. */
export function isAboutPace({ kind }: RpcFault): boolean {
  return kind === 'rate_limited' || kind === 'spared';
}

/** Why a node gave no usable answer. The only error that leaves a chain adapter. */
export class RpcFault extends Error {
  override name = 'RpcFault';
  readonly kind: RpcFaultKind;
  /** How long the node asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** JSON-RPC error code, where there is one. */
  readonly code: number | undefined;

  constructor(
    kind: RpcFaultKind,
    message: string,
    options: { retryAfterMs?: number | undefined; code?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
    this.code = options.code;
  }
}
