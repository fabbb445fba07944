/** Endpoints that create, list, show, rotate and revoke API keys. */
import type { z } from 'zod';
import { API_KEY_ID_PATTERN, createApiKey, hashUnder } from '../../core/access/api-key.ts';
import { lowerLimit } from '../../core/access/approvals.ts';
import { Refusal } from '../../core/errors.ts';
import { formatUsd } from '../../core/money.ts';
import {
  findApiKey,
  insertApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
  type ApiKey,
  type KeyPosition,
  type NewApiKey,
  type RotationRefusal,
} from '../../db/access/api-keys.ts';
import { findOrg } from '../../db/access/orgs.ts';
import { ownLimitOf, type Caller } from '../access/caller.ts';
import { viewOfKey } from '../../views/key.ts';
import { decodeCursor, encodeCursor, pageOf } from '../endpoint/cursor.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import { readTimeMs } from '../endpoint/cursor.ts';
import type { AdminDeps } from './deps.ts';
import { handsOf } from '../access/key-lineage.ts';
import {
  createKeyBody,
  keyId,
  keyReply,
  keysQuery,
  keysReply,
  newKeyReply,
  rotateKeyBody,
} from '../endpoint/key-schemas.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import type { Params } from '../server/reply.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'keys';
const PATH = '/admin/keys';
const chapter = CHAPTERS.keys;

/**
 * Keys of orgs, of the platform and of its admins. A key that is ended here is refused at once by this process, and by
 * other processes within 5 s.
 */
export function keyRoutes(deps: AdminDeps): Route[] {
  return [createRoute(deps), rotateRoute(deps), listRoute(deps), readRoute(deps), removeRoute(deps)];
}

function createRoute(deps: AdminDeps): Route {
  const { guard, db, clock, peppers } = deps;
  const specification = {
    method: 'POST',
    path: PATH,
    freshSignIn: true,
    query: NO_QUERY,
    body: createKeyBody,
    operation: 'createKey',
    summary: 'Creates a key, which is shown only in this answer',
    chapter,
    replies: { 201: newKeyReply },
    errors: ['ORG_SUSPENDED'],
  } as const;
  return adminRoute(guard, specification, async ({ caller, body: { org = null, expiresAt = null, ...rest } }) => {
    const nowMs = clock.nowMs();
    checkExpiry(expiresAt, nowMs);
    if (org !== null && !(await findOrg(db, org))) {
      throw invalidInput([{ path: 'org', message: 'must be the id of an org' }]);
    }
    const { id, key } = createApiKey();
    const { allowedIps = null, mintLimitUsd, ...named } = rest;
    const stored: NewApiKey = {
      ...named,
      id,
      org,
      expiresAt,
      allowedIps,
      mintLimitMicros: named.kind === 'org' ? null : limitFor(caller, mintLimitUsd),
      ...hashUnder(peppers.current(), key),
      createdAt: new Date(nowMs),
      madeBy: await handsOf(db, caller),
    };
    await insertApiKey(db, stored);
    const body: z.input<typeof newKeyReply> = { ...viewOfKey(await getKey(deps, id), nowMs), key };
    return { status: 201, body };
  });
}

function rotateRoute(deps: AdminDeps): Route {
  const { guard, db, clock, peppers } = deps;
  const specification = {
    method: 'POST',
    path: `${PATH}/:id/rotate`,
    freshSignIn: true,
    pathParams: { id: keyId },
    query: NO_QUERY,
    body: rotateKeyBody,
    operation: 'rotateKey',
    summary: 'Replaces a key with a new one; the old one stays valid for a while',
    chapter,
    replies: { 201: newKeyReply },
    errors: ['NOT_FOUND'],
  } as const;
  return adminRoute(guard, specification, async ({ caller, params, body: { overlapSeconds, expiresAt } }) => {
    const nowMs = clock.nowMs();
    checkExpiry(expiresAt ?? null, nowMs);
    const { id, key } = createApiKey();
    const keyToRotate = readKeyId(params);
    // With an overlap the key itself can be used until its successor is in place.
    if (overlapSeconds === 0) checkOther(caller, keyToRotate, 'name overlapSeconds, or rotate it with');
    const old = await getKey(deps, keyToRotate);
    if (old.kind !== 'org') checkWithin(ownLimitOf(caller), old.mintLimitMicros);
    const rotated = await rotateApiKey(db, {
      id: keyToRotate,
      successor: { id, ...hashUnder(peppers.current(), key) },
      expiresAt,
      overlapMs: overlapSeconds * 1_000,
      hands: await handsOf(db, caller),
      at: new Date(nowMs),
    });
    if (typeof rotated === 'string') throw notRotated(rotated);
    for (const ended of rotated.ended) guard.forgetKey(ended);
    const body: z.input<typeof newKeyReply> = { ...viewOfKey(rotated.key, nowMs), key };
    return { status: 201, body };
  });
}

function listRoute({ guard, db, clock }: AdminDeps): Route {
  const specification = {
    method: 'GET',
    path: PATH,
    query: keysQuery,
    body: NO_BODY,
    operation: 'listKeys',
    summary: 'The keys, newest first, without their secrets',
    chapter,
    replies: { 200: keysReply },
  } as const;
  return adminRoute(guard, specification, async ({ query: { org, kind, limit, cursor } }) => {
    const after = decodeCursor(cursor, CURSOR_KIND, readPosition);
    const rows = await listApiKeys(db, { org, kind, after, limit: limit + 1 });
    const { page, nextCursor } = pageOf(rows, limit, ({ createdAt, id }) =>
      encodeCursor(CURSOR_KIND, createdAt.getTime(), id),
    );
    const body: z.input<typeof keysReply> = { keys: page.map((key) => viewOfKey(key, clock.nowMs())), nextCursor };
    return { body };
  });
}

function readRoute(deps: AdminDeps): Route {
  const specification = {
    method: 'GET',
    path: `${PATH}/:id`,
    pathParams: { id: keyId },
    query: NO_QUERY,
    body: NO_BODY,
    operation: 'getKey',
    summary: 'A key, without its secret',
    chapter,
    replies: { 200: keyReply },
    errors: ['NOT_FOUND'],
  } as const;
  return adminRoute(deps.guard, specification, async ({ params }) => {
    const body: z.input<typeof keyReply> = viewOfKey(await getKey(deps, readKeyId(params)), deps.clock.nowMs());
    return { body };
  });
}

function removeRoute({ guard, db, clock }: AdminDeps): Route {
  const specification = {
    method: 'DELETE',
    path: `${PATH}/:id`,
    freshSignIn: true,
    pathParams: { id: keyId },
    query: NO_QUERY,
    body: NO_BODY,
    operation: 'revokeKey',
    summary: 'Revokes a key permanently; it stays listed',
    chapter,
    replies: { 204: NO_BODY },
    errors: ['NOT_FOUND'],
  } as const;
  return adminRoute(guard, specification, async ({ caller, params }) => {
    const id = readKeyId(params);
    checkOther(caller, id, 'revoke it with');
    const revoked = await revokeApiKey(db, id, new Date(clock.nowMs()));
    guard.forgetKey(id);
    if (!revoked) throw notFound('key');
    return { status: 204 };
  });
}

/**
 * The limit of a key that a caller makes: at most that of the caller's own key.
 * @throws Refusal FORBIDDEN
 */
function limitFor(caller: Caller, wantedMicros: bigint | undefined): bigint | null {
  const ownMicros = ownLimitOf(caller);
  checkWithin(ownMicros, wantedMicros ?? ownMicros ?? null);
  return lowerLimit(wantedMicros, ownMicros ?? null) ?? null;
}

/** @throws Refusal FORBIDDEN where a key with that limit (null: without one) creates more than its maker may */
function checkWithin(ownMicros: bigint | undefined, limitMicros: bigint | null): void {
  if (ownMicros === undefined || (limitMicros !== null && limitMicros <= ownMicros)) return;
  const most = `mintLimitUsd may be at most ${formatUsd(ownMicros)}, that of the key of this call`;
  throw new Refusal('FORBIDDEN', most, { details: { field: 'mintLimitUsd' } });
}

/** A call does not end the key that makes it: if the answer were lost, nobody might be left who can make another. */
function checkOther(caller: Caller, id: string, remedy: string): void {
  if (caller.type !== 'key' || caller.keyId !== id) return;
  throw invalidInput([
    { path: 'id', message: `is the key of this call: ${remedy} another admin key, or at the command line` },
  ]);
}

function checkExpiry(expiresAt: Date | null, nowMs: number): void {
  if (expiresAt === null || expiresAt.getTime() > nowMs) return;
  throw invalidInput([{ path: 'expiresAt', message: 'must be in the future' }]);
}

async function getKey({ db }: Pick<AdminDeps, 'db'>, id: string): Promise<ApiKey> {
  const key = await findApiKey(db, id);
  if (!key) throw notFound('key');
  return key;
}

function readKeyId({ id }: Params): string {
  return readId(id, 'key', (text) => API_KEY_ID_PATTERN.test(text));
}

const WHY_NOT: Readonly<Record<Exclude<RotationRefusal, 'unknown'>, string>> = {
  revoked: 'is revoked: create a new key',
  expired: 'has expired: create a new key',
  replaced: 'has been rotated already: rotate the key that took its place',
};

function notRotated(why: RotationRefusal): Refusal {
  return why === 'unknown' ? notFound('key') : invalidInput([{ path: 'id', message: WHY_NOT[why] }]);
}

function readPosition(createdAt = '', id = ''): KeyPosition | undefined {
  const createdAtMs = readTimeMs(createdAt);
  if (createdAtMs === undefined || !API_KEY_ID_PATTERN.test(id)) return undefined;
  return { createdAtMs, id };
}
