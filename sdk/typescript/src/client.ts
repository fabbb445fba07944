/** The client: the calls of a program that spends, and every other call by its method and path. */
import type {
  Balance,
  Debit,
  DebitPreview,
  Deposit,
  Entry,
  Event,
  Hold,
  HoldAlive,
  HoldCaptured,
  HoldCapturedPreview,
  HoldExtended,
  HoldExtendedPreview,
  HoldGrown,
  HoldGrownPreview,
  HoldOpened,
  HoldOpenedPreview,
  HoldReleased,
  HoldReleasedPreview,
  Order,
  RunBatchReply,
  Sender,
} from './generated/api.ts';
import { sendLines } from './batch.ts';
import type { Body, Call, CallOptions, MoneyOptions, PathValues, Query, Reply } from './calls.ts';
import { followLog, readLog, type FollowOptions, type LogOptions } from './events.ts';
import { newIdempotencyKey } from './keys.ts';
import { listAll } from './pages.ts';
import { Transport, type ClientOptions, type Outgoing } from './transport.ts';

type Dryable<Dry extends boolean, Real, Preview> = Promise<Dry extends true ? Preview : Real>;

/** What {@link Coffer.request} takes: the parts that the call has. */
export type RequestParts<C extends Call> = CallOptions & {
  readonly query?: Query<C>;
  readonly path?: PathValues<C>;
  readonly body?: Body<C>;
  readonly dryRun?: boolean;
};

/** A client of one service. It keeps nothing but its options: make one for the whole program. */
export class Coffer {
  readonly #transport: Transport;

  constructor(options: ClientOptions) {
    this.#transport = new Transport(options);
  }

  /**
   * Any call, by its method and path: `request('POST /orgs/{org}/checkout', { path: { org }, body })`. A call that changes
   * something is sent again after a lost connection only with an `idempotencyKey`.
   * @throws ApiError, ConnectionError
   */
  async request<C extends Call>(call: C, parts: RequestParts<C> = {}): Promise<Reply<C>> {
    return (await this.#send(call, parts)) as Reply<C>;
  }

  /** The balance of the org, now or as it was recorded before `at`. */
  async getBalance(query: Query<'GET /treasury/balance'> = {}, options: CallOptions = {}): Promise<Balance> {
    return this.request('GET /treasury/balance', { query, ...options });
  }

  /** Whether an amount could be spent now. Moves nothing and promises nothing: to be sure of money, hold it. */
  async checkBalance(
    body: Body<'POST /treasury/check-balance'>,
    options: CallOptions = {},
  ): Promise<Reply<'POST /treasury/check-balance'>> {
    return (await this.#send(
      'POST /treasury/check-balance',
      { body, ...options },
      true,
    )) as Reply<'POST /treasury/check-balance'>;
  }

  /** Spends an amount, or a quantity of an action of the price book. @throws InsufficientCreditError, ... */
  async createDebit<Dry extends boolean = false>(
    body: Body<'POST /treasury/debit'>,
    options: MoneyOptions<Dry> = {},
  ): Dryable<Dry, Debit, DebitPreview> {
    return this.#money('/treasury/debit', body, options);
  }

  /** Sets money aside. {@link withHold} takes care of its end. @throws InsufficientCreditError, ... */
  async createHold<Dry extends boolean = false>(
    body: Body<'POST /treasury/hold'>,
    options: MoneyOptions<Dry> = {},
  ): Dryable<Dry, HoldOpened, HoldOpenedPreview> {
    return this.#money('/treasury/hold', body, options);
  }

  /** Takes a cost from a hold. Unless `final` is false, that closes it and frees the rest. */
  async captureHold<Dry extends boolean = false>(
    body: Body<'POST /treasury/consume-hold'>,
    options: MoneyOptions<Dry> = {},
  ): Dryable<Dry, HoldCaptured, HoldCapturedPreview> {
    return this.#money('/treasury/consume-hold', body, options);
  }

  /** Frees what a hold has left, and ends it. */
  async releaseHold<Dry extends boolean = false>(
    body: Body<'POST /treasury/release-hold'>,
    options: MoneyOptions<Dry> = {},
  ): Dryable<Dry, HoldReleased, HoldReleasedPreview> {
    return this.#money('/treasury/release-hold', body, options);
  }

  /** Lets a hold last longer. */
  async extendHold<Dry extends boolean = false>(
    body: Body<'POST /treasury/extend-hold'>,
    options: MoneyOptions<Dry> = {},
  ): Dryable<Dry, HoldExtended, HoldExtendedPreview> {
    return this.#money('/treasury/extend-hold', body, options);
  }

  /** Adds money to a hold. @throws InsufficientCreditError, ... */
  async growHold<Dry extends boolean = false>(
    body: Body<'POST /treasury/grow-hold'>,
    options: MoneyOptions<Dry> = {},
  ): Dryable<Dry, HoldGrown, HoldGrownPreview> {
    return this.#money('/treasury/grow-hold', body, options);
  }

  /** Keeps a hold alive that was opened with `heartbeatSeconds`. */
  async heartbeatHold(body: Body<'POST /treasury/heartbeat-hold'>, options: CallOptions = {}): Promise<HoldAlive> {
    return (await this.#send('POST /treasury/heartbeat-hold', { body, ...options }, true)) as HoldAlive;
  }

  /**
   * Up to 1,000 commands, each judged alone. Those without an `idempotencyKey` get one, which retries keep. Lines that the ledger
   * could not take in time (503) are sent again under their keys. One that is still 503 at the deadline may have been carried out
   * or not: send it again under the key in its result to find out. A refused line is never sent again.
   */
  async runBatch(
    body: { readonly commands: readonly Omit<Body<'POST /treasury/batch'>['commands'][number], 'idempotencyKey'>[] },
    options: MoneyOptions<boolean> = {},
  ): Promise<RunBatchReply> {
    const lines = body.commands.map((command) => ({ idempotencyKey: newIdempotencyKey(), ...command }));
    const send = async (commands: readonly unknown[], deadlineMs: number): Promise<RunBatchReply> =>
      (await this.#send('POST /treasury/batch', { ...options, body: { commands }, deadlineMs }, true)) as RunBatchReply;
    const deadlineMs = options.deadlineMs ?? this.#transport.deadlineMs;
    // A dry run judges each line on those before it, so that a part of it would be judged wrongly.
    if (options.dryRun === true) return send(lines, deadlineMs);
    return sendLines(lines, send, { deadlineMs, signal: options.signal });
  }

  /** Priced usage. Each event's `id` counts once for ever, so that the same events may be sent again. */
  async reportUsage(
    body: Body<'POST /treasury/usage'>,
    options: MoneyOptions<boolean> = {},
  ): Promise<Reply<'POST /treasury/usage'>> {
    return (await this.#send('POST /treasury/usage', { body, ...options }, true)) as Reply<'POST /treasury/usage'>;
  }

  /** What an action would cost. */
  async getQuote(
    query: Query<'GET /treasury/quote'>,
    options: CallOptions = {},
  ): Promise<Reply<'GET /treasury/quote'>> {
    return this.request('GET /treasury/quote', { query, ...options });
  }

  /** The entries of the ledger, newest first, page by page as they are needed. */
  listEntries(query: Query<'GET /treasury/ledger'> = {}, options: CallOptions = {}): AsyncGenerator<Entry, void> {
    return listAll(async (cursor) => {
      const page = await this.request('GET /treasury/ledger', { query: { ...query, ...cursor }, ...options });
      return [page.entries, page.nextCursor];
    });
  }

  /** The holds, newest first. */
  listHolds(query: Query<'GET /treasury/holds'> = {}, options: CallOptions = {}): AsyncGenerator<Hold, void> {
    return listAll(async (cursor) => {
      const page = await this.request('GET /treasury/holds', { query: { ...query, ...cursor }, ...options });
      return [page.holds, page.nextCursor];
    });
  }

  /** The deposits, newest first. */
  listDeposits(query: Query<'GET /treasury/deposits'> = {}, options: CallOptions = {}): AsyncGenerator<Deposit, void> {
    return listAll(async (cursor) => {
      const page = await this.request('GET /treasury/deposits', { query: { ...query, ...cursor }, ...options });
      return [page.deposits, page.nextCursor];
    });
  }

  /** The purchases on every rail, newest first. */
  listOrders(query: Query<'GET /treasury/orders'> = {}, options: CallOptions = {}): AsyncGenerator<Order, void> {
    return listAll(async (cursor) => {
      const page = await this.request('GET /treasury/orders', { query: { ...query, ...cursor }, ...options });
      return [page.orders, page.nextCursor];
    });
  }

  /** The registered senders, newest first. */
  listSenders(query: Query<'GET /treasury/senders'> = {}, options: CallOptions = {}): AsyncGenerator<Sender, void> {
    return listAll(async (cursor) => {
      const page = await this.request('GET /treasury/senders', { query: { ...query, ...cursor }, ...options });
      return [page.senders, page.nextCursor];
    });
  }

  /** The events of the log after a cursor, oldest first, to the log's present end. Keep the last one's `cursor`. */
  listEvents(log: LogOptions = {}, options: CallOptions = {}): AsyncGenerator<Event, void> {
    return readLog(async (query) => this.request('GET /events', { query, ...options }), log);
  }

  /**
   * The events of the log after a cursor, then each new one as it happens, until the signal is aborted. A lost connection is
   * opened again where it broke off; no event comes twice, and none is left out.
   * @throws ApiError for a refusal, ConnectionError once the service was away for too long
   */
  followEvents(log: FollowOptions, options: Omit<CallOptions, 'deadlineMs'> = {}): AsyncGenerator<Event, void> {
    const call = 'GET /events/stream';
    const facts = { call, idempotencyKey: undefined };
    return followLog(
      async (query, headers, signal) => {
        const path = `/events/stream${queryOf(query)}`;
        const request: Outgoing = { method: 'GET', path, facts, headers, repeatable: true, org: options.org, signal };
        return this.#transport.open(request);
      },
      { ...log, ...(options.signal === undefined ? {} : { signal: options.signal }) },
    );
  }

  /** A call that moves money: it always has a key, so that it may be sent again. */
  async #money<Result>(path: string, body: unknown, options: MoneyOptions<boolean>): Promise<Result> {
    const idempotencyKey = options.idempotencyKey ?? newIdempotencyKey();
    return (await this.#send(`POST ${path}`, { body, ...options, idempotencyKey }, true)) as Result;
  }

  async #send(
    call: string,
    parts: CallOptions & { query?: unknown; path?: unknown; body?: unknown; dryRun?: boolean },
    isRepeatable = parts.idempotencyKey !== undefined,
  ): Promise<unknown> {
    const [method = '', template = ''] = call.split(' ');
    const values = (parts.path ?? {}) as Readonly<Record<string, string>>;
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined || value === '') throw new TypeError(`${call}: \`path.${name}\` is missing`);
      return encodeURIComponent(value);
    });
    return this.#transport.send({
      method,
      path: path + queryOf(parts.query),
      facts: { call, idempotencyKey: parts.idempotencyKey },
      body: parts.body,
      // GET reads, PUT and DELETE name the state that they lead to: a repetition adds nothing.
      repeatable: isRepeatable || method === 'GET' || method === 'PUT' || method === 'DELETE',
      org: parts.org,
      signal: parts.signal,
      deadlineMs: parts.deadlineMs,
      ...(parts.dryRun === true ? { headers: { 'Coffer-Dry-Run': 'true' } } : {}),
    });
  }
}

/** A query: lists are joined by commas, pairs are written `name[key]=value`, what is undefined is left out. */
function queryOf(query: unknown): string {
  if (query === undefined) return '';
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query as object)) {
    if (value === undefined || value === null) continue;
    if (typeof value !== 'object') search.append(name, String(value));
    else if (Array.isArray(value)) search.append(name, value.join(','));
    else for (const [key, one] of Object.entries(value as object)) search.append(`${name}[${key}]`, String(one));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
