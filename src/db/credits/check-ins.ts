/** Check-ins: what an operator set, and those of a user. */
import { judgeCheckIn, type CheckIn, type CheckInRules } from '../../core/credits/check-in.ts';
import { uuidV7, walletId } from '../../core/ids.ts';
import { lockUser, openUserWallet } from '../access/users.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { findRow, micros, orNull, small, textOf, truth, type Queries, type Row } from '../rows.ts';
import { findRequested, storeGrant, type GrantRequest, type UserGrant } from './grants.ts';

function rulesOf(row: Row): CheckInRules {
  return {
    enabled: truth(row['enabled']),
    creditsPerDay: micros(row['credits_per_day']),
    streakBonus: micros(row['streak_bonus']),
    streakDays: small(row['streak_days']),
    timeZone: textOf(row['time_zone']),
    requireClaim: orNull(row['require_claim'], textOf),
  };
}

/**
 * The rules in force: those that an operator set, and until then those of the configuration.
 * @param configured the rules of the configuration
 */
export async function findCheckInRules(db: Queries, configured: CheckInRules): Promise<CheckInRules> {
  return (await findRow(db, rulesOf, 'SELECT * FROM checkin_config')) ?? configured;
}

/** Sets the rules that count from now on. */
export async function setCheckInRules(db: Queries, rules: CheckInRules, at: Date): Promise<void> {
  await db.raw(
    `INSERT INTO checkin_config (name, enabled, credits_per_day, streak_bonus, streak_days, time_zone, require_claim, changed_at)
     VALUES ('checkin', :enabled, :creditsPerDay, :streakBonus, :streakDays, :timeZone, :requireClaim, :at)
     ON CONFLICT (name) DO UPDATE SET enabled = excluded.enabled, credits_per_day = excluded.credits_per_day,
       streak_bonus = excluded.streak_bonus, streak_days = excluded.streak_days, time_zone = excluded.time_zone,
       require_claim = excluded.require_claim, changed_at = excluded.changed_at`,
    { ...rules, creditsPerDay: String(rules.creditsPerDay), streakBonus: String(rules.streakBonus), at },
  );
}

/** A check-in that a user asks for. */
export interface AskedCheckIn {
  readonly user: string;
  readonly at: Date;
  readonly trueClaims: ReadonlySet<string>;
  readonly creditMicros: bigint;
  /** The rules of the configuration, which count until an operator sets others. */
  readonly configured: CheckInRules;
  readonly request: GrantRequest | undefined;
  /** It is judged, and nothing is stored. */
  readonly dryRun: boolean;
}

/**
 * Decides a check-in and stores it, or finds the one that the same request made before. Of several at once one is stored.
 * @param db sees the rows of the user
 * @throws Refusal as {@link judgeCheckIn}; IDEMPOTENCY_CONFLICT
 */
export async function decideCheckIn(
  db: Database,
  { user, at, trueClaims, creditMicros, configured, request, dryRun }: AskedCheckIn,
): Promise<{ readonly grant: UserGrant; readonly replayed: boolean }> {
  return db.transaction(async (trx) => {
    const wallet = walletId({ kind: 'user', id: user });
    if (!dryRun) await openUserWallet(trx, { id: user, at });
    await lockUser(trx, wallet);
    const known = await findRequested(trx, wallet, request);
    if (known) return { grant: known, replayed: true };
    const rules = await findCheckInRules(trx, configured);
    const last = await findLast(trx, wallet);
    const { day, streak, credits } = judgeCheckIn(rules, { last, nowMs: at.getTime(), trueClaims });
    const id = uuidV7(at.getTime());
    const amountMicros = credits * creditMicros;
    const grant = { id, wallet, kind: 'check_in' as const, amountMicros, day, streak, coupon: null };
    if (dryRun) return { grant: { ...grant, entrySeq: null }, replayed: false };
    return { grant: await storeGrant(trx, grant, { request, at }), replayed: false };
  });
}

async function findLast(trx: DatabaseTransaction, wallet: string): Promise<CheckIn | undefined> {
  return findRow(
    trx,
    (row) => ({ day: textOf(row['day']), streak: small(row['streak']) }),
    `SELECT day::text AS day, streak FROM user_grant WHERE wallet = ? AND kind = 'check_in' ORDER BY user_grant.day DESC LIMIT 1`,
    [wallet],
  );
}
