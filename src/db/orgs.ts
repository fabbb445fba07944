import { walletId } from '../core/ids.ts';
import type { Thresholds } from '../core/ledger/status.ts';
import type { Database } from './database.ts';
import { micros, orNull } from './ledger-columns.ts';

/** A customer of the deployment: the owner of one wallet. */
export interface Org {
  readonly id: string;
  readonly name: string;
  /** The operator's own id for it; unique. */
  readonly externalId: string | null;
  /** Set while the org is suspended by hand. */
  readonly suspendedAt: Date | null;
  readonly createdAt: Date;
}

interface OrgRow {
  id: string;
  name: string;
  external_id: string | null;
  suspended_at: Date | null;
  created_at: Date;
}

const ORG_COLUMNS = 'id, name, external_id, suspended_at, created_at';

function orgOf(row: OrgRow): Org {
  return {
    id: row.id,
    name: row.name,
    externalId: row.external_id,
    suspendedAt: row.suspended_at,
    createdAt: row.created_at,
  };
}

/** The external id is another org's. */
export class ExternalIdTaken extends Error {
  override name = 'ExternalIdTaken';
}

/**
 * Creates an org with its default settings and its wallet: all three, or none.
 * @throws ExternalIdTaken when another org has that external id.
 */
export async function createOrg(
  db: Database,
  org: { readonly id: string; readonly name: string; readonly externalId: string | null; readonly createdAt: Date },
): Promise<Org> {
  return db.transaction(async (trx) => {
    const inserted: { rows: OrgRow[] } = await trx.raw(
      `INSERT INTO org (id, name, external_id, created_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (external_id) DO NOTHING RETURNING ${ORG_COLUMNS}`,
      [org.id, org.name, org.externalId, org.createdAt],
    );
    const row = inserted.rows[0];
    if (!row) throw new ExternalIdTaken(`an org with the external id ${org.externalId} exists already`);
    await trx.raw('INSERT INTO org_settings (org, updated_at) VALUES (?, ?)', [org.id, org.createdAt]);
    await trx.raw("INSERT INTO wallet (id, owner_kind, owner, asset, created_at) VALUES (?, 'org', ?, 'USD', ?)", [
      walletId({ kind: 'org', id: org.id }),
      org.id,
      org.createdAt,
    ]);
    return orgOf(row);
  });
}

/** The org with that id (a canonical UUID), if there is one. */
export async function findOrg(db: Database, id: string): Promise<Org | undefined> {
  const result: { rows: OrgRow[] } = await db.raw(`SELECT ${ORG_COLUMNS} FROM org WHERE id = ?`, [id]);
  const row = result.rows[0];
  return row && orgOf(row);
}

/** Orgs, newest first; ids are time-ordered. `beforeId` is the last id of the page before. */
export async function listOrgs(
  db: Database,
  page: { readonly limit: number; readonly beforeId?: string | undefined },
): Promise<Org[]> {
  const result: { rows: OrgRow[] } = await db.raw(
    `SELECT ${ORG_COLUMNS} FROM org WHERE (?::uuid IS NULL OR id < ?::uuid) ORDER BY id DESC LIMIT ?`,
    [page.beforeId ?? null, page.beforeId ?? null, page.limit],
  );
  return result.rows.map(orgOf);
}

/** The balance thresholds of an org; it has none set when it is unknown. */
export async function findThresholds(db: Database, org: string): Promise<Thresholds> {
  const result: { rows: { low_balance_threshold: string | null; critical_threshold: string | null }[] } = await db.raw(
    'SELECT low_balance_threshold, critical_threshold FROM org_settings WHERE org = ?',
    [org],
  );
  const row = result.rows[0];
  return {
    lowMicros: orNull(row?.low_balance_threshold ?? null, micros),
    criticalMicros: orNull(row?.critical_threshold ?? null, micros),
  };
}
