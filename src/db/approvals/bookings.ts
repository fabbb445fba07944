/** Requests for manual entries that a second person has to approve, and the entries written for them. */
import {
  APPROVAL_DECISIONS,
  judgeVerdict,
  type ApprovalDecision,
  type ApprovalTerms,
  type ApprovalOutlook,
} from '../../core/access/approvals.ts';
import type { Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { ledgerKey, type CallKeys } from '../../core/ids.ts';
import { bookingCommand, offlineDeposit } from '../../core/ledger/bookings.ts';
import type { CreditCommand, DebitCommand } from '../../core/ledger/commands.ts';
import type { Metadata } from '../../core/ledger/entry-text.ts';
import { formatRestriction, parseRestriction, type Restriction } from '../../core/lots/restriction.ts';
import { ENTRY_TYPES, type EntryType, type ServiceType } from '../../core/ledger/vocabulary.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import type { ApprovalFilter, ApprovalVerdict } from './verdict.ts';
import { failpoint } from '../failpoint.ts';
import {
  count,
  findRow,
  getRow,
  listOf,
  listRows,
  micros,
  namedTexts,
  oneOf,
  orNull,
  textOf,
  timeOf,
  type Row,
} from '../rows.ts';
import { isKeyUsed } from '../ledger/entries.ts';
import type { LedgerWriter } from '../ledger/writer.ts';

/** A request for an entry. */
export interface BookingAsked {
  readonly id: string;
  /** The org or the user whose wallet it is; the other one is null. */
  readonly org: string | null;
  readonly user: string | null;
  readonly wallet: string;
  /** Key and input hash that the entry will have. */
  readonly key: string;
  readonly inputHash: string;
  /** The idempotency key as the caller sent it. */
  readonly idempotencyKey: string;
  readonly type: EntryType;
  /** Signed as in the ledger. */
  readonly amountMicros: bigint;
  readonly reason: string;
  readonly service: ServiceType | null;
  readonly creditExpiresAt: Date | null;
  /** What alone the credit may pay for. */
  readonly restrictedTo?: Restriction | null;
  /** The charge that is given back, by the number of its first entry. */
  readonly refundOf?: number | null;
  readonly reference: string | null;
  readonly metadata: Metadata | null;
  /** The app of a deposit by hand. */
  readonly appId?: string | null;
  readonly requestedBy: string;
  /** Everybody who may be behind the request: none of them may approve it. */
  readonly hands: readonly string[];
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

/** A request with its decision and its entry. */
export interface BookingApproval extends BookingAsked, ApprovalTerms {
  readonly decision: ApprovalDecision;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  /** The first of the entries written for it; null while there is none. */
  readonly seq: number | null;
  readonly refusal: string | null;
}

const COLUMNS = `id, org, user_id, wallet, key, input_hash, idempotency_key, type, amount, reason, service, credit_expires_at, restricted_to, refund_of,
  reference, metadata, app_id, requested_by, hands, requested_at, expires_at, state, decided_by, decided_at, decision_reason, seq, refusal`;

function approvalOf(row: Row): BookingApproval {
  return {
    id: textOf(row['id']),
    org: orNull(row['org'], textOf),
    user: orNull(row['user_id'], textOf),
    wallet: textOf(row['wallet']),
    key: textOf(row['key']),
    inputHash: textOf(row['input_hash']),
    idempotencyKey: textOf(row['idempotency_key']),
    type: oneOf(ENTRY_TYPES, row['type']),
    amountMicros: micros(row['amount']),
    weight: micros(row['amount']),
    reason: textOf(row['reason']),
    service: orNull(row['service'], textOf),
    creditExpiresAt: orNull(row['credit_expires_at'], timeOf),
    restrictedTo: orNull(row['restricted_to'], (text) => parseRestriction(textOf(text))),
    refundOf: orNull(row['refund_of'], count),
    reference: orNull(row['reference'], textOf),
    metadata: orNull(row['metadata'], namedTexts),
    appId: orNull(row['app_id'], textOf),
    requestedBy: textOf(row['requested_by']),
    hands: listOf(row['hands'], textOf),
    requestedAt: timeOf(row['requested_at']),
    expiresAt: timeOf(row['expires_at']),
    decision: oneOf(APPROVAL_DECISIONS, row['state']),
    decidedBy: orNull(row['decided_by'], textOf),
    decidedAt: orNull(row['decided_at'], timeOf),
    decisionReason: orNull(row['decision_reason'], textOf),
    seq: orNull(row['seq'], count),
    refusal: orNull(row['refusal'], textOf),
  };
}

/** The request that was stored in this wallet under one of these keys; of several, that of the first key. */
export async function findApprovalByKey(
  db: Database,
  wallet: string,
  { key, formerKeys }: CallKeys,
): Promise<BookingApproval | undefined> {
  const keys = [key, ...formerKeys];
  const select = `SELECT ${COLUMNS} FROM entry_approval WHERE wallet = ? AND key = ANY(?::uuid[])`;
  const found = await listRows(db, approvalOf, select, [wallet, keys]);
  return found.toSorted((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key))[0];
}

/**
 * Stores a request, once per key: the same request again returns the stored one, whatever its state.
 * @throws Refusal IDEMPOTENCY_CONFLICT when the key was used for another request.
 */
export async function requestApproval(
  db: Database,
  asked: BookingAsked,
): Promise<{ readonly approval: BookingApproval; readonly replayed: boolean }> {
  const fresh = await findRow(
    db,
    approvalOf,
    `INSERT INTO entry_approval (id, org, user_id, wallet, key, input_hash, idempotency_key, type, amount, reason, service,
       credit_expires_at, restricted_to, refund_of, reference, metadata, app_id, requested_by, hands, requested_at, expires_at, state)
     VALUES (:id, :org, :user, :wallet, :key, :inputHash, :idempotencyKey, :type, :amount, :reason, :service,
       :creditExpiresAt, :restrictedTo, :refundOf, :reference, :metadata::jsonb, :appId, :requestedBy, :hands, :requestedAt, :expiresAt, 'pending')
     ON CONFLICT (wallet, key) DO NOTHING RETURNING ${COLUMNS}`,
    {
      ...asked,
      appId: asked.appId ?? null,
      restrictedTo: asked.restrictedTo ? formatRestriction(asked.restrictedTo) : null,
      refundOf: asked.refundOf ?? null,
      amount: asked.amountMicros.toString(),
      amountMicros: null,
      metadata: asked.metadata && JSON.stringify(asked.metadata),
      hands: [...asked.hands],
    },
  );
  if (fresh) return { approval: fresh, replayed: false };
  const approval = await findApprovalByKey(db, asked.wallet, { key: asked.key, formerKeys: [] });
  if (approval?.inputHash === asked.inputHash) return { approval, replayed: true };
  throw new Refusal('IDEMPOTENCY_CONFLICT', 'the idempotency key was used for another request: use a new one');
}

/** The request with that id, if there is one. */
export async function findBookingApproval(
  db: Database | DatabaseTransaction,
  id: string,
): Promise<BookingApproval | undefined> {
  return findRow(db, approvalOf, `SELECT ${COLUMNS} FROM entry_approval WHERE id = ?`, [id]);
}

/** Requests, newest first; ids are time-ordered. */
export async function listBookingApprovals(db: Database, filter: ApprovalFilter): Promise<BookingApproval[]> {
  const { state = null, org = null, beforeId = null, limit, now } = filter;
  return listRows(
    db,
    approvalOf,
    `SELECT ${COLUMNS} FROM entry_approval
     WHERE (:org::uuid IS NULL OR org = :org::uuid) AND (:beforeId::uuid IS NULL OR id < :beforeId::uuid)
       AND (:state::text IS NULL
         OR :state::text = CASE WHEN state = 'pending' AND expires_at <= :now THEN 'expired' ELSE state END)
     ORDER BY id DESC LIMIT :limit`,
    { state, org, beforeId, limit, now },
  );
}

/**
 * Decides a request, once: it is locked, and the first decision to commit counts. Answers the request as it is now, or why
 * this decision was not taken.
 */
export async function decideBooking(
  db: Database,
  { id, verdict, by, hands, limitMicros, reason, at }: ApprovalVerdict,
): Promise<BookingApproval | 'unknown' | Exclude<ApprovalOutlook, 'decide' | 'decided'>> {
  return db.transaction(async (trx) => {
    await trx.raw('SELECT id FROM entry_approval WHERE id = ? FOR UPDATE', [id]);
    const held = await findBookingApproval(trx, id);
    if (!held) return 'unknown';
    const judgement = judgeVerdict(held, { verdict, hands, limitMicros, nowMs: at.getTime() });
    if (judgement === 'decided') return held;
    if (judgement !== 'decide') return judgement;
    return getRow(
      trx,
      approvalOf,
      `UPDATE entry_approval SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ? WHERE id = ?
       RETURNING ${COLUMNS}`,
      [verdict, by, at, reason, id],
    );
  });
}

/** Approved requests whose entry is not noted as written yet, and which the ledger has not refused. */
export async function listUnwrittenApprovals(db: Database, limit: number): Promise<BookingApproval[]> {
  return listRows(
    db,
    approvalOf,
    `SELECT ${COLUMNS} FROM entry_approval WHERE state = 'approved' AND seq IS NULL AND refusal IS NULL
     ORDER BY id LIMIT ?`,
    [limit],
  );
}

/** What writing needs. */
export interface WritingMeans {
  readonly db: Database;
  readonly writer: Pick<LedgerWriter, 'submit'>;
  readonly clock: Clock;
}

/**
 * Writes the entry of an approved request. Safe to call repeatedly and from several processes: the request's key makes the
 * ledger write it once. A refusal of the ledger is noted on the request, which may be tried again.
 * @throws Refusal of the ledger, or VALIDATION_FAILED when the credit would have expired already.
 */
export async function writeApproved(means: WritingMeans, approval: BookingApproval): Promise<BookingApproval> {
  const { db } = means;
  if (approval.decision !== 'approved') throw new Error(`the request ${approval.id} is not approved`);
  if (approval.seq !== null) return approval;
  failpoint('approval.before-entry');
  try {
    const seq = await submit(means, approval);
    failpoint('approval.after-entry');
    await db.raw('UPDATE entry_approval SET seq = ?, refusal = NULL WHERE id = ? AND seq IS NULL', [seq, approval.id]);
    return { ...approval, seq, refusal: null };
  } catch (error) {
    // LEDGER_UNAVAILABLE is not a refusal: the outcome is unknown, and the next try with the same key finds it.
    if (error instanceof Refusal && error.code !== 'LEDGER_UNAVAILABLE') {
      await db.raw('UPDATE entry_approval SET refusal = ? WHERE id = ? AND seq IS NULL', [error.code, approval.id]);
    }
    throw error;
  }
}

function commandOf(approval: BookingApproval): CreditCommand | DebitCommand {
  const { type, amountMicros, reason, service, creditExpiresAt, reference, metadata, appId } = approval;
  const notes = { reference: reference ?? undefined, metadata: metadata ?? undefined, appId: appId ?? undefined };
  if (type === 'DEPOSIT') return offlineDeposit({ amountMicros, reason, notes });
  return bookingCommand({
    type,
    amountMicros,
    reason,
    service: service ?? undefined,
    expiresAtMs: creditExpiresAt?.getTime(),
    restrictedTo: approval.restrictedTo ?? undefined,
    refundOf: approval.refundOf ?? undefined,
    notes,
  });
}

async function submit({ db, writer, clock }: WritingMeans, approval: BookingApproval): Promise<number> {
  const { wallet, inputHash, creditExpiresAt } = approval;
  const expiresAtMs = creditExpiresAt?.getTime();
  const command = commandOf(approval);
  // An earlier version requested it under a key that clients share. The entry gets a key that no client can have taken.
  const key = ledgerKey('operator', approval.idempotencyKey);
  const keyed = { command, key, formerKeys: approval.key === key ? [] : [approval.key] };
  if (expiresAtMs !== undefined && expiresAtMs <= clock.nowMs() && !(await isKeyUsed(db, wallet, keyed))) {
    const message = 'the credit would have expired already: make a new request';
    throw new Refusal('VALIDATION_FAILED', message, { issues: [{ path: 'expiresAt', message: 'is past' }] });
  }
  const { entries } = await writer.submit({ wallet, inputHash, ...keyed, idempotencyKey: approval.idempotencyKey });
  const [first] = entries;
  if (!first) throw new Error('the ledger wrote no entry for an approved request');
  return first.seq;
}
