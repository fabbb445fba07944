/**
 * A Stripe for tests and for the devnet: it keeps state, sends signed webhooks and behaves as the pinned version of the API
 * does, for the calls in routes.ts. Clients reach it with the official SDK. From code:
 *
 *     const stripe = await startFakeStripe();
 *     const shop = stripe.addAccount();               an account, with test and live books
 *     const key = shop.createKey('test');             a secret key; with a list of permissions, a restricted one
 *     const hook = shop.addEndpoint(url);             its events go there; hook.secrets sign them
 *     stripe.pay(session, 'pm_card_visa')             a person pays; cards.ts has the methods
 *     stripe.act(session, 'dispute')                  what the buttons of the page do: refund, dispute, win, ...
 *     stripe.clock.advance(ms)                        time passes: delayed money arrives, deliveries are tried again
 *     stripe.weather.duplicate = 1                    deliveries misbehave; deliveries.ts has the switches
 *     stripe.faults.add({ call: 'POST /v1/refunds', times: 1, effect: { kind: 'lose_answer' } })
 *     await stripe.idle()                             every delivery that was due has ended
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeAccount, type AccountKey } from './account.ts';
import type { Books } from './books.ts';
import { confirmOnPage, payOnPage } from './checkout.ts';
import { Deliveries, type Attempt, type Weather } from './deliveries.ts';
import { CallFaults } from './faults.ts';
import { act, servePage } from './page.ts';
import { seeded } from '../seeded.ts';
import { Schedule } from './schedule.ts';
import { createFakeServer, type ArrivedCall } from './server.ts';
import { renderIn } from './versions.ts';

export interface FakeStripe {
  /** For the SDK's `host`, `port` and `protocol`, or as `payments.stripe.apiUrl`. */
  readonly url: string;
  readonly clock: Schedule;
  readonly faults: CallFaults;
  readonly weather: Weather;
  readonly deliveries: Deliveries;
  /** Every call that arrived. */
  readonly calls: readonly ArrivedCall[];
  addAccount(): FakeAccount;
  /** A person pays a session. */
  pay(session: string, method?: string): string;
  /** The payer confirms what the bank asked for. */
  confirm(session: string): string;
  /** Presses a button of the session's page. */
  act(session: string, action: string): void;
  /** The books that have this object. @throws Error when none have */
  booksOf(id: string): Books;
  attempts(): readonly Attempt[];
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a fake on the loopback interface. @param options.seed of everything random; default 1 */
export async function startFakeStripe({
  port = 0,
  seed = 1,
}: { port?: number; seed?: number } = {}): Promise<FakeStripe> {
  const schedule = new Schedule();
  const random = seeded(seed);
  const deliveries = new Deliveries({ schedule, random, render: renderIn });
  const faults = new CallFaults();
  const accounts: FakeAccount[] = [];
  const keys = new Map<string, AccountKey>();
  const calls: ArrivedCall[] = [];
  const findBooks = (id: string): Books | undefined =>
    accounts
      .flatMap((account) => [account.books('test'), account.books('live')])
      .find((books) => books.find(id) !== undefined);
  const booksOf = (id: string): Books => {
    const books = findBooks(id);
    if (books === undefined) throw new Error(`no account has ${id}`);
    return books;
  };
  const own: { url: string } = { url: '' };
  const server = createFakeServer({
    findKey: (text) => keys.get(text),
    faults,
    deliveries,
    schedule,
    pageUrl: (session) => `${own.url}/pay/${session}`,
    page: (request, response) => servePage({ findBooks }, request, response),
    onCall: (call) => calls.push(call),
  });
  own.url = await listen(server, port);
  return {
    url: own.url,
    clock: schedule,
    faults,
    weather: deliveries.weather,
    deliveries,
    calls,
    booksOf,
    addAccount: () => {
      const account = new FakeAccount({ schedule, deliveries, random, register: (text, key) => keys.set(text, key) });
      accounts.push(account);
      return account;
    },
    pay: (session, method = 'pm_card_visa') => {
      const books = booksOf(session);
      return payOnPage(books, books.get('checkout.session', session), { with: method });
    },
    confirm: (session) => {
      const books = booksOf(session);
      return confirmOnPage(books, books.get('checkout.session', session));
    },
    act: (session, action) => {
      const books = booksOf(session);
      act(books, books.get('checkout.session', session), action);
    },
    attempts: () => deliveries.attempts,
    idle: async () => deliveries.idle(),
    stop: async () => {
      schedule.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
