/**
 * Carries changes out: at once, or when a second person approves them. What is decided and what it does are one commit, so a
 * change is done exactly once, or not at all.
 */
import {
  APPROVAL_LIFE_MS,
  judgeVerdict,
  needsApproval,
  storedWeight,
  type ApprovalOutlook,
} from '../../core/access/approvals.ts';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import { inputHash } from '../../core/ledger/entry.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { failpoint } from '../failpoint.ts';
import type { ChangeKind } from './change.ts';
import {
  findChange,
  findChangeByKey,
  storeChange,
  storeDecision,
  storeResult,
  type ChangeApproval,
  type ChangeRequest,
} from './changes.ts';
import { findKind } from './kinds.ts';
import type { ApprovalVerdict } from './verdict.ts';

/** A change that somebody asks for. */
export interface AskedChange<Input, Result> {
  readonly kind: ChangeKind<Input, Result>;
  readonly input: Input;
  readonly actor: string;
  /** Everybody who may be behind the actor. */
  readonly hands: readonly string[];
  /** Above it a second person is needed; undefined: none ever is. */
  readonly limitMicros: bigint | undefined;
  /** Undefined: one is made. */
  readonly idempotencyKey: string | undefined;
  readonly at: Date;
  /** What the call answers once it is done, as JSON. */
  readonly show: (result: Result) => object;
}

/** What became of it. */
export interface ChangeOutcome {
  readonly change: ChangeApproval;
  /** What the call answers; null where the change waits or waited for a second person, and the approval is the answer. */
  readonly answer: object | null;
  /** Whether it was asked for before under this key. */
  readonly replayed: boolean;
}

/**
 * Carries a change out, or stores it where a second person is needed. The same change under the same key is done once, and
 * answered as it was, whatever the limit is now.
 * @throws Refusal IDEMPOTENCY_CONFLICT when the key was used for another change; why the change is refused
 */
export async function carryOutOrAsk<Input, Result>(
  db: Database,
  asked: AskedChange<Input, Result>,
): Promise<ChangeOutcome> {
  const { kind, input, actor, limitMicros, at } = asked;
  const written = kind.write(input);
  const [org, idempotencyKey] = [kind.orgOf(input), asked.idempotencyKey ?? uuidV7(at.getTime())];
  const keyed = { org, idempotencyKey, inputHash: inputHash(JSON.stringify([kind.name, written])) };
  return db.transaction(async (trx) => {
    const known = asked.idempotencyKey === undefined ? undefined : await findChangeByKey(trx, keyed);
    if (known) return replayOf(known);
    const request: ChangeRequest = {
      ...keyed,
      id: uuidV7(at.getTime()),
      kind: kind.name,
      input: written,
      what: kind.describe(input),
      weight: storedWeight(await kind.weigh(trx, input)),
      requestedBy: actor,
      hands: asked.hands,
      requestedAt: at,
      expiresAt: new Date(at.getTime() + APPROVAL_LIFE_MS),
    };
    const waits = needsApproval(request.weight, limitMicros);
    const change = await storeChange(trx, request, waits);
    // Another call took the key at this moment, and has committed.
    if (!change) return replayOf(await getChangeByKey(trx, keyed));
    if (waits) return { change, answer: null, replayed: false };
    const answer = asked.show(await kind.carryOut(trx, input, { id: change.id, actor, at }));
    await storeResult(trx, change.id, answer);
    return { change, answer, replayed: false };
  });
}

function replayOf(change: ChangeApproval): ChangeOutcome {
  return { change, answer: change.asked ? null : (change.result ?? {}), replayed: true };
}

async function getChangeByKey(
  trx: DatabaseTransaction,
  keyed: Parameters<typeof findChangeByKey>[1],
): Promise<ChangeApproval> {
  const known = await findChangeByKey(trx, keyed);
  if (!known) throw new Error('a change that took a key is gone');
  return known;
}

/**
 * Decides a change, once: it is locked, and the first decision to commit counts. An approved one is carried out in the same
 * commit; if it is refused then, it ends `failed` with the reason. Answers the change as it is now, or why this decision was
 * not taken.
 */
export async function decideChange(
  db: Database,
  { id, verdict, by, hands, limitMicros, reason, at }: ApprovalVerdict,
): Promise<ChangeApproval | 'unknown' | Exclude<ApprovalOutlook, 'decide' | 'decided'>> {
  return db.transaction(async (trx) => {
    const held = await findChange(trx, id, true);
    if (!held) return 'unknown';
    const judgement = judgeVerdict(held, { verdict, hands, limitMicros, nowMs: at.getTime() });
    if (judgement === 'decided') return held;
    if (judgement !== 'decide') return judgement;
    const decided = { by, at, reason };
    if (verdict === 'rejected') return storeDecision(trx, id, { ...decided, decision: verdict, refusal: null });
    failpoint('change.before');
    const refusal = await carryOutHeld(trx, held, at);
    const decision = refusal === null ? verdict : 'failed';
    const done = await storeDecision(trx, id, { ...decided, decision, refusal });
    failpoint('change.carried-out');
    return done;
  });
}

/** Carries it out; null, or why it was refused, with nothing of it kept. */
async function carryOutHeld(trx: DatabaseTransaction, held: ChangeApproval, at: Date): Promise<Refusal | null> {
  const kind = findKind(held.kind);
  if (!kind) throw new Error(`this version does not know changes of the kind ${held.kind}`);
  await trx.raw('SAVEPOINT change');
  try {
    await kind.carryOut(trx, held.input, { id: held.id, actor: held.requestedBy, at });
    return null;
  } catch (error) {
    // What cannot be known now is no refusal: nothing is decided, and the change may be approved again.
    if (!(error instanceof Refusal) || error.code === 'LEDGER_UNAVAILABLE') throw error;
    await trx.raw('ROLLBACK TO SAVEPOINT change');
    return error;
  }
}
