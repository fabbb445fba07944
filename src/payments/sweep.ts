/**
 * Reads each account's list of events from a stored position, so that an endpoint that gets nothing loses nothing. It begins
 * some minutes before the position: times are whole seconds, and an event may appear in the list late. Events that are
 * known are passed over. An account without such a list is looked through instead (look.ts). May run in every process: a lease
 * gives each account to one of them.
 */
import type { Logger } from 'pino';
import { readAccountName, type AccountName } from '../core/billing/facts.ts';
import type { Clock } from '../core/clock.ts';
import { moveSweep, openSweep } from '../db/billing/accounts.ts';
import { listKnownEvents } from '../db/billing/provider-events.ts';
import type { Database } from '../db/database.ts';
import { acquireLease, LeaseLost, releaseLease, withLease, type Lease } from '../db/leases.ts';
import type { PaymentAccounts } from './accounts.ts';
import type { Backlog } from './backlog.ts';
import { storeEvents } from './inlet.ts';
import { receivedOf } from './intake.ts';
import { lookThrough } from './look.ts';
import { ProviderFailed, type EventAccount } from './port.ts';

/** How far before its position a sweep begins. */
export const OVERLAP_MS = 10 * 60_000;
/** How far back providers list events, less a margin. */
const LISTED_MS = 30 * 24 * 3_600_000 - 3_600_000;
/** Longer than one page takes with all its tries; renewed before each page. */
const LEASE_MS = 120_000;
/** Most pages of one window of time; a window with more is halved. */
const PAGES_MAX = 200;
/** A window of one second is not halved: it may have this many pages. */
const SECOND_PAGES_MAX = 1_000;
const SECOND_MS = 1_000;
/** Most windows of one round; the next round goes on from there. */
const WINDOWS_MAX = 100;

export interface SweepOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'info'>;
  readonly accounts: Pick<PaymentAccounts, 'find' | 'note'>;
  readonly backlog: Pick<Backlog, 'isFull'>;
  /** Names this process among those that may sweep. */
  readonly holder: string;
  /** Most pages of one window that is longer than a second. */
  readonly pagesMax?: number;
}

/**
 * Sweeps one account up to now, or as far as one round goes. It stops where so much of the account waits that no more is taken in.
 * @returns how many new events, or changed payments, it found; undefined when another process is at it, or the account has no key.
 */
export async function sweepAccount(options: SweepOptions, name: AccountName): Promise<number | undefined> {
  const { db, holder, accounts } = options;
  const account = await accounts.find(name);
  if (account === undefined) return undefined;
  const claim = { name: `payments.sweep:${name}`, holder, ttlMs: LEASE_MS };
  const lease = await acquireLease(db, claim);
  if (lease === undefined) return undefined;
  try {
    const found =
      account.lists === 'events'
        ? await sweepWindows(options, account, lease)
        : await lookThrough(options, account, { lease, ttlMs: LEASE_MS });
    await accounts.note(name, 'sweep', undefined);
    return found;
  } catch (error) {
    if (error instanceof ProviderFailed) await accounts.note(name, 'sweep', error.fault);
    throw error;
  } finally {
    await releaseLease(db, lease);
  }
}

async function sweepWindows(options: SweepOptions, account: EventAccount, lease: Lease): Promise<number> {
  const { db, clock } = options;
  const { name } = account;
  const nowMs = clock.nowMs();
  const org = readAccountName(name)?.org ?? null;
  const position = await openSweep(db, { name, org, startMs: nowMs - OVERLAP_MS, at: new Date(nowMs) });
  const oldestMs = nowMs - LISTED_MS;
  const gapFromMs = position < oldestMs ? position : undefined;
  let sinceMs = wholeSecond(Math.max(position - OVERLAP_MS, oldestMs));
  const endMs = wholeSecond(nowMs);
  let untilMs = endMs;
  let found = 0;
  for (let window = 0; window < WINDOWS_MAX && sinceMs <= endMs; window += 1) {
    const read = await readWindow(options, { account, lease, sinceMs, untilMs });
    found += read.found;
    if (read.end === 'full') return found;
    if (read.end === 'long') {
      untilMs = sinceMs + wholeSecond((untilMs - sinceMs) / 2);
      continue;
    }
    const toMs = untilMs;
    await withLease(db, lease, async (trx) => moveSweep(trx, { name, toMs, at: new Date(clock.nowMs()), gapFromMs }));
    sinceMs = untilMs + SECOND_MS;
    untilMs = endMs;
  }
  return found;
}

/**
 * Stores every new event of a window of whole seconds. `long`: it has too many pages to be read at once. `full`: the account
 * has as much waiting as it may.
 */
async function readWindow(
  { db, clock, backlog, pagesMax: windowPagesMax = PAGES_MAX }: SweepOptions,
  window: {
    readonly account: EventAccount;
    readonly lease: Lease;
    readonly sinceMs: number;
    readonly untilMs: number;
  },
): Promise<{ readonly end: 'whole' | 'long' | 'full'; readonly found: number }> {
  const { account, lease, sinceMs, untilMs } = window;
  const pagesMax = untilMs - sinceMs < SECOND_MS ? SECOND_PAGES_MAX : windowPagesMax;
  let found = 0;
  let after: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const held = await acquireLease(db, { name: lease.name, holder: lease.holder, ttlMs: LEASE_MS });
    if (held?.fence !== lease.fence) throw new LeaseLost(`${lease.name} has another holder`);
    const { events, next } = await account.listEvents({ sinceMs, untilMs, ...(after !== undefined && { after }) });
    const known = await listKnownEvents(
      db,
      account.name,
      events.map(({ id }) => id),
    );
    const unknown = events.filter(({ id }) => !known.has(id));
    if (unknown.length > 0 && (await backlog.isFull(account.name))) return { end: 'full', found };
    const about = { source: 'sweep', nowMs: clock.nowMs() } as const;
    const stored = await storeEvents(
      db,
      unknown.map((event) => receivedOf(account.name, event, about)),
    );
    found += stored.filter((isNew) => isNew).length;
    if (next === undefined) return { end: 'whole', found };
    after = next;
  }
  return { end: 'long', found };
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / SECOND_MS) * SECOND_MS;
}
