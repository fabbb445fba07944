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
import type { SchemaWatch } from '../../db/schema/watch.ts';
import type { LedgerWriter } from '../../db/ledger/writer.ts';
import type { ReadinessCheck } from './health.ts';

/** How far the clock may be off the database's: holds and lots expire by it, and entries carry its time. */
const CLOCK_SKEW_MS_MAX = 1_000;

/** What must work for this process to serve: its database, a schema that it knows, its clock, its ledger writer. */
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
        if (Math.abs(skewMs) > CLOCK_SKEW_MS_MAX) throw new Error(`the clock is ${skewMs} ms off the database's`);
      },
    },
    {
      name: 'ledger',
      check: async () => {
        if (!writer.status().ready) throw new Error('the ledger writer is not connected');
        return Promise.resolve();
      },
    },
  ];
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
