/** Plans and their versions, and which plan a provider's price belongs to. */
import { Refusal } from '../../core/errors.ts';
import { CREDIT_ENDS, PLAN_KINDS, pricesOf, type PlanVersion } from '../../core/subscriptions/plan.ts';
import type { DatabaseTransaction } from '../database.ts';
import {
  changeRows,
  findRow,
  listOf,
  listRows,
  micros,
  oneOf,
  orNull,
  small,
  textOf,
  timeMsOf,
  truth,
  type Queries,
  type Row,
} from '../rows.ts';

const COLUMNS = `plan, version, from_at, name, description, features, kind, monthly_cents, yearly_cents, credit, credit_end,
  active, stripe_monthly, stripe_yearly, creem_product`;

function versionOf(row: Row): PlanVersion {
  return {
    plan: textOf(row['plan']),
    version: small(row['version']),
    fromMs: timeMsOf(row['from_at']),
    name: textOf(row['name']),
    description: textOf(row['description']),
    features: listOf(row['features'], textOf),
    kind: oneOf(PLAN_KINDS, row['kind']),
    monthlyCents: orNull(row['monthly_cents'], micros),
    yearlyCents: orNull(row['yearly_cents'], micros),
    creditMicros: micros(row['credit']),
    creditEnd: oneOf(CREDIT_ENDS, row['credit_end']),
    isActive: truth(row['active']),
    stripeMonthly: orNull(row['stripe_monthly'], textOf),
    stripeYearly: orNull(row['stripe_yearly'], textOf),
    creemProduct: orNull(row['creem_product'], textOf),
  };
}

/** Plans as they are now, oldest first. */
export async function listPlans(db: Queries): Promise<PlanVersion[]> {
  return listRows(db, versionOf, `SELECT DISTINCT ON (plan) ${COLUMNS} FROM plan_version ORDER BY plan, version DESC`);
}

/** A plan as it is now. */
export async function findPlan(db: Queries, plan: string): Promise<PlanVersion | undefined> {
  return findRow(db, versionOf, `SELECT ${COLUMNS} FROM plan_version WHERE plan = ? ORDER BY version DESC LIMIT 1`, [
    plan,
  ]);
}

/** All versions of the plan that a provider's price belongs to, oldest first; none where it is no plan's. */
export async function listVersionsOfPrice(db: Queries, price: string): Promise<PlanVersion[]> {
  return listRows(
    db,
    versionOf,
    `SELECT ${COLUMNS} FROM plan_version WHERE plan = (SELECT plan FROM plan_price WHERE price = ?) ORDER BY version`,
    [price],
  );
}

/**
 * Stores a version of a plan, and to whom its prices belong from now on.
 * @throws Refusal VALIDATION_FAILED where a price is another plan's, or the same plan's for another interval
 */
export async function storePlanVersion(trx: DatabaseTransaction, version: PlanVersion): Promise<void> {
  for (const { price, interval } of pricesOf(version)) {
    const isCreems = price === version.creemProduct;
    const path = isCreems ? 'creem_product_id' : `stripe_price_id_${interval}ly`;
    await claimPrice(trx, { price, plan: version.plan, interval, path });
  }
  await trx.raw(
    `INSERT INTO plan_version (${COLUMNS}) VALUES (:plan, :version, :from, :name, :description,
       :features::text[], :kind, :monthly, :yearly, :credit, :creditEnd, :active, :stripeMonthly, :stripeYearly, :creem)`,
    {
      plan: version.plan,
      version: version.version,
      from: new Date(version.fromMs),
      name: version.name,
      description: version.description,
      features: [...version.features],
      kind: version.kind,
      monthly: version.monthlyCents === null ? null : String(version.monthlyCents),
      yearly: version.yearlyCents === null ? null : String(version.yearlyCents),
      credit: String(version.creditMicros),
      creditEnd: version.creditEnd,
      active: version.isActive,
      stripeMonthly: version.stripeMonthly,
      stripeYearly: version.stripeYearly,
      creem: version.creemProduct,
    },
  );
}

async function claimPrice(
  trx: DatabaseTransaction,
  {
    price,
    plan,
    interval,
    path,
  }: { readonly price: string; readonly plan: string; readonly interval: string; readonly path: string },
): Promise<void> {
  const made = await changeRows(
    trx,
    'INSERT INTO plan_price (price, plan, plan_interval) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    [price, plan, interval],
  );
  if (made > 0) return;
  const owner = await findRow(
    trx,
    (row) => ({ plan: textOf(row['plan']), interval: textOf(row['plan_interval']) }),
    'SELECT plan, plan_interval FROM plan_price WHERE price = ?',
    [price],
  );
  if (owner?.plan === plan && owner.interval === interval) return;
  const message = 'this price belongs to another plan or interval already: an invoice must say what was bought';
  throw new Refusal('VALIDATION_FAILED', message, { issues: [{ path, message }] });
}
