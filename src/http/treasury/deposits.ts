/** The endpoint that lists the deposits of an org. */
import type { z } from 'zod';
import { confirmations, estimateSeconds, type Confirmations, type CreditRules } from '../../core/chains/finality.ts';
import { formatEntryId } from '../../core/ids.ts';
import { PENDING } from '../../core/deposits/states.ts';
import { formatUsd } from '../../core/money.ts';
import { listChainProgress, type ChainProgress } from '../../db/chains/progress.ts';
import { listDeposits, type DepositView } from '../../db/deposits/views.ts';
import { decodeCursor, encodeCursor, pageOf } from '../endpoint/cursor.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import { readTimeAndUuid } from '../endpoint/cursor.ts';
import type { SurfaceDeps } from '../deps.ts';
import { depositsReply } from './schemas.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { page as pageQuery } from '../endpoint/fields.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'deposits';

/** The deposits that are matched to an org, each with its progress towards credit. */
export function depositRoutes({ guard, db, forOrg, chains }: SurfaceDeps): Route[] {
  const rules = new Map(chains.map((one) => [one.chain, one.rules]));
  const specification = {
    method: 'GET',
    path: '/treasury/deposits',
    operation: 'listDeposits',
    summary: 'The deposits of an org, each with its progress towards credit',
    chapter: CHAPTERS.deposits,
    replies: { 200: depositsReply },
    scopes: ['treasury:read'],
    query: pageQuery,
    body: NO_BODY,
  } as const;
  const deposits = orgRoute(guard, specification, async ({ org, query }) => {
    const before = decodeCursor(query.cursor, CURSOR_KIND, readTimeAndUuid);
    const [rows, read] = await guard.turns.run(org.id, async () =>
      Promise.all([
        listDeposits(forOrg(org.id), { org: org.id, limit: query.limit + 1, before }),
        listChainProgress(db),
      ]),
    );
    const { page, nextCursor } = pageOf(rows, query.limit, ({ observedAt, id }) =>
      encodeCursor(CURSOR_KIND, observedAt.getTime(), id),
    );
    const body: z.input<typeof depositsReply> = {
      deposits: page.map((deposit) => viewOf(deposit, read.get(deposit.chain), rules.get(deposit.chain))),
      nextCursor,
    };
    return { body };
  });
  return [deposits];
}

/** A deposit as its org sees it. */
export function viewOf(
  deposit: DepositView,
  progress: ChainProgress | undefined,
  rules: CreditRules | undefined,
): z.input<typeof depositsReply>['deposits'][number] {
  const { wallet, entrySeq } = deposit;
  const confirmed = progress && rules && confirmedOf(deposit, progress, rules);
  return {
    id: deposit.id,
    state: deposit.state,
    reason: deposit.reason,
    amountUsd: formatUsd(deposit.amountMicros),
    chain: deposit.chain,
    token: deposit.token,
    txHash: deposit.txHash,
    ordinal: deposit.ordinal,
    fromAddress: deposit.fromAddress,
    toAddress: deposit.toAddress,
    blockNumber: deposit.blockNumber,
    blockTime: deposit.blockTime.toISOString(),
    confirmations: confirmed?.n ?? null,
    confirmationsNeeded: confirmed?.m ?? null,
    estimatedSeconds: (PENDING.includes(deposit.state) ? estimateOf(confirmed, progress) : undefined) ?? null,
    provisional: deposit.provisional,
    entryId: wallet === null || entrySeq === null ? null : formatEntryId(wallet, entrySeq),
    orderId: deposit.packOrder,
    observedAt: deposit.observedAt.toISOString(),
    creditedAt: deposit.creditedAt?.toISOString() ?? null,
  };
}

/** How many confirmations a deposit has and needs; undefined when that cannot be computed. */
export function confirmedOf(
  deposit: DepositView,
  progress: ChainProgress,
  rules: CreditRules,
): Confirmations | undefined {
  const { headBlock, hardFinalBlock } = progress;
  return confirmations(deposit, rules, { head: headBlock, hardFinal: hardFinalBlock ?? undefined });
}

function estimateOf(confirmed: Confirmations | undefined, progress: ChainProgress | undefined): number | undefined {
  // Nobody knows when an operator releases a frozen chain.
  if (progress?.frozen === true) return undefined;
  return confirmed && estimateSeconds(confirmed, progress?.blockMs ?? undefined);
}
