/** Endpoints for operators: coupons, the rules of check-ins, credits by hand, and what moved the wallets of all users. */
import type { z } from 'zod';
import { NO_CHECK_IN } from '../../core/credits/check-in.ts';
import { wholeCredits } from '../../core/credits/unit.ts';
import { findCount } from '../../core/integers.ts';
import { isUuid } from '../../core/ids.ts';
import { bookingCommand } from '../../core/ledger/bookings.ts';
import type { Command } from '../../core/ledger/commands.ts';
import { formatRestriction } from '../../core/lots/restriction.ts';
import { openUserWallet } from '../../db/access/users.ts';
import { checkInChange } from '../../db/approvals/check-in.ts';
import { couponChange } from '../../db/approvals/coupon.ts';
import { findCheckInRules } from '../../db/credits/check-ins.ts';
import { listCoupons } from '../../db/credits/coupons.ts';
import { listUserTransactions } from '../../db/credits/movements.ts';
import { listRecurring } from '../../db/subscriptions/subscriptions.ts';
import { transactionOf } from '../../db/ledger/transactions.ts';
import { viewOfCoupon, viewOfRules } from '../../views/people/gift.ts';
import { viewOfCreditItem } from '../../views/people/movement.ts';
import { decodeCursor, encodeCursor, pageOf, readTimeMs, readUuid } from '../endpoint/cursor.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import { CreditsPage } from '../endpoint/forms.ts';
import type { SurfaceDeps } from '../deps.ts';
import { approvalReply } from '../money/approval-schema.ts';
import { changeOrAsk } from '../money/changes.ts';
import { replyOf, type MoneyCall } from '../money/command.ts';
import { carryOutOrPreview, orPreview } from '../money/dry-run.ts';
import { payingUser } from '../money/payer.ts';
import { readRestriction } from '../money/restriction.ts';
import { askWhereNeeded, type Booking } from '../money/second-person.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import {
  couponBody,
  couponsReply,
  couponView,
  manualBody,
  manualPreview,
  manualReply,
  pageQuery,
  rulesBody,
  rulesView,
  userTransactionsQuery,
  userTransactionsReply,
} from './schemas.ts';
import { CHAPTERS } from './surface.ts';

const chapter = CHAPTERS.admin;
const COUPONS = '/admin/billing/coupons';
const RULES = '/admin/checkin/config';
const NO_SUBSCRIPTION = (): boolean => false;

/** What operators do about users' credits. `db` sees the rows of everybody. */
export function creditsAdminRoutes(deps: SurfaceDeps): Route[] {
  return [
    listCouponsRoute(deps),
    addCouponRoute(deps),
    readRulesRoute(deps),
    setRulesRoute(deps),
    manualRoute(deps),
    transactionsRoute(deps),
  ];
}

function listCouponsRoute({ guard, db }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: COUPONS,
    operation: 'listCoupons',
    summary: 'Coupons, newest first',
    chapter,
    replies: { 200: couponsReply },
    query: pageQuery,
    body: NO_BODY,
  } as const;
  return adminRoute(guard, specification, async ({ query: { limit, offset, cursor } }) => {
    const beforeId = decodeCursor(cursor, 'coupons', readUuid);
    const rows = await listCoupons(db, { beforeId, offset, limit: limit + 1 });
    const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor('coupons', id));
    return { body: new CreditsPage(page.map(viewOfCoupon), nextCursor) };
  });
}

function addCouponRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: COUPONS,
    operation: 'createCoupon',
    summary: 'Adds a coupon; above the limit it waits for an approval',
    chapter,
    replies: { 200: couponView, 202: approvalReply },
    errors: ['IDEMPOTENCY_CONFLICT'],
    idempotent: true,
    query: NO_QUERY,
    body: couponBody,
  } as const;
  return adminRoute(deps.guard, specification, async ({ caller, body, idempotencyKey }) => {
    const input = {
      code: body.code,
      credits: body.credits,
      limitTotal: body.limit_total ?? null,
      limitPerUser: body.limit_per_user ?? 1,
      expiresAtMs: body.expires_at?.getTime() ?? null,
      plans: body.plans ?? [],
      restrictedTo: readRestriction(body.restricted_to, deps.services) ?? null,
    };
    return changeOrAsk(deps, couponChange, { caller, idempotencyKey, input, show: viewOfCoupon });
  });
}

function readRulesRoute({ guard, db, checkIn }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: RULES,
    operation: 'getCheckInConfig',
    summary: 'What a check-in gives',
    chapter,
    replies: { 200: rulesView },
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return adminRoute(guard, specification, async () => ({ body: viewOfRules(await findCheckInRules(db, checkIn)) }));
}

function setRulesRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'PUT',
    path: RULES,
    operation: 'setCheckInConfig',
    summary: 'Sets what a check-in gives from now on; above the limit it waits for an approval',
    chapter,
    replies: { 200: rulesView, 202: approvalReply },
    errors: ['IDEMPOTENCY_CONFLICT'],
    idempotent: true,
    query: NO_QUERY,
    body: rulesBody,
  } as const;
  return adminRoute(deps.guard, specification, async ({ caller, body, idempotencyKey }) => {
    const input = {
      enabled: body.enabled,
      creditsPerDay: body.credits_per_day,
      streakBonus: body.streak_bonus ?? NO_CHECK_IN.streakBonus,
      streakDays: body.streak_days ?? NO_CHECK_IN.streakDays,
      timeZone: body.time_zone ?? NO_CHECK_IN.timeZone,
      requireClaim: claimOf(body),
    };
    return changeOrAsk(deps, checkInChange, { caller, idempotencyKey, input, show: viewOfRules });
  });
}

/** The claim, which has two names. @throws Refusal VALIDATION_FAILED when they have different values */
function claimOf({ require_claim: one, requireClaim: other }: z.output<typeof rulesBody>): string | null {
  if (one !== undefined && other !== undefined && one !== other) {
    throw invalidInput([{ path: 'requireClaim', message: 'differs from require_claim, which means the same' }]);
  }
  return one ?? other ?? null;
}

function manualRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: '/admin/credits/manual',
    operation: 'adjustCredits',
    summary: 'Gives or takes credits by hand, with a reason; what is given above the limit waits for an approval',
    chapter,
    replies: { 200: orPreview(manualReply, manualPreview), 202: orPreview(approvalReply) },
    errors: ['CREDIT_INSUFFICIENT', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
    dryRun: true,
    query: NO_QUERY,
    body: manualBody,
  } as const;
  return adminRoute(deps.guard, specification, async ({ caller, body, idempotencyKey: named, dryRun }) => {
    const { db, clock } = deps;
    const payer = payingUser(body.user_id);
    await openUserWallet(db, { id: body.user_id, at: new Date(clock.nowMs()) });
    const booking = manualOf(body, deps);
    // Only what is given creates credit: what is taken needs no second person.
    const asked =
      body.amount > 0n
        ? await askWhereNeeded({ ...deps, keys: db }, { caller, payer, booking, named, dryRun })
        : undefined;
    return asked ?? replyOf(await carryOutOrPreview(deps, payer, booking.call, { named, dryRun }));
  });
}

/** What is given is a GRANT; what is taken is an ADJUSTMENT that leaves no debt. */
function manualOf(
  { amount, reason, restricted_to: named }: z.output<typeof manualBody>,
  { creditMicros, services }: Pick<SurfaceDeps, 'creditMicros' | 'services'>,
): Booking {
  const restrictedTo = readRestriction(named, services);
  const amountMicros = amount * creditMicros;
  const request = { type: amount > 0n ? 'GRANT' : 'ADJUSTMENT', amountMicros, reason, restrictedTo } as const;
  const booked = bookingCommand(request);
  const command: Command = booked.op === 'debit' ? { ...booked, mayOwe: false } : booked;
  const call: MoneyCall = {
    operation: 'admin.credits.manual',
    domain: 'operator',
    input: { amount, reason, restrictedTo: restrictedTo && formatRestriction(restrictedTo) },
    starts: false,
    command,
    reply: (entries) => {
      const transaction = transactionOf(entries);
      return {
        balance: wholeCredits(transaction.balanceMicros, creditMicros),
        transaction: viewOfCreditItem(transaction, creditMicros, NO_SUBSCRIPTION),
      };
    },
  };
  return { call, request };
}

function transactionsRoute({ guard, db, creditMicros }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: '/admin/credits/transactions',
    operation: 'listAllCreditsTransactions',
    summary: 'What moved the wallets of users, newest first',
    chapter,
    replies: { 200: userTransactionsReply },
    query: userTransactionsQuery,
    body: NO_BODY,
  } as const;
  return adminRoute(guard, specification, async ({ query: { user_id: user, limit, offset, cursor } }) => {
    const before = decodeCursor(cursor, 'user-transactions', readPosition);
    return guard.turns.run('users', async () => {
      const rows = await listUserTransactions(db, { user, before, offset, limit: limit + 1 });
      const { page, nextCursor } = pageOf(rows, limit, ({ transaction: { first } }) =>
        encodeCursor('user-transactions', first.atMs, first.wallet, first.seq),
      );
      const orders = page.map(({ transaction: { first } }) => first.packOrder);
      const recurring = await listRecurring(db, orders);
      const items = page.map(({ user: id, transaction }) => ({
        user_id: id,
        ...viewOfCreditItem(transaction, creditMicros, (order) => recurring.has(order)),
      }));
      return { body: new CreditsPage(items, nextCursor) };
    });
  });
}

function readPosition(
  at?: string,
  wallet?: string,
  seq?: string,
): { readonly atMs: number; readonly wallet: string; readonly seq: number } | undefined {
  const [atMs, number] = [readTimeMs(at), findCount(seq ?? '')];
  return atMs !== undefined && wallet !== undefined && isUuid(wallet) && number !== undefined
    ? { atMs, wallet, seq: number }
    : undefined;
}
