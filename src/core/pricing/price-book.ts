/** The price book: append-only rows that say what an action costs, and the rule that picks one of them. */
import { chargeOf, QUANTITY_MAX, type Quantity, type Rate } from './rate.ts';

/** What a quantity up to `upTo`, that one included, costs a unit; the last tier of a row has no end. */
export interface Tier {
  readonly upTo: Quantity | null;
  readonly rate: Rate;
}

/** One row. It is never changed: another row takes its place from a later time on. */
export interface PriceRow {
  readonly id: string;
  /** The org that has this price; null for everybody that has none of its own. */
  readonly org: string | null;
  readonly action: string;
  /** What is counted, such as `token`; for people only. */
  readonly unit: string;
  /** Ascending; one tier is a plain rate. Null: its owner has no price of its own from then on. */
  readonly tiers: readonly Tier[] | null;
  /** In force in [from, to). */
  readonly fromMs: number;
  readonly toMs: number | null;
  /** When it was added: of two rows that begin at one time, the later one counts. */
  readonly addedAtMs: number;
}

/** What a command was priced by; it is kept with the command. */
export interface Pricing {
  readonly row: string;
  readonly quantity: Quantity;
  readonly rate: Rate;
  /** Rounded up; zero writes no entry. */
  readonly amountMicros: bigint;
}

/** Most tiers of one row. */
export const TIERS_MAX = 20;

/** Why tiers are invalid, or undefined. */
export function findTierProblem(tiers: readonly Tier[]): string | undefined {
  if (tiers.length === 0 || tiers.length > TIERS_MAX) return `there must be 1 to ${TIERS_MAX} tiers`;
  let before = 0n;
  for (const [index, { upTo }] of tiers.entries()) {
    const isLast = index === tiers.length - 1;
    if (isLast && upTo !== null) return 'the last tier has no end';
    if (isLast) continue;
    if (upTo === null) return 'only the last tier has no end';
    if (upTo <= before || upTo >= QUANTITY_MAX) return 'each tier must end above the one before it';
    before = upTo;
  }
  return undefined;
}

/** What is to be priced, for whom and when. */
export interface PricedCommand {
  /** Null: a payer that is no org. */
  readonly org: string | null;
  readonly action: string;
  readonly atMs: number;
}

/** Why a row that is added now cannot count from one time to another, or undefined: what was charged keeps its price. */
export function findTimeProblem(
  { fromMs, toMs }: Pick<PriceRow, 'fromMs' | 'toMs'>,
  nowMs: number,
): { readonly field: 'from' | 'to'; readonly message: string } | undefined {
  if (fromMs < nowMs) return { field: 'from', message: 'must not be in the past: what was charged keeps its price' };
  return toMs !== null && toMs <= fromMs ? { field: 'to', message: 'must be after from' } : undefined;
}

/**
 * The row by which a command is priced: the org's own before the platform's, of those in force the one that began last, of
 * equals the one that was added last. Undefined when there is no price.
 * @param rows any rows; those of other actions and orgs are passed over
 */
export function findPrice(rows: readonly PriceRow[], command: PricedCommand): PriceRow | undefined {
  const own = command.org === null ? undefined : findOf(command.org, rows, command);
  return own?.tiers ? own : withTiers(findOf(null, rows, command));
}

function withTiers(row: PriceRow | undefined): PriceRow | undefined {
  return row?.tiers ? row : undefined;
}

function findOf(
  owner: string | null,
  rows: readonly PriceRow[],
  { action, atMs }: PricedCommand,
): PriceRow | undefined {
  let best: PriceRow | undefined;
  for (const row of rows) {
    if (row.action !== action || row.org !== owner) continue;
    if (row.fromMs > atMs || (row.toMs !== null && row.toMs <= atMs)) continue;
    if (best === undefined || isBefore(best, row)) best = row;
  }
  return best;
}

/** Whether `other` counts rather than `row`; both are their owner's and in force. */
function isBefore(row: PriceRow, other: PriceRow): boolean {
  if (row.fromMs !== other.fromMs) return row.fromMs < other.fromMs;
  if (row.addedAtMs !== other.addedAtMs) return row.addedAtMs < other.addedAtMs;
  return row.id < other.id;
}

/**
 * What a quantity costs by a row: all of it at the rate of the tier in which the quantity of this one command lies.
 * @throws MoneyError when it is more than one command may move
 */
export function priceBy(row: PriceRow, quantity: Quantity): Pricing {
  const tier = row.tiers?.find(({ upTo }) => upTo === null || quantity <= upTo);
  if (!tier) throw new Error(`price ${row.id} has no tier for ${quantity}`);
  return { row: row.id, quantity, rate: tier.rate, amountMicros: chargeOf(quantity, tier.rate) };
}
