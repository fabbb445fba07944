/** What orgs have set for auto-refill, and what they agreed to. */
import { changeRefill, NO_REFILL, sameTerms } from '../../core/billing/auto-refill.ts';
import type { RefillChange, RefillDraft, RefillNames, RefillWhat } from '../../core/billing/auto-refill.ts';
import { STOP_REASONS, type StopReason } from '../../core/billing/refill.ts';
import type { AccountName } from '../../core/billing/facts.ts';
import { Refusal } from '../../core/errors.ts';
import { eventOfStop } from '../../core/events/refills.ts';
import { uuidV7, walletId } from '../../core/ids.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import {
  findRow,
  listRows,
  micros,
  oneOf,
  orNull,
  small,
  textOf,
  timeMsOf,
  truth,
  type Queries,
  type Row,
} from '../rows.ts';

/** Who agreed to the terms in force, and when. */
export interface RefillConsent {
  readonly id: string;
  readonly atMs: number;
  /** `key:<id>`, `user:<id>` or `cli:<name>`. */
  readonly actor: string;
  /** The version of the text that was shown, where a client names it. */
  readonly textVersion: string | null;
  readonly terms: RefillDraft;
}

/** The setting of an org for one account: the platform's, or its own. */
export interface RefillSetting extends RefillDraft {
  readonly org: string;
  readonly account: AccountName;
  /** The newest; null when it was never enabled. */
  readonly consent: RefillConsent | null;
  /** Purchases that failed since the last that succeeded. */
  readonly failures: number;
  /** Nothing is bought before it. */
  readonly nextAttemptAtMs: number | null;
  /** When and why the service turned it off by itself; null when it did not. */
  readonly stopped: { readonly atMs: number; readonly reason: StopReason } | null;
}

/** The columns of a setting, from `auto_refill r LEFT JOIN auto_refill_consent c ON c.id = r.consent`. */
export const SETTING_COLUMNS = `r.org, r.account, r.enabled, r.threshold, r.pack, r.product, r.target, r.max_day, r.max_month,
  r.max_day_count, r.failures, r.next_attempt_at, r.stopped_at, r.stopped_reason, c.id AS consent_id, c.at AS consent_at,
  c.actor, c.text_version, c.threshold AS consent_threshold, c.pack AS consent_pack, c.product AS consent_product,
  c.target AS consent_target, c.max_day AS consent_max_day, c.max_month AS consent_max_month,
  c.max_day_count AS consent_max_day_count`;

/** Reads a setting from {@link SETTING_COLUMNS}. */
export function settingOf(row: Row): RefillSetting {
  return {
    org: textOf(row['org']),
    account: textOf(row['account']),
    ...draftOf(row, '', truth(row['enabled'])),
    consent: orNull(row['consent_id'], (id) => ({
      id: textOf(id),
      atMs: timeMsOf(row['consent_at']),
      actor: textOf(row['actor']),
      textVersion: orNull(row['text_version'], textOf),
      terms: draftOf(row, 'consent_', true),
    })),
    failures: small(row['failures']),
    nextAttemptAtMs: orNull(row['next_attempt_at'], timeMsOf),
    stopped: orNull(row['stopped_at'], (at) => ({
      atMs: timeMsOf(at),
      reason: oneOf(STOP_REASONS, row['stopped_reason']),
    })),
  };
}

function draftOf(row: Row, prefix: '' | 'consent_', enabled: boolean): RefillDraft {
  return {
    enabled,
    thresholdMicros: orNull(row[`${prefix}threshold`], micros),
    what: whatOf(row, prefix),
    maxDayMinor: micros(row[`${prefix}max_day`]),
    maxMonthMinor: micros(row[`${prefix}max_month`]),
    maxDayCount: small(row[`${prefix}max_day_count`]),
  };
}

function whatOf(row: Row, prefix: string): RefillWhat | null {
  const [pack, product, target] = [row[`${prefix}pack`], row[`${prefix}product`], row[`${prefix}target`]];
  if (pack !== null) return { kind: 'pack', pack: textOf(pack) };
  if (product !== null) return { kind: 'product', product: textOf(product) };
  return target === null ? null : { kind: 'target', targetMicros: micros(target) };
}

/** The setting of an org for an account; undefined when it never made one. */
export async function findRefillSetting(
  db: Queries,
  org: string,
  account: AccountName,
): Promise<RefillSetting | undefined> {
  return findRow(
    db,
    settingOf,
    `SELECT ${SETTING_COLUMNS} FROM auto_refill r LEFT JOIN auto_refill_consent c ON c.id = r.consent
     WHERE r.org = ? AND r.account = ?`,
    [org, account],
  );
}

/** Every setting of an org. */
export async function listRefillSettings(db: Queries, org: string): Promise<RefillSetting[]> {
  return listRows(
    db,
    settingOf,
    `SELECT ${SETTING_COLUMNS} FROM auto_refill r LEFT JOIN auto_refill_consent c ON c.id = r.consent
     WHERE r.org = ? ORDER BY r.account`,
    [org],
  );
}

/** A change that a caller asks for. */
export interface RefillRequest {
  readonly org: string;
  readonly account: AccountName;
  readonly change: RefillChange;
  /** The version of the text that the person saw who turns it on; undefined where none is named. */
  readonly textVersion?: string | undefined;
  /** `key:<id>`, `user:<id>` or `cli:<name>`. */
  readonly actor: string;
  readonly at: Date;
  /** What the surface calls the fields. */
  readonly names: RefillNames;
}

/**
 * Changes a setting. Turning it on, or changing its terms or naming another version of the text while it is on, is a consent and
 * is recorded as one; it also begins anew what failures had held up. What changes nothing records nothing.
 * @throws Refusal VALIDATION_FAILED, naming the field, also when the org has another setting enabled
 */
export async function changeRefillSetting(db: Database, request: RefillRequest): Promise<RefillSetting> {
  return db.transaction(async (trx) => {
    const { org, account, change, textVersion, names, at } = request;
    await lockRefills(trx, org);
    const before = await findRefillSetting(trx, org, account);
    const after = changeRefill(before ?? NO_REFILL, change, names);
    if (after.enabled) await checkOnly(trx, request);
    const isOtherText = textVersion !== undefined && textVersion !== before?.consent?.textVersion;
    const isConsent = after.enabled && (before?.enabled !== true || !sameTerms(before, after) || isOtherText);
    if (before && !isConsent && before.enabled === after.enabled && sameTerms(before, after)) return before;
    const consent = isConsent ? await storeConsent(trx, request, after) : (before?.consent?.id ?? null);
    await trx.raw(
      `INSERT INTO auto_refill (org, account, wallet, enabled, threshold, pack, product, target, max_day, max_month,
         max_day_count, consent, updated_at)
       VALUES (:org, :account, :wallet, :enabled, :threshold, :pack, :product, :target, :maxDay, :maxMonth, :maxDayCount,
         :consent, :at)
       ON CONFLICT (org, account) DO UPDATE SET enabled = excluded.enabled, threshold = excluded.threshold,
         pack = excluded.pack, product = excluded.product, target = excluded.target, max_day = excluded.max_day,
         max_month = excluded.max_month, max_day_count = excluded.max_day_count, consent = excluded.consent,
         updated_at = excluded.updated_at,
         failures = CASE WHEN :isConsent THEN 0 ELSE auto_refill.failures END,
         next_attempt_at = CASE WHEN :isConsent THEN NULL ELSE auto_refill.next_attempt_at END,
         stopped_at = CASE WHEN :isConsent THEN NULL ELSE auto_refill.stopped_at END,
         stopped_reason = CASE WHEN :isConsent THEN NULL ELSE auto_refill.stopped_reason END`,
      {
        org,
        account,
        wallet: walletId({ kind: 'org', id: org }),
        consent,
        at,
        isConsent,
        ...columnsOf(after),
        enabled: after.enabled,
      },
    );
    const stored = await findRefillSetting(trx, org, account);
    if (!stored) throw new Error('a setting of auto-refill is gone');
    return stored;
  });
}

/** Makes everybody else who decides about the auto-refill of an org wait for the end of this transaction. */
export async function lockRefills(trx: DatabaseTransaction, org: string): Promise<void> {
  await trx.raw('SELECT 1 FROM org WHERE id = ? FOR NO KEY UPDATE', [org]);
}

/** @throws Refusal VALIDATION_FAILED when the org's setting for another account is enabled */
async function checkOnly(trx: DatabaseTransaction, { org, account, names }: RefillRequest): Promise<void> {
  const other = (await listRefillSettings(trx, org)).find((one) => one.enabled && one.account !== account);
  if (other === undefined) return;
  const where = other.account.includes(':') ? "the org's own account" : "the platform's account";
  const message = `auto-refill is enabled on ${where} already; turn it off there first`;
  throw new Refusal('VALIDATION_FAILED', `${names.enabled}: ${message}`, {
    issues: [{ path: names.enabled, message }],
  });
}

async function storeConsent(
  trx: DatabaseTransaction,
  { org, account, actor, at, textVersion }: RefillRequest,
  terms: RefillDraft,
): Promise<string> {
  const id = uuidV7(at.getTime());
  await trx.raw(
    `INSERT INTO auto_refill_consent (id, org, account, at, actor, threshold, pack, product, target, max_day, max_month,
       max_day_count, text_version)
     VALUES (:id, :org, :account, :at, :actor, :threshold, :pack, :product, :target, :maxDay, :maxMonth, :maxDayCount,
       :textVersion)`,
    { id, org, account, at, actor, textVersion: textVersion ?? null, ...columnsOf(terms) },
  );
  return id;
}

function columnsOf({ thresholdMicros, what, maxDayMinor, maxMonthMinor, maxDayCount }: RefillDraft): {
  readonly threshold: string | null;
  readonly pack: string | null;
  readonly product: string | null;
  readonly target: string | null;
  readonly maxDay: string;
  readonly maxMonth: string;
  readonly maxDayCount: number;
} {
  return {
    threshold: thresholdMicros === null ? null : String(thresholdMicros),
    pack: what?.kind === 'pack' ? what.pack : null,
    product: what?.kind === 'product' ? what.product : null,
    target: what?.kind === 'target' ? String(what.targetMicros) : null,
    maxDay: String(maxDayMinor),
    maxMonth: String(maxMonthMinor),
    maxDayCount,
  };
}

/** Turns off whatever auto-refill an org has enabled, and records why. Nothing happens where none is enabled. */
export async function stopRefill(
  trx: DatabaseTransaction,
  org: string,
  { reason, at }: { readonly reason: StopReason; readonly at: Date },
): Promise<void> {
  const stopped = await listRows(
    trx,
    (row) => ({ account: textOf(row['account']), consent: textOf(row['consent']) }),
    `UPDATE auto_refill SET enabled = false, stopped_at = :at, stopped_reason = :reason, updated_at = :at
     WHERE org = :org AND enabled RETURNING account, consent`,
    { org, reason, at },
  );
  await recordEvents(
    trx,
    stopped.map(({ account, consent }) => eventOfStop({ org, account, consent, reason, atMs: at.getTime() })),
  );
}
