/** Evidence against disputes: what is stored of it, sealed, and the entries that it is made of. */
import type { AccountName } from '../../core/billing/facts.ts';
import type { Consent, Use, Uses } from '../../core/billing/evidence.ts';
import { formatEntryId } from '../../core/ids.ts';
import { WITHIN_HOLDS } from '../../core/ledger/vocabulary.ts';
import { formatUsd } from '../../core/money.ts';
import type { Database } from '../database.ts';
import { changeRows, count, findRow, getRow, listRows, micros, orNull, textOf, timeMsOf, type Row } from '../rows.ts';

/** Most entries that one statement looks at, and most statements for one evidence. */
const WINDOW = 50_000;
const WINDOWS_MAX = 40;
/** Most uses that are kept from either end; more do not fit into the texts of providers. */
const KEPT_MAX = 250;
/** Most consents that are read. */
const CONSENTS_MAX = 50;
/** Most rows that one purge deletes. */
const PURGE_MAX = 1_000;

/** The states of a dispute that is over. */
const OVER = "'won', 'lost', 'warning_closed', 'prevented'";

/** Evidence as it is stored. */
export interface StoredEvidence {
  readonly account: AccountName;
  readonly dispute: string;
  readonly order: string;
  /** Sealed: the texts as JSON. */
  readonly sealed: string;
  readonly hash: string;
  readonly madeAtMs: number;
  readonly submittedAtMs: number | null;
}

const COLUMNS = 'account, dispute, order_id, secret, hash, made_at, submitted_at';

function evidenceOf(row: Row): StoredEvidence {
  return {
    account: textOf(row['account']),
    dispute: textOf(row['dispute']),
    order: textOf(row['order_id']),
    sealed: textOf(row['secret']),
    hash: textOf(row['hash']),
    madeAtMs: timeMsOf(row['made_at']),
    submittedAtMs: orNull(row['submitted_at'], timeMsOf),
  };
}

type OfDispute = Pick<StoredEvidence, 'account' | 'dispute'>;

/** The evidence of a dispute; undefined where none is stored. */
export async function findEvidence(db: Database, { account, dispute }: OfDispute): Promise<StoredEvidence | undefined> {
  return findRow(db, evidenceOf, `SELECT ${COLUMNS} FROM dispute_evidence WHERE account = ? AND dispute = ?`, [
    account,
    dispute,
  ]);
}

/** Stores evidence before it is sent. @returns what is stored: of two at once the first */
export async function storeEvidence(
  db: Database,
  { account, dispute, order, sealed, hash, madeAtMs }: Omit<StoredEvidence, 'submittedAtMs'>,
): Promise<StoredEvidence> {
  await db.raw(
    `INSERT INTO dispute_evidence (account, dispute, order_id, secret, hash, made_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (account, dispute) DO NOTHING`,
    [account, dispute, order, sealed, hash, new Date(madeAtMs)],
  );
  return getRow(db, evidenceOf, `SELECT ${COLUMNS} FROM dispute_evidence WHERE account = ? AND dispute = ?`, [
    account,
    dispute,
  ]);
}

/** Notes that the evidence of a dispute was sent; the first time stays. */
export async function noteSubmitted(db: Database, { account, dispute }: OfDispute, at: Date): Promise<void> {
  await db.raw(
    'UPDATE dispute_evidence SET submitted_at = ? WHERE account = ? AND dispute = ? AND submitted_at IS NULL',
    [at, account, dispute],
  );
}

/** Forgets evidence that the provider refused, so that the next is made anew. */
export async function dropEvidence(db: Database, { account, dispute }: OfDispute): Promise<void> {
  await db.raw('DELETE FROM dispute_evidence WHERE account = ? AND dispute = ? AND submitted_at IS NULL', [
    account,
    dispute,
  ]);
}

/** Deletes evidence of disputes that were closed when they were last read, before a time. @returns how many */
export async function purgeEvidence(db: Database, before: Date): Promise<number> {
  return changeRows(
    db,
    `DELETE FROM dispute_evidence WHERE (account, dispute) IN (SELECT e.account, e.dispute FROM dispute_evidence e
       JOIN order_dispute d ON d.account = e.account AND d.id = e.dispute
       WHERE d.status IN (${OVER}) AND d.read_at < ? LIMIT ?)`,
    [before, PURGE_MAX],
  );
}

/** Deletes the evidence about a user's orders, except where the dispute is not over. @returns how many */
export async function eraseEvidence(db: Database, user: string): Promise<number> {
  return changeRows(
    db,
    `DELETE FROM dispute_evidence e USING pack_order p, order_dispute d
     WHERE p.id = e.order_id AND p.user_id = ? AND d.account = e.account AND d.id = e.dispute AND d.status IN (${OVER})`,
    [user],
  );
}

/** All evidence, page by page, for those who seal it anew. */
export async function listEvidence(
  db: Database,
  page: { readonly after: OfDispute | undefined; readonly limit: number },
): Promise<StoredEvidence[]> {
  return listRows(
    db,
    evidenceOf,
    `SELECT ${COLUMNS} FROM dispute_evidence WHERE (account, dispute) > (?, ?) ORDER BY account, dispute LIMIT ?`,
    [page.after?.account ?? '', page.after?.dispute ?? '', page.limit],
  );
}

/** Replaces the sealed text by the same one sealed anew; false when it has changed since it was read. */
export async function replaceEvidence(db: Database, before: StoredEvidence, sealed: string): Promise<boolean> {
  const replaced = await changeRows(
    db,
    'UPDATE dispute_evidence SET secret = ? WHERE account = ? AND dispute = ? AND secret = ?',
    [sealed, before.account, before.dispute, before.sealed],
  );
  return replaced > 0;
}

/**
 * The entries that spent from the lots of an order, oldest first. Entries are looked at in windows from the order's first lot on,
 * up to a bound.
 */
export async function listUses(db: Database, wallet: string, lots: readonly number[]): Promise<Uses> {
  const first: Use[] = [];
  let last: Use[] = [];
  let [used, amountMicros] = [0, 0n];
  let from = lots.length === 0 ? Infinity : Math.min(...lots);
  const end = await getRow(
    db,
    (row) => count(row['seq']),
    'SELECT coalesce(max(seq), 0)::text AS seq FROM entry WHERE wallet = ?',
    [wallet],
  );
  for (let window = 0; window < WINDOWS_MAX && from <= end; window += 1) {
    const uses = await listUsesIn(db, { wallet, lots, from });
    for (const one of uses) {
      used += 1;
      amountMicros += one.amountMicros;
      if (first.length < KEPT_MAX) first.push(one);
      else last.push(one);
    }
    if (last.length > KEPT_MAX) last = last.slice(-KEPT_MAX);
    from += WINDOW;
  }
  return { first, last, count: used, amountMicros, whole: from > end };
}

async function listUsesIn(
  db: Database,
  { wallet, lots, from }: { readonly wallet: string; readonly lots: readonly number[]; readonly from: number },
): Promise<Use[]> {
  return listRows(
    db,
    (row) => ({
      atMs: timeMsOf(row['at']),
      entry: formatEntryId(wallet, BigInt(count(row['seq']))),
      service: textOf(row['service']),
      amountMicros: micros(row['amount']),
      reference: orNull(row['reference'], textOf),
      appId: orNull(row['app_id'], textOf),
    }),
    `SELECT seq::text AS seq, at, service, (-(available_delta + held_delta))::text AS amount, reference, app_id FROM entry
     WHERE wallet = ? AND seq >= ? AND seq < ? AND lot = ANY(?::bigint[]) AND service IS NOT NULL
       AND available_delta + held_delta < 0 AND contra IS DISTINCT FROM '${WITHIN_HOLDS}' ORDER BY seq`,
    [wallet, from, from + WINDOW, [...lots]],
  );
}

/** What an org agreed to for automatic purchases on an account, before a time, newest first. */
export async function listConsents(
  db: Database,
  about: { readonly org: string; readonly account: AccountName; readonly before: Date },
): Promise<Consent[]> {
  return listRows(
    db,
    (row) => {
      const limits = `at most ${formatUsd(micros(row['max_day']))} USD a day and ${formatUsd(micros(row['max_month']))} USD a month`;
      return {
        atMs: timeMsOf(row['at']),
        to: `automatic purchases below a balance of ${formatUsd(micros(row['threshold']))} USD, ${limits}`,
        by: textOf(row['actor']),
      };
    },
    `SELECT at, actor, threshold, max_day, max_month FROM auto_refill_consent WHERE org = ? AND account = ? AND at <= ?
     ORDER BY at DESC LIMIT ?`,
    [about.org, about.account, about.before, CONSENTS_MAX],
  );
}
