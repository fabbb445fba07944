/** The endpoint that says why a transaction was or was not credited. */
import type { z } from 'zod';
import { explainDeposit } from '../../core/deposits/explain.ts';
import { listTraced } from '../../db/deposits/trace.ts';
import { listChainProgress, type ChainProgress } from '../../db/chains/progress.ts';
import type { DepositView } from '../../db/deposits/views.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import { confirmedOf, viewOf } from './deposits.ts';
import type { SurfaceDeps } from '../deps.ts';
import { traceQuery, traceReply } from './trace-schemas.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const TRANSFERS_MAX = 200;
/**
 * The same text for a transaction that has not been seen, one that is unmatched, and one of another org: telling them
 * apart would reveal the transactions of other orgs.
 */
const NOT_SEEN =
  'Nothing in this transaction has been seen for this org. If you sent it: check that it is in a block of a chain that ' +
  'this service reads, and that it sends an accepted token to the address that you were given. If its sender ' +
  'is not registered to this org, claim it with a signature of the sender.';

type TraceReply = z.input<typeof traceReply>;

/** Why a transaction was or was not credited, for the transfers that belong to this org. */
export function traceRoutes(deps: SurfaceDeps): Route[] {
  const { guard, db, forOrg } = deps;
  const specification = {
    method: 'GET',
    path: '/treasury/deposits/trace',
    operation: 'traceDeposit',
    summary: 'Why a transaction was or was not credited',
    chapter: CHAPTERS.deposits,
    replies: { 200: traceReply },
    scopes: ['treasury:read'],
    query: traceQuery,
    body: NO_BODY,
  } as const;
  const trace = orgRoute(guard, specification, async ({ org, query: { tx: txHash } }) => {
    const [rows, progress] = await Promise.all([
      listTraced(forOrg(org.id), { org: org.id, txHash, limit: TRANSFERS_MAX + 1 }),
      listChainProgress(db),
    ]);
    const transfers = rows.slice(0, TRANSFERS_MAX).map((row) => transferOf(deps, row, progress.get(row.chain)));
    const body: TraceReply = {
      txHash,
      found: rows.length > 0,
      explanation: transfers[0] === undefined ? NOT_SEEN : summaryOf(transfers),
      transfers,
      more: rows.length > TRANSFERS_MAX,
    };
    return { body };
  });
  return [trace];
}

function transferOf(
  { chains, tokens }: SurfaceDeps,
  deposit: DepositView,
  progress: ChainProgress | undefined,
): TraceReply['transfers'][number] {
  const rules = chains.find(({ chain }) => chain === deposit.chain)?.rules;
  const view = viewOf(deposit, progress, rules);
  const name = tokens(deposit.chain, deposit.token);
  const { outcome, text } = explainDeposit({
    state: deposit.state,
    reason: deposit.reason,
    committed: deposit.wallet !== null,
    entryId: view.entryId,
    confirmations: progress && rules && confirmedOf(deposit, progress, rules),
  });
  return {
    ...view,
    amountUsd: name?.credited === true ? view.amountUsd : null,
    amountUnits: String(deposit.amountMicros),
    symbol: name?.symbol ?? null,
    outcome,
    explanation: text,
  };
}

function summaryOf(transfers: readonly { readonly explanation: string }[]): string {
  const different = [...new Set(transfers.map(({ explanation }) => explanation))];
  return transfers.length === 1 ? different.join(' ') : `${transfers.length} transfers. ${different.join(' ')}`;
}
