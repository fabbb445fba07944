/** Coupons, and their redemptions. */
import {
  couponCode,
  couponUnusable,
  findCouponProblem,
  type CouponReason,
  type CouponTerms,
} from '../../core/credits/coupon.ts';
import { Refusal } from '../../core/errors.ts';
import { formatRestriction, parseRestriction } from '../../core/lots/restriction.ts';
import { uuidV7 } from '../../core/ids.ts';
import { lockUser, openUserWallet } from '../access/users.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import {
  changeRows,
  findRow,
  getRow,
  listOf,
  listRows,
  micros,
  orNull,
  small,
  textOf,
  timeMsOf,
  type Queries,
  type Row,
} from '../rows.ts';
import { listActivePlans } from '../subscriptions/shown.ts';
import { findRequested, storeGrant, type GrantRequest, type UserGrant } from './grants.ts';

const HOUR_MS = 3_600_000;
/** After so many failed redemptions within an hour a user has to wait: codes are not to be guessed. */
export const FAILED_PER_HOUR_MAX = 10;

/** A coupon, and how often it was redeemed. */
export interface Coupon extends CouponTerms {
  readonly id: string;
  readonly code: string;
  readonly used: number;
  readonly createdAtMs: number;
  readonly createdBy: string;
}

const COLUMNS =
  'id, code, credits, limit_total, limit_per_user, expires_at, plans, restricted_to, used, created_at, created_by';

function couponOf(row: Row): Coupon {
  return {
    id: textOf(row['id']),
    code: textOf(row['code']),
    credits: micros(row['credits']),
    limitTotal: orNull(row['limit_total'], small),
    limitPerUser: small(row['limit_per_user']),
    expiresAtMs: orNull(row['expires_at'], timeMsOf),
    plans: listOf(row['plans'], textOf),
    restrictedTo: orNull(row['restricted_to'], (text) => parseRestriction(textOf(text))),
    used: small(row['used']),
    createdAtMs: timeMsOf(row['created_at']),
    createdBy: textOf(row['created_by']),
  };
}

/** Adds a coupon. @throws Refusal VALIDATION_FAILED when its code is taken */
export async function addCoupon(db: Queries, coupon: Omit<Coupon, 'used'>): Promise<Coupon> {
  const added = await changeRows(
    db,
    `INSERT INTO coupon (${COLUMNS})
     VALUES (:id, :code, :credits, :limitTotal, :limitPerUser, :expiresAt, :plans, :restrictedTo, 0, :createdAt, :createdBy)
     ON CONFLICT (code) DO NOTHING`,
    {
      id: coupon.id,
      code: coupon.code,
      credits: String(coupon.credits),
      limitTotal: coupon.limitTotal,
      limitPerUser: coupon.limitPerUser,
      expiresAt: coupon.expiresAtMs === null ? null : new Date(coupon.expiresAtMs),
      plans: [...coupon.plans],
      restrictedTo: coupon.restrictedTo && formatRestriction(coupon.restrictedTo),
      createdAt: new Date(coupon.createdAtMs),
      createdBy: coupon.createdBy,
    },
  );
  if (added === 1) return { ...coupon, used: 0 };
  const message = 'is the code of another coupon';
  throw new Refusal('VALIDATION_FAILED', `code ${message}`, { issues: [{ path: 'code', message }] });
}

/** Coupons, newest first. */
export async function listCoupons(
  db: Database,
  page: { readonly beforeId: string | undefined; readonly offset: number; readonly limit: number },
): Promise<Coupon[]> {
  return listRows(
    db,
    couponOf,
    `SELECT ${COLUMNS} FROM coupon WHERE (:beforeId::uuid IS NULL OR id < :beforeId::uuid)
     ORDER BY id DESC LIMIT :limit OFFSET :offset`,
    { ...page, beforeId: page.beforeId ?? null },
  );
}

/** A redemption that a user asks for. */
export interface AskedRedemption {
  readonly user: string;
  readonly code: string;
  readonly at: Date;
  readonly creditMicros: bigint;
  readonly request: GrantRequest | undefined;
  /** It is judged, and nothing is stored. */
  readonly dryRun: boolean;
}

/**
 * Redeems a coupon, or finds what the same request redeemed before. The coupon is locked, so that of many at once as many
 * succeed as its limits allow. A failure counts against the user, and is stored although the call is refused.
 * @param db sees the rows of the user
 * @throws Refusal COUPON_UNUSABLE, IDEMPOTENCY_CONFLICT, RATE_LIMITED
 */
export async function redeemCoupon(
  db: Database,
  { user, code, at, creditMicros, request, dryRun }: AskedRedemption,
): Promise<{ readonly grant: UserGrant; readonly replayed: boolean }> {
  const outcome = await db.transaction(async (trx) => {
    const { wallet } = await openUserWallet(trx, { id: user, at });
    await lockUser(trx, wallet);
    const known = await findRequested(trx, wallet, request);
    if (known) return { grant: known, replayed: true };
    await checkFailures(trx, wallet, at);
    const coupon = await findRow(trx, couponOf, `SELECT ${COLUMNS} FROM coupon WHERE code = ? FOR UPDATE`, [
      couponCode(code),
    ]);
    const usedByUser = coupon === undefined ? 0 : await countUses(trx, wallet, coupon.id);
    const plans = coupon === undefined || coupon.plans.length === 0 ? [] : await listActivePlans(trx, wallet);
    const use = { used: coupon?.used ?? 0, usedByUser, plans, nowMs: at.getTime() };
    const problem = findCouponProblem(coupon, use);
    if (problem !== undefined || coupon === undefined) {
      await storeFailure(trx, wallet, at);
      return problem ?? 'unknown';
    }
    const id = uuidV7(at.getTime());
    const amountMicros = coupon.credits * creditMicros;
    const { restrictedTo } = coupon;
    const grant = { id, wallet, kind: 'coupon' as const, amountMicros, day: null, streak: null, restrictedTo };
    if (dryRun) return { grant: { ...grant, coupon: coupon.id, entrySeq: null }, replayed: false };
    await trx.raw('UPDATE coupon SET used = used + 1 WHERE id = ?', [coupon.id]);
    return { grant: await storeGrant(trx, { ...grant, coupon: coupon.id }, { request, at }), replayed: false };
  });
  if (typeof outcome === 'string') throw couponUnusable(outcome satisfies CouponReason);
  return outcome;
}

async function countUses(trx: DatabaseTransaction, wallet: string, coupon: string): Promise<number> {
  return getRow(
    trx,
    (row) => small(row['uses']),
    `SELECT count(*)::integer AS uses FROM user_grant WHERE wallet = ? AND kind = 'coupon' AND coupon = ?`,
    [wallet, coupon],
  );
}

/** @throws Refusal RATE_LIMITED after too many failures within an hour */
async function checkFailures(trx: DatabaseTransaction, wallet: string, at: Date): Promise<void> {
  const failed = await listRows(
    trx,
    (row) => timeMsOf(row['at']),
    'SELECT at FROM redemption_failure WHERE wallet = ? AND at > ? ORDER BY at DESC LIMIT ?',
    [wallet, new Date(at.getTime() - HOUR_MS), FAILED_PER_HOUR_MAX],
  );
  const oldest = failed.at(-1);
  if (oldest === undefined || failed.length < FAILED_PER_HOUR_MAX) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((oldest + HOUR_MS - at.getTime()) / 1_000));
  throw new Refusal('RATE_LIMITED', `${FAILED_PER_HOUR_MAX} redemptions failed within an hour; try again later`, {
    details: { limit: 'redemptions', retryAfterSeconds },
  });
}

/** Notes a failure, and forgets those that count no more. */
async function storeFailure(trx: DatabaseTransaction, wallet: string, at: Date): Promise<void> {
  await trx.raw('DELETE FROM redemption_failure WHERE wallet = ? AND at <= ?', [
    wallet,
    new Date(at.getTime() - HOUR_MS),
  ]);
  await trx.raw('INSERT INTO redemption_failure (wallet, at) VALUES (?, ?)', [wallet, at]);
}
