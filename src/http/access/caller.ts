/** Authenticated callers, and what each of them may do. */
import type { KeyKind, Scope } from '../../core/access/api-key.ts';
import type { Identity } from '../../core/access/identity.ts';
import { mayExport, ROLES, scopesOf, type Role } from '../../core/access/roles.ts';
import { lowerLimit } from '../../core/access/approvals.ts';
import { FRESH_MS, isFreshlyProven } from '../../core/access/session.ts';
import { Refusal } from '../../core/errors.ts';
import type { Org } from '../../db/access/orgs.ts';

/** A service or an operator's program, identified by an API key. */
export interface KeyCaller {
  readonly type: 'key';
  readonly keyId: string;
  readonly kind: KeyKind;
  readonly scopes: readonly Scope[];
  /** The only org that a bound key may act for; null when the key is not bound. */
  readonly org: string | null;
  /** Above it, in micros, its calls that create credit wait for a second person; null: the deployment's limit holds alone. */
  readonly mintLimitMicros: bigint | null;
}

/** A person, identified by a token of the deployment's sign-in or by a session of the app. */
export interface UserCaller extends Identity {
  readonly type: 'user';
  /** Set where a session of the app identifies them. */
  readonly session?: CallerSession | undefined;
  /** Which id of an org the keys of `roles` are. */
  readonly orgsBy: 'id' | 'externalId';
}

/** The session of the app that a call belongs to. */
export interface CallerSession {
  readonly id: string;
  /** When the person last proved to the issuer who they are; null where it does not say. */
  readonly provenAtMs: number | null;
  readonly expiresAtMs: number;
  /** What the session's calls that change something carry. */
  readonly csrfToken: string;
}

export type Caller = KeyCaller | UserCaller;

/** The name of a caller in records of who did something: `key:<id>` or `user:<id>`. */
export function actorOf(caller: Caller): string {
  return caller.type === 'key' ? `key:${caller.keyId}` : `user:${caller.user}`;
}

/** The id of the API key that makes a call; undefined for a person. */
export function callingKeyOf(caller: Caller): string | undefined {
  return caller.type === 'key' ? caller.keyId : undefined;
}

/** The role of a user in an org; undefined when they have no role there. */
export function roleIn(caller: UserCaller, org: Pick<Org, 'id' | 'externalId'>): Role | undefined {
  const name = caller.orgsBy === 'id' ? org.id : org.externalId;
  return name === null ? undefined : caller.roles.get(name);
}

/**
 * Checks that a key has one of the scopes; an empty list accepts every key.
 * @throws Refusal FORBIDDEN
 */
export function requireScope(caller: KeyCaller, scopes: readonly Scope[]): void {
  if (scopes.length === 0 || scopes.some((scope) => caller.scopes.includes(scope))) return;
  throw new Refusal('FORBIDDEN', `the key needs the scope ${scopes.join(' or ')}`);
}

/**
 * Checks that a user's role in the org of the call grants one of the scopes; an empty list accepts every role.
 * @throws Refusal FORBIDDEN
 */
export function requireRole(role: Role, scopes: readonly Scope[]): void {
  const allows = (one: Role): boolean => scopes.length === 0 || scopesOf(one).some((scope) => scopes.includes(scope));
  if (allows(role)) return;
  const enough = ROLES.filter(allows);
  throw new Refusal(
    'FORBIDDEN',
    enough.length === 0 ? 'this is for keys' : `this needs the role ${enough.join(' or ')}`,
  );
}

/**
 * Checks that a caller may export the history of an org: every key may, the platform's finance people, and users whose role
 * allows it.
 * @throws Refusal FORBIDDEN
 */
export function requireExport(caller: Caller, org: Org): void {
  if (caller.type === 'key' || caller.isPlatformFinance) return;
  const role = roleIn(caller, org);
  if (role !== undefined && mayExport(role)) return;
  throw new Refusal('FORBIDDEN', `exports need the role ${ROLES.filter(mayExport).join(' or ')}`);
}

/**
 * Checks that the person behind a session proved recently who they are; keys and tokens are proof by themselves.
 * @throws Refusal FORBIDDEN with `reason: sign_in_too_old`
 */
export function requireFreshSignIn(caller: Caller, nowMs: number): void {
  const session = caller.type === 'user' ? caller.session : undefined;
  if (session === undefined || isFreshlyProven(session.provenAtMs, nowMs)) return;
  throw new Refusal('FORBIDDEN', `this needs a sign-in of the last ${FRESH_MS / 60_000} minutes: sign in again`, {
    details: { reason: 'sign_in_too_old' },
  });
}

/** Whether a caller may do in an org what one of these scopes allows: by the scopes of a key, or by a person's role. */
export function mayIn(caller: Caller, org: Pick<Org, 'id' | 'externalId'>, scopes: readonly Scope[]): boolean {
  const role = caller.type === 'user' ? roleIn(caller, org) : undefined;
  const own = caller.type === 'key' ? caller.scopes : role === undefined ? [] : scopesOf(role);
  return scopes.some((scope) => own.includes(scope));
}

/** Whether a caller is an operator: an admin key, or a user with the platform's admin role. */
export function isOperator(caller: Caller): boolean {
  return caller.type === 'key' ? caller.kind === 'admin' : caller.isPlatformAdmin;
}

/** The limit of a caller's own key, in micros; undefined: it has none. */
export function ownLimitOf(caller: Caller): bigint | undefined {
  return caller.type === 'key' ? (caller.mintLimitMicros ?? undefined) : undefined;
}

/** Above it, in micros, what a caller creates waits for a second person: the deployment's limit, or a lower one of the key. */
export function mintLimitOf(caller: Caller, limitMicros: bigint | undefined): bigint | undefined {
  return lowerLimit(limitMicros, ownLimitOf(caller) ?? null);
}

/** Whether a caller may create credit: an operator, or a platform key that may administer. */
export function isMinter(caller: Caller): boolean {
  if (isOperator(caller)) return true;
  return caller.type === 'key' && caller.kind === 'platform' && caller.scopes.includes('treasury:admin');
}

/**
 * Checks that a caller is a person, about whose own wallet the call is.
 * @throws Refusal FORBIDDEN
 */
export function requirePerson(caller: Caller): UserCaller {
  if (caller.type === 'user') return caller;
  throw new Refusal('FORBIDDEN', 'this is for people, who see what is their own');
}

/**
 * Checks that a caller is a key of the platform with one of the scopes: users belong to no org.
 * @throws Refusal FORBIDDEN
 */
export function requirePlatformKey(caller: Caller, scopes: readonly Scope[]): KeyCaller {
  if (caller.type === 'user') throw new Refusal('FORBIDDEN', 'this is for keys of the platform');
  if (caller.org !== null) throw new Refusal('FORBIDDEN', 'a key that is bound to an org cannot act for users');
  requireScope(caller, scopes);
  return caller;
}

/**
 * Checks that a caller is an operator: an admin key, or a user with the platform's admin role.
 * @throws Refusal FORBIDDEN
 */
export function requireAdmin(caller: Caller): void {
  if (isOperator(caller)) return;
  throw new Refusal('FORBIDDEN', 'this is for admin keys and platform admins');
}

/**
 * Checks that a caller may read reports on the place as a whole: an operator, or one of the platform's finance people.
 * @throws Refusal FORBIDDEN
 */
export function requireReporter(caller: Caller): void {
  if (isOperator(caller) || (caller.type === 'user' && caller.isPlatformFinance)) return;
  throw new Refusal('FORBIDDEN', 'this is for admin keys, platform admins and platform finance');
}
