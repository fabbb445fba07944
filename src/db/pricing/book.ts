/** The price book as a process knows it: rows are read when a command first needs them, and again once the book has changed. */
import type { PriceRow } from '../../core/pricing/price-book.ts';
import { AT_BEFORE_MS_MAX } from '../../core/pricing/usage.ts';
import { type KnownPrices, type Priced, type PriceSource } from '../../core/pricing/stamp.ts';
import { listRows, textOf, truth, getRow, type Queries } from '../rows.ts';
import { COLUMNS, priceOf } from './prices.ts';

/** For how many orgs and actions rows are kept; one more, and all are read again as they are needed. */
const KEPT_MAX = 10_000;
/** Most rows that are read at once. */
const ROWS_READ_MAX = 20_000;
/** Rows are read with so much more than what a command may be late by: clocks differ, and commands wait. */
const SLACK_MS = 10 * 60_000;

/**
 * Rows that some other row of the same owner does not outdo from a time on: that began by then, counts before them, and
 * lasts as long.
 */
const NOT_OUTDONE = `NOT EXISTS (SELECT FROM price s WHERE s.action = p.action AND s.org IS NOT DISTINCT FROM p.org
    AND s.valid_from <= :since AND (s.valid_from, s.added_at, s.id) > (p.valid_from, p.added_at, p.id)
    AND (s.valid_to IS NULL OR s.valid_to >= p.valid_to))`;

const SELECT = `SELECT b.last AS book, ${COLUMNS.split(', ')
  .map((name) => `p.${name}`)
  .join(', ')}
  FROM price_book b LEFT JOIN price p ON p.action = ANY(:actions) AND (p.org IS NULL OR p.org = ANY(:orgs::uuid[]))
    AND (p.valid_to IS NULL OR p.valid_to > :since) AND ${NOT_OUTDONE}
  LIMIT ${ROWS_READ_MAX + 1}`;

const nameOf = ({ action, org }: Pick<Priced, 'action' | 'org'>): string => `${org ?? ''} ${action}`;

export class PriceBook implements PriceSource {
  readonly #db: Queries;
  readonly #nowMs: () => number;
  readonly #rows = new Map<string, readonly PriceRow[]>();
  #book: string | undefined;

  /** @param db must see the prices of every org */
  constructor(db: Queries, nowMs: () => number) {
    this.#db = db;
    this.#nowMs = nowMs;
  }

  async load(asked: readonly Pick<Priced, 'action' | 'org'>[]): Promise<KnownPrices> {
    const missing = asked.filter((one) => !this.#rows.has(nameOf(one)));
    if (missing.length > 0 && !(await this.#read(missing))) await this.#read(asked);
    return { book: this.#book ?? '', rows: asked.map((one) => this.#rows.get(nameOf(one)) ?? []) };
  }

  /** Reads rows and keeps them. @returns false when the book has changed, so that all that was kept is gone */
  async #read(asked: readonly Pick<Priced, 'action' | 'org'>[]): Promise<boolean> {
    const read = await listRows(this.#db, (row) => row, SELECT, {
      actions: [...new Set(asked.map(({ action }) => action))],
      orgs: [...new Set(asked.flatMap(({ org }) => org ?? []))],
      since: new Date(this.#nowMs() - AT_BEFORE_MS_MAX - SLACK_MS),
    });
    if (read.length > ROWS_READ_MAX)
      throw new Error(`the price book has more than ${ROWS_READ_MAX} rows to choose from`);
    const book = textOf(read[0]?.['book']);
    const rows = read.flatMap((row) => (row['id'] === null ? [] : [priceOf(row)]));
    const isSame = this.#book === undefined || this.#book === book;
    if (!isSame || this.#rows.size + asked.length > KEPT_MAX) this.#rows.clear();
    this.#book = book;
    for (const one of asked) {
      const own = rows.filter(({ action, org }) => action === one.action && (org === null || org === one.org));
      this.#rows.set(nameOf(one), own);
    }
    return isSame;
  }

  async isCurrent(book: string): Promise<boolean> {
    const select = 'SELECT last = :book::uuid AS current FROM price_book';
    return getRow(this.#db, (row) => truth(row['current']), select, { book });
  }

  forget(): void {
    this.#rows.clear();
    this.#book = undefined;
  }
}
