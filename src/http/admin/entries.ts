import type { z } from 'zod';
import type { Entry } from '../../core/ledger/entry.ts';
import { BOOKINGS, bookingCommand } from '../../core/ledger/bookings.ts';
import { faceAmount } from '../../core/ledger/face-amount.ts';
import { parseServiceType } from '../../core/ledger/vocabulary.ts';
import { formatUsd } from '../../core/money.ts';
import { findOrg } from '../../db/orgs.ts';
import { adminRoute, invalidInput, NO_QUERY, type Route } from '../endpoint.ts';
import { aboutOf, carryOut, replyOf, type MoneyCall } from '../treasury/command.ts';
import type { TreasuryDeps } from '../treasury/deps.ts';
import { viewOfOutcome } from '../treasury/entry-view.ts';
import { noSuchOrg, readOrgId } from './orgs.ts';
import { bookingBody, bookingReply } from './schemas.ts';

type Input = z.output<typeof bookingBody>;

/** Bookings by hand, with a reason: what no chain, card or service brings about. An org's suspension does not matter. */
export function entryRoutes(deps: TreasuryDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/admin/orgs/:org/entries',
    summary: 'Books an entry by hand, with a reason',
    tag: 'Admin: entries',
    replies: { 200: bookingReply },
    errors: ['CREDIT_INSUFFICIENT', 'SERVICE_TYPE_RESERVED', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
    query: NO_QUERY,
    body: bookingBody,
  } as const;
  const book = adminRoute(deps.guard, specification, async ({ params, body, idempotencyKey }) => {
    const org = await findOrg(deps.db, readOrgId(params['org']));
    if (!org) throw noSuchOrg();
    return replyOf(
      await carryOut(deps, aboutOf(org, deps.holds), readBooking(body, deps.clock.nowMs()), idempotencyKey),
    );
  });
  return [book];
}

function readBooking(input: Input, nowMs: number): MoneyCall {
  const { type, amountUsd, reason, serviceType, expiresAt, reference } = input;
  const service = serviceType === undefined ? undefined : parseServiceType(serviceType);
  const expiresAtMs = expiresAt?.getTime();
  const amountMicros = signed(type, amountUsd);
  const isPast = expiresAtMs !== undefined && expiresAtMs <= nowMs;
  return {
    operation: 'admin.entries',
    input: { type, amountMicros, reason, service, expiresAt: expiresAt?.toISOString(), reference },
    starts: false,
    barred: isPast ? invalidInput([{ path: 'expiresAt', message: 'must be in the future' }]) : undefined,
    command: bookingCommand({ type, amountMicros, reason, service, expiresAtMs, notes: { reference } }),
    reply,
  };
}

/** The amount as the ledger signs it: callers write a minus only where a type goes both ways. */
function signed(type: Input['type'], amountMicros: bigint): bigint {
  const rule = BOOKINGS[type];
  // Left to the rule, which says why the type cannot be booked.
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
    reason: first.description,
    reference: first.reference,
    createdAt: new Date(first.atMs).toISOString(),
    ...outcome,
  };
}
