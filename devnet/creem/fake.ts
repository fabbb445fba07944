/**
 * A Creem for tests and for the devnet: it keeps state, sends signed webhooks and knows what the official SDK calls of it. From
 * code:
 *
 *     const creem = await startFakeCreem();
 *     const shop = creem.addAccount();                an account in the test mode
 *     shop.key                                        its secret key
 *     const hook = shop.addEndpoint(url);             its events go there; hook.secret signs them
 *     const product = shop.addProduct({ price: 1000 });
 *     creem.act(checkout, 'pay')                      what the buttons of the page do: pay, refund, dispute, win, ...
 *     creem.clock.advance(ms)                         time passes: subscriptions renew, deliveries are tried again
 *     creem.weather.duplicate = 1                     deliveries misbehave; deliveries.ts has the switches
 *     shop.books.words.set('paid', 'settled')         a word that the SDK does not know
 *     creem.faults.add({ call: 'POST /v1/refunds', times: 1, effect: { kind: 'lose_answer' } })
 *     await creem.idle()                              every delivery that was due has ended
 */
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seeded } from '../seeded.ts';
import { CallFaults } from '../stripe/faults.ts';
import { Schedule } from '../stripe/schedule.ts';
import { Books } from './books.ts';
import { Deliveries, type Attempt, type Endpoint, type Weather } from './deliveries.ts';
import { addProduct } from './life.ts';
import type { Mode, Product, Transaction } from './objects.ts';
import { act, servePage, transactionOf } from './page.ts';
import { createFakeServer, type ArrivedCall } from './server.ts';

/** An account at the fake, in one mode. */
export interface FakeCreemAccount {
  readonly key: string;
  readonly books: Books;
  addEndpoint(url: string, secret?: string): Endpoint;
  /** A product that the account sells. Price in cents; without `recurring` it is sold once. */
  addProduct(product: Parameters<typeof addProduct>[1]): Product;
}

export interface FakeCreem {
  /** For the SDK's `serverURL`, or as `payments.creem.apiUrl`. */
  readonly url: string;
  readonly clock: Schedule;
  readonly faults: CallFaults;
  readonly weather: Weather;
  readonly deliveries: Deliveries;
  /** Every call that arrived. */
  readonly calls: readonly ArrivedCall[];
  /** Whether lists begin with the oldest: Creem does not say in which order they are. */
  oldestFirst: boolean;
  addAccount(mode?: Mode): FakeCreemAccount;
  /** Presses a button of the page of a checkout. */
  act(checkout: string, action: string): void;
  /** The transaction that was paid at a checkout. */
  transactionOf(checkout: string): Transaction;
  attempts(): readonly Attempt[];
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a fake on the loopback interface.
 * @param options.seed of everything random; default 1. @param options.clock shared with another fake
 */
export async function startFakeCreem({
  port = 0,
  seed = 1,
  clock = new Schedule(),
}: { port?: number; seed?: number; clock?: Schedule } = {}): Promise<FakeCreem> {
  const random = seeded(seed);
  const deliveries = new Deliveries(clock, random);
  const faults = new CallFaults();
  const accounts = new Map<string, Books>();
  const calls: ArrivedCall[] = [];
  const findBooks = (checkout: string): Books | undefined =>
    [...accounts.values()].find((books) => books.has('checkout', checkout));
  const booksOf = (checkout: string): Books => {
    const books = findBooks(checkout);
    if (books === undefined) throw new Error(`no account has ${checkout}`);
    return books;
  };
  const own = { url: '', oldestFirst: false };
  const server = createFakeServer({
    findBooks: (key) => accounts.get(key),
    faults,
    pageUrl: (checkout) => `${own.url}/pay/${checkout}`,
    oldestFirst: () => own.oldestFirst,
    page: (request, response) => servePage({ findBooks }, request, response),
    onCall: (call) => calls.push(call),
  });
  own.url = await listen(server, port);
  return Object.assign(own, {
    clock,
    faults,
    weather: deliveries.weather,
    deliveries,
    calls,
    addAccount: (mode: Mode = 'test') => {
      const account = openAccount(mode, { schedule: clock, deliveries, random });
      accounts.set(account.key, account.books);
      return account;
    },
    act: (checkout: string, action: string) => {
      const books = booksOf(checkout);
      act(books, books.get('checkout', checkout), action);
    },
    transactionOf: (checkout: string) => {
      const books = booksOf(checkout);
      return transactionOf(books, books.get('checkout', checkout));
    },
    attempts: () => deliveries.attempts,
    idle: async () => deliveries.idle(),
    stop: async () => {
      clock.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  });
}

function openAccount(
  mode: Mode,
  { schedule, deliveries, random }: { schedule: Schedule; deliveries: Deliveries; random: () => number },
): FakeCreemAccount {
  const endpoints: Endpoint[] = [];
  const books = new Books({ mode, schedule, random, send: (event) => deliveries.send(event, endpoints) });
  return {
    key: `creem_${mode === 'test' ? 'test_' : ''}${randomBytes(12).toString('hex')}`,
    books,
    addEndpoint: (url, secret = `whsec_${randomBytes(24).toString('base64')}`) => {
      const endpoint = { url, secret };
      endpoints.push(endpoint);
      return endpoint;
    },
    addProduct: (product) => addProduct(books, product),
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
