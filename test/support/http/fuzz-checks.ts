/** What is looked at once the fuzz is through: how many requests succeeded, and whether the ledger is what was told. */
import { expect } from 'vitest';
import { parseSignedUsd } from '../../../src/core/money.ts';
import { ledgerReply } from '../../../src/http/treasury/schemas.ts';
import type { TestApi } from './api.ts';
import type { Outcome } from './fuzz.ts';
import type { Side } from './fuzz-seeds.ts';

/** Of the requests to each route, at least this share has to succeed, or the fuzz says little of it. */
const SUCCEEDED_MIN = 0.2;
/** Entries that time writes, not a call. */
const BY_TIME: ReadonlySet<string> = new Set(['HOLD_RELEASE', 'GIFT_HOLD_RELEASE', 'LOT_EXPIRY']);
const PAGES_MAX = 1_000;
/** Within it what is overdue has been written. */
const OVERDUE_MS = 30_000;

type Entry = ReturnType<typeof ledgerReply.parse>['entries'][number];

/** Fails the test where anything was answered wrongly, too little succeeded, or the ledger differs from the answers. */
export async function expectNoSurprise(outcome: Outcome): Promise<void> {
  expect(outcome.failures).toEqual([]);
  const rare = [...outcome.counts].filter(([, { sent, succeeded }]) => succeeded < sent * SUCCEEDED_MIN);
  expect(rare).toEqual([]);
  for (const side of outcome.seeds.sides) await expectTold(outcome, side);
}

/** Every entry of the org was told of by an answer, word for word, or written by time; the balance is their sum. */
async function expectTold({ seeds: { api }, told, approved }: Outcome, { key, wallet }: Side): Promise<void> {
  const own = [...told.values()].filter(({ id }) => id.includes(wallet));
  expect(own.length).toBeGreaterThan(5);
  const entries = await readLedger(api, key);
  const stored = new Map(entries.map((entry) => [entry.id, entry]));
  for (const entry of own) expect(stored.get(entry.id)).toEqual(entry);
  const untold = entries.filter(({ id, type }) => !told.has(id) && !approved.has(id) && !BY_TIME.has(type));
  // What the org began with.
  expect(untold.map(({ type, amountUsd }) => [type, amountUsd])).toEqual([['DEPOSIT', '100000.00']]);
  await expect.poll(async () => differenceOf(api, key), { timeout: OVERDUE_MS, interval: 500 }).toEqual([0n, 0n]);
}

/** What the balance says less what the entries add up to: available, held. */
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
