/** Sends requests, and sends them again where that is safe and may help. Uses `fetch` and nothing else. */
import { ConnectionError, errorOf, type CallFacts, type ProblemAnswer } from './errors.ts';
import { backoffMs, retryAfterMs, sleep } from './wait.ts';

const ATTEMPTS_MAX = 8;
const DEADLINE_MS = 30_000;
const TIMEOUT_MS = 10_000;

export interface ClientOptions {
  /** Where the service is, such as `https://coffer.example.com`. */
  readonly baseUrl: string;
  /** An API key of the service, or a function that answers one (or a person's token) for each attempt. */
  readonly key: string | (() => string | Promise<string>);
  /** The org that calls are about, for keys that are not bound to one. */
  readonly org?: string;
  /** How long all attempts of a call together may take. Default: 30,000. */
  readonly deadlineMs?: number;
  /** After how long an attempt without an answer counts as lost. Default: 10,000. */
  readonly timeoutMs?: number;
  /** In place of the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Called after every attempt, for logs and metrics. */
  readonly onAttempt?: (attempt: Attempt) => void;
}

/** An attempt that is over. */
export interface Attempt extends CallFacts {
  /** Counts from 1. */
  readonly number: number;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** When it is tried again, in milliseconds from now; undefined when it is not. */
  readonly retryInMs: number | undefined;
}

/** A request as calls make it. */
export interface Outgoing {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly facts: CallFacts;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether a repetition has no effect of its own: it only reads, sets what it names, or carries an idempotency key. */
  readonly repeatable: boolean;
  readonly org?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number | undefined;
}

type Outcome =
  | { readonly kind: 'done'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly answer: ProblemAnswer }
  | { readonly kind: 'lost'; readonly cause: unknown };

export class Transport {
  readonly #options: ClientOptions;
  readonly #base: string;
  readonly #fetch: typeof fetch;

  constructor(options: ClientOptions) {
    // Without types a variable of the environment that is not set gets here.
    if (!/^https?:\/\//.test(options.baseUrl)) {
      throw new TypeError(`\`baseUrl\` must begin with http:// or https://; it is ${options.baseUrl}`);
    }
    if (typeof options.key !== 'function' && !options.key)
      throw new TypeError('`key` is missing: an API key of the service');
    this.#options = options;
    this.#base = options.baseUrl.replace(/\/+$/, '');
    // Some platforms refuse a `fetch` that is called as a method of something else.
    this.#fetch = options.fetch ?? ((...args) => fetch(...args));
  }

  /** How long all attempts of a call may take that does not say it itself, in milliseconds. */
  get deadlineMs(): number {
    return this.#options.deadlineMs ?? DEADLINE_MS;
  }

  /**
   * Sends a request until it has an outcome: at most {@link ATTEMPTS_MAX} times, and not beyond its deadline. Returns the JSON
   * of the answer; undefined where it has none.
   * @throws ApiError for a refusal, ConnectionError where no answer came, the signal's reason once it is aborted
   */
  async send(request: Outgoing): Promise<unknown> {
    const { facts, signal } = request;
    // This clock never jumps, whatever happens to that of the machine.
    const endsAt = performance.now() + (request.deadlineMs ?? this.deadlineMs);
    for (let number = 1; ; number += 1) {
      const outcome = await this.#attempt(request, endsAt - performance.now());
      // What was done is answered, even if the caller has given up in the meantime.
      if (outcome.kind !== 'done') signal?.throwIfAborted();
      const wait = waitBefore(outcome, request.repeatable, number);
      const isLast = wait === undefined || number >= ATTEMPTS_MAX || performance.now() + wait >= endsAt;
      const answer = outcome.kind === 'refused' ? outcome.answer : undefined;
      this.#options.onAttempt?.({
        ...facts,
        number,
        status: outcome.kind === 'done' ? 200 : answer?.status,
        requestId: answer?.requestId,
        retryInMs: isLast ? undefined : wait,
      });
      if (outcome.kind === 'done') return outcome.body;
      if (isLast) throw failureOf(outcome, facts);
      await sleep(wait, signal);
    }
  }

  /**
   * Opens an answer that is read piece by piece.
   * @throws ApiError for a refusal, ConnectionError where none came; nothing is tried again here
   */
  async open(request: Outgoing): Promise<ReadableStream<Uint8Array>> {
    let response: Response;
    try {
      response = await this.#ask(request, request.signal);
    } catch (cause) {
      request.signal?.throwIfAborted();
      throw failureOf({ kind: 'lost', cause }, request.facts);
    }
    if (!response.ok) throw errorOf(problemIn(response, await response.text().catch(() => '')), request.facts);
    if (response.body === null) throw failureOf({ kind: 'lost', cause: 'an empty answer' }, request.facts);
    return response.body;
  }

  async #ask(request: Outgoing, signal: AbortSignal | undefined): Promise<Response> {
    const { key } = this.#options;
    const org = request.org ?? this.#options.org;
    const headers: Record<string, string> = {
      Authorization: `Bearer ${typeof key === 'string' ? key : await key()}`,
      ...request.headers,
    };
    if (org !== undefined) headers['Coffer-Org'] = org;
    if (request.facts.idempotencyKey !== undefined) headers['Idempotency-Key'] = request.facts.idempotencyKey;
    const init: RequestInit = { method: request.method, headers, redirect: 'manual' };
    if (request.body !== undefined) {
      headers['Content-Type'] = 'application/json';
      init.body = JSON.stringify(request.body);
    }
    if (signal !== undefined) init.signal = signal;
    return this.#fetch(this.#base + request.path, init);
  }

  /** One attempt, which ends after the timeout at the latest. */
  async #attempt(request: Outgoing, leftMs: number): Promise<Outcome> {
    const stop = new AbortController();
    const abort = (): void => stop.abort(request.signal?.reason);
    request.signal?.throwIfAborted();
    request.signal?.addEventListener('abort', abort, { once: true });
    const timeoutMs = Math.max(1, Math.min(leftMs, this.#options.timeoutMs ?? TIMEOUT_MS));
    const timer = setTimeout(() => stop.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    try {
      const response = await this.#ask(request, stop.signal);
      // The whole body is part of the attempt: an answer that breaks off is one that did not come.
      const text = await response.text();
      if (!response.ok) return { kind: 'refused', answer: problemIn(response, text) };
      return { kind: 'done', body: text === '' ? undefined : JSON.parse(text) };
    } catch (cause) {
      return { kind: 'lost', cause };
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', abort);
    }
  }
}

/**
 * How long to wait before a request is sent again; undefined: never. A refusal is only repeated where the service itself says
 * that time heals it (429 and 503 with `Retry-After`), or where a gateway answered in its place.
 */
function waitBefore(outcome: Outcome, repeatable: boolean, failed: number): number | undefined {
  if (outcome.kind === 'done') return undefined;
  if (outcome.kind === 'lost') return repeatable ? backoffMs(failed) : undefined;
  const { status, retryAfterMs: least, problem } = outcome.answer;
  const isBusy = status === 429 || status === 503;
  if (isBusy && least !== undefined) return least + backoffMs(failed);
  const isGateway = problem['code'] === undefined && (status === 502 || status === 503 || status === 504);
  return isGateway && repeatable ? backoffMs(failed) : undefined;
}

function failureOf(outcome: Exclude<Outcome, { kind: 'done' }>, facts: CallFacts): Error {
  if (outcome.kind === 'refused') return errorOf(outcome.answer, facts);
  const { cause } = outcome;
  const words = cause instanceof Error ? wordsOf(cause) : String(cause);
  return new ConnectionError(`${facts.call}: no answer came, its effect is unknown: ${words}`, facts, { cause });
}

/** What an error says, with its own cause: the `fetch` of Node says no more than that it failed. */
function wordsOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** What an answer that is no success says. */
function problemIn(response: Response, text: string): ProblemAnswer {
  let problem: Readonly<Record<string, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) problem = { ...parsed };
  } catch {
    // A page of a gateway: its status is all that is known.
  }
  return {
    status: response.status,
    problem,
    requestId: response.headers.get('x-request-id') ?? undefined,
    retryAfterMs: retryAfterMs(response.headers),
  };
}
