/** The ledger as CSV (RFC 4180) for accounting, written piece by piece. */
import type { Entry } from '../../core/ledger/entry.ts';
import type { Database } from '../../db/database.ts';
import { findHeadSeq, listEntries, type EntryFilter } from '../../db/ledger/entries.ts';
import { csvHead, csvLines } from '../../views/csv.ts';
import type { EntryView } from '../../views/entry.ts';

/** How many positions of the ledger one piece covers: the most that is in memory, and made in one turn of the thread. */
const PIECE_ENTRIES_MAX = 100;

const COLUMNS = [
  'id',
  'commandId',
  'createdAt',
  'type',
  'serviceType',
  'amountUsd',
  'availableDeltaUsd',
  'heldDeltaUsd',
  'availableAfterUsd',
  'heldAfterUsd',
  'giftCardsDelta',
  'giftCardsAvailableAfter',
  'giftCardsHeldAfter',
  'reference',
  'idempotencyKey',
  'lotId',
  'lotLeftUsd',
  'holdId',
  'depositId',
  'orderId',
  'txHash',
  'chain',
  'action',
  'quantity',
  'price',
  'appId',
  'userId',
  'teamId',
  'description',
  'metadata',
  'restrictedTo',
  'parentHoldId',
  'refundOf',
] as const satisfies readonly (keyof EntryView)[];

/**
 * Writes the header line, then the entries of a span, newest first. Starts at the last entry at its beginning, so later
 * entries are left out. seq has no gaps, so positions can be counted down.
 */
export async function* writeCsv(
  db: Database,
  span: Omit<EntryFilter, 'limit'>,
  viewsOf: (entries: readonly Entry[]) => Promise<readonly EntryView[]>,
): AsyncGenerator<string> {
  const headSeq = await findHeadSeq(db, span.wallet);
  let head = csvHead(COLUMNS);
  let beforeSeq = Math.min(span.beforeSeq, headSeq + 1);
  while (beforeSeq > span.fromSeq) {
    const fromSeq = Math.max(span.fromSeq, beforeSeq - PIECE_ENTRIES_MAX);
    const entries = await listEntries(db, { ...span, fromSeq, beforeSeq, limit: PIECE_ENTRIES_MAX });
    const views = await viewsOf(entries);
    yield head + csvLines(COLUMNS, views);
    head = '';
    beforeSeq = fromSeq;
  }
  if (head !== '') yield head;
}
