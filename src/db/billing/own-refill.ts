/** Auto-refill on an org's own account: a change of it, checked against what is stored and what the org sells. */
import { changeRefill, NO_REFILL, type RefillNames, type RefillWhat } from '../../core/billing/auto-refill.ts';
import { accountName } from '../../core/billing/facts.ts';
import { Refusal } from '../../core/errors.ts';
import { toCount } from '../../core/integers.ts';
import type { Database } from '../database.ts';
import { findProduct } from './products.ts';
import { findRefillSetting, type RefillRequest } from './refill-settings.ts';

/** New values; what is left out stays. */
export interface OwnRefillChange {
  readonly enabled?: boolean | undefined;
  readonly thresholdMicros?: bigint | undefined;
  /** The product that is bought; or in its place as much as brings the balance up to a target. */
  readonly product?: string | undefined;
  readonly targetMicros?: bigint | undefined;
  readonly maxDayMinor?: bigint | undefined;
  readonly maxMonthMinor?: bigint | undefined;
  readonly maxDayCount?: bigint | undefined;
  /** Which version of the text of consent the person saw. */
  readonly textVersion?: string | undefined;
}

/** What the surface calls the fields. */
export type OwnRefillNames = RefillNames & { readonly target: string };

/**
 * The request for a change; undefined when it changes nothing.
 * @throws Refusal VALIDATION_FAILED naming the field
 */
export async function readOwnRefill(
  db: Database,
  {
    org,
    change,
    names: named,
  }: { readonly org: string; readonly change: OwnRefillChange; readonly names: OwnRefillNames },
): Promise<Omit<RefillRequest, 'actor' | 'at'> | undefined> {
  if (Object.values(change).every((value) => value === undefined)) return undefined;
  const { enabled, thresholdMicros, targetMicros, maxDayMinor, maxMonthMinor, maxDayCount, textVersion } = change;
  const account = accountName('stripe', org);
  const { target, ...own } = named;
  const names = { ...own, what: targetMicros === undefined ? own.what : target };
  const wanted = {
    enabled,
    thresholdMicros,
    what: whatOf(change, named),
    maxDayMinor,
    maxMonthMinor,
    maxDayCount: maxDayCount === undefined ? undefined : toCount(`${maxDayCount}`),
  };
  const after = changeRefill((await findRefillSetting(db, org, account)) ?? NO_REFILL, wanted, names);
  if (after.enabled && after.what?.kind === 'product') {
    await checkProduct(db, { org, id: after.what.product, maxDayMinor: after.maxDayMinor }, named);
  }
  return { org, account, change: wanted, names, textVersion };
}

function whatOf({ product, targetMicros }: OwnRefillChange, names: OwnRefillNames): RefillWhat | undefined {
  if (product !== undefined && targetMicros !== undefined) {
    throw invalid(names.target, `goes in place of ${names.what}: give one of them`);
  }
  if (product !== undefined) return { kind: 'product', product };
  return targetMicros === undefined ? undefined : { kind: 'target', targetMicros };
}

/** What is bought again and again must be sold, and one purchase must fit the ceiling of a day. */
async function checkProduct(
  db: Database,
  { org, id, maxDayMinor }: { readonly org: string; readonly id: string; readonly maxDayMinor: bigint },
  names: OwnRefillNames,
): Promise<void> {
  const product = await findProduct(db, org, id);
  if (!product?.active) throw invalid(names.what, 'must be the id of an active product');
  if (product.priceCents <= maxDayMinor) return;
  throw invalid(names.maxDay, `must be at least ${product.priceCents}, what one purchase costs`);
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_FAILED', `${path} ${message}`, { issues: [{ path, message }] });
}
