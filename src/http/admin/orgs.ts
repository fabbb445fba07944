/** Endpoints that create, list, show and change orgs; a change may suspend one. */
import type { z } from 'zod';
import { uuidV7, walletId } from '../../core/ids.ts';
import { changeOrg, createOrg, ExternalIdTaken, findOrg, listOrgs, listSuspensions } from '../../db/access/orgs.ts';
import { writeFreeTier } from '../../db/billing/free-tier.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import { viewOfOrg, viewOfOrgDetail } from '../../views/org.ts';
import { actorOf } from '../access/caller.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import { changeOrgBody, createOrgBody, orgDetailReply, orgReply, orgsQuery, orgsReply } from './schemas.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { readId, notFound } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'orgs';
const PATH = '/admin/orgs';

/** How many changes of an org's suspension are shown. */
const SUSPENSIONS_SHOWN = 100;

/** The customers of the deployment. */
export function orgRoutes(deps: SurfaceDeps): Route[] {
  const { guard, db, clock, writer, log } = deps;
  const create = adminRoute(
    guard,
    {
      method: 'POST',
      path: PATH,
      query: NO_QUERY,
      body: createOrgBody,
      operation: 'createOrg',
      summary: 'Creates an org',
      chapter: CHAPTERS.orgs,
      replies: { 201: orgReply },
    },
    async ({ body: { name, externalId = null, metadata } }) => {
      const createdAt = new Date(clock.nowMs());
      const org = { id: uuidV7(clock.nowMs()), name, externalId, metadata, createdAt };
      const body: z.input<typeof orgReply> = viewOfOrg(await orTaken(createOrg(db, org)));
      // A job writes what cannot be written now: the org is there.
      await writeFreeTier({ db, writer }, org.id).catch((error: unknown) => {
        log.warn({ err: error, org: org.id }, 'the free tier of a new org is written later');
      });
      return { status: 201, body };
    },
  );
  const list = adminRoute(
    guard,
    {
      method: 'GET',
      path: PATH,
      query: orgsQuery,
      body: NO_BODY,
      operation: 'listOrgs',
      summary: 'The orgs, newest first',
      chapter: CHAPTERS.orgs,
      replies: { 200: orgsReply },
    },
    async ({ query: { limit, cursor } }) => {
      const beforeId = decodeCursor(cursor, CURSOR_KIND, readUuid);
      const rows = await listOrgs(db, { limit: limit + 1, beforeId });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      const body: z.input<typeof orgsReply> = { orgs: page.map(viewOfOrg), nextCursor };
      return { body };
    },
  );
  return [create, list, readRoute(deps), changeRoute(deps)];
}

function readRoute({ guard, db, clock }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: `${PATH}/:org`,
    query: NO_QUERY,
    body: NO_BODY,
    operation: 'getOrg',
    summary: 'An org, its balance, and when it was suspended by hand',
    chapter: CHAPTERS.orgs,
    replies: { 200: orgDetailReply },
    errors: ['NOT_FOUND'],
  } as const;
  return adminRoute(guard, specification, async ({ params }) => {
    const org = await findOrg(db, readId(params['org'], 'org'));
    if (!org) throw notFound('org');
    const suspensions = await listSuspensions(db, org.id, SUSPENSIONS_SHOWN);
    const standing = await findStanding(db, walletId({ kind: 'org', id: org.id }), new Date(clock.nowMs()));
    const body: z.input<typeof orgDetailReply> = viewOfOrgDetail(org, suspensions, standing);
    return { body };
  });
}

function changeRoute({ guard, db, clock }: SurfaceDeps): Route {
  const specification = {
    method: 'PATCH',
    path: `${PATH}/:org`,
    query: NO_QUERY,
    body: changeOrgBody,
    operation: 'updateOrg',
    summary: 'Changes an org; suspends and resumes it',
    chapter: CHAPTERS.orgs,
    replies: { 200: orgReply },
    errors: ['NOT_FOUND'],
  } as const;
  return adminRoute(guard, specification, async ({ caller, params, body }) => {
    const { provisionalLimitUsd: provisionalLimitMicros, orgBilling, ...named } = body;
    const id = readId(params['org'], 'org');
    const change = { id, at: new Date(clock.nowMs()), actor: actorOf(caller) };
    const more = { provisionalLimitMicros, billingTrusted: orgBilling?.trusted };
    const changed = await orTaken(changeOrg(db, { ...change, ...named, ...more }));
    guard.forgetOrg(id);
    if (!changed) throw notFound('org');
    return { body: viewOfOrg(changed) satisfies z.input<typeof orgReply> };
  });
}

async function orTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ExternalIdTaken)) throw error;
    throw invalidInput([{ path: 'externalId', message: 'is the id of another org already' }]);
  }
}
