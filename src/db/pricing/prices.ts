/** The table of the price book. */
import { type PriceRow, type PricedCommand, type Tier } from '../../core/pricing/price-book.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, listOf, listRows, micros, orNull, rowOf, textOf, timeOf, type Row } from '../rows.ts';

/** A row with who added it. */
export interface AddedPrice extends PriceRow {
  readonly addedBy: string;
}

/** What {@link priceOf} reads. */
export const COLUMNS = 'id, org, action, unit, tiers, valid_from, valid_to, added_at, added_by';

/** A tier as it is stored, in texts. */
export function writtenTier({ upTo, rate }: Tier): { readonly upTo: string | null; readonly rate: string } {
  return { upTo: upTo?.toString() ?? null, rate: rate.toString() };
}

/** The tier of what {@link writtenTier} gave. */
export function tierOf(value: unknown): Tier {
  const { upTo, rate } = rowOf(value);
  return { upTo: orNull(upTo, micros), rate: micros(rate) };
}

/** The price in a row. */
export function priceOf(row: Row): AddedPrice {
  return {
    id: textOf(row['id']),
    org: orNull(row['org'], textOf),
    action: textOf(row['action']),
    unit: textOf(row['unit']),
    tiers: orNull(row['tiers'], (value) => listOf(value, tierOf)),
    fromMs: timeOf(row['valid_from']).getTime(),
    toMs: orNull(row['valid_to'], timeOf)?.getTime() ?? null,
    addedAtMs: timeOf(row['added_at']).getTime(),
    addedBy: textOf(row['added_by']),
  };
}

/** Adds a row. Adding the same row again, by its id, changes nothing and answers false. */
export async function addPrice(db: Database | DatabaseTransaction, price: AddedPrice): Promise<boolean> {
  const tiers = price.tiers?.map(writtenTier);
  const added = await changeRows(
    db,
    `INSERT INTO price (${COLUMNS})
     VALUES (:id, :org, :action, :unit, :tiers::jsonb, :from, :to, :addedAt, :addedBy) ON CONFLICT (id) DO NOTHING`,
    {
      id: price.id,
      org: price.org,
      action: price.action,
      unit: price.unit,
      tiers: tiers === undefined ? null : JSON.stringify(tiers),
      from: new Date(price.fromMs),
      to: price.toMs === null ? null : new Date(price.toMs),
      addedAt: new Date(price.addedAtMs),
      addedBy: price.addedBy,
    },
  );
  return added === 1;
}

/** Rows of the book, the one that was added last first; ids are time-ordered. */
export async function listPrices(
  db: Database,
  filter: {
    readonly org?: string | undefined;
    readonly action?: string | undefined;
    readonly beforeId?: string | undefined;
    readonly limit: number;
  },
): Promise<AddedPrice[]> {
  const { org = null, action = null, beforeId = null, limit } = filter;
  return listRows(
    db,
    priceOf,
    `SELECT ${COLUMNS} FROM price
     WHERE (:org::uuid IS NULL OR org = :org::uuid) AND (:action::text IS NULL OR action = :action::text)
       AND (:beforeId::uuid IS NULL OR id < :beforeId::uuid)
     ORDER BY id DESC LIMIT :limit`,
    { org, action, beforeId, limit },
  );
}

/** The rows between which `findPrice` picks: the newest in force of the org and of the platform, so two at most. */
export async function listPricesFor(db: Database, { org, action, atMs }: PricedCommand): Promise<AddedPrice[]> {
  return listRows(
    db,
    priceOf,
    `SELECT DISTINCT ON (org) ${COLUMNS} FROM price
     WHERE action = :action AND (org IS NULL OR org = :org::uuid) AND valid_from <= :at
       AND (valid_to IS NULL OR valid_to > :at)
     ORDER BY org, valid_from DESC, added_at DESC, id DESC`,
    { action, org, at: new Date(atMs) },
  );
}

/** The platform's rows in force at a time, one for each action, in order of the action. */
export async function listPricesInForce(
  db: Database,
  { atMs, limit }: { readonly atMs: number; readonly limit: number },
): Promise<AddedPrice[]> {
  return listRows(
    db,
    priceOf,
    `SELECT DISTINCT ON (action) ${COLUMNS} FROM price
     WHERE org IS NULL AND valid_from <= :at AND (valid_to IS NULL OR valid_to > :at)
     ORDER BY action, valid_from DESC, added_at DESC, id DESC LIMIT :limit`,
    { at: new Date(atMs), limit },
  );
}
