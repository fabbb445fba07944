/** Types of calls, read off the generated types: what each takes and answers, by `METHOD path`. */
import type { paths } from './generated/api.ts';
import type { Usd } from './usd.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Every call that the types know, such as `POST /treasury/debit`. */
export type Call = {
  [Path in keyof paths]: {
    [One in Method]: paths[Path][One] extends { responses: unknown } ? `${Uppercase<One>} ${Path}` : never;
  }[Method];
}[keyof paths];

type OperationOf<C extends Call> = C extends `${infer One} ${infer Path}`
  ? Path extends keyof paths
    ? Lowercase<One> extends keyof paths[Path]
      ? paths[Path][Lowercase<One>]
      : never
    : never
  : never;

type Parameter<C extends Call, Where extends 'query' | 'path'> =
  OperationOf<C> extends { parameters: { [One in Where]?: infer Value } } ? Exclude<Value, undefined> : never;

/** What a call takes in its URL, after the question mark. */
export type Query<C extends Call> = Parameter<C, 'query'>;
/** What stands in the path of a call. */
export type PathValues<C extends Call> = Parameter<C, 'path'>;

/** The same with a `Usd` allowed wherever an amount is text. */
export type WithAmounts<T> = T extends readonly (infer One)[]
  ? WithAmounts<One>[]
  : T extends object
    ? { [K in keyof T]: K extends `${string}Usd` ? T[K] | (string extends T[K] ? Usd : never) : WithAmounts<T[K]> }
    : T;

/** The body of a call. */
export type Body<C extends Call> =
  OperationOf<C> extends { requestBody?: { content: { 'application/json': infer Value } } }
    ? WithAmounts<Value>
    : never;

/** What a call answers. */
export type Reply<C extends Call> =
  OperationOf<C> extends { responses: infer Replies }
    ? { [Status in keyof Replies]: JsonOf<Replies[Status]> }[keyof Replies]
    : never;

type JsonOf<Answer> = Answer extends { content: { 'application/json': infer Value } } ? Value : undefined;

/** What any call takes beside what it says itself. */
export interface CallOptions {
  /** The org that the call is about, for keys that are not bound to one. Left out: that of the client. */
  readonly org?: string;
  /** Gives up. Whether a call that was under way had its effect is then unknown: give it a key of your own to find out. */
  readonly signal?: AbortSignal;
  /** How long all attempts together may take, in milliseconds. Left out: that of the client. */
  readonly deadlineMs?: number;
  /**
   * The key of a call that moves money; kept over all retries. Left out: a new one. Give one of your own (an order's number, a
   * request's id) where the same command may be sent again after a crash of your program.
   */
  readonly idempotencyKey?: string;
}

/** What a call takes that moves money. */
export interface MoneyOptions<Dry extends boolean = false> extends CallOptions {
  /** Answers what the call would answer; nothing is written, and no key is used. */
  readonly dryRun?: Dry;
}
