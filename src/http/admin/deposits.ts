/** Endpoints of the inbox: lists deposits, and assigns, ignores or notes one. */
import type { z } from 'zod';
import { uuidV7 } from '../../core/ids.ts';
import { assignByHand, ignoreByHand, noteByHand, type ActRequest } from '../../db/deposits/acts.ts';
import { findInboxDeposit, listActs, listInbox, type InboxDeposit } from '../../db/deposits/inbox.ts';
import { listObservations } from '../../db/deposits/observations.ts';
import { listVotes } from '../../db/deposits/votes.ts';
import { viewOfDeposit, viewOfTrace, type InboxView } from '../../views/deposit.ts';
import { actorOf } from '../access/caller.ts';
import { decodeCursor, encodeCursor, pageOf, readTimeAndUuid } from '../endpoint/cursor.ts';
import { adminRoute, type Call } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import {
  assignBody,
  ignoreBody,
  inboxDeposit,
  inboxQuery,
  inboxReply,
  noteBody,
  tracedDeposit,
} from './deposit-schemas.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { readId, notFound } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'inbox';
const PATH = '/admin/deposits';
/** Most observations of one transaction that are shown. */
const OBSERVATIONS_MAX = 500;

/** The inbox of all deposits, unmatched or not, and the acts on one: assign it to an org, set it aside, add a note. */
export function depositInboxRoutes(deps: SurfaceDeps): Route[] {
  const list = adminRoute(
    deps.guard,
    {
      method: 'GET',
      path: PATH,
      operation: 'listAllDeposits',
      summary: 'Every deposit of the deployment, by state',
      chapter: CHAPTERS.deposits,
      replies: { 200: inboxReply },
      query: inboxQuery,
      body: NO_BODY,
    },
    async ({ query: { limit, cursor, ...filter } }) => {
      const before = decodeCursor(cursor, CURSOR_KIND, readTimeAndUuid);
      const rows = await listInbox(deps.db, { ...filter, before, limit: limit + 1 });
      const { page, nextCursor } = pageOf(rows, limit, ({ observedAt, id }) =>
        encodeCursor(CURSOR_KIND, observedAt.getTime(), id),
      );
      const body: z.input<typeof inboxReply> = { deposits: await viewsOf(deps, page), nextCursor };
      return { body };
    },
  );
  const show = adminRoute(
    deps.guard,
    {
      method: 'GET',
      path: `${PATH}/:id`,
      operation: 'getAnyDeposit',
      summary: 'One deposit, what was read of it by which RPC, and what operators did to it',
      chapter: CHAPTERS.deposits,
      replies: { 200: tracedDeposit },
      query: NO_QUERY,
      body: NO_BODY,
    },
    async ({ params }) => {
      const deposit = await viewNow(deps, readId(params['id'], 'deposit'));
      const { chain, txHash } = deposit;
      const observations = await listObservations(deps.db, { chain, txHash, limit: OBSERVATIONS_MAX });
      const body: z.input<typeof tracedDeposit> = viewOfTrace(
        deposit,
        observations,
        await listVotes(deps.db, { chain, txHash }),
      );
      return { body };
    },
  );
  return [list, show, ...actRoutes(deps)];
}

function actRoutes(deps: SurfaceDeps): Route[] {
  const { db, guard, tokens } = deps;
  const actRoute = <Body>(
    name: 'assign' | 'ignore' | 'note',
    summary: string,
    body: z.ZodType<Body>,
    act: (request: Omit<ActRequest, 'words'>, said: Body) => Promise<void>,
  ): Route =>
    adminRoute(
      guard,
      {
        method: 'POST',
        path: `${PATH}/:id/${name}`,
        operation: `${name}Deposit`,
        summary,
        chapter: CHAPTERS.deposits,
        replies: { 200: inboxDeposit },
        errors: ['DEPOSIT_NOT_OPEN'],
        query: NO_QUERY,
        body,
      },
      async (call) => {
        const request = requestOf(deps, call);
        await act(request, call.body);
        return { body: await viewNow(deps, request.deposit) };
      },
    );
  return [
    actRoute('assign', 'Assigns an unmatched deposit to an org', assignBody, async (request, { org, reason }) =>
      assignByHand(db, { ...request, org, words: reason }, (chain, token) => tokens(chain, token)?.credited === true),
    ),
    actRoute('ignore', 'Sets a deposit aside', ignoreBody, async (request, { reason }) =>
      ignoreByHand(db, { ...request, words: reason }),
    ),
    actRoute('note', 'Adds a note to a deposit', noteBody, async (request, { note }) =>
      noteByHand(db, { ...request, words: note }),
    ),
  ];
}

function requestOf({ clock }: SurfaceDeps, { caller, params }: Call<unknown, unknown>): Omit<ActRequest, 'words'> {
  const nowMs = clock.nowMs();
  return { id: uuidV7(nowMs), deposit: readId(params['id'], 'deposit'), actor: actorOf(caller), at: new Date(nowMs) };
}

async function viewNow(deps: SurfaceDeps, id: string): Promise<InboxView> {
  const found = await findInboxDeposit(deps.db, id);
  const [view] = found === undefined ? [] : await viewsOf(deps, [found]);
  if (!view) throw notFound('deposit');
  return view;
}

async function viewsOf({ db, tokens }: SurfaceDeps, page: readonly InboxDeposit[]): Promise<InboxView[]> {
  const acts = await listActs(
    db,
    page.map(({ id }) => id),
  );
  return page.map((deposit) => viewOfDeposit(deposit, acts.get(deposit.id) ?? [], tokens));
}
