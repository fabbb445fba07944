/** The readiness checks of this process, and its warnings at startup about the database role. */
import type { Logger } from 'pino';
import type { Clock } from '../../core/clock.ts';
import {
  measureClockSkewMs,
  ownsLedger,
  pingDatabase,
  seesPastPolicies,
  type Database,
  type OrgDatabases,
} from '../../db/database.ts';
import { findOldestWaitSeconds, ServerRefused } from '../../db/admission.ts';
import { proveSpace } from '../../db/durability.ts';
import { DISK_FULL, hasSqlState } from '../../db/errors.ts';
import type { SchemaWatch } from '../../db/schema/watch.ts';
import type { LedgerWriter } from '../../db/ledger/writer.ts';
import type { ReadinessCheck } from './health.ts';

/** How far the clock may be off the database's: holds and lots expire by it, and entries carry its time. */
const CLOCK_SKEW_MS_MAX = 1_000;
/** How long a write may wait for a synchronous standby before the process is not ready. */
const STANDBY_WAIT_SECONDS_MAX = 5;
/** The disk is asked for room at most this often, however often anyone asks for readiness. */
const SPACE_INTERVAL_MS = 5_000;

/**
 * What must work for this process to serve: its database takes writes, and the clocks agree; no write hangs for a standby
 * that is away; the server's disk has room; the schema is one that it knows; the ledger writer is connected.
 */
export function ownChecks({
  db,
  orgs,
  clock,
  writer,
  schema,
}: {
  readonly db: Database;
  readonly orgs: OrgDatabases;
  readonly clock: Clock;
  readonly writer: LedgerWriter;
  readonly schema: SchemaWatch;
}): ReadinessCheck[] {
  return [
    {
      name: 'database',
      check: async () => {
        await Promise.all([pingDatabase(db), pingDatabase(orgs.none)]);
      },
    },
    { name: 'schema', check: async () => schema.check() },
    {
      name: 'clock',
      check: async () => {
        const skewMs = await measureClockSkewMs(db, clock);
        if (Math.abs(skewMs) <= CLOCK_SKEW_MS_MAX) return;
        throw new ServerRefused('clock', `the clock is ${skewMs} ms off the database's`);
      },
    },
    {
      name: 'standby',
      check: async () => {
        const seconds = await findOldestWaitSeconds(db);
        if (seconds < STANDBY_WAIT_SECONDS_MAX) return;
        throw new ServerRefused('standby-away', `a write has waited ${seconds} s for a synchronous standby`);
      },
    },
    {
      name: 'space',
      check: atMostEvery(SPACE_INTERVAL_MS, clock, async () =>
        proveSpace(db).catch((error: unknown) => {
          throw hasSqlState(error, DISK_FULL) ? new ServerRefused('disk-full', "the server's disk is full") : error;
        }),
      ),
    },
    {
      name: 'ledger',
      check: async () => {
        const { ready, problem } = writer.status();
        if (!ready) throw problem ?? new Error('the ledger writer is not connected');
        return Promise.resolve();
      },
    },
  ];
}

/** The work, done at most once in so many milliseconds; who asks in between gets the last outcome. */
function atMostEvery(intervalMs: number, clock: Clock, work: () => Promise<void>): () => Promise<void> {
  let last: { readonly atMs: number; readonly outcome: Promise<void> } | undefined;
  return async () => {
    const nowMs = clock.nowMs();
    if (!last || Math.abs(nowMs - last.atMs) >= intervalMs) last = { atMs: nowMs, outcome: work() };
    return last.outcome;
  };
}

/** Logs a warning when the database role could bypass what protects the ledger or separates the orgs. */
export async function warnOfRole(db: Database, log: Logger): Promise<void> {
  if (await ownsLedger(db)) {
    log.warn(
      'DATABASE_URL is the role that owns the ledger: entries are then guarded by a trigger alone, which it can drop',
    );
  }
  if (await seesPastPolicies(db)) {
    log.warn(
      'DATABASE_URL is a superuser or has BYPASSRLS: row-level security, the second barrier between orgs, is off',
    );
  }
}
