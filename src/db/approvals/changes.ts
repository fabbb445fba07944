/** The table of changes that wait for a second person, and of those that were carried out at once. */
import {
  APPROVAL_DECISIONS,
  type ApprovalDecision,
  type ApprovalTerms,
  type Weight,
} from '../../core/access/approvals.ts';
import { Refusal } from '../../core/errors.ts';
import { findRow, getRow, listOf, listRows, micros, oneOf, orNull, rowOf, textOf, timeOf } from '../rows.ts';
import type { Queries, Row } from '../rows.ts';
import type { ApprovalFilter } from './verdict.ts';

/** A change as somebody asks for it. */
export interface ChangeRequest {
  readonly id: string;
  /** The name of its kind. */
  readonly kind: string;
  readonly org: string | null;
  readonly input: Row;
  readonly inputHash: string;
  /** What it does, in words. */
  readonly what: string;
  readonly weight: Weight;
  readonly idempotencyKey: string;
  readonly requestedBy: string;
  /** Everybody who may be behind the request: none of them may approve it. */
  readonly hands: readonly string[];
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

/** A change with its decision and its result. */
export interface ChangeApproval extends ChangeRequest, ApprovalTerms {
  /** Whether it waits, or waited, for a second person. */
  readonly asked: boolean;
  readonly decision: ApprovalDecision;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly refusalDetail: string | null;
  /** What the call answered, where it was carried out at once. */
  readonly result: Row | null;
}

const COLUMNS = `id, kind, org, input, input_hash, what, weight, idempotency_key, asked, requested_by, hands, requested_at,
  expires_at, state, decided_by, decided_at, decision_reason, refusal, refusal_detail, result`;

function changeOf(row: Row): ChangeApproval {
  return {
    id: textOf(row['id']),
    kind: textOf(row['kind']),
    org: orNull(row['org'], textOf),
    input: rowOf(row['input']),
    inputHash: textOf(row['input_hash']),
    what: textOf(row['what']),
    weight: orNull(row['weight'], micros) ?? 'unbounded',
    idempotencyKey: textOf(row['idempotency_key']),
    asked: row['asked'] === true,
    requestedBy: textOf(row['requested_by']),
    hands: listOf(row['hands'], textOf),
    requestedAt: timeOf(row['requested_at']),
    expiresAt: timeOf(row['expires_at']),
    decision: oneOf(APPROVAL_DECISIONS, row['state']),
    decidedBy: orNull(row['decided_by'], textOf),
    decidedAt: orNull(row['decided_at'], timeOf),
    decisionReason: orNull(row['decision_reason'], textOf),
    refusal: orNull(row['refusal'], textOf),
    refusalDetail: orNull(row['refusal_detail'], textOf),
    result: orNull(row['result'], rowOf),
  };
}

const NO_ORG = '00000000-0000-0000-0000-000000000000';

/**
 * The change that was asked for under this key, for that org or for the whole deployment.
 * @throws Refusal IDEMPOTENCY_CONFLICT when it was another one
 */
export async function findChangeByKey(
  trx: Queries,
  { org, idempotencyKey, inputHash }: Pick<ChangeRequest, 'org' | 'idempotencyKey' | 'inputHash'>,
): Promise<ChangeApproval | undefined> {
  const select = `SELECT ${COLUMNS} FROM change_approval WHERE coalesce(org, ?::uuid) = coalesce(?::uuid, ?::uuid)
    AND idempotency_key = ?`;
  const known = await findRow(trx, changeOf, select, [NO_ORG, org, NO_ORG, idempotencyKey]);
  if (known === undefined || known.inputHash === inputHash) return known;
  throw new Refusal('IDEMPOTENCY_CONFLICT', 'the idempotency key was used for another request: use a new one');
}

/** Stores a change; undefined when its key is taken. `asked`: it waits; otherwise it counts as carried out. */
export async function storeChange(
  trx: Queries,
  { input, weight, hands, ...rest }: ChangeRequest,
  asked: boolean,
): Promise<ChangeApproval | undefined> {
  return findRow(
    trx,
    changeOf,
    `INSERT INTO change_approval (id, kind, org, input, input_hash, what, weight, idempotency_key, asked, requested_by, hands,
       requested_at, expires_at, state, decided_by, decided_at)
     VALUES (:id, :kind, :org, :input::jsonb, :inputHash, :what, :weight, :idempotencyKey, :asked, :requestedBy, :hands,
       :requestedAt, :expiresAt, :state, :decidedBy, :decidedAt)
     ON CONFLICT (coalesce(org, '${NO_ORG}'), idempotency_key) DO NOTHING RETURNING ${COLUMNS}`,
    {
      ...rest,
      input: JSON.stringify(input),
      weight: weight === 'unbounded' ? null : String(weight),
      hands: [...hands],
      asked,
      state: asked ? 'pending' : 'approved',
      decidedBy: asked ? null : rest.requestedBy,
      decidedAt: asked ? null : rest.requestedAt,
    },
  );
}

/** Stores what the call answered, for its repetition. */
export async function storeResult(trx: Queries, id: string, result: object): Promise<void> {
  await trx.raw('UPDATE change_approval SET result = ? WHERE id = ?', [JSON.stringify(result), id]);
}

/** The change with that id that waits or waited, if there is one. `lock` keeps others from deciding it until commit. */
export async function findChange(db: Queries, id: string, lock = false): Promise<ChangeApproval | undefined> {
  const select = `SELECT ${COLUMNS} FROM change_approval WHERE id = ? AND asked ${lock ? 'FOR UPDATE' : ''}`;
  return findRow(db, changeOf, select, [id]);
}

/** Changes that wait or waited, newest first; ids are time-ordered. */
export async function listChanges(db: Queries, filter: ApprovalFilter): Promise<ChangeApproval[]> {
  const { state = null, org = null, beforeId = null, limit, now } = filter;
  return listRows(
    db,
    changeOf,
    `SELECT ${COLUMNS} FROM change_approval
     WHERE asked AND (:org::uuid IS NULL OR org = :org::uuid) AND (:beforeId::uuid IS NULL OR id < :beforeId::uuid)
       AND (:state::text IS NULL
         OR :state::text = CASE WHEN state = 'pending' AND expires_at <= :now THEN 'expired' ELSE state END)
     ORDER BY id DESC LIMIT :limit`,
    { state, org, beforeId, limit, now },
  );
}

/** A decision as it is stored. */
export interface Decided {
  readonly decision: ApprovalDecision;
  readonly by: string;
  readonly at: Date;
  readonly reason: string | null;
  readonly refusal: Refusal | null;
}

/** Stores the decision of a change that is locked. */
export async function storeDecision(trx: Queries, id: string, decided: Decided): Promise<ChangeApproval> {
  const { decision, by, at, reason, refusal } = decided;
  return getRow(
    trx,
    changeOf,
    `UPDATE change_approval SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ?, refusal = ?,
       refusal_detail = ? WHERE id = ? RETURNING ${COLUMNS}`,
    [decision, by, at, reason, refusal?.code ?? null, refusal?.message ?? null, id],
  );
}
