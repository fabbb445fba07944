/** Whoever has shown who they are, and what they may do. */
import type { KeyKind, Scope } from '../../core/access/api-key.ts';
import type { Identity } from '../../core/access/identity.ts';
import { mayExport, ROLES, scopesOf, type Role } from '../../core/access/roles.ts';
import { Refusal } from '../../core/errors.ts';
import type { Org } from '../../db/access/orgs.ts';

/** A service, or an operator's program. */
export interface KeyCaller {
  readonly type: 'key';
  readonly keyId: string;
  readonly kind: KeyKind;
  readonly scopes: readonly Scope[];
  /** The one org of a bound key. */
  readonly org: string | null;
}

/** A person, whom the deployment's sign-in vouches for. */
export interface UserCaller extends Identity {
  readonly type: 'user';
  /** What `roles` calls an org by. */
  readonly orgsBy: 'id' | 'externalId';
}

export type Caller = KeyCaller | UserCaller;

/** How a caller is named where it is kept who did something: `key:<id>` or `user:<id>`. */
export function actorOf(caller: Caller): string {
  return caller.type === 'key' ? `key:${caller.keyId}` : `user:${caller.user}`;
}

/** The role of a user in an org; undefined: they have none there. */
export function roleIn(caller: UserCaller, org: Pick<Org, 'id' | 'externalId'>): Role | undefined {
  const name = caller.orgsBy === 'id' ? org.id : org.externalId;
  return name === null ? undefined : caller.roles.get(name);
}

/**
 * Lets a key pass that has one of the scopes; an empty list lets every key pass.
 * @throws Refusal FORBIDDEN
 */
export function requireScope(caller: KeyCaller, scopes: readonly Scope[]): void {
  if (scopes.length === 0 || scopes.some((scope) => caller.scopes.includes(scope))) return;
  throw new Refusal('FORBIDDEN', `the key needs the scope ${scopes.join(' or ')}`);
}

/**
 * Lets a user pass whose role in the org at hand stands for one of the scopes.
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
 * Lets pass who may take the history of an org away: keys, and users whose role says so.
 * @throws Refusal FORBIDDEN
 */
export function requireExport(caller: Caller, org: Org): void {
  if (caller.type === 'key') return;
  const role = roleIn(caller, org);
  if (role !== undefined && mayExport(role)) return;
  throw new Refusal('FORBIDDEN', `exports need the role ${ROLES.filter(mayExport).join(' or ')}`);
}

/** Whether this is somebody who runs the place: an admin key, or a user with the platform's admin role. */
export function isOperator(caller: Caller): boolean {
  return caller.type === 'key' ? caller.kind === 'admin' : caller.isPlatformAdmin;
}

/**
 * Lets pass who runs the place: admin keys, and users with the platform's admin role.
 * @throws Refusal FORBIDDEN
 */
export function requireAdmin(caller: Caller): void {
  if (isOperator(caller)) return;
  throw new Refusal('FORBIDDEN', 'this is for admin keys and platform admins');
}
