/** The table of orgs: creates, finds, lists and suspends them. */
import type { GiftCardMax } from '../../core/access/gift-card-max.ts';
import { Refusal } from '../../core/errors.ts';
import { isUuid, uuidV7, walletId } from '../../core/ids.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { setProvisionalLimit } from './provisional-limits.ts';
import { hasSqlState, UNIQUE_VIOLATION } from '../errors.ts';
import {
  changeRows,
  findRow,
  listRows,
  micros,
  namedTexts,
  orNull,
  textOf,
  timeOf,
  truth,
  type Queries,
  type Row,
} from '../rows.ts';
import { recordSuspensionEvent } from './suspension-events.ts';

/** A customer of the deployment: the owner of one wallet. */
export interface Org {
  readonly id: string;
  readonly name: string;
  /** The operator's own id for it; unique. */
  readonly externalId: string | null;
  /** The operator's own notes on it, by name. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Set while an operator has suspended the org. */
  readonly suspendedAt: Date | null;
  /** Why it is suspended, if a reason was given. */
  readonly suspendedReason: string | null;
  /** Set while an operator has closed the org; it is suspended then, too. */
  readonly closedAt: Date | null;
  /** Why it is closed. */
  readonly closedReason: string | null;
  readonly createdAt: Date;
  readonly giftCardMax: GiftCardMax;
  /** How much it may have credited at one time under the early policy, over all chains, in micros. */
  readonly provisionalLimitMicros: bigint;
  /** Whether it may set its own payment account up itself, and sell more credit than it is paid for. */
  readonly billingTrusted: boolean;
  /** Whether it is the operator's own, such as the canary's: reports leave it out. */
  readonly internal: boolean;
}

/** Most internal orgs of a deployment: every report names the wallets of all of them. */
export const INTERNAL_ORGS_MAX = 100;

const SELECT_ORG = `SELECT o.id, o.name, o.external_id, o.metadata, o.suspended_at, o.suspended_reason, o.closed_at,
    o.closed_reason, o.created_at, o.internal,
    s.free_gift_card_max, s.free_gift_card_allowed, s.provisional_limit, s.billing_trusted
  FROM org o JOIN org_settings s ON s.org = o.id`;

function orgOf(row: Row): Org {
  return {
    id: textOf(row['id']),
    name: textOf(row['name']),
    externalId: orNull(row['external_id'], textOf),
    metadata: namedTexts(row['metadata']),
    suspendedAt: orNull(row['suspended_at'], timeOf),
    suspendedReason: orNull(row['suspended_reason'], textOf),
    closedAt: orNull(row['closed_at'], timeOf),
    closedReason: orNull(row['closed_reason'], textOf),
    createdAt: timeOf(row['created_at']),
    giftCardMax: {
      setMicros: micros(row['free_gift_card_max']),
      allowedMicros: orNull(row['free_gift_card_allowed'], micros),
    },
    provisionalLimitMicros: micros(row['provisional_limit']),
    billingTrusted: truth(row['billing_trusted']),
    internal: truth(row['internal']),
  };
}

/** The external id belongs to another org. */
export class ExternalIdTaken extends Error {
  override name = 'ExternalIdTaken';
}

/** There are as many internal orgs as there may be. */
export class TooManyInternalOrgs extends Error {
  override name = 'TooManyInternalOrgs';
}

/** An org to be created. */
export interface NewOrg {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** An org that is internal stays so, and one that is not never becomes it: reports about the past do not change. */
  readonly internal?: boolean | undefined;
  readonly createdAt: Date;
}

/**
 * Creates an org with its default settings, its wallet and what the free tier gives it: all of it, or nothing. The credit of
 * the free tier is due then (src/db/billing/free-tier.ts).
 * @throws ExternalIdTaken when another org has that external id; TooManyInternalOrgs.
 */
export async function createOrg(db: Database, org: NewOrg): Promise<Org> {
  return db.transaction(async (trx) => {
    if (org.internal === true && (await listInternalWallets(trx)).length >= INTERNAL_ORGS_MAX) {
      throw new TooManyInternalOrgs(`there are ${INTERNAL_ORGS_MAX} internal orgs, the most that there may be`);
    }
    const inserted = await changeRows(
      trx,
      `INSERT INTO org (id, name, external_id, metadata, created_at, internal) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (external_id) DO NOTHING`,
      [org.id, org.name, org.externalId, JSON.stringify(org.metadata ?? {}), org.createdAt, org.internal ?? false],
    );
    if (inserted === 0) throw externalIdTaken(org.externalId);
    await trx.raw('INSERT INTO org_settings (org, updated_at) VALUES (?, ?)', [org.id, org.createdAt]);
    await trx.raw("INSERT INTO wallet (id, owner_kind, owner, asset, created_at) VALUES (?, 'org', ?, 'USD', ?)", [
      walletId({ kind: 'org', id: org.id }),
      org.id,
      org.createdAt,
    ]);
    await trx.raw(
      `INSERT INTO org_free_tier (org, amount, decided_at) SELECT ?, amount, ?::timestamptz FROM free_tier WHERE amount > 0`,
      [org.id, org.createdAt],
    );
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

/** New values of an org; one that is left out keeps its value. */
export interface OrgChange {
  readonly name?: string | undefined;
  readonly externalId?: string | null | undefined;
  /** Replaces all metadata: a name that is missing here is removed. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** True suspends the org, false ends that; the reason is stored with it. */
  readonly suspended?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly provisionalLimitMicros?: bigint | undefined;
  readonly billingTrusted?: boolean | undefined;
}

/** Which org is changed, when, and by whom: `key:<id>`, `user:<id>` or `cli:<name>`. */
export interface OrgTarget {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
}

/** An org whose row stays locked until the transaction ends; undefined when there is no such org. */
export async function lockOrg(trx: DatabaseTransaction, id: string): Promise<Org | undefined> {
  return findRow(trx, orgOf, `${SELECT_ORG} WHERE o.id = ? FOR UPDATE OF o`, [id]);
}

/**
 * Which of these orgs are closed, with their rows locked: none of them is closed or reopened before the transaction ends. Other
 * ids, such as those of users' wallets, are left out.
 */
export async function holdClosedOrgs(trx: DatabaseTransaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await listRows(
    trx,
    (row) => ({ id: textOf(row['id']), closed: truth(row['closed']) }),
    // The weakest lock that waits for lockOrg: it holds up nothing else.
    'SELECT id, closed_at IS NOT NULL AS closed FROM org WHERE id = ANY(?::uuid[]) ORDER BY id FOR KEY SHARE',
    [[...new Set(ids)]],
  );
  return new Set(rows.flatMap(({ id, closed }) => (closed ? [id] : [])));
}

/** Which of these orgs are closed now. */
export async function listClosedOrgs(db: Queries, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const sql = 'SELECT id FROM org WHERE id = ANY(?::uuid[]) AND closed_at IS NOT NULL';
  return new Set(await listRows(db, (row) => textOf(row['id']), sql, [[...new Set(ids)]]));
}

/**
 * Changes an org. Suspending a suspended org keeps the first time and reason. Undefined when there is no such org.
 * @throws ExternalIdTaken when another org has that external id; Refusal VALIDATION_FAILED when a closed one would be resumed.
 */
export async function changeOrg(
  db: Database,
  { id, at, actor, ...change }: OrgChange & OrgTarget,
): Promise<Org | undefined> {
  const { provisionalLimitMicros: limitMicros, billingTrusted } = change;
  return db.transaction(async (trx) => {
    const before = await lockOrg(trx, id);
    if (!before) return undefined;
    if (change.suspended === false && before.closedAt !== null) throw stillClosed();
    const { name = before.name, externalId = before.externalId, metadata = before.metadata } = change;
    try {
      await trx.raw('UPDATE org SET name = ?, external_id = ?, metadata = ? WHERE id = ?', [
        name,
        externalId,
        JSON.stringify(metadata),
        id,
      ]);
    } catch (error) {
      throw hasSqlState(error, UNIQUE_VIOLATION) ? externalIdTaken(externalId) : error;
    }
    const { suspended = before.suspendedAt !== null, reason = null } = change;
    if (suspended !== (before.suspendedAt !== null)) await suspendOrg(trx, { id, at, actor }, suspended, reason);
    if (limitMicros !== undefined) await setProvisionalLimit(trx, { org: id, limitMicros, at });
    if (billingTrusted !== undefined) {
      await trx.raw('UPDATE org_settings SET billing_trusted = ?, updated_at = ? WHERE org = ?', [
        billingTrusted,
        at,
        id,
      ]);
    }
    return getOrg(trx, id);
  });
}

function stillClosed(): Refusal {
  const message = 'the org is closed: reopen it first';
  return new Refusal('VALIDATION_FAILED', message, { issues: [{ path: 'suspended', message }] });
}

/** Suspends an org, or ends its suspension, and stores who did it and why. The caller has locked the org. */
export async function suspendOrg(
  trx: DatabaseTransaction,
  { id, at, actor }: OrgTarget,
  begins: boolean,
  reason: string | null,
): Promise<void> {
  await trx.raw('UPDATE org SET suspended_at = ?, suspended_reason = ? WHERE id = ?', [
    begins ? at : null,
    begins ? reason : null,
    id,
  ]);
  await trx.raw('INSERT INTO org_suspension (id, org, begins, reason, actor, at) VALUES (?, ?, ?, ?, ?, ?)', [
    uuidV7(at.getTime()),
    id,
    begins,
    reason,
    actor,
    at,
  ]);
  await recordSuspensionEvent(trx, { org: id, suspended: begins, at });
}

/** The beginning or end of an org's suspension by an operator. */
export interface Suspension {
  readonly begins: boolean;
  readonly reason: string | null;
  readonly actor: string;
  readonly at: Date;
}

/** The beginnings and ends of an org's suspensions by operators, with who and why, newest first. */
export async function listSuspensions(db: Database, org: string, limit: number): Promise<Suspension[]> {
  return listRows(
    db,
    suspensionOf,
    'SELECT begins, reason, actor, at FROM org_suspension WHERE org = ? ORDER BY id DESC LIMIT ?',
    [org, limit],
  );
}

function suspensionOf(row: Row): Suspension {
  return {
    begins: truth(row['begins']),
    reason: orNull(row['reason'], textOf),
    actor: textOf(row['actor']),
    at: timeOf(row['at']),
  };
}

/** The org with that id (a canonical UUID), if there is one. */
export async function findOrg(db: Database | DatabaseTransaction, id: string): Promise<Org | undefined> {
  return findRow(db, orgOf, `${SELECT_ORG} WHERE o.id = ?`, [id]);
}

/** The org with that external id, if there is one. */
export async function findOrgByExternalId(db: Database, externalId: string): Promise<Org | undefined> {
  return findRow(db, orgOf, `${SELECT_ORG} WHERE o.external_id = ?`, [externalId]);
}

/** The wallets of internal orgs. */
export async function listInternalWallets(db: Database | DatabaseTransaction): Promise<string[]> {
  const ids = await listRows(db, (row) => textOf(row['id']), 'SELECT id FROM org WHERE internal ORDER BY id LIMIT ?', [
    INTERNAL_ORGS_MAX,
  ]);
  return ids.map((id) => walletId({ kind: 'org', id }));
}

/** Orgs, newest first; ids are time-ordered. `beforeId` is the last id of the page before. */
export async function listOrgs(
  db: Database,
  page: { readonly limit: number; readonly beforeId?: string | undefined },
): Promise<Org[]> {
  return listRows(db, orgOf, `${SELECT_ORG} WHERE (?::uuid IS NULL OR o.id < ?::uuid) ORDER BY o.id DESC LIMIT ?`, [
    page.beforeId ?? null,
    page.beforeId ?? null,
    page.limit,
  ]);
}

/** The orgs with one of these ids, or external ids, by name. Names that no org has are left out. */
export async function listOrgsNamed(db: Database, by: 'id' | 'externalId', names: readonly string[]): Promise<Org[]> {
  // As ids, which the index has: the text of each row's id is in none. What is no id names no org.
  const [condition, wanted] =
    by === 'id' ? ['o.id = ANY(?::uuid[])', names.filter(isUuid)] : ['o.external_id = ANY(?::text[])', [...names]];
  return listRows(db, orgOf, `${SELECT_ORG} WHERE ${condition} ORDER BY o.name, o.id`, [wanted]);
}
