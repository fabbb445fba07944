/** Priced commands: what is asked for, the price that the rule finds for it, and the stamp that its entries have of it. */
import { Refusal } from '../errors.ts';
import { formatUsd, MoneyError } from '../money.ts';
import { findPrice, priceBy, type PriceRow, type Pricing } from './price-book.ts';
import { UsageMoved, type UsageLine } from './usage.ts';
import { chargeOf, formatQuantity, QUANTITY_MAX, RATE_MAX, type Quantity } from './rate.ts';

/** A quantity of an action in place of an amount. */
export interface Priced {
  readonly action: string;
  readonly quantity: Quantity;
  /** The org whose own price counts before everybody's; null for a payer that is no org. */
  readonly org: string | null;
  /** Events that are charged together: each is priced at its own time, and all by one row. */
  readonly lines?: readonly UsageLine[] | undefined;
}

/** What an entry was priced by: the row of the book, the quantity, and the rate, whose product is rounded up. */
export type Stamp = Omit<Pricing, 'amountMicros'>;

/** Rows of the price book as they are at one moment. */
export interface PriceSource {
  /**
   * For each of these, every row that may count at any time since the earliest that a command may have; `book` names the
   * state of the book that all of them are of.
   */
  load(asked: readonly Pick<Priced, 'action' | 'org'>[]): Promise<KnownPrices>;
  /** Whether the book is still in that state. */
  isCurrent(book: string): Promise<boolean>;
  /** Forgets what was read: the book has changed. */
  forget(): void;
}

/** What {@link PriceSource.load} reads. */
export interface KnownPrices {
  readonly book: string;
  /** One list for each that was asked for, in the same order. */
  readonly rows: readonly (readonly PriceRow[])[];
}

/**
 * What a priced command costs at a time (ms since the epoch), by the row in force then; what events cost, at their own times.
 * @throws Refusal VALIDATION_FAILED when there is no price, or the cost is more than one command may move
 * @throws UsageMoved when events have different rows
 */
export function priceAt({ action, quantity, org, lines }: Priced, atMs: number, rows: readonly PriceRow[]): Pricing {
  const [first = atMs, ...others] = lines?.map((line) => line.atMs) ?? [atMs];
  const row = findPrice(rows, { org, action, atMs: first });
  if (others.some((one) => findPrice(rows, { org, action, atMs: one }) !== row)) throw new UsageMoved();
  if (!row) throw invalid('action', 'has no price in force');
  // Events are put together, and a sum has the bound of every quantity.
  if (quantity > QUANTITY_MAX) throw invalid('quantity', `must be at most ${formatQuantity(QUANTITY_MAX)} in all`);
  try {
    return priceBy(row, quantity);
  } catch (error) {
    throw error instanceof MoneyError ? invalid('quantity', error.message) : error;
  }
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_FAILED', `${path} ${message}`, { issues: [{ path, message }] });
}

/** The text of a stamp: `<row>:<quantity in millionths>:<rate in picodollars a unit>`. */
export function formatStamp({ row, quantity, rate }: Stamp): string {
  return `${row}:${quantity}:${rate}`;
}

const STAMP = /^([0-9a-f-]{36}):([1-9][0-9]{0,16}):(0|[1-9][0-9]{0,21})$/;

/** Reads the text of a stamp. @throws RangeError when it has another form */
export function parseStamp(text: string): Stamp {
  const [, row, quantity, rate] = STAMP.exec(text) ?? [];
  if (row === undefined || quantity === undefined || rate === undefined) throw noStamp(text);
  const stamp = { row, quantity: BigInt(quantity), rate: BigInt(rate) };
  if (stamp.quantity > QUANTITY_MAX || stamp.rate > RATE_MAX) throw noStamp(text);
  return stamp;
}

function noStamp(text: string): RangeError {
  return new RangeError(`${JSON.stringify(text)} is no stamp of a price`);
}

/** The columns of an entry that an audit of stamps reads. */
interface Stamped {
  readonly seq: number;
  readonly part: number;
  readonly action: string | null;
  readonly pricing: string | null;
  readonly availableDelta: bigint;
}

/** Checks, entry by entry, that each priced command took what its stamp says, and that all its entries have that stamp. */
export class StampAudit {
  #first: Stamped | undefined;
  #taken = 0n;

  /** Reads the next entry. @returns what is wrong, and from which entry on; undefined when nothing is */
  read(entry: Stamped): { readonly seq: number; readonly what: string } | undefined {
    const wrong = entry.part === 0 ? this.finish() : undefined;
    if (entry.part === 0) [this.#first, this.#taken] = [entry, 0n];
    this.#taken -= entry.availableDelta;
    if (wrong) return wrong;
    const first = this.#first ?? entry;
    const isSame = first.action === entry.action && first.pricing === entry.pricing;
    if (!isSame) return { seq: entry.seq, what: 'has another price than its command' };
    if ((entry.action === null) !== (entry.pricing === null)) {
      return { seq: entry.seq, what: 'has an action without a price, or a price without an action' };
    }
    return undefined;
  }

  /** Ends the command that was read last. */
  finish(): { readonly seq: number; readonly what: string } | undefined {
    const first = this.#first;
    this.#first = undefined;
    if (first?.pricing === undefined || first.pricing === null) return undefined;
    const dueMicros = findCharge(first.pricing);
    if (dueMicros === this.#taken) return undefined;
    const due = dueMicros === undefined ? 'its stamp cannot be read' : `its stamp says ${formatUsd(dueMicros)}`;
    return { seq: first.seq, what: `its command took ${formatUsd(this.#taken)} USD, and ${due}` };
  }
}

function findCharge(text: string): bigint | undefined {
  try {
    const { quantity, rate } = parseStamp(text);
    return chargeOf(quantity, rate);
  } catch (error) {
    if (error instanceof RangeError || error instanceof MoneyError) return undefined;
    throw error;
  }
}
