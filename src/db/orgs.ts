import { walletId } from '../core/ids.ts';
import type { Database, DatabaseTransaction } from './database.ts';
import { setProvisionalLimit } from './deposit-provisional.ts';
import { micros } from './ledger-columns.ts';
import { tellSuspension } from './suspension-events.ts';

/** A customer of the deployment: the owner of one wallet. */
export interface Org {
  readonly id: string;
  readonly name: string;
  /** The operator's own id for it; unique. */
  readonly externalId: string | null;
  /** Set while the org is suspended by hand. */
  readonly suspendedAt: Date | null;
  readonly createdAt: Date;
  /** The most that one free gift card of it pays for, in micros. */
  readonly freeGiftCardMaxMicros: bigint;
  /** How much it may have credited at a time under the early policy of a chain, in micros. */
  readonly provisionalLimitMicros: bigint;
}

interface OrgRow {
  id: string;
  name: string;
  external_id: string | null;
  suspended_at: Date | null;
  created_at: Date;
  free_gift_card_max: string;
  provisional_limit: string;
}

const SELECT_ORG = `SELECT o.id, o.name, o.external_id, o.suspended_at, o.created_at, s.free_gift_card_max,
    s.provisional_limit
  FROM org o JOIN org_settings s ON s.org = o.id`;

function orgOf(row: OrgRow): Org {
  return {
    id: row.id,
    name: row.name,
    externalId: row.external_id,
    suspendedAt: row.suspended_at,
    createdAt: row.created_at,
    freeGiftCardMaxMicros: micros(row.free_gift_card_max),
    provisionalLimitMicros: micros(row.provisional_limit),
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
    const inserted: { rows: unknown[] } = await trx.raw(
      `INSERT INTO org (id, name, external_id, created_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (external_id) DO NOTHING RETURNING id`,
      [org.id, org.name, org.externalId, org.createdAt],
    );
    if (inserted.rows.length === 0) throw externalIdTaken(org.externalId);
    await trx.raw('INSERT INTO org_settings (org, updated_at) VALUES (?, ?)', [org.id, org.createdAt]);
    await trx.raw("INSERT INTO wallet (id, owner_kind, owner, asset, created_at) VALUES (?, 'org', ?, 'USD', ?)", [
      walletId({ kind: 'org', id: org.id }),
      org.id,
      org.createdAt,
    ]);
    return getOrg(trx, org.id);
  });
}

function externalIdTaken(externalId: string | null): ExternalIdTaken {
  return new ExternalIdTaken(`an org with the external id ${externalId} exists already`);
}

async function getOrg(trx: DatabaseTransaction, id: string): Promise<Org> {
  const org = await findOrg(trx, id);
  if (!org) throw new Error('the org was not written');
  return org;
}

/** What is changed of an org; left out: stays as it is. */
export interface OrgChange {
  readonly name?: string | undefined;
  readonly externalId?: string | null | undefined;
  readonly suspended?: boolean | undefined;
  readonly provisionalLimitMicros?: bigint | undefined;
}

/**
 * Changes an org; suspending one that is suspended keeps the time of the first. Undefined when there is no such org.
 * @throws ExternalIdTaken when another org has that external id.
 */
export async function changeOrg(
  db: Database,
  { id, at, ...change }: OrgChange & { readonly id: string; readonly at: Date },
): Promise<Org | undefined> {
  const { name, externalId, suspended, provisionalLimitMicros: limitMicros } = change;
  return db.transaction(async (trx) => {
    const before: { rows: { external_id: string | null; suspended_at: Date | null; name: string }[] } = await trx.raw(
      'SELECT name, external_id, suspended_at FROM org WHERE id = ? FOR UPDATE',
      [id],
    );
    const row = before.rows[0];
    if (!row) return undefined;
    const suspendedAt = suspended === undefined ? row.suspended_at : suspended ? (row.suspended_at ?? at) : null;
    const newExternalId = externalId === undefined ? row.external_id : externalId;
    try {
      await trx.raw('UPDATE org SET name = ?, external_id = ?, suspended_at = ? WHERE id = ?', [
        name ?? row.name,
        newExternalId,
        suspendedAt,
        id,
      ]);
    } catch (error) {
      throw isUniqueViolation(error) ? externalIdTaken(newExternalId) : error;
    }
    if ((row.suspended_at === null) !== (suspendedAt === null)) {
      await tellSuspension(trx, { org: id, suspended: suspendedAt !== null, at });
    }
    if (limitMicros !== undefined) await setProvisionalLimit(trx, { org: id, limitMicros, at });
    return getOrg(trx, id);
  });
}

/** SQLSTATE 23505. */
function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

/** The org with that id (a canonical UUID), if there is one. */
export async function findOrg(db: Database | DatabaseTransaction, id: string): Promise<Org | undefined> {
  const result: { rows: OrgRow[] } = await db.raw(`${SELECT_ORG} WHERE o.id = ?`, [id]);
  const row = result.rows[0];
  return row && orgOf(row);
}

/** Orgs, newest first; ids are time-ordered. `beforeId` is the last id of the page before. */
export async function listOrgs(
  db: Database,
  page: { readonly limit: number; readonly beforeId?: string | undefined },
): Promise<Org[]> {
  const result: { rows: OrgRow[] } = await db.raw(
    `${SELECT_ORG} WHERE (?::uuid IS NULL OR o.id < ?::uuid) ORDER BY o.id DESC LIMIT ?`,
    [page.beforeId ?? null, page.beforeId ?? null, page.limit],
  );
  return result.rows.map(orgOf);
}
