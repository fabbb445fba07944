/** The endpoints by which a user is given credits: the daily check-in, and coupons. */
import { uuidV7, type NamedKey } from '../../core/ids.ts';
import { couponCode } from '../../core/credits/coupon.ts';
import { Refusal } from '../../core/errors.ts';
import { decideCheckIn } from '../../db/credits/check-ins.ts';
import { redeemCoupon } from '../../db/credits/coupons.ts';
import { writeGrant, type GrantRequest, type UserGrant } from '../../db/credits/grants.ts';
import type { Database } from '../../db/database.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import { wholeCredits } from '../../core/credits/unit.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER, requestHash } from '../endpoint/idempotency.ts';
import { personRoute, type PersonCall } from '../endpoint/people.ts';
import type { SurfaceDeps } from '../deps.ts';
import { OneAtATime } from '../money/one-at-a-time.ts';
import { findPayingUser, scopeOf, type Payer } from '../money/payer.ts';
import { FailedCall } from '../server/problem.ts';
import type { Reply } from '../server/reply.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { checkInBody, checkInReply, redeemBody, redeemReply } from './schemas.ts';
import { CHAPTERS } from './surface.ts';

/** The check-in, and the redeeming of coupons. */
export function giftRoutes(deps: SurfaceDeps): Route[] {
  const lines = new OneAtATime();
  return [checkInRoute(deps, lines), redeemRoute(deps, lines)];
}

function checkInRoute(deps: SurfaceDeps, lines: OneAtATime): Route {
  const specification = {
    method: 'POST',
    path: '/checkin',
    operation: 'checkIn',
    summary: "The day's free credits",
    chapter: CHAPTERS.gifts,
    replies: { 200: checkInReply },
    errors: ['ALREADY_CHECKED_IN', 'CHECKIN_DISABLED', 'USER_SUSPENDED', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
    dryRun: true,
    ignoresUnknown: true,
    query: NO_QUERY,
    body: checkInBody,
    bodyOptional: true,
  } as const;
  return personRoute(deps.guard, specification, async (call) => {
    const { user, trueClaims } = call.caller;
    const hash = requestHash('checkin', user, {});
    const decide: Decide = async (db, asked) =>
      lines.run(`user:${user}`, async () =>
        decideCheckIn(db, { ...asked, user, trueClaims, configured: deps.checkIn }),
      );
    return give(deps, call, { hash, decide, more: ({ streak }) => ({ streak }) });
  });
}

function redeemRoute(deps: SurfaceDeps, lines: OneAtATime): Route {
  const specification = {
    method: 'POST',
    path: '/credits/redeem',
    operation: 'redeemCoupon',
    summary: 'Redeems a coupon',
    chapter: CHAPTERS.gifts,
    replies: { 200: redeemReply },
    errors: ['COUPON_UNUSABLE', 'USER_SUSPENDED', 'IDEMPOTENCY_CONFLICT', 'RATE_LIMITED'],
    idempotent: true,
    dryRun: true,
    ignoresUnknown: true,
    query: NO_QUERY,
    body: redeemBody,
  } as const;
  return personRoute(deps.guard, specification, async (call) => {
    const { user } = call.caller;
    const { code } = call.body;
    const hash = requestHash('redeem', user, { code: couponCode(code) });
    const decide: Decide = async (db, asked) =>
      lines.run(`coupon:${couponCode(code)}`, async () => redeemCoupon(db, { ...asked, user, code }));
    return give(deps, call, { hash, decide, more: () => ({}) });
  });
}

/** What every decision about a grant needs. */
interface Asked {
  readonly at: Date;
  readonly creditMicros: bigint;
  readonly request: GrantRequest;
  readonly dryRun: boolean;
}

type Decide = (db: Database, asked: Asked) => Promise<{ readonly grant: UserGrant; readonly replayed: boolean }>;

/**
 * Decides a grant, writes it, and answers with the balance after it. After a crash between the two a job writes it.
 * @param gift.more what the answer shows beside credits and balance
 * @throws Refusal USER_SUSPENDED, and what deciding refuses
 */
async function give(
  deps: SurfaceDeps,
  { caller, idempotencyKey: named, dryRun }: PersonCall<unknown, unknown>,
  gift: { readonly hash: string; readonly decide: Decide; readonly more: (grant: UserGrant) => object },
): Promise<Reply> {
  const { hash, decide, more } = gift;
  const { guard, clock, creditMicros, forOrg, writer } = deps;
  const payer = await findPayingUser(guard, caller.user);
  if (payer.suspended) throw new Refusal('USER_SUSPENDED', 'the user is suspended; an operator can lift that');
  const at = new Date(clock.nowMs());
  const key: NamedKey = named ?? { text: uuidV7(at.getTime()) };
  const db = forOrg(scopeOf(payer));
  try {
    const { grant, replayed } = await decide(db, { at, creditMicros, request: { key: key.text, hash }, dryRun });
    if (!dryRun) await writeGrant({ db, writer }, grant);
    const extra = dryRun && !replayed ? grant.amountMicros : 0n;
    const body = {
      ...(dryRun ? { dryRun } : {}),
      credits: grant.amountMicros / creditMicros,
      ...more(grant),
      balance: await balanceOf(deps, payer, extra),
    };
    return { body, headers: { [IDEMPOTENCY_HEADER]: key.text, ...(replayed ? { [REPLAYED_HEADER]: 'true' } : {}) } };
  } catch (error) {
    throw new FailedCall(error, { [IDEMPOTENCY_HEADER]: key.text });
  }
}

async function balanceOf({ db, clock, creditMicros }: SurfaceDeps, { wallet }: Payer, extra: bigint): Promise<bigint> {
  const standing = await findStanding(db, wallet, new Date(clock.nowMs()));
  return wholeCredits((standing?.available ?? 0n) + extra, creditMicros);
}
