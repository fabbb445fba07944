/** The endpoint of what moved a user's wallet. */
import { findCount } from '../../core/integers.ts';
import { listSessions } from '../../db/billing/checkouts.ts';
import { SEQ_END } from '../../db/ledger/entries.ts';
import { listTransactions } from '../../db/ledger/transactions.ts';
import { viewOfWalletItem } from '../../views/people/movement.ts';
import { decodeCursor, encodeCursor, pageOf } from '../endpoint/cursor.ts';
import { personOrServiceRoute } from '../endpoint/people.ts';
import type { SurfaceDeps } from '../deps.ts';
import { payingUser, scopeOf } from '../money/payer.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { readUser } from './balance.ts';
import { walletCaller } from './caller.ts';
import { transactionsQuery, transactionsReply } from './schemas.ts';
import { CHAPTER } from './surface.ts';

const CURSOR_KIND = 'wallet';

/** What each command did to the wallet, newest first. */
export function transactionRoutes({ guard, db, forOrg }: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/io/wallet/transactions',
    operation: 'listUserWalletTransactions',
    summary: "What moved a user's wallet, newest first",
    chapter: CHAPTER,
    replies: { 200: transactionsReply },
    query: transactionsQuery,
    body: NO_BODY,
    authenticate: walletCaller(guard),
  } as const;
  return [
    personOrServiceRoute(guard, specification, async ({ caller, query: { user_id: named, limit, cursor } }) => {
      const payer = payingUser(readUser(caller, named));
      const beforeSeq = decodeCursor(cursor, CURSOR_KIND, (seq) => findCount(seq ?? '')) ?? SEQ_END;
      return guard.turns.run(payer.wallet, async () => {
        const rows = await listTransactions(db, { wallet: payer.wallet, beforeSeq, limit: limit + 1 });
        const { page, nextCursor } = pageOf(rows, limit, ({ first }) => encodeCursor(CURSOR_KIND, first.seq));
        const orders = page.flatMap(({ first: { packOrder } }) => packOrder ?? []);
        const sessions = await listSessions(forOrg(scopeOf(payer)), orders);
        return { body: { items: page.map((one) => viewOfWalletItem(one, sessions)), nextCursor } };
      });
    }),
  ];
}
