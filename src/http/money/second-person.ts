/** Bookings above the limit of the deployment or of the key: they are recorded as requests, which a second person approves. */
import { APPROVAL_LIFE_MS, needsApproval } from '../../core/access/approvals.ts';
import { callKeys, uuidV7, type NamedKey } from '../../core/ids.ts';
import type { BookingRequest } from '../../core/ledger/bookings.ts';
import { findApprovalByKey, requestApproval, type BookingAsked } from '../../db/approvals/bookings.ts';
import { isKeyUsed } from '../../db/ledger/entries.ts';
import type { Database } from '../../db/database.ts';
import { viewOfApproval } from '../../views/approval.ts';
import { actorOf, mintLimitOf, type Caller } from '../access/caller.ts';
import { handsOf } from '../access/key-lineage.ts';
import type { SurfaceDeps } from '../deps.ts';
import { requestHash } from '../endpoint/idempotency.ts';
import type { Reply } from '../server/reply.ts';
import { replyOf, type MoneyCall } from './command.ts';
import type { Payer } from './payer.ts';

/** The path of the requests for an approval. */
export const APPROVALS_PATH = '/admin/approvals';

/** A booking that has been read, as a call and as a request for it. */
export interface Booking {
  readonly call: MoneyCall;
  readonly request: BookingRequest;
}

interface AskMeans extends Pick<SurfaceDeps, 'clock' | 'adminEntryLimitMicros'> {
  /** Sees the org's rows, and the ledger's. */
  readonly db: Database;
  /** Sees every key. */
  readonly keys: Database;
}

/**
 * Requests an approval if the amount is above the limit; gives undefined if none is needed. An idempotency key that was
 * used for a request before gets that request again, and one that wrote an entry before gets that entry again, whatever
 * the limit is now.
 */
export async function askWhereNeeded(
  { db, keys: keyDb, clock, adminEntryLimitMicros: limitMicros }: AskMeans,
  asker: {
    readonly caller: Caller;
    readonly payer: Payer;
    readonly booking: Booking;
    readonly named: NamedKey | undefined;
    /** The request is shown as it would be recorded, and is not recorded. */
    readonly dryRun: boolean;
  },
): Promise<Reply | undefined> {
  const { caller, payer, booking, named, dryRun } = asker;
  const { call, request } = booking;
  const { owner, wallet } = payer;
  const at = new Date(clock.nowMs());
  const sent = named ?? { text: uuidV7(at.getTime()) };
  const idempotencyKey = sent.text;
  const keys = callKeys(call.domain, sent);
  const known = named === undefined ? undefined : await findApprovalByKey(db, wallet, keys);
  if (known === undefined) {
    const isAbove = needsApproval(request.amountMicros, mintLimitOf(caller, limitMicros));
    if (!isAbove || (await isKeyUsed(db, wallet, { command: call.command, ...keys }))) return undefined;
    if (call.barred) throw call.barred;
  }
  const wanted: BookingAsked = {
    id: uuidV7(at.getTime()),
    org: owner.kind === 'org' ? owner.id : null,
    user: owner.kind === 'user' ? owner.id : null,
    wallet,
    key: known?.key ?? keys.key,
    inputHash: requestHash(call.operation, owner.id, call.input),
    idempotencyKey,
    type: request.type,
    amountMicros: request.amountMicros,
    reason: request.reason,
    service: request.service ?? null,
    creditExpiresAt: request.expiresAtMs === undefined ? null : new Date(request.expiresAtMs),
    restrictedTo: request.restrictedTo ?? null,
    refundOf: request.refundOf ?? null,
    reference: request.notes?.reference ?? null,
    metadata: request.notes?.metadata ?? null,
    appId: request.notes?.appId ?? null,
    requestedBy: actorOf(caller),
    hands: await handsOf(keyDb, caller),
    requestedAt: at,
    expiresAt: new Date(at.getTime() + APPROVAL_LIFE_MS),
  };
  if (dryRun && known === undefined) return previewOfRequest(wanted, at.getTime());
  const { approval, replayed } = await requestApproval(db, wanted);
  const { headers } = replyOf({ body: {}, idempotencyKey, replayed });
  const location = { Location: `${APPROVALS_PATH}/${approval.id}` };
  const body = { ...(dryRun ? { dryRun } : {}), ...viewOfApproval(approval, at.getTime()) };
  return { status: 202, body, headers: { ...headers, ...location } };
}

/** The answer to a dry run that would record a request. */
function previewOfRequest(wanted: BookingAsked, nowMs: number): Reply {
  const undecided = { decision: 'pending', decidedBy: null, decidedAt: null, decisionReason: null } as const;
  const { id: _id, ...view } = viewOfApproval(
    { ...wanted, ...undecided, weight: wanted.amountMicros, seq: null, refusal: null },
    nowMs,
  );
  return { status: 202, body: { dryRun: true, ...view } };
}
