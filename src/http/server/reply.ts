/** What a route is called with and what it answers, whatever surface it belongs to. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What stands in a path where its route has a :name, by name. */
export type Params = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status?: number;
  /** Undefined: no body, 204. */
  readonly body?: unknown;
  /** Sent instead of a body, piece by piece, as fast as the client reads. */
  readonly pieces?: AsyncIterable<string>;
  readonly headers?: Readonly<Record<string, string>>;
}
