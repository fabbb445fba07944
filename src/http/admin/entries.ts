/** The endpoint for bookings by hand; above the limit it records a request for an approval instead. */
import type { z } from 'zod';
import { APPROVAL_LIFE_MS } from '../../core/access/approvals.ts';
import { callKeys, uuidV7, type NamedKey } from '../../core/ids.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import { BOOKINGS, bookingCommand, type BookingRequest } from '../../core/ledger/bookings.ts';
import { faceAmount } from '../../core/ledger/face-amount.ts';
import { canonicalMetadata } from '../../core/ledger/entry-text.ts';
import { parseServiceType, type Services } from '../../core/ledger/vocabulary.ts';
import { formatUsd } from '../../core/money.ts';
import { findApprovalByKey, requestApproval, type ApprovalRequest } from '../../db/ledger/approvals.ts';
import { isKeyUsed } from '../../db/ledger/entries.ts';
import { findOrg } from '../../db/access/orgs.ts';
import { viewOfApproval } from '../../views/approval.ts';
import { viewOfOutcome } from '../../views/entry.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import { requestHash } from '../endpoint/idempotency.ts';
import { replyOf, type MoneyCall } from '../money/command.ts';
import { carryOutOrPreview, orPreview } from '../money/dry-run.ts';
import { payingOrg, type Payer } from '../money/payer.ts';
import { approvalReply } from './approval-schemas.ts';
import { APPROVALS_PATH } from './approvals.ts';
import type { AdminDeps } from './deps.ts';
import { handsOf } from '../access/key-lineage.ts';
import { bookingBody, bookingReply } from './schemas.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import type { Reply } from '../server/reply.ts';
import { readId, notFound } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

type Input = z.output<typeof bookingBody>;

/**
 * Bookings by hand, with a reason, for changes that no chain, card or service causes. They work for suspended orgs too.
 * A booking above the limit is not written; it is recorded as a request that somebody else must approve.
 */
export function entryRoutes(deps: AdminDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/admin/orgs/:org/entries',
    summary: 'Books an entry by hand, with a reason; above the limit it waits for an approval',
    chapter: CHAPTERS.entries,
    replies: { 200: orPreview(bookingReply), 202: orPreview(approvalReply) },
    dryRun: true,
    errors: ['CREDIT_INSUFFICIENT', 'SERVICE_TYPE_RESERVED', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
    query: NO_QUERY,
    body: bookingBody,
  } as const;
  const book = adminRoute(
    deps.guard,
    specification,
    async ({ caller, params, body, idempotencyKey: named, dryRun }) => {
      const org = await findOrg(deps.db, readId(params['org'], 'org'));
      if (!org) throw notFound('org');
      const payer = payingOrg(org);
      const booking = readBooking(body, deps.clock.nowMs(), deps.services);
      const asked = await askWhereNeeded(deps, { caller, payer, booking, named, dryRun });
      return asked ?? replyOf(await carryOutOrPreview(deps, payer, booking.call, { named, dryRun }));
    },
  );
  return [book];
}

interface Booking {
  readonly call: MoneyCall;
  readonly request: BookingRequest;
}

/**
 * Requests an approval if the amount is above the limit; gives undefined if none is needed. An idempotency key that was
 * used for a request before gets that request again, and one that wrote an entry before gets that entry again, whatever
 * the limit is now.
 */
async function askWhereNeeded(
  { db, clock, adminEntryLimitMicros: limitMicros }: AdminDeps,
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
    const { amountMicros } = request;
    const isAbove = limitMicros !== undefined && (amountMicros < 0n ? -amountMicros : amountMicros) > limitMicros;
    if (!isAbove || (await isKeyUsed(db, wallet, { command: call.command, ...keys }))) return undefined;
    if (call.barred) throw call.barred;
  }
  const wanted: ApprovalRequest = {
    id: uuidV7(at.getTime()),
    org: owner.id,
    wallet,
    key: known?.key ?? keys.key,
    inputHash: requestHash(call.operation, owner.id, call.input),
    idempotencyKey,
    type: request.type,
    amountMicros: request.amountMicros,
    reason: request.reason,
    service: request.service ?? null,
    creditExpiresAt: request.expiresAtMs === undefined ? null : new Date(request.expiresAtMs),
    reference: request.notes?.reference ?? null,
    metadata: request.notes?.metadata ?? null,
    requestedBy: actorOf(caller),
    hands: await handsOf(db, caller),
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
function previewOfRequest(wanted: ApprovalRequest, nowMs: number): Reply {
  const undecided = { decision: 'pending', decidedBy: null, decidedAt: null, decisionReason: null } as const;
  const { id: _id, ...view } = viewOfApproval({ ...wanted, ...undecided, seq: null, refusal: null }, nowMs);
  return { status: 202, body: { dryRun: true, ...view } };
}

function readBooking(input: Input, nowMs: number, services: Services): Booking {
  const { type, amountUsd, reason, serviceType, expiresAt, reference, metadata } = input;
  const service = serviceType === undefined ? undefined : parseServiceType(serviceType, services);
  const expiresAtMs = expiresAt?.getTime();
  const amountMicros = signed(type, amountUsd);
  const isPast = expiresAtMs !== undefined && expiresAtMs <= nowMs;
  const request = { type, amountMicros, reason, service, expiresAtMs, notes: { reference, metadata } };
  const call: MoneyCall = {
    operation: 'admin.entries',
    domain: 'operator',
    input: {
      type,
      amountMicros,
      reason,
      service,
      expiresAt: expiresAt?.toISOString(),
      reference,
      metadata: metadata && canonicalMetadata(metadata),
    },
    starts: false,
    barred: isPast ? invalidInput([{ path: 'expiresAt', message: 'must be in the future' }]) : undefined,
    command: bookingCommand(request),
    reply,
  };
  return { call, request };
}

/** The amount with the ledger's sign: callers write a minus only for types that go both ways. */
function signed(type: Input['type'], amountMicros: bigint): bigint {
  const rule = BOOKINGS[type];
  // A text says why the type cannot be booked; bookingCommand refuses with it.
  if (typeof rule === 'string' || rule.sign === '±') return amountMicros;
  if (amountMicros < 0n) {
    throw invalidInput([{ path: 'amountUsd', message: `must be above zero: a ${type} has one direction only` }]);
  }
  return rule.sign === '-' ? -amountMicros : amountMicros;
}

function reply(entries: readonly Entry[], idempotencyKey: string): z.input<typeof bookingReply> {
  const { first, outcome } = viewOfOutcome(entries, idempotencyKey);
  return {
    entryId: outcome.entries[0]?.id ?? '',
    type: first.type,
    amountUsd: formatUsd(entries.reduce((sum, entry) => sum + faceAmount(entry), 0n)),
    reason: first.text?.description ?? first.description,
    reference: first.reference,
    metadata: first.text?.metadata ?? null,
    createdAt: new Date(first.atMs).toISOString(),
    ...outcome,
  };
}
