/**
 * Sums of entries: what statements and reports are made of. Each entry belongs to one group; the sums of a group are those of
 * its entries, so the sums of a period are those up to its end less those up to its beginning.
 *
 * **Paid and promotional.** An entry names the lot that it opens, draws on or fills, and that lot is promotional or not. What
 * an entry changes in available and held is a change of its lot, except for debt: money that comes in or is freed pays debt
 * before it reaches its lot, and what is taken back beyond all lots becomes debt. So in each entry, and in every sum of them,
 * available + held = paid + promotional - debt.
 */
import type { Entry } from '../ledger/entry.ts';
import type { LotTerms } from '../ledger/head.ts';
import type { EntryType, ServiceType } from '../ledger/vocabulary.ts';

/** What the entries of one group have in common. */
export interface Group {
  readonly type: EntryType;
  readonly service: ServiceType | null;
  readonly contra: string | null;
  /** The source of the lots that the entries name; null for entries without a lot. */
  readonly source: LotTerms['source'] | null;
  /** Whether these lots are promotional; null for entries without a lot. */
  readonly promotional: boolean | null;
}

/** The sums of a group. Micros, but for the counts of entries and of free gift cards. */
export interface Sums extends Group {
  readonly entries: bigint;
  readonly available: bigint;
  readonly held: bigint;
  /** The change of the debt, which is zero or above. */
  readonly debt: bigint;
  /** What free gift cards paid for. */
  readonly cardPaid: bigint;
  readonly giftCards: bigint;
}

/** How much paid credit, promotional credit and debt there is, or how much a change adds to each; micros. */
export interface Split {
  readonly paid: bigint;
  readonly promotional: bigint;
  readonly debt: bigint;
}

export const NO_SPLIT: Split = { paid: 0n, promotional: 0n, debt: 0n };

/** What a group changed in paid credit, promotional credit and debt. */
export function splitOf({ available, held, debt, promotional }: Sums): Split {
  const inLots = available + held + debt;
  return promotional === true ? { paid: 0n, promotional: inLots, debt } : { paid: inLots, promotional: 0n, debt };
}

export function plusSplit(a: Split, b: Split): Split {
  return { paid: a.paid + b.paid, promotional: a.promotional + b.promotional, debt: a.debt + b.debt };
}

/** What available + held amount to. */
export function totalOf({ paid, promotional, debt }: Split): bigint {
  return paid + promotional - debt;
}

/** The sums of one entry, given the terms of the lot that it names. */
export function sumsOfEntry(entry: Entry, lot: Pick<LotTerms, 'source' | 'promotional'> | null): Sums {
  const debtOf = (available: bigint): bigint => (available < 0n ? -available : 0n);
  return {
    type: entry.type,
    service: entry.service,
    contra: entry.contra,
    source: lot?.source ?? null,
    promotional: lot?.promotional ?? null,
    entries: 1n,
    available: entry.availableDelta,
    held: entry.heldDelta,
    debt: debtOf(entry.available) - debtOf(entry.available - entry.availableDelta),
    cardPaid: entry.cardPaid ?? 0n,
    giftCards: BigInt(entry.giftDelta),
  };
}

/** Sums by group. Memory grows with the number of groups, and not with that of entries. */
export class SumTable {
  readonly #groups = new Map<string, Sums>();

  /** Adds sums to their groups. @param sign -1n takes them away. */
  add(rows: Iterable<Sums>, sign: 1n | -1n = 1n): this {
    for (const row of rows) {
      const key = JSON.stringify([row.type, row.service, row.contra, row.source, row.promotional]);
      const known = this.#groups.get(key);
      const sum = (column: CountedColumn): bigint => (known?.[column] ?? 0n) + sign * row[column];
      this.#groups.set(key, {
        ...row,
        entries: sum('entries'),
        available: sum('available'),
        held: sum('held'),
        debt: sum('debt'),
        cardPaid: sum('cardPaid'),
        giftCards: sum('giftCards'),
      });
    }
    return this;
  }

  /** The groups that have entries. */
  rows(): Sums[] {
    return [...this.#groups.values()].filter(({ entries }) => entries !== 0n);
  }

  /** How many entries there are in all groups. */
  get entries(): bigint {
    return this.rows().reduce((sum, { entries }) => sum + entries, 0n);
  }

  /** What all groups together changed in paid credit, promotional credit and debt. */
  get split(): Split {
    return this.rows().map(splitOf).reduce(plusSplit, NO_SPLIT);
  }
}

type CountedColumn = Exclude<keyof Sums, keyof Group>;

/** The sums up to a later position less those up to an earlier one. */
export function sumsBetween(earlier: SumTable, later: SumTable): SumTable {
  return new SumTable().add(later.rows()).add(earlier.rows(), -1n);
}
