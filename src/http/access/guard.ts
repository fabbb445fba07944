/** Authenticates each request, and finds the org that it is about. */
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Identity } from '../../core/access/identity.ts';
import { API_KEY_PREFIX, isKeyLive, parseApiKey, type Scope } from '../../core/access/api-key.ts';
import type { Peppers } from '../../core/access/peppers.ts';
import type { Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { findApiKey, listUsedKeyIds } from '../../db/access/api-keys.ts';
import type { Database } from '../../db/database.ts';
import type { SchemaWatch } from '../../db/schema/watch.ts';
import { findOrg, findOrgByExternalId, type Org } from '../../db/access/orgs.ts';
import { findUser, type WalletUser } from '../../db/access/users.ts';
import type { AuditMeans } from './audit-call.ts';
import type { KeyHashes } from './key-hashes.ts';
import type { KeyUses } from './key-uses.ts';
import { KnownKey } from './known-key.ts';
import type { MembersSeen } from './members-seen.ts';
import { LookupCache } from './lookup-cache.ts';
import {
  isOperator,
  requireFreshSignIn,
  requireRole,
  requireScope,
  roleIn,
  type Caller,
  type KeyCaller,
  type UserCaller,
} from './caller.ts';
import { isNameOfOrg, nameOfOrg, namesTwoOrgs, noSuchOrg, orgRequired } from './named-org.ts';
import type { RateLimits } from './rate-limits.ts';
import { Turns } from './turns.ts';

/** How long a key or org is cached after a look-up: a revocation or suspension takes effect within this time. */
export const ACCESS_CACHE_TTL_MS = 5_000;
const ACCESS_CACHE_SIZE_MAX = 10_000;

const BEARER = /^Bearer ([!-~]+)$/i;
/** The position of the id within the text of a key. */
const [ID_START, ID_END] = [API_KEY_PREFIX.length, API_KEY_PREFIX.length + 8] as const;

/** Checks the tokens of the deployment's sign-in. */
export interface SignIn {
  /** The person that a token identifies; undefined for every invalid token, whatever is wrong with it. */
  readonly verify: (token: string) => Promise<Identity | undefined>;
  /** Which id of an org its tokens carry. */
  readonly orgsBy: UserCaller['orgsBy'];
}

/** Finds the person behind a session of the app. */
export interface SessionFinder {
  /** Whether a request carries a session's cookie. */
  readonly isCarriedBy: (request: IncomingMessage) => boolean;
  /** The person behind a request's cookie; undefined where it counts for nobody. */
  readonly find: (request: IncomingMessage) => Promise<UserCaller | undefined>;
}

export interface GuardOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** The secrets under which keys are hashed. */
  readonly peppers: Peppers;
  /** Undefined when no sign-in is configured: only keys are accepted. */
  readonly signIn?: SignIn | undefined;
  /** Undefined when people cannot sign in to the app. */
  readonly sessions?: SessionFinder | undefined;
  readonly limits: RateLimits;
  readonly keyUses: Pick<KeyUses, 'note'>;
  readonly keyHashes: Pick<KeyHashes, 'note'>;
  readonly members: Pick<MembersSeen, 'note'>;
  /** What recording the calls of operators needs. */
  readonly audit: AuditMeans;
  /** The IP address that a request comes from. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether this version may serve on the schema of its database. */
  readonly schema: Pick<SchemaWatch, 'check' | 'assertServed'>;
}

/** Authenticates requests and finds their orgs, within the rate limits. Keys and orgs are cached for 5 s. */
export class Guard {
  /** What recording the calls of operators needs. */
  readonly audit: AuditMeans;
  /** In what order the thread does work that takes long. */
  readonly turns: Turns;
  private readonly options: GuardOptions;
  private readonly keys: LookupCache<KnownKey>;
  private readonly orgs: LookupCache<Org>;
  private readonly orgIds: LookupCache<string>;
  private readonly users: LookupCache<WalletUser>;
  /** Ids of keys that any process has accepted before, read while guesses come from the address of good keys. */
  private used: { readonly ids: Promise<ReadonlySet<string>>; readonly atMs: number } | undefined;

  constructor(options: GuardOptions) {
    this.options = options;
    this.audit = options.audit;
    this.turns = new Turns(options.clock);
    const bounds = { clock: options.clock, ttlMs: ACCESS_CACHE_TTL_MS, sizeMax: ACCESS_CACHE_SIZE_MAX };
    this.keys = new LookupCache(bounds);
    this.orgs = new LookupCache(bounds);
    this.orgIds = new LookupCache(bounds);
    this.users = new LookupCache(bounds);
  }

  /**
   * The caller behind `Authorization: Bearer <key or token>` or, without that header, behind a session of the app.
   * @param shown a key or token that the request has elsewhere, in place of that header
   * @throws Refusal UNAUTHENTICATED, the same for every reason; LEDGER_UNAVAILABLE when the schema of the database is too
   * new for this version, which then sees nothing right and gives no answer about keys and orgs.
   */
  async authenticate(request: IncomingMessage, shown?: string): Promise<Caller> {
    const { limits } = this.options;
    limits.countAddress(request);
    let caller: Caller;
    try {
      caller = await this.identify(request, shown);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'UNAUTHENTICATED') {
        // Whatever was sent, junk as well: after too many failures the address has to wait.
        limits.checkFailures(request);
        limits.countFailure(request);
      }
      throw error;
    }
    if (caller.type === 'key') limits.countKey(request, caller.keyId);
    else limits.countPerson(request, caller.user);
    return caller;
  }

  /** Counts a request for what nobody has to sign in for. @throws FailedCall with a Refusal RATE_LIMITED. */
  countOpen(request: IncomingMessage): void {
    this.options.limits.countOpen(request);
  }

  /**
   * The caller, as `authenticate` finds it, of a request that was accepted and still runs; not counted again.
   * @throws Refusal UNAUTHENTICATED.
   */
  async identify(request: IncomingMessage, shown?: string): Promise<Caller> {
    this.options.schema.assertServed();
    const isBare = shown === undefined && request.headers.authorization === undefined;
    if (isBare) return this.identifySession(request);
    const text = shown ?? BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (text === undefined) throw unauthenticated();
    if (!text.startsWith(API_KEY_PREFIX)) return this.authenticateUser(text);
    const found = await (this.keys.peek(text.slice(ID_START, ID_END)) ?? this.lookUp(request, text));
    if (!found || !this.opens(found, text) || !isKeyLive(found.key, this.options.clock.nowMs())) {
      throw unauthenticated();
    }
    if (found.allowsAddress && !found.allowsAddress(this.options.addressOf(request))) throw unauthenticated();
    if (!found.touched) {
      found.touched = true;
      this.options.keyUses.note(found.key.id, found.key.lastUsedAt);
    }
    return found.caller;
  }

  /** Whether a request says who makes it, by `Authorization` or the cookie of a session, whether or not that is valid. */
  names(request: IncomingMessage): boolean {
    return request.headers.authorization !== undefined || this.options.sessions?.isCarriedBy(request) === true;
  }

  /** @throws Refusal FORBIDDEN when a session's person proved too long ago who they are. */
  requireFreshSignIn(caller: Caller): void {
    requireFreshSignIn(caller, this.options.clock.nowMs());
  }

  private async identifySession(request: IncomingMessage): Promise<UserCaller> {
    const caller = await this.options.sessions?.find(request);
    if (!caller) throw unauthenticated();
    return caller;
  }

  /** Looks up well-formed keys only, by id: concurrent requests with the same id share the look-up. */
  private async lookUp(request: IncomingMessage, text: string): Promise<KnownKey | undefined> {
    const id = parseApiKey(text)?.id;
    if (id === undefined) return undefined;
    // Failed guesses never block a key that is in use, even if both come from one address, such as that of a proxy.
    const isLimited = this.options.limits.hasFailedOften(request);
    if (isLimited && !(await this.usedKeys()).has(id)) this.options.limits.checkFailures(request);
    return this.keys.find(id, async () => this.findKey(id));
  }

  /**
   * What a look-up gives. If that is nothing, the schema is checked first: a newer one may hide the rows of all orgs from
   * this version, and then nothing is known about the key or org.
   */
  private async seen<T>(lookUp: Promise<T | undefined>): Promise<T | undefined> {
    const found = await lookUp;
    if (found === undefined) await this.options.schema.check();
    return found;
  }

  /** The ids of keys in use, as the database had them within the last ACCESS_CACHE_TTL_MS: a restart forgets none. */
  private async usedKeys(): Promise<ReadonlySet<string>> {
    const { db, clock } = this.options;
    const nowMs = clock.nowMs();
    if (this.used === undefined || nowMs - this.used.atMs >= ACCESS_CACHE_TTL_MS) {
      const ids = listUsedKeyIds(db, ACCESS_CACHE_SIZE_MAX).then((all) => new Set(all));
      this.used = { ids, atMs: nowMs };
      ids.catch(() => {
        this.used = undefined;
      });
    }
    return this.used.ids;
  }

  private async authenticateUser(token: string): Promise<UserCaller> {
    const { signIn } = this.options;
    const identity = await signIn?.verify(token);
    if (!signIn || !identity) throw unauthenticated();
    return { type: 'user', orgsBy: signIn.orgsBy, ...identity };
  }

  private async findKey(keyId: string): Promise<KnownKey | undefined> {
    const key = await this.seen(findApiKey(this.options.db, keyId));
    if (!key) return undefined;
    const peppers = this.options.peppers.under(key.pepper);
    if (peppers.length === 0) {
      const { log } = this.options;
      log.error({ keyId, hashedUnder: key.pepper }, 'a key is refused: its pepper is not in COFFER_KEY_PEPPER_FILE');
    }
    return new KnownKey(key, peppers);
  }

  private opens(known: KnownKey, text: string): boolean {
    return known.opens(text, (opener) => this.options.keyHashes.note(known.key, text, opener));
  }

  /**
   * The org that the call is about: the one named in `Coffer-Org`, else the bound key's own or the user's only one. The
   * caller needs one of the scopes there; an empty list needs none. A key's scopes are checked before the org is looked
   * up, a user's role afterwards, since it is a role in that org.
   * @throws Refusal FORBIDDEN; ORG_REQUIRED when no org is named; NOT_FOUND, the same for unknown and foreign ones.
   */
  async admit(caller: Caller, request: IncomingMessage, scopes: readonly Scope[]): Promise<Org> {
    const org = await this.orgFor(caller, request, scopes);
    this.options.limits.countOrg(request, org.id);
    return org;
  }

  /**
   * The org that the path of a call names, by its id or its external id.
   * @param needs.operators operators are admitted whatever their scopes and roles: the handler checks their rights
   * @throws Refusal FORBIDDEN; NOT_FOUND, the same for unknown and foreign ones; VALIDATION_FAILED when `Coffer-Org` names
   *   another org
   */
  async admitToNamed(
    caller: Caller,
    request: IncomingMessage,
    needs: { readonly org: unknown; readonly scopes: readonly Scope[]; readonly operators: boolean },
  ): Promise<Org> {
    const { limits } = this.options;
    const isFree = needs.operators && isOperator(caller);
    if (caller.type === 'key' && !isFree) requireScope(caller, needs.scopes);
    const named = typeof needs.org === 'string' && isNameOfOrg(needs.org) ? needs.org : undefined;
    const found = named === undefined ? undefined : await this.findNamed(named);
    const org = found && (isFree || isInSight(caller, found)) ? found : undefined;
    const header = nameOfOrg(request);
    if (header !== '' && ![named, org?.id, org?.externalId].includes(header)) throw namesTwoOrgs();
    if (!org) throw noSuchOrg();
    const role = caller.type === 'user' ? roleIn(caller, org) : undefined;
    if (role !== undefined && !isFree) requireRole(role, needs.scopes);
    if (role !== undefined && caller.type === 'user') this.options.members.note(org.id, caller.user, role);
    limits.countOrg(request, org.id);
    return org;
  }

  /** The org with that id, else the one with that external id. */
  private async findNamed(named: string): Promise<Org | undefined> {
    const byId = isUuid(named) ? await this.findOrg(named) : undefined;
    if (byId) return byId;
    const id = await this.orgIds.find(named, async () => this.findOrgId(named));
    const org = id === undefined ? undefined : await this.findOrg(id);
    // The name may have gone to another org since its look-up: an org is not found under a name that it had before.
    return org?.externalId === named ? org : undefined;
  }

  /** The org, as `admit` finds it, of a request that still runs; not counted again. @throws Refusal as `admit`. */
  orgFor(caller: Caller, request: IncomingMessage, scopes: readonly Scope[]): Promise<Org> {
    return caller.type === 'key' ? this.orgForKey(caller, request, scopes) : this.orgForUser(caller, request, scopes);
  }

  private async orgForKey(caller: KeyCaller, request: IncomingMessage, scopes: readonly Scope[]): Promise<Org> {
    requireScope(caller, scopes);
    const named = nameOfOrg(request);
    const id = named === '' ? caller.org : named;
    if (id === null) throw orgRequired();
    const isOwn = caller.org === null || caller.org === id;
    const org = isUuid(id) && isOwn ? await this.findOrg(id) : undefined;
    if (!org) throw noSuchOrg();
    return org;
  }

  private async orgForUser(caller: UserCaller, request: IncomingMessage, scopes: readonly Scope[]): Promise<Org> {
    const named = nameOfOrg(request);
    const id = named === '' ? await this.findOnlyOrg(caller) : named;
    const org = id !== undefined && isUuid(id) ? await this.findOrg(id) : undefined;
    const role = org && roleIn(caller, org);
    if (org && caller.isPlatformFinance && readsBooks(request, scopes)) return org;
    if (!org || role === undefined) throw noSuchOrg();
    requireRole(role, scopes);
    this.options.members.note(org.id, caller.user, role);
    return org;
  }

  /** The id of a user's only org; undefined when this deployment has no such org. @throws Refusal ORG_REQUIRED. */
  private async findOnlyOrg({ roles, orgsBy }: UserCaller): Promise<string | undefined> {
    const [name] = roles.keys();
    if (name === undefined || roles.size > 1) throw orgRequired();
    return orgsBy === 'id' ? name : this.orgIds.find(name, async () => this.findOrgId(name));
  }

  private async findOrgId(externalId: string): Promise<string | undefined> {
    return (await this.seen(findOrgByExternalId(this.options.db, externalId)))?.id;
  }

  /** Drops a key that was changed from this process's cache. Other processes follow within ACCESS_CACHE_TTL_MS. */
  forgetKey(id: string): void {
    this.keys.forget(id);
  }

  /** Drops an org that was changed from this process's cache. Other processes follow within ACCESS_CACHE_TTL_MS. */
  forgetOrg(id: string): void {
    this.orgs.forget(id);
  }

  /** The user with that id, cached like an org; undefined while they have no wallet. */
  async findUser(id: string): Promise<WalletUser | undefined> {
    return this.users.find(id, async () => this.seen(findUser(this.options.db, id)));
  }

  /** Drops a user who was changed from this process's cache. Other processes follow within ACCESS_CACHE_TTL_MS. */
  forgetUser(id: string): void {
    this.users.forget(id);
  }

  private async findOrg(id: string): Promise<Org | undefined> {
    return this.orgs.find(id, async () => this.seen(findOrg(this.options.db, id)));
  }
}

/** Whether a request reads what everybody in an org may read, and changes nothing. */
function readsBooks({ method }: IncomingMessage, scopes: readonly Scope[]): boolean {
  return (method === 'GET' || method === 'HEAD') && scopes.includes('treasury:read');
}

/** Whether an org exists for a caller: a key that is bound to another, and a person without a role there, see none. */
function isInSight(caller: Caller, org: Org): boolean {
  return caller.type === 'key' ? caller.org === null || caller.org === org.id : roleIn(caller, org) !== undefined;
}

function unauthenticated(): Refusal {
  return new Refusal(
    'UNAUTHENTICATED',
    'send a valid API key as `Authorization: Bearer ck_live_...`, or a valid token of your sign-in in its place',
  );
}
