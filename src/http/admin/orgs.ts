import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { isUuid, uuidV7, walletId } from '../../core/ids.ts';
import { formatUsd } from '../../core/money.ts';
import { changeOrg, createOrg, ExternalIdTaken, listOrgs, type Org } from '../../db/orgs.ts';
import { decodeCursor, encodeCursor, pageOf } from '../cursor.ts';
import { adminRoute, invalidInput, NO_BODY, NO_QUERY, type Route } from '../endpoint.ts';
import type { TreasuryDeps } from '../treasury/deps.ts';
import { changeOrgBody, createOrgBody, orgsQuery, orgReply, orgsReply } from './schemas.ts';

const CURSOR_KIND = 'orgs';
const PATH = '/admin/orgs';

/** The customers of the deployment. */
export function orgRoutes({ guard, db, clock }: TreasuryDeps): Route[] {
  const create = adminRoute(
    guard,
    {
      method: 'POST',
      path: PATH,
      summary: 'Opens an org',
      tag: 'Admin: orgs',
      replies: { 201: orgReply },
      query: NO_QUERY,
      body: createOrgBody,
    },
    async ({ body: { name, externalId = null } }) => {
      const createdAt = new Date(clock.nowMs());
      const org = { id: uuidV7(clock.nowMs()), name, externalId, createdAt };
      return { status: 201, body: viewOf(await orTaken(createOrg(db, org))) };
    },
  );
  const list = adminRoute(
    guard,
    {
      method: 'GET',
      path: PATH,
      summary: 'The orgs, newest first',
      tag: 'Admin: orgs',
      replies: { 200: orgsReply },
      query: orgsQuery,
      body: NO_BODY,
    },
    async ({ query: { limit, cursor } }) => {
      const beforeId = decodeCursor(cursor, CURSOR_KIND, (id) => (id !== undefined && isUuid(id) ? id : undefined));
      const rows = await listOrgs(db, { limit: limit + 1, beforeId });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      const body: z.input<typeof orgsReply> = { orgs: page.map(viewOf), nextCursor };
      return { body };
    },
  );
  const change = adminRoute(
    guard,
    {
      method: 'PATCH',
      path: `${PATH}/:org`,
      summary: 'Changes an org; suspends and resumes it',
      tag: 'Admin: orgs',
      replies: { 200: orgReply },
      query: NO_QUERY,
      body: changeOrgBody,
    },
    async ({ params, body: { provisionalLimitUsd: provisionalLimitMicros, ...named } }) => {
      const id = readOrgId(params['org']);
      const at = new Date(clock.nowMs());
      const changed = await orTaken(changeOrg(db, { id, at, ...named, provisionalLimitMicros }));
      guard.forgetOrg(id);
      if (!changed) throw noSuchOrg();
      return { body: viewOf(changed) };
    },
  );
  return [create, list, change];
}

/**
 * The org id in a path.
 * @throws Refusal NOT_FOUND for what cannot be one.
 */
export function readOrgId(parameter: unknown): string {
  if (typeof parameter === 'string' && isUuid(parameter)) return parameter;
  throw noSuchOrg();
}

/** What is told where an org is not found. */
export function noSuchOrg(): Refusal {
  return new Refusal('NOT_FOUND', 'there is no such org');
}

async function orTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ExternalIdTaken)) throw error;
    throw invalidInput([{ path: 'externalId', message: 'is the id of another org already' }]);
  }
}

function viewOf(org: Org): z.input<typeof orgReply> {
  return {
    id: org.id,
    name: org.name,
    externalId: org.externalId,
    walletId: walletId({ kind: 'org', id: org.id }),
    suspendedAt: org.suspendedAt?.toISOString() ?? null,
    provisionalLimitUsd: formatUsd(org.provisionalLimitMicros),
    createdAt: org.createdAt.toISOString(),
  };
}
