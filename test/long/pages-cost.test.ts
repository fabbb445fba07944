/**
 * The pages of the app stay as light when the books grow: with a hundred times as many entries and ten times as many deposits and orgs
 * each page makes few requests, and no request looks at more of the database.
 */
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KEPT_EVERY } from '../../src/db/ledger/beside/kinds.ts';
import { openChromium, openPage } from '../support/browser/chromium.ts';
import { openLargeBooks, type BookSize, type LargeBooks, type Reading } from '../support/browser/large-books.ts';
import { passSignIn, waitLoaded } from '../support/browser/walk.ts';

const SMALL = { entries: 10_000, deposits: 1_000, orgs: 100 };
const LARGE = { entries: 1_000_000, deposits: 10_000, orgs: 1_000 };
const REQUESTS_MAX = 8;
const GROWTH_MAX = 1.5;
/** An index of a hundred times as many rows may have a level more: the head of a wallet is found through several of them. */
const PAGES_FREE = 12;
const PAGES_FREE_A_STATEMENT = 2;
/**
 * Sums are kept for each thousand entries. At both ends of a statement's period up to that many are read one by one, however long the
 * history is, with a page of the index and one of the table for each. How many it is depends on the hour.
 */
const STATEMENT = '/treasury/statement';
const PAGES_FREE_OF_ENDS = 2 * 2 * KEPT_EVERY;
/** The reports of the whole deployment add up every wallet each time: they grow with the books, and no faster. */
const OF_ALL_WALLETS = '/admin/reports/';
const BOOKS_GROWTH = 100;
/** A request is measured so often, and its least cost counts: other work of the process does not. */
const TIMES = 3;

const BILLING = [
  '/billing',
  '/billing/top-up',
  '/billing/money-in',
  '/billing/money-in?tab=orders',
  '/billing/ledger',
  '/billing/ledger?type=AI_API_CALL',
  '/billing/ledger?reference=nothing',
  '/billing/holds',
  '/billing/statements',
  '/billing/budgets',
  '/billing/auto-refill',
  '/billing/products',
  '/billing/team',
  '/billing/webhooks',
  '/billing/settings',
  '/credits',
];
const DESK = [
  '/desk',
  '/desk/approvals',
  '/desk/orders',
  '/desk/disputes',
  '/desk/inbox',
  '/desk/solvency',
  '/desk/reports',
  '/desk/reports?report=journal',
  '/desk/reports?report=revenue',
  '/desk/reports?report=liability',
  '/desk/reports?report=breakage',
  '/desk/reports?report=deferred',
  '/desk/prices',
  '/desk/plans',
  '/desk/rewards',
  '/desk/chains',
  '/desk/orgs',
  '/desk/orgs/:org',
  '/desk/deposits/:deposit',
  '/desk/jobs',
  '/desk/audit',
  '/desk/search?q=acme',
  '/desk/search?q=:deposit',
];

/** Of each request of each page. */
type Costs = ReadonlyMap<string, Reading>;

let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => browser.close());

/** Opens each page and measures each of its requests again, alone. */
async function measure(
  books: LargeBooks,
  {
    user,
    paths,
    costs,
  }: { readonly user: string; readonly paths: readonly string[]; readonly costs: Map<string, Reading> },
): Promise<string[]> {
  const { page, context, faults } = await openPage(browser, books.hosts);
  const url = books.api.url();
  await passSignIn(page, url, user);
  await waitLoaded(page);
  const crowded: string[] = [];
  for (const path of paths) {
    const address = path.replace(':org', books.org).replace(':deposit', books.deposit);
    const asked = await requestsOf(page, `${url}/app${address}`);
    if (asked.length > REQUESTS_MAX) crowded.push(`${path}: ${asked.map((one) => one.url).join(' ')}`);
    for (const request of asked) {
      const name = `${path} ${request.method} ${new URL(request.url).pathname}`;
      if (request.method === 'GET' && !request.url.endsWith('/events/stream'))
        costs.set(name, await costOf(books, context, request));
    }
  }
  expect(faults).toEqual([]);
  await context.close();
  return crowded;
}

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly org: string | undefined;
}

/** What a page asks the service until it is there. */
async function requestsOf(page: Page, address: string): Promise<Asked[]> {
  const asked: Asked[] = [];
  const note = (request: Request): void => {
    if (request.resourceType() !== 'fetch') return;
    asked.push({ method: request.method(), url: request.url(), org: request.headers()['coffer-org'] });
  };
  page.on('request', note);
  await page.goto(address);
  await waitLoaded(page);
  page.off('request', note);
  return asked;
}

async function costOf(books: LargeBooks, context: BrowserContext, { url, org }: Asked): Promise<Reading> {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const headers = { cookie, origin: new URL(url).origin, ...(org === undefined ? {} : { 'coffer-org': org }) };
  const ask = async (): Promise<void> => {
    const answer = await fetch(url, { headers });
    await answer.arrayBuffer();
    if (answer.status >= 500) throw new Error(`${url}: ${answer.status}`);
  };
  await ask();
  let least: Reading = { pages: Infinity, statements: 0, worst: '' };
  for (let time = 0; time < TIMES; time += 1) {
    const cost = await books.pagesOf(ask);
    if (cost.pages < least.pages) least = cost;
  }
  return least;
}

async function measureAll(size: BookSize): Promise<{ readonly costs: Costs; readonly crowded: readonly string[] }> {
  const books = await openLargeBooks(size);
  try {
    const costs = new Map<string, Reading>();
    const crowded = [
      ...(await measure(books, { user: 'ada', paths: BILLING, costs })),
      ...(await measure(books, { user: 'opal', paths: DESK, costs })),
    ];
    return { costs, crowded };
  } finally {
    await books.stop();
  }
}

it('no page asks for more of the database when the books grow', { timeout: 510_000 }, async () => {
  const small = await measureAll(SMALL);
  const large = await measureAll(LARGE);
  expect(large.costs.size).toBeGreaterThan(BILLING.length + DESK.length);
  const grown = [...large.costs].flatMap(([name, { pages, statements, worst }]) => {
    const before = small.costs.get(name)?.pages ?? 0;
    const growth = name.includes(OF_ALL_WALLETS) ? BOOKS_GROWTH : GROWTH_MAX;
    const ends = name.endsWith(STATEMENT) ? PAGES_FREE_OF_ENDS : 0;
    const free = Math.max(PAGES_FREE, PAGES_FREE_A_STATEMENT * statements, ends);
    const most = Math.max(before * growth, before + free);
    return pages > most ? [`${name}: ${before} and then ${pages} pages in ${statements} statements, ${worst}`] : [];
  });
  expect({ grown, crowded: [...small.crowded, ...large.crowded] }).toEqual({ grown: [], crowded: [] });
});
