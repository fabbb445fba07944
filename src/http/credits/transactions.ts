/** The endpoints of what moved a user's credits: the user's own list, and charges by services. */
import type { z } from 'zod';
import { findCount } from '../../core/integers.ts';
import { wholeCredits } from '../../core/credits/unit.ts';
import { debitType, revenueAccount } from '../../core/ledger/vocabulary.ts';
import { openUserWallet } from '../../db/access/users.ts';
import { SEQ_END } from '../../db/ledger/entries.ts';
import { listTransactions, transactionOf } from '../../db/ledger/transactions.ts';
import { viewOfCreditItem } from '../../views/people/movement.ts';
import { listRecurring } from '../../db/subscriptions/subscriptions.ts';
import { decodeCursor, encodeCursor, pageOf } from '../endpoint/cursor.ts';
import { CreditsPage } from '../endpoint/forms.ts';
import { personRoute, serviceRoute } from '../endpoint/people.ts';
import type { SurfaceDeps } from '../deps.ts';
import { replyOf, type MoneyCall } from '../money/command.ts';
import { carryOutOrPreview, orPreview } from '../money/dry-run.ts';
import { findPayingUser, payingUser, scopeOf } from '../money/payer.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { deductBody, deductPreview, deductReply, pageQuery, transactionsReply } from './schemas.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'credits';
/** What each type of a deduct is charged for. */
const SERVICES = { ai_usage: 'AI_API', usage: 'FEATURE' } as const;
const NO_SUBSCRIPTION = (): boolean => false;

/** What moved the caller's wallet, and the charges of services. */
export function transactionRoutes(deps: SurfaceDeps): Route[] {
  return [listRoute(deps), deductRoute(deps)];
}

function listRoute({ guard, db, forOrg, creditMicros }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: '/credits/transactions',
    operation: 'listCreditsTransactions',
    summary: "What moved the caller's wallet, newest first",
    chapter: CHAPTERS.credits,
    replies: { 200: transactionsReply },
    query: pageQuery,
    body: NO_BODY,
  } as const;
  return personRoute(guard, specification, async ({ caller, query: { limit, offset, cursor } }) => {
    const { wallet } = payingUser(caller.user);
    const beforeSeq = decodeCursor(cursor, CURSOR_KIND, (seq) => findCount(seq ?? '')) ?? SEQ_END;
    return guard.turns.run(wallet, async () => {
      const rows = await listTransactions(db, { wallet, beforeSeq, offset, limit: limit + 1 });
      const { page, nextCursor } = pageOf(rows, limit, ({ first }) => encodeCursor(CURSOR_KIND, first.seq));
      const orders = page.map(({ first }) => first.packOrder);
      const recurring = await listRecurring(forOrg(wallet), orders);
      const items = page.map((one) => viewOfCreditItem(one, creditMicros, (order) => recurring.has(order)));
      return { body: new CreditsPage(items, nextCursor) };
    });
  });
}

function deductRoute(deps: SurfaceDeps): Route {
  const { guard, clock, forOrg, creditMicros } = deps;
  const specification = {
    method: 'POST',
    path: '/credits/deduct',
    operation: 'deductCredits',
    summary: 'Charges a user whole credits',
    chapter: CHAPTERS.credits,
    replies: { 200: orPreview(deductReply, deductPreview) },
    errors: ['CREDIT_INSUFFICIENT', 'USER_SUSPENDED', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
    dryRun: true,
    ignoresUnknown: true,
    query: NO_QUERY,
    body: deductBody,
  } as const;
  return serviceRoute(guard, specification, async ({ body, idempotencyKey: named, dryRun, isGone }) => {
    const payer = await findPayingUser(guard, body.user_id);
    // The ledger judges a charge on a wallet, so that a user who is not known gets one.
    if ((await guard.findUser(body.user_id)) === undefined) {
      await openUserWallet(forOrg(scopeOf(payer)), { id: body.user_id, at: new Date(clock.nowMs()) });
    }
    const call = deductOf(body, creditMicros);
    return guard.turns.urgent(async () =>
      replyOf(await carryOutOrPreview({ ...deps, isGone }, payer, call, { named, dryRun })),
    );
  });
}

function deductOf({ type, amount, description }: z.output<typeof deductBody>, creditMicros: bigint): MoneyCall {
  const service = SERVICES[type];
  return {
    operation: 'credits.deduct',
    domain: 'client',
    input: { type, amount, description },
    starts: true,
    command: {
      op: 'debit',
      type: debitType(service),
      amountMicros: amount * creditMicros,
      contra: revenueAccount(service),
      service,
      notes: { description },
    },
    reply: (entries) => {
      const transaction = transactionOf(entries);
      return {
        balance: wholeCredits(transaction.balanceMicros, creditMicros),
        transaction: viewOfCreditItem(transaction, creditMicros, NO_SUBSCRIPTION),
      };
    },
  };
}
