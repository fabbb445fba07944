/** The endpoint that says why a command was accepted or refused. */
import type { z } from 'zod';
import { readRefusal } from '../../core/explain/kept-refusal.ts';
import { explainEntry, explainRefusal, type DecisionMade } from '../../db/explain/explain.ts';
import { contextOf, listRefusals } from '../../db/explain/refusals.ts';
import { readHolds } from '../../db/ledger/holds.ts';
import { SEQ_END } from '../../db/ledger/entries.ts';
import { viewOfExplanation } from '../../views/decisions/explanation.ts';
import { viewOfHold } from '../../views/hold.ts';
import type { SurfaceDeps } from '../deps.ts';
import { invalidInput, orgRoute } from '../endpoint/endpoint.ts';
import { notFound, readEntryId, readHoldId } from '../endpoint/path-ids.ts';
import { payingOrg } from '../money/payer.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { CHAPTERS } from '../treasury/surface.ts';
import { explainQuery, explainReply } from './schemas.ts';

type Reply = z.input<typeof explainReply>;

/** Makes the decision of then again, on the state of then. It reads a bounded number of entries. */
export function explainRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/treasury/explain',
    operation: 'explainDecision',
    summary: 'Why a command was accepted or refused, and what would have turned that round',
    chapter: CHAPTERS.balance,
    replies: { 200: explainReply },
    scopes: ['treasury:read'],
    query: explainQuery,
    body: NO_BODY,
  } as const;
  return [
    orgRoute(deps.guard, specification, async ({ org, query: { entry, hold, requestId } }) => {
      const named = [entry, hold, requestId].filter((one) => one !== undefined);
      if (named.length !== 1) throw invalidInput([{ path: '', message: 'name one of entry, hold and requestId' }]);
      const { wallet } = payingOrg(org);
      if (requestId !== undefined) return { body: await ofRequest(deps, { org: org.id, wallet, requestId }) };
      if (hold !== undefined) return { body: await ofHold(deps, wallet, readHoldId(hold, wallet)) };
      const body: Reply = { decisions: [viewOf(await ofEntry(deps, wallet, entry ?? ''))], hold: null };
      return { body };
    }),
  ];
}

type DecisionView = Reply['decisions'][number];

function viewOf(explained: DecisionMade): DecisionView {
  const { changes, lots, entries, ...view } = viewOfExplanation(explained);
  return { ...view, changes: [...changes], lots: [...lots], entries: [...entries] };
}

/** @throws Refusal NOT_FOUND for what is no entry of this wallet */
async function ofEntry({ db }: SurfaceDeps, wallet: string, id: string): Promise<DecisionMade> {
  const explained = await explainEntry(db, wallet, readEntryId(id, wallet));
  if (!explained) throw notFound('entry');
  return explained;
}

async function ofHold({ db, clock }: SurfaceDeps, wallet: string, hold: number): Promise<Reply> {
  const [found] = await readHolds(db, { wallet, beforeHold: SEQ_END, nowMs: clock.nowMs() }, [hold]);
  // The number of a later entry of a hold is not the number of the hold.
  const explained = found?.hold === hold ? await explainEntry(db, wallet, hold) : undefined;
  if (!found || !explained) throw notFound('hold');
  const { holdId, state, leftUsd, capturedUsd, expiresAt, closedAt } = viewOfHold(found);
  return { decisions: [viewOf(explained)], hold: { holdId, state, leftUsd, capturedUsd, expiresAt, closedAt } };
}

/** @throws Refusal NOT_FOUND when no refused command of the org is kept under the id of the request */
async function ofRequest(
  { forOrg, vault, clock }: SurfaceDeps,
  { org, wallet, requestId }: { readonly org: string; readonly wallet: string; readonly requestId: string },
): Promise<Reply> {
  const db = forOrg(org);
  const rows = await listRefusals(db, { org, requestId, nowMs: clock.nowMs() });
  if (rows.length === 0) throw notFound('refused request');
  const decisions: DecisionView[] = [];
  for (const { id, at, sealed } of rows) {
    const kept = readRefusal(vault.open(contextOf(id), sealed), { org, requestId, atMs: at.getTime() });
    decisions.push(viewOf(await explainRefusal(db, wallet, kept)));
  }
  return { decisions, hold: null };
}
