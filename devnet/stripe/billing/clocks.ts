/**
 * Test clocks: the time of the customers that are bound to one stands still until it is advanced; then their subscriptions renew,
 * fail and end as if it had passed. As at Stripe, only billing objects have that time: payments, their money and the events have
 * the account's.
 */
import type Stripe from 'stripe';
import { BY_ITSELF, type Books, type Cause } from '../books.ts';
import { StripeRefusal, wrongState } from '../refusal.ts';
import { Schedule } from '../schedule.ts';
import { periodAfter } from './calendar.ts';

type Clock = Stripe.TestHelpers.TestClock;

const DAY_SECONDS = 86_400;
/** A clock deletes itself after so many days of the account's time. */
const KEPT_DAYS = 30;
/** How many intervals of its shortest subscription a clock moves at once, at most; without a subscription, years. */
const INTERVALS_MAX = 2;

/** The books as the customers of a clock have them. */
const BOOKS_OF = new WeakMap<Clock, Books>();

/** Makes a clock that stands at a time. @throws StripeRefusal 400 in live mode */
export function createClock(
  books: Books,
  { frozen_time: frozen, name }: { readonly frozen_time: number; readonly name?: string | undefined },
  cause: Cause,
): Clock {
  if (books.livemode) throw new StripeRefusal(400, 'Test clocks can only be used in test mode.');
  const deletesAfter = books.now() + KEPT_DAYS * DAY_SECONDS;
  const clock = books.add<Clock>({
    id: books.newId('clock'),
    object: 'test_helpers.test_clock',
    created: books.now(),
    deletes_after: deletesAfter,
    frozen_time: frozen,
    livemode: false,
    name: name ?? null,
    status: 'ready',
    status_details: {},
  });
  BOOKS_OF.set(clock, books.on(new Schedule(frozen * 1_000)));
  books.schedule.after(KEPT_DAYS * DAY_SECONDS * 1_000, () => {
    if (books.find(clock.id) === clock) deleteClock(books, clock, BY_ITSELF);
  });
  books.emit('test_helpers.test_clock.created', clock, cause);
  return clock;
}

/** The books with the time of a customer: their clock's, where they have one. */
export function booksOf(books: Books, customer: string | { readonly id: string } | null): Books {
  const id = typeof customer === 'string' ? customer : customer?.id;
  const found = id === undefined ? undefined : books.find(id);
  const clock = found?.object === 'customer' ? clockOf(books, found.test_clock) : undefined;
  return (clock && BOOKS_OF.get(clock)) ?? books;
}

/** The id of a customer's clock; null where the account's time is theirs. */
export function clockIdOf(books: Books, customer: string): string | null {
  const found = books.find(customer);
  return found?.object === 'customer' ? (clockOf(books, found.test_clock)?.id ?? null) : null;
}

function clockOf(books: Books, clock: string | Clock | null | undefined): Clock | undefined {
  if (clock === null || clock === undefined) return undefined;
  const found = books.find(typeof clock === 'string' ? clock : clock.id);
  return found?.object === 'test_helpers.test_clock' ? found : undefined;
}

/**
 * Moves a clock on. It answers that it is advancing, and is ready soon after.
 * @throws StripeRefusal 400 for a time that is not later or too far ahead, and while it is advancing
 */
export function advanceClock(
  books: Books,
  clock: Clock,
  { frozen_time: target }: { readonly frozen_time: number },
  cause: Cause,
): Clock {
  const clocked = BOOKS_OF.get(clock);
  if (clocked === undefined) throw new Error('a clock without books');
  if (clock.status !== 'ready') throw wrongState('Test clock advancement is underway.');
  const isWithin = target > clock.frozen_time && target <= latestOf(books, clock);
  if (!isWithin) {
    const message = `The time must be later than ${clock.frozen_time}, and at most ${latestOf(books, clock)}.`;
    throw new StripeRefusal(400, message, { param: 'frozen_time' });
  }
  clock.status = 'advancing';
  clock.status_details = { advancing: { target_frozen_time: target } };
  books.emit('test_helpers.test_clock.advancing', clock, cause);
  books.schedule.after(0, () => {
    clocked.schedule.advance((target - clock.frozen_time) * 1_000);
    clock.frozen_time = target;
    clock.status = 'ready';
    clock.status_details = {};
    books.emit('test_helpers.test_clock.ready', clock, BY_ITSELF);
  });
  return clock;
}

function latestOf(books: Books, clock: Clock): number {
  const intervals = books
    .list('subscription')
    .filter((one) => one.test_clock === clock.id && one.status !== 'canceled')
    .flatMap(({ items }) => items.data.flatMap(({ price }) => price.recurring ?? []));
  const year = { interval: 'year', interval_count: 1 } as const;
  const ends = (intervals.length === 0 ? [year] : intervals).map((one) =>
    periodAfter(clock.frozen_time, one, INTERVALS_MAX),
  );
  return Math.min(...ends);
}

/** Deletes a clock, its customers and what they subscribe to. */
export function deleteClock(books: Books, clock: Clock, cause: Cause): { id: string; object: string; deleted: true } {
  BOOKS_OF.get(clock)?.schedule.stop();
  const customers = books.list('customer').filter((one) => one.test_clock === clock.id);
  const subscriptions = books.list('subscription').filter((one) => one.test_clock === clock.id);
  for (const { id } of [...customers, ...subscriptions, clock]) books.remove(id);
  books.emit('test_helpers.test_clock.deleted', clock, cause);
  return { id: clock.id, object: clock.object, deleted: true };
}
