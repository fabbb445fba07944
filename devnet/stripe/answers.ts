/** What calls answer: objects with the expansions that were asked for, and pages of lists. */
import type { Books, Stored, StoredEvent } from './books.ts';
import type { Page } from './parameters.ts';
import { StripeRefusal } from './refusal.ts';

/** The object as a call answers it, with the ids at the given paths replaced by their objects. */
export function answerOf(books: Books, object: Stored, expand: readonly string[] = []): Record<string, unknown> {
  const answer: Record<string, unknown> = { ...object };
  for (const path of expand) expandAt(books, answer, path.split('.'));
  return answer;
}

function expandAt(books: Books, holder: Record<string, unknown>, [name = '', ...rest]: readonly string[]): void {
  const value = name === 'payments' ? listPayments(books, holder) : holder[name];
  if (Array.isArray(value)) {
    holder[name] = value.map((one: unknown) => expandedOne(books, one, rest));
    return;
  }
  const found = typeof value === 'string' ? books.find(value) : undefined;
  holder[name] = expandedOne(books, found ?? value, rest);
}

/** A copy of an object with what lies below it expanded; anything else as it is. */
function expandedOne(books: Books, object: unknown, rest: readonly string[]): unknown {
  if (typeof object !== 'object' || object === null) return object;
  const copy = { ...object } as Record<string, unknown>;
  if (rest.length > 0) expandAt(books, copy, rest);
  return copy;
}

/** The payments of an invoice, which are part of it only when they are asked for. */
function listPayments(books: Books, { id }: Record<string, unknown>): unknown {
  const data = books.list('invoice_payment').filter(({ invoice }) => invoice === id);
  return { object: 'list', data, has_more: false, url: '/v1/invoice_payments' };
}

/** One page of a list that is newest first, as Stripe cuts it. @throws StripeRefusal 400 for an unknown cursor */
export function pageOf<One extends { readonly id: string; readonly created?: number }>(
  all: readonly One[],
  {
    limit,
    starting_after: after,
    ending_before: before,
    created,
  }: Pick<Page, 'limit' | 'starting_after' | 'ending_before' | 'created'>,
  url: string,
): { object: 'list'; url: string; has_more: boolean; data: One[] } {
  const wanted = all.filter((one) => isWithin(one.created ?? 0, created));
  const at = (id: string, param: string): number => {
    const index = wanted.findIndex((one) => one.id === id);
    if (index < 0) throw new StripeRefusal(400, `No such object: '${id}'`, { code: 'resource_missing', param });
    return index;
  };
  if (before !== undefined) {
    const end = at(before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', url, has_more: start > 0, data: wanted.slice(start, end) };
  }
  const start = after === undefined ? 0 : at(after, 'starting_after') + 1;
  return { object: 'list', url, has_more: wanted.length > start + limit, data: wanted.slice(start, start + limit) };
}

function isWithin(at: number, range: Page['created']): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return at === range;
  const { gt = -1, gte = 0, lt = Infinity, lte = Infinity } = range;
  return at > gt && at >= gte && at < lt && at <= lte;
}

/** How far back events can be listed. */
const EVENT_DAYS_MAX = 30;

/** The events of a list call, newest first, of the last 30 days only. */
export function listEvents(books: Books, { type, types, delivery_success: delivered }: Page): StoredEvent[] {
  const since = books.now() - EVENT_DAYS_MAX * 86_400;
  return books.events
    .filter((event) => event.created >= since)
    .filter((event) => type === undefined || event.type === type)
    .filter((event) => types === undefined || types.includes(event.type))
    .filter((event) => delivered === undefined || (event.pending_webhooks === 0) === delivered)
    .toReversed();
}
