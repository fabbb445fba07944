import type { z } from 'zod';
import { findCount } from '../../core/integers.ts';
import { walletId } from '../../core/ids.ts';
import { findChainTransactions } from '../../db/deposits-reader.ts';
import { findLastSeqBefore, listEntries, SEQ_END } from '../../db/ledger-reader.ts';
import { decodeCursor, encodeCursor, pageOf } from '../cursor.ts';
import { NO_BODY, orgRoute, type Route } from '../endpoint.ts';
import type { TreasuryDeps } from './deps.ts';
import { viewOfEntry } from './entry-view.ts';
import { ledgerQuery, type ledgerReply } from './schemas.ts';

const CURSOR_KIND = 'ledger';

/** The entries of an org's wallet, newest first. */
export function ledgerRoutes({ guard, db }: TreasuryDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/treasury/ledger',
    scopes: ['treasury:read'],
    query: ledgerQuery,
    body: NO_BODY,
  } as const;
  const ledger = orgRoute(guard, specification, async ({ org, query }) => {
    const wallet = walletId({ kind: 'org', id: org.id });
    const { from, to, limit, type, serviceType } = query;
    const before = decodeCursor(query.cursor, CURSOR_KIND, (seq) => findCount(seq ?? ''));
    const [fromSeq, toSeq] = await Promise.all([
      from === undefined ? 1 : findLastSeqBefore(db, wallet, from).then((seq) => seq + 1),
      to === undefined ? undefined : findLastSeqBefore(db, wallet, to).then((seq) => seq + 1),
    ]);
    const beforeSeq = Math.min(before ?? SEQ_END, toSeq ?? SEQ_END);
    const filter = { wallet, type, service: serviceType, fromSeq, beforeSeq, limit: limit + 1 };
    const entries = await listEntries(db, filter);
    const { page, nextCursor } = pageOf(entries, limit, (last) => encodeCursor(CURSOR_KIND, last.seq));
    const deposits = page.flatMap(({ deposit }) => (deposit === null ? [] : [deposit]));
    const transactions = await findChainTransactions(db, deposits);
    const views = page.map((entry) => viewOfEntry(entry, transactions.get(entry.deposit ?? '')));
    const body: z.input<typeof ledgerReply> = { entries: views, nextCursor };
    return { body };
  });
  return [ledger];
}
