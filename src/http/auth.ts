/** Who calls, and for which org. */
import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { apiKeyOpens, isKeyLive, parseApiKey, type KeyKind, type Scope } from '../core/api-key.ts';
import type { Clock } from '../core/clock.ts';
import { Refusal } from '../core/errors.ts';
import { isUuid } from '../core/ids.ts';
import { findApiKey, touchApiKey, type ApiKey } from '../db/api-keys.ts';
import type { Database } from '../db/database.ts';
import { findOrg, type Org } from '../db/orgs.ts';
import { LookupCache } from './cache.ts';
import { headerValues } from './headers.ts';

/** How long a key or org that was looked up is used again: a revocation or suspension takes effect within this time. */
export const ACCESS_CACHE_TTL_MS = 5_000;
const ACCESS_CACHE_SIZE_MAX = 10_000;
/** `last_used_at` of a key is exact to this. */
const LAST_USED_RESOLUTION_MS = 60_000;

export const ORG_HEADER = 'Coffer-Org';
const BEARER = /^Bearer ([!-~]+)$/i;

/** Whoever has shown a valid key. */
export interface Caller {
  readonly keyId: string;
  readonly kind: KeyKind;
  readonly scopes: readonly Scope[];
  /** The one org of a bound key. */
  readonly org: string | null;
}

export interface GuardOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** The secret under which keys are hashed. */
  readonly pepper: string;
}

/** Looks at every request before anything else does. */
export class Guard {
  private readonly options: GuardOptions;
  private readonly keys: LookupCache<{ readonly key: ApiKey; touched: boolean }>;
  private readonly orgs: LookupCache<Org>;

  constructor(options: GuardOptions) {
    this.options = options;
    const bounds = { clock: options.clock, ttlMs: ACCESS_CACHE_TTL_MS, sizeMax: ACCESS_CACHE_SIZE_MAX };
    this.keys = new LookupCache(bounds);
    this.orgs = new LookupCache(bounds);
  }

  /**
   * The caller behind `Authorization: Bearer <key>`.
   * @throws Refusal UNAUTHENTICATED, the same for every reason.
   */
  async authenticate(request: IncomingMessage): Promise<Caller> {
    const text = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (text === undefined) throw unauthenticated();
    // Kept by the hash of what was shown: what is found under it was shown to be the key.
    const found = await this.keys.find(hash('sha256', text, 'base64'), async () => this.checkKey(text));
    if (!found || !isKeyLive(found.key, this.options.clock.nowMs())) throw unauthenticated();
    if (!found.touched) {
      found.touched = true;
      this.noteUse(found.key);
    }
    const { id, kind, scopes, org } = found.key;
    return { keyId: id, kind, scopes, org };
  }

  private async checkKey(text: string): Promise<{ key: ApiKey; touched: boolean } | undefined> {
    const parsed = parseApiKey(text);
    const key = parsed && (await findApiKey(this.options.db, parsed.id));
    return key && apiKeyOpens(text, this.options.pepper, key) ? { key, touched: false } : undefined;
  }

  /** Nobody waits for this, and a failure costs nothing but the note. */
  private noteUse({ id, lastUsedAt }: ApiKey): void {
    const { db, clock, log } = this.options;
    const nowMs = clock.nowMs();
    const notedBeforeMs = nowMs - LAST_USED_RESOLUTION_MS;
    if (lastUsedAt !== null && lastUsedAt.getTime() > notedBeforeMs) return;
    touchApiKey(db, id, new Date(nowMs), new Date(notedBeforeMs)).catch((error: unknown) => {
      log.warn({ err: error, keyId: id }, 'the last use of a key was not noted');
    });
  }

  /**
   * The org that the call is about: the bound key's own, or the one named in `Coffer-Org`.
   * @throws Refusal ORG_REQUIRED when none is named; NOT_FOUND, the same for unknown and foreign ones.
   */
  async resolveOrg(caller: Caller, request: IncomingMessage): Promise<Org> {
    const named = headerValues(request, ORG_HEADER.toLowerCase()).join(', ');
    if (caller.org === null && named === '') {
      throw new Refusal('ORG_REQUIRED', `name the org in the header ${ORG_HEADER}`);
    }
    const id = named === '' ? caller.org : named;
    const isOwn = caller.org === null || caller.org === id;
    const org = id !== null && isUuid(id) && isOwn ? await this.findOrg(id) : undefined;
    if (!org) throw new Refusal('NOT_FOUND', 'there is no such org');
    return org;
  }

  /** Makes this process look an org up anew: it was changed here. Other processes follow within the cache's time. */
  forgetOrg(id: string): void {
    this.orgs.forget(id);
  }

  private async findOrg(id: string): Promise<Org | undefined> {
    return this.orgs.find(id, () => findOrg(this.options.db, id));
  }
}

/**
 * Lets a caller pass who has one of the scopes; an empty list lets everybody pass who is signed in.
 * @throws Refusal FORBIDDEN
 */
export function requireScope(caller: Caller, scopes: readonly Scope[]): void {
  if (scopes.length === 0 || scopes.some((scope) => caller.scopes.includes(scope))) return;
  throw new Refusal('FORBIDDEN', `the key needs the scope ${scopes.join(' or ')}`);
}

/**
 * Lets admin keys pass.
 * @throws Refusal FORBIDDEN
 */
export function requireAdmin(caller: Caller): void {
  if (caller.kind === 'admin') return;
  throw new Refusal('FORBIDDEN', 'this is for admin keys');
}

function unauthenticated(): Refusal {
  return new Refusal('UNAUTHENTICATED', 'send a valid API key as `Authorization: Bearer ck_live_...`');
}
