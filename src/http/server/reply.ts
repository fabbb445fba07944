/** What a route is called with and what it answers, the same on every surface. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The values of a path's `:name` parts, by name. */
export type Params = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status?: number;
  /** Undefined sends no body, with status 204 unless `status` says otherwise. */
  readonly body?: unknown;
  /** Sent instead of a body, piece by piece, as fast as the client reads. */
  readonly pieces?: AsyncIterable<string | Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
}
