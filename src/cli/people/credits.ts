/** `coffer credits`: coupons, and what a check-in gives. */
import type { Command } from 'commander';
import { checkInChange } from '../../db/approvals/check-in.ts';
import { couponChange } from '../../db/approvals/coupon.ts';
import { findCheckInRules } from '../../db/credits/check-ins.ts';
import { listCoupons } from '../../db/credits/coupons.ts';
import { viewOfCoupon, viewOfRules, type CouponView } from '../../views/people/gift.ts';
import { changeOrAskHere } from '../approvals.ts';
import { restrictionOf } from '../../core/lots/restriction.ts';
import { printJson, printTable, withDatabase } from '../context.ts';
import { readPlanId } from '../billing/subscription-options.ts';
import { readCouponCode, readCredits, readLimit, readNames, readTime, readTimeZone, readUses } from '../options.ts';

const LIST_DEFAULT = 100;

interface CouponOptions {
  readonly credits: bigint;
  readonly limit?: number;
  readonly perUser: number;
  readonly expires?: Date;
  readonly plan?: readonly string[];
  readonly services?: readonly string[];
  readonly actions?: readonly string[];
  readonly json?: boolean;
}

async function addCoupon(code: string, options: CouponOptions): Promise<void> {
  const { credits, limit, perUser, expires, plan, services, actions, json } = options;
  const isRestricted = services !== undefined || actions !== undefined;
  const input = {
    code,
    credits,
    limitTotal: limit ?? null,
    limitPerUser: perUser,
    expiresAtMs: expires?.getTime() ?? null,
    plans: plan ?? [],
    restrictedTo: isRestricted ? restrictionOf({ services, actions }) : null,
  };
  const coupon = await withDatabase(async (db, config) =>
    changeOrAskHere({ db, config }, couponChange, { input, json }),
  );
  if (coupon === undefined) return;
  if (json === true) return printJson(viewOfCoupon(coupon));
  printCoupons([viewOfCoupon(coupon)]);
}

async function coupons({ limit, json }: { readonly limit: number; readonly json?: boolean }): Promise<void> {
  const page = { beforeId: undefined, offset: 0, limit };
  const listed = (await withDatabase(async (db) => listCoupons(db, page))).map(viewOfCoupon);
  if (json === true) return printJson({ coupons: listed });
  printCoupons(listed);
}

function printCoupons(listed: readonly CouponView[]): void {
  printTable(
    ['code', 'credits', 'used', 'limit', 'per user', 'expires'],
    listed.map((one) => [
      one.code,
      String(one.credits),
      String(one.used),
      one.limit_total === null ? 'none' : String(one.limit_total),
      String(one.limit_per_user),
      one.expires_at,
    ]),
  );
}

async function checkIn({
  perDay,
  bonus,
  days,
  zone,
  off,
  json,
}: {
  readonly perDay?: bigint;
  readonly bonus?: bigint;
  readonly days?: number;
  readonly zone?: string;
  readonly off?: boolean;
  readonly json?: boolean;
}): Promise<void> {
  const isChange = off === true || [perDay, bonus, days, zone].some((one) => one !== undefined);
  const rules = await withDatabase(async (db, config) => {
    const now = await findCheckInRules(db, config.checkIn);
    if (!isChange) return now;
    const input = {
      ...now,
      enabled: off !== true,
      creditsPerDay: perDay ?? now.creditsPerDay,
      streakBonus: bonus ?? now.streakBonus,
      streakDays: days ?? now.streakDays,
      timeZone: zone ?? now.timeZone,
    };
    return changeOrAskHere({ db, config }, checkInChange, { input, json });
  });
  if (rules === undefined) return;
  const view = viewOfRules(rules);
  if (json === true) return printJson(view);
  printTable(Object.keys(view), [
    Object.values(view).map((value: string | number | boolean | null) => (value === null ? null : String(value))),
  ]);
}

function readPlans(text: string, before: readonly string[] = []): string[] {
  return [...before, readPlanId(text)];
}

/** `coffer credits`. */
export function addCredits(program: Command): void {
  const credits = program.command('credits').description('what users are given: coupons, and the daily check-in');

  credits
    .command('coupons')
    .description('list coupons, newest first')
    .option('--limit <n>', 'how many, up to 1000', readLimit, LIST_DEFAULT)
    .option('--json', 'print JSON')
    .action(coupons);

  credits
    .command('add-coupon')
    .description('add a coupon; above the limit a second person has to approve it')
    .argument('<code>', '8 to 64 letters, digits, - and _', readCouponCode)
    .requiredOption('--credits <n>', 'what it gives', readCredits)
    .option('--limit <n>', 'how often it may be redeemed in all; left out: without a limit', readUses)
    .option('--per-user <n>', 'how often one user may redeem it', readUses, 1)
    .option('--expires <time>', 'until when', readTime)
    .option('--plan <id>', 'only for active subscribers of it; may be given several times', readPlans)
    .option('--services <names>', 'the services that its credit may pay for; left out: all', readNames)
    .option('--actions <names>', 'the priced actions that it may pay for; left out: all', readNames)
    .option('--json', 'print JSON')
    .action(addCoupon);

  credits
    .command('checkin')
    .description('show what a check-in gives; with an option, turn it on and change that')
    .option('--per-day <n>', 'credits a day', readCredits)
    .option('--bonus <n>', 'credits on top every so many days in a row', readCredits)
    .option('--days <n>', 'how many days in a row bring the bonus', readUses)
    .option('--zone <name>', 'whose dates count, such as Europe/Berlin', readTimeZone)
    .option('--off', 'turn check-ins off')
    .option('--json', 'print JSON')
    .action(checkIn);
}
