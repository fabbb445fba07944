/** The endpoint that lists the entries of an org, as JSON pages or as CSV. */
import type { z } from 'zod';
import { findCount } from '../../core/integers.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import type { Database } from '../../db/database.ts';
import { findChainTransactions } from '../../db/deposits/views.ts';
import { waitUntilClosed } from '../../db/ledger/closed.ts';
import { findLastSeqBefore, listPage, SEQ_END, type EntryFilter } from '../../db/ledger/entries.ts';
import { requireExport } from '../access/caller.ts';
import { callKeys } from '../../core/ids.ts';
import { checkServiceFilter } from '../../core/ledger/vocabulary.ts';
import { decodeCursor, encodeCursor, pageOf } from '../endpoint/cursor.ts';
import { invalidInput, orgRoute } from '../endpoint/endpoint.ts';
import { readIdempotencyKey } from '../endpoint/idempotency.ts';
import { readHoldId } from '../endpoint/path-ids.ts';
import { viewOfEntry, type EntryView } from '../../views/entry.ts';
import type { SurfaceDeps } from '../deps.ts';
import { writeCsv } from '../money/ledger-csv.ts';
import { ledgerQuery, ledgerReply } from './schemas.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import type { Reply } from '../server/reply.ts';
import { CHAPTERS } from './surface.ts';
import { payingOrg } from '../money/payer.ts';
import { csvReply } from '../money/period.ts';

const CURSOR_KIND = 'ledger';

type Query = z.output<typeof ledgerQuery>;
type Span = Omit<EntryFilter, 'limit'>;
type View = (entries: readonly Entry[]) => Promise<EntryView[]>;

/** The entries of an org's wallet, newest first: page by page, or all of them as CSV. */
export function ledgerRoutes(deps: SurfaceDeps): Route[] {
  const { guard, db, forOrg, services } = deps;
  const specification = {
    method: 'GET',
    path: '/treasury/ledger',
    operation: 'listEntries',
    summary: 'The entries of an org, newest first: by pages, or all of them as CSV',
    chapter: CHAPTERS.balance,
    replies: { 200: ledgerReply },
    texts: ['text/csv'],
    errors: ['NOT_FOUND'],
    scopes: ['treasury:read'],
    query: ledgerQuery,
    body: NO_BODY,
  } as const;
  const ledger = orgRoute(guard, specification, async ({ caller, org, query }) => {
    if (query.format === 'csv') requireExport(caller, org);
    checkServiceFilter(query.serviceType, services);
    const span = await spanOf(deps, payingOrg(org).wallet, query);
    const view: View = async (entries) => viewsOf(forOrg(org.id), entries);
    const { turns } = guard;
    if (query.format === 'csv') {
      return csvReply('ledger.csv', query.bom, turns.pieces(org.id, writeCsv(db, span, view)));
    }
    return turns.run(org.id, async () => jsonReply(db, { ...query, span, view }));
  });
  return [ledger];
}

/**
 * The span of entries that the filters of a query select. Times are from the one on, and before the other; waits until no
 * further entry can come before the end. A span whose end is in the future has none.
 */
async function spanOf({ db, clock }: SurfaceDeps, wallet: string, query: Query): Promise<Span> {
  const { from, to, type, serviceType: service, appId, reference, idempotencyKey, holdId, metadata } = query;
  const end = to !== undefined && to.getTime() <= clock.nowMs() ? to : undefined;
  if (end !== undefined) await waitUntilClosed({ db, clock }, wallet, end);
  const firstSeqAt = async (time: Date): Promise<number> => (await findLastSeqBefore(db, wallet, time)) + 1;
  const [fromSeq, beforeSeq] = await Promise.all([
    from === undefined ? 1 : firstSeqAt(from),
    end === undefined ? SEQ_END : firstSeqAt(end),
  ]);
  const keys = idempotencyKey === undefined ? undefined : keysOf(idempotencyKey);
  const hold = holdId === undefined ? undefined : readHoldId(holdId, wallet);
  return { wallet, type, service, appId, reference, hold, keys, metadata, fromSeq, beforeSeq };
}

/** The ledger's keys under which clients and operators may have used this one. */
function keysOf(idempotencyKey: string): readonly string[] {
  const { key, issues } = readIdempotencyKey([idempotencyKey], {});
  if (key === undefined) throw invalidInput(issues.map(({ message }) => ({ path: 'idempotencyKey', message })));
  return (['client', 'operator'] as const).flatMap((domain) => {
    const { key: own, formerKeys } = callKeys(domain, key);
    return [own, ...formerKeys];
  });
}

async function jsonReply(
  db: Database,
  { span, view, limit, cursor }: { span: Span; view: View; limit: number; cursor?: string | undefined },
): Promise<Reply> {
  const before = decodeCursor(cursor, CURSOR_KIND, (seq) => findCount(seq ?? ''));
  const beforeSeq = Math.min(before ?? SEQ_END, span.beforeSeq);
  const { entries, restBefore } = await listPage(db, { ...span, beforeSeq, limit: limit + 1 });
  const { page, nextCursor } = pageOf(entries, limit, (last) => encodeCursor(CURSOR_KIND, last.seq));
  const rest = restBefore === undefined ? null : encodeCursor(CURSOR_KIND, restBefore);
  const body: z.input<typeof ledgerReply> = { entries: await view(page), nextCursor: nextCursor ?? rest };
  return { body };
}

/** Entries with the chain transactions behind their deposits. */
async function viewsOf(db: Database, entries: readonly Entry[]): Promise<EntryView[]> {
  const deposits = entries.flatMap(({ deposit }) => (deposit === null ? [] : [deposit]));
  const transactions = await findChainTransactions(db, deposits);
  return entries.map((entry) => viewOfEntry(entry, transactions.get(entry.deposit ?? '')));
}
