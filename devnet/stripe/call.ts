/** How a simulated call is declared. */
import type { z } from 'zod';
import { answerOf } from './answers.ts';
import type { Books, Cause, ObjectType, Stored } from './books.ts';
import { onlyExpand, readParameters } from './parameters.ts';

/** What a call works on. */
export interface CallContext {
  readonly books: Books;
  readonly cause: Cause;
  readonly given: unknown;
  /** The variable part of the path. */
  readonly id: string;
  readonly pageUrl: (session: string) => string;
  /** The id of the key's account. */
  readonly account: string;
}

type CallMethod = 'GET' | 'POST' | 'DELETE';

/** A call: its method, its path, the permission that a restricted key needs for it, and what it does. */
export interface SimulatedCall {
  readonly method: CallMethod;
  readonly path: RegExp;
  /** Such as `event_read`. */
  readonly permission: string;
  readonly run: (context: CallContext) => object;
}

/** A call with parameters of a schema. @param path with `:id` for its variable part */
export function call<Schema extends z.ZodType>(
  method: CallMethod,
  path: string,
  permission: string,
  schema: Schema,
  run: (context: CallContext, given: z.output<Schema>) => object,
): SimulatedCall {
  const pattern = new RegExp(`^/v1/${path.replace(':id', '([A-Za-z0-9_]+)')}$`);
  return { method, path: pattern, permission, run: (context) => run(context, readParameters(schema, context.given)) };
}

/** A call that answers one object by its id. */
export function retrieve(path: string, type: ObjectType, permission: string): SimulatedCall {
  return call('GET', `${path}/:id`, permission, onlyExpand, ({ books, id }, { expand }) =>
    answerOf(books, books.get(type, id), expand),
  );
}

/** A page with the expansions that were asked for. */
export function expanded(
  books: Books,
  page: { object: string; url: string; has_more: boolean; data: Stored[] },
  expand: readonly string[] = [],
): object {
  const inner = expand.map((path) => path.replace(/^data\./, ''));
  return { ...page, data: page.data.map((one) => answerOf(books, one, inner)) };
}
