/** The endpoint for bookings by hand; above the limit it records a request for an approval instead. */
import type { z } from 'zod';
import type { Entry } from '../../core/ledger/entry.ts';
import { BOOKINGS, bookingCommand } from '../../core/ledger/bookings.ts';
import { faceAmount } from '../../core/ledger/face-amount.ts';
import { canonicalMetadata } from '../../core/ledger/entry-text.ts';
import { parseServiceType, type Services } from '../../core/ledger/vocabulary.ts';
import { formatRestriction } from '../../core/lots/restriction.ts';
import { formatUsd } from '../../core/money.ts';
import { findOrg } from '../../db/access/orgs.ts';
import { findEntry } from '../../db/ledger/entries.ts';
import { viewOfOutcome } from '../../views/entry.ts';
import { viewOfBudgetsLeft } from '../../views/spending/budget.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import { replyOf, type MoneyCall } from '../money/command.ts';
import { carryOutOrPreview, orPreview } from '../money/dry-run.ts';
import { payingOrg } from '../money/payer.ts';
import { readRestriction } from '../money/restriction.ts';
import { askWhereNeeded, type Booking } from '../money/second-person.ts';
import { approvalReply } from '../money/approval-schema.ts';
import type { AdminDeps } from './deps.ts';
import { bookingBody, bookingReply } from './schemas.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { notFound, readEntryId, readId } from '../endpoint/path-ids.ts';
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
    operation: 'createEntry',
    summary: 'Books an entry by hand, with a reason; above the limit it waits for an approval',
    chapter: CHAPTERS.entries,
    replies: { 200: orPreview(bookingReply), 202: orPreview(approvalReply) },
    dryRun: true,
    freshSignIn: true,
    errors: ['CREDIT_INSUFFICIENT', 'SERVICE_TYPE_RESERVED', 'REFUND_NOT_POSSIBLE', 'IDEMPOTENCY_CONFLICT'],
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
      const refundOf = await findNamedCharge(deps, payer.wallet, body.refundOf);
      const booking = readBooking({ ...body, refundOf }, deps.clock.nowMs(), deps.services);
      const asked = await askWhereNeeded({ ...deps, keys: deps.db }, { caller, payer, booking, named, dryRun });
      return asked ?? replyOf(await carryOutOrPreview(deps, payer, booking.call, { named, dryRun }));
    },
  );
  return [book];
}

/** The number of the first entry of the command that an entry belongs to. @throws Refusal NOT_FOUND for none of this wallet */
async function findNamedCharge(
  { db }: Pick<AdminDeps, 'db'>,
  wallet: string,
  named: string | undefined,
): Promise<number | undefined> {
  if (named === undefined) return undefined;
  const entry = await findEntry(db, wallet, readEntryId(named, wallet));
  if (!entry) throw notFound('entry');
  return entry.seq - entry.part;
}

/** @param input with the charge that is given back by its number */
function readBooking(
  input: Omit<Input, 'refundOf'> & { readonly refundOf: number | undefined },
  nowMs: number,
  services: Services,
): Booking {
  const { type, amountUsd, reason, serviceType, expiresAt, refundOf, reference, metadata } = input;
  const restrictedTo = readRestriction(input.restrictedTo, services);
  const service = serviceType === undefined ? undefined : parseServiceType(serviceType, services);
  const expiresAtMs = expiresAt?.getTime();
  const amountMicros = signed(type, amountUsd);
  const isPast = expiresAtMs !== undefined && expiresAtMs <= nowMs;
  const notes = { reference, metadata };
  const request = { type, amountMicros, reason, service, expiresAtMs, restrictedTo, refundOf, notes };
  const call: MoneyCall = {
    operation: 'admin.entries',
    domain: 'operator',
    input: {
      type,
      amountMicros,
      reason,
      service,
      expiresAt: expiresAt?.toISOString(),
      restrictedTo: restrictedTo && formatRestriction(restrictedTo),
      refundOf: refundOf === undefined ? undefined : String(refundOf),
      reference,
      metadata: metadata && canonicalMetadata(metadata),
    },
    starts: false,
    barred: isPast ? invalidInput([{ path: 'expiresAt', message: 'must be in the future' }]) : undefined,
    command: bookingCommand(request),
    reply: (entries, idempotencyKey, { budgets }) => ({
      ...reply(entries, idempotencyKey),
      ...viewOfBudgetsLeft(budgets),
    }),
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
