/** Checks after the fuzz: how many requests succeeded, and whether the ledger matches the answers. */
import { expect } from 'vitest';
import { parseSignedUsd } from '../../../src/core/money.ts';
import { ledgerReply } from '../../../src/http/treasury/schemas.ts';
import type { TestApi } from './api.ts';
import type { Outcome } from './fuzz.ts';
import type { Side } from './fuzz-seeds.ts';

/** The share of requests to each route that must succeed, or the fuzz shows little about it. */
const SUCCEEDED_MIN = 0.2;
/** About people, whom the fuzz does not sign in; its keys act for users who have nothing. */
const OF_PEOPLE = [
  'POST /io/wallet/deduct',
  'POST /io/wallet/topup-session',
  'POST /io/wallet/webhook',
  'GET /io/wallet/balance',
  'GET /io/wallet/transactions',
  'GET /credits/balance',
  'GET /credits/transactions',
  'POST /credits/deduct',
  'POST /credits/redeem',
  'GET /orders',
  'GET /orders/{id}',
  'POST /checkin',
  'POST /payment/create-session',
  'POST /admin/billing/coupons',
  'PUT /admin/checkin/config',
  'POST /admin/credits/manual',
  'GET /admin/users/{id}',
];
/**
 * Routes that succeed less often: only a payment provider can sign what the first two take, a secret that is rotated
 * cannot be rotated again while the one before it still counts, only a frozen rail can be released, a file has one
 * name, only two reports at a time are made,
 * no org of a run is closed, only a checkout that was opened before can be verified, a price needs a second person, as bookings above a limit do, and only people have credits of their own.
 */
const RARE_ROUTES: ReadonlySet<string> = new Set([
  'POST /webhooks/stripe/{org}',
  'POST /payment/webhook/creem',
  'POST /admin/rails/{rail}/release',
  'POST /admin/orgs/{org}/close',
  'POST /orgs/{org}/checkout/{session}/verify',
  'GET /docs/assets/{name}',
  // Without an issuer nobody signs in, and without a build there are no pages.
  'GET /app',
  'GET /app/{page}',
  'GET /app/{page}/{part}',
  'GET /app/{page}/{part}/{id}',
  'GET /app/assets/{name}',
  'GET /app/callback',
  'GET /app/me',
  'GET /app/sign-in',
  'POST /app/sign-out',
  'POST /admin/prices',
  'GET /subscription',
  'GET /subscription/plans',
  ...['change', 'cancel', 'resume', 'portal'].map((name) => `POST /subscription/${name}`),
  'POST /payment/webhook/stripe',
  'POST /admin/billing/plans',
  'PUT /admin/billing/plans/{id}',
  ...OF_PEOPLE,
  ...['journal', 'revenue', 'breakage', 'deferred', 'trial-balance', 'liability'].map(
    (name) => `GET /admin/reports/${name}`,
  ),
  'POST /webhook-endpoints/{id}/rotate-secret',
  'POST /admin/webhook-endpoints/{id}/rotate-secret',
]);
/** Entry types that are written when time is over, not by a call. */
const BY_TIME: ReadonlySet<string> = new Set(['HOLD_RELEASE', 'GIFT_HOLD_RELEASE', 'LOT_EXPIRY']);
const PAGES_MAX = 1_000;
/** Overdue entries have been written by then. */
const OVERDUE_MS = 30_000;

type Entry = ReturnType<typeof ledgerReply.parse>['entries'][number];

/** Fails the test when an answer was wrong, too few requests succeeded, or the ledger differs from the answers. */
export async function expectNoSurprise(outcome: Outcome): Promise<void> {
  expect(outcome.failures).toEqual([]);
  const rare = [...outcome.counts].filter(
    ([route, { sent, succeeded }]) => !RARE_ROUTES.has(route) && succeeded < sent * SUCCEEDED_MIN,
  );
  expect(rare).toEqual([]);
  for (const side of outcome.seeds.sides) await expectTold(outcome, side);
}

/** Every entry of the org was in an answer, word for word, or is one that time causes; the balance is their sum. */
async function expectTold({ seeds: { api }, told, approved, commands }: Outcome, { key, wallet }: Side): Promise<void> {
  const own = [...told.values()].filter(({ id }) => id.includes(wallet));
  expect(own.length).toBeGreaterThan(5);
  const entries = await readLedger(api, key);
  const stored = new Map(entries.map((entry) => [entry.id, entry]));
  for (const entry of own) expect(stored.get(entry.id)).toEqual(entry);
  const isTold = ({ id, commandId }: Entry): boolean => told.has(id) || approved.has(id) || commands.has(commandId);
  const untold = entries.filter((entry) => !isTold(entry) && !BY_TIME.has(entry.type));
  // The org's first deposit, made before the fuzz.
  expect(untold.map(({ type, amountUsd }) => [type, amountUsd])).toEqual([['DEPOSIT', '100000.00']]);
  await expect.poll(async () => differenceOf(api, key), { timeout: OVERDUE_MS, interval: 500 }).toEqual([0n, 0n]);
}

/** The balance minus the sum of the entries: available, held. */
async function differenceOf(api: TestApi, key: string): Promise<bigint[]> {
  const { json } = await api.call('GET', '/treasury/balance', { key });
  const entries = await readLedger(api, key);
  const less = (told: unknown, of: (entry: Entry) => string): bigint =>
    entries.reduce((left, entry) => left - micros(of(entry)), micros(String(told)));
  return [
    less(json['availableUsd'], ({ availableDeltaUsd }) => availableDeltaUsd),
    less(json['heldUsd'], ({ heldDeltaUsd }) => heldDeltaUsd),
  ];
}

function micros(usd: string): bigint {
  return /^-?0\.0+$/.test(usd) ? 0n : parseSignedUsd(usd);
}

async function readLedger(api: TestApi, key: string): Promise<Entry[]> {
  const found: Entry[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < PAGES_MAX && cursor !== null; page += 1) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const reply: ReturnType<typeof ledgerReply.parse> = ledgerReply.parse(
      (await api.call('GET', `/treasury/ledger?limit=100${more}`, { key })).json,
    );
    found.push(...reply.entries);
    cursor = reply.nextCursor;
  }
  return found;
}
