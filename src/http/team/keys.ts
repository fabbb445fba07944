/** Endpoints by which an org makes, lists and revokes keys of its own. */
import type { z } from 'zod';
import { createApiKey, hashUnder } from '../../core/access/api-key.ts';
import { boundsOfOwnKey, type KeyBounds } from '../../core/access/own-key.ts';
import { scopesOf } from '../../core/access/roles.ts';
import { findApiKey, insertApiKey, listApiKeys, revokeApiKey, type KeyPosition } from '../../db/access/api-keys.ts';
import type { Database } from '../../db/database.ts';
import type { Org } from '../../db/access/orgs.ts';
import { viewOfKey } from '../../views/key.ts';
import { roleIn, type Caller } from '../access/caller.ts';
import { handsOf } from '../access/key-lineage.ts';
import { decodeCursor, encodeCursor, pageOf, readTimeMs } from '../endpoint/cursor.ts';
import { invalidInput, orgRoute } from '../endpoint/endpoint.ts';
import { page as pageQuery } from '../endpoint/fields.ts';
import { createOwnKeyBody, isKeyId, keyId, keysReply, newKeyReply } from '../endpoint/key-schemas.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTER } from './surface.ts';

const PATH = '/treasury/keys';
const CURSOR_KIND = 'own-keys';
const SHARED = { chapter: CHAPTER, scopes: ['treasury:admin'] } as const;

/** The keys that are bound to an org. One that the org makes does no more than the one who makes it. */
export function ownKeyRoutes(deps: SurfaceDeps): Route[] {
  return [listRoute(deps), createRoute(deps), removeRoute(deps)];
}

function listRoute({ guard, forOrg, clock }: SurfaceDeps): Route {
  const specification = {
    ...SHARED,
    method: 'GET',
    path: PATH,
    operation: 'listOwnKeys',
    summary: 'The keys of an org, newest first, without their secrets',
    replies: { 200: keysReply },
    query: pageQuery,
    body: NO_BODY,
  } as const;
  return orgRoute(guard, specification, async ({ org, query: { limit, cursor } }) => {
    const after = decodeCursor(cursor, CURSOR_KIND, readPosition);
    const rows = await listApiKeys(forOrg(org.id), { org: org.id, after, limit: limit + 1 });
    const { page, nextCursor } = pageOf(rows, limit, ({ createdAt, id }) =>
      encodeCursor(CURSOR_KIND, createdAt.getTime(), id),
    );
    const body: z.input<typeof keysReply> = { keys: page.map((key) => viewOfKey(key, clock.nowMs())), nextCursor };
    return { body };
  });
}

function createRoute({ guard, forOrg, crossing, clock, peppers }: SurfaceDeps): Route {
  const specification = {
    ...SHARED,
    method: 'POST',
    freshSignIn: true,
    path: PATH,
    operation: 'createOwnKey',
    summary: 'Creates a key of an org, which is shown only in this answer',
    replies: { 201: newKeyReply },
    query: NO_QUERY,
    body: createOwnKeyBody,
  } as const;
  return orgRoute(guard, specification, async ({ caller, org, body: { name, ...wanted } }) => {
    const nowMs = clock.nowMs();
    if (wanted.expiresAt !== undefined && wanted.expiresAt.getTime() <= nowMs) {
      throw invalidInput([{ path: 'expiresAt', message: 'must be in the future' }]);
    }
    // The caller's key may be bound to no org, so that the org's rows do not show it.
    const bounds = boundsOfOwnKey(wanted, await boundsOf(crossing, caller, org));
    const { id, key } = createApiKey();
    const madeBy = await handsOf(crossing, caller);
    const hash = hashUnder(peppers.current(), key);
    const shared = { id, kind: 'org', org: org.id, name, ...hash, createdAt: new Date(nowMs) } as const;
    await insertApiKey(forOrg(org.id), { ...shared, ...bounds, madeBy });
    const stored = await findApiKey(forOrg(org.id), id);
    if (!stored) throw new Error('the key was not written');
    const body: z.input<typeof newKeyReply> = { ...viewOfKey(stored, nowMs), key };
    return { status: 201, body };
  });
}

function removeRoute({ guard, forOrg, clock }: SurfaceDeps): Route {
  const specification = {
    ...SHARED,
    method: 'DELETE',
    freshSignIn: true,
    path: `${PATH}/:id`,
    pathParams: { id: keyId },
    operation: 'revokeOwnKey',
    summary: 'Revokes a key of an org permanently; it stays listed',
    replies: { 204: NO_BODY },
    errors: ['NOT_FOUND'],
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return orgRoute(guard, specification, async ({ caller, org, params }) => {
    const id = readId(params['id'], 'key', isKeyId);
    // If the answer were lost, nobody might be left who can make another.
    if (caller.type === 'key' && caller.keyId === id) {
      throw invalidInput([{ path: 'id', message: 'is the key of this call: revoke it with another one' }]);
    }
    const revoked = await revokeApiKey(forOrg(org.id), id, new Date(clock.nowMs()), org.id);
    if (!revoked) throw notFound('key');
    guard.forgetKey(id);
    return { status: 204 };
  });
}

/** What bounds the keys that a caller makes: the caller's own key, or a person's role. */
async function boundsOf(db: Database, caller: Caller, org: Org): Promise<KeyBounds> {
  if (caller.type === 'user') {
    const role = roleIn(caller, org);
    return { scopes: role === undefined ? [] : scopesOf(role), allowedIps: null, expiresAt: null };
  }
  const key = await findApiKey(db, caller.keyId);
  if (!key) throw notFound('key');
  return key;
}

function readPosition(createdAt = '', id = ''): KeyPosition | undefined {
  const createdAtMs = readTimeMs(createdAt);
  return createdAtMs === undefined || !isKeyId(id) ? undefined : { createdAtMs, id };
}
