/** Endpoints of an org's wallet: its balance, charges and deposits by hand, and what moved it. */
import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { findCount } from '../../core/integers.ts';
import { offlineDeposit } from '../../core/ledger/bookings.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import { debitType, revenueAccount } from '../../core/ledger/vocabulary.ts';
import { SEQ_END } from '../../db/ledger/entries.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import { listTransactions, transactionOf } from '../../db/ledger/transactions.ts';
import type { Org } from '../../db/access/orgs.ts';
import { viewOfOrgBudgets } from '../../views/spending/budget.ts';
import { viewOfOrgWallet, viewOfTransaction, type OrgWalletView } from '../../views/transaction.ts';
import { callingKeyOf, isMinter, mayIn, type Caller } from '../access/caller.ts';
import { decodeCursor, encodeCursor, pageOf } from '../endpoint/cursor.ts';
import { namedOrgRoute } from '../endpoint/endpoint.ts';
import { notFound } from '../endpoint/path-ids.ts';
import type { SurfaceDeps } from '../deps.ts';
import { approvalReply } from '../money/approval-schema.ts';
import { replyOf, type HoldOutcome, type MoneyCall } from '../money/command.ts';
import { carryOutOrPreview, orPreview } from '../money/dry-run.ts';
import { payingOrg } from '../money/payer.ts';
import { askWhereNeeded, type Booking } from '../money/second-person.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import {
  operationBody,
  operationPreview,
  operationReply,
  transactionsQuery,
  transactionsReply,
  walletReply,
} from './schemas.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/orgs/:org/wallet';
const CURSOR_KIND = 'transactions';
/** The service of charges on this surface. */
const SERVICE = 'ORG_CHARGE';
const chapter = CHAPTERS.wallet;

type Input = z.output<typeof operationBody>;

/** The wallet of an org. */
export function walletRoutes(deps: SurfaceDeps): Route[] {
  return [balanceRoute(deps), moveRoute(deps), historyRoute(deps)];
}

function balanceRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: PATH,
    operation: 'getOrgWallet',
    summary: 'What an org can spend',
    chapter,
    replies: { 200: walletReply },
    scopes: ['treasury:read'],
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return namedOrgRoute(deps.guard, specification, async ({ org }) => ({ body: await readWallet(deps, org) }));
}

/** The balance of an org now. @throws Refusal NOT_FOUND when it has no wallet */
export async function readWallet({ db, clock }: SurfaceDeps, org: Org): Promise<OrgWalletView> {
  const standing = await findStanding(db, payingOrg(org).wallet, new Date(clock.nowMs()));
  if (!standing) throw notFound('wallet');
  return viewOfOrgWallet(standing.available);
}

function moveRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: PATH,
    operation: 'createOrgTransaction',
    summary: 'Charges an org, or records money that came in by hand; above the limit a deposit waits for an approval',
    chapter,
    replies: { 200: orPreview(operationReply, operationPreview), 202: orPreview(approvalReply) },
    errors: ['CREDIT_INSUFFICIENT', 'ORG_SUSPENDED', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
    dryRun: true,
    freshSignIn: true,
    scopes: [],
    operators: true,
    query: NO_QUERY,
    body: operationBody,
  } as const;
  return namedOrgRoute(deps.guard, specification, async (call) => {
    const { caller, org, body, idempotencyKey: named, dryRun, isGone } = call;
    checkRight(caller, org, body.operation);
    const payer = payingOrg(org);
    if (body.operation === 'charge') {
      const means = { ...deps, isGone, callingKey: callingKeyOf(caller), asked: call };
      return replyOf(await carryOutOrPreview(means, payer, chargeOf(body), { named, dryRun }));
    }
    const booking = depositOf(body);
    const means = { ...deps, db: deps.forOrg(org.id), keys: deps.crossing };
    const asked = await askWhereNeeded(means, { caller, payer, booking, named, dryRun });
    return asked ?? replyOf(await carryOutOrPreview(deps, payer, booking.call, { named, dryRun }));
  });
}

/** Credit comes from minters alone; charges are made by services. @throws Refusal FORBIDDEN naming what is missing */
function checkRight(caller: Caller, org: Org, operation: Input['operation']): void {
  if (operation === 'deposit') {
    if (isMinter(caller)) return;
    const who = 'admin keys, platform admins and platform keys with treasury:admin';
    throw new Refusal('FORBIDDEN', `the operation deposit is for ${who}`, { details: { field: 'operation' } });
  }
  if (mayIn(caller, org, ['treasury:spend'])) return;
  throw new Refusal('FORBIDDEN', 'the operation charge needs a key with treasury:spend', {
    details: { field: 'operation' },
  });
}

function chargeOf({ amount_micros: amountMicros, description, app_id: appId }: Input): MoneyCall {
  return {
    operation: 'org.wallet.charge',
    domain: 'client',
    input: { amountMicros, description, appId },
    starts: true,
    command: {
      op: 'debit',
      type: debitType(SERVICE),
      amountMicros,
      contra: revenueAccount(SERVICE),
      service: SERVICE,
      notes: { description, appId },
    },
    reply,
  };
}

function depositOf({ amount_micros: amountMicros, description: reason, app_id: appId }: Input): Booking {
  const request = { type: 'DEPOSIT', amountMicros, reason, notes: { appId } } as const;
  const call: MoneyCall = {
    operation: 'org.wallet.deposit',
    domain: 'operator',
    input: { amountMicros, description: reason, appId },
    starts: false,
    command: offlineDeposit(request),
    reply,
  };
  return { call, request };
}

function reply(entries: readonly Entry[], _key: string, { budgets }: HoldOutcome): object {
  const transaction = transactionOf(entries);
  const shown = { ...viewOfOrgWallet(transaction.balanceMicros), transaction: viewOfTransaction(transaction) };
  return { ...shown, ...viewOfOrgBudgets(budgets) };
}

function historyRoute({ guard, db }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: '/orgs/:org/transactions',
    operation: 'listOrgTransactions',
    summary: 'What moved the wallet of an org, newest first',
    chapter,
    replies: { 200: transactionsReply },
    scopes: ['treasury:read'],
    query: transactionsQuery,
    body: NO_BODY,
  } as const;
  return namedOrgRoute(guard, specification, async ({ org, query: { limit, cursor, app_id: appId } }) => {
    const beforeSeq = decodeCursor(cursor, CURSOR_KIND, (seq) => findCount(seq ?? '')) ?? SEQ_END;
    const { wallet } = payingOrg(org);
    const rows = await listTransactions(db, { wallet, appId, beforeSeq, limit: limit + 1 });
    const { page, nextCursor } = pageOf(rows, limit, ({ first }) => encodeCursor(CURSOR_KIND, first.seq));
    return { body: { transactions: page.map(viewOfTransaction), next_cursor: nextCursor } };
  });
}
