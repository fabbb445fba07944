/** The user that a verified token names: its claims, read by the deployment's rules. */
import { ROLES, strongestRole, type Role } from './roles.ts';

/** Where a claim is in the token: names from the outside in. */
export type ClaimPath = readonly string[];

/** How the claims of a deployment's tokens are read. */
export interface ClaimRules {
  readonly user: ClaimPath;
  /**
   * The user's orgs: `{"<org>": "admin"}`, `[{"id": "<org>", "role": "admin"}]`, `["<org>"]` or `"<org>"`. Where it
   * names no roles, the roles in the claim `role` apply in each org.
   */
  readonly orgs: ClaimPath;
  readonly role: ClaimPath;
  /** From the issuer's names of roles to ours; undefined: they are the same. */
  readonly roles?: Readonly<Record<string, Role>> | undefined;
  /** A user is a platform admin when this claim is the value, or a list that contains it. Undefined: no user is. */
  readonly platformAdmin?: { readonly claim: ClaimPath; readonly value: string } | undefined;
  /** The same for the platform's finance people. */
  readonly platformFinance?: { readonly claim: ClaimPath; readonly value: string } | undefined;
}

/** A person, as their token describes them. */
export interface Identity {
  readonly user: string;
  /** Their role in each org, under the name that the token gives it. */
  readonly roles: ReadonlyMap<string, Role>;
  readonly isPlatformAdmin: boolean;
  /** Reads reports and the books of every org, and changes nothing by that. */
  readonly isPlatformFinance: boolean;
  /** The names of claims that are true, such as `email_verified`. */
  readonly trueClaims: ReadonlySet<string>;
}

/** Most orgs of one user; further orgs in a token are ignored. */
const ORGS_MAX = 1_000;
const USER = /^[^\p{Cc}\p{Cs}]{1,255}$/u;

type Claims = Readonly<Record<string, unknown>>;

/** The user that a token names; undefined when it names none. A role or org that cannot be read grants nothing. */
export function identityOf(claims: Claims, rules: ClaimRules): Identity | undefined {
  const user = claimAt(claims, rules.user);
  if (typeof user !== 'string' || !USER.test(user)) return undefined;
  const everywhere = claimAt(claims, rules.role);
  const roles = new Map<string, Role>();
  for (const [org, named] of orgsIn(claimAt(claims, rules.orgs)).slice(0, ORGS_MAX)) {
    const held = readRoles(named ?? everywhere, rules.roles);
    const before = roles.get(org);
    const role = strongestRole(before === undefined ? held : [before, ...held]);
    if (role !== undefined) roles.set(org, role);
  }
  const has = (role: ClaimRules['platformAdmin']): boolean =>
    role !== undefined && textsIn(claimAt(claims, role.claim)).includes(role.value);
  const trueClaims = new Set(Object.keys(claims).filter((name) => claims[name] === true || claims[name] === 'true'));
  const [isPlatformAdmin, isPlatformFinance] = [has(rules.platformAdmin), has(rules.platformFinance)];
  return { user, roles, isPlatformAdmin, isPlatformFinance, trueClaims };
}

/** Orgs with the roles that are named beside them, if any are. */
function orgsIn(claim: unknown): (readonly [org: string, roles: unknown])[] {
  if (typeof claim === 'string') return [[claim, undefined]];
  if (!isRecord(claim)) return [];
  if (!Array.isArray(claim)) return Object.entries(claim).map(([org, roles]) => [org, roles ?? []]);
  return claim.flatMap((one: unknown): (readonly [string, unknown])[] => {
    if (typeof one === 'string') return [[one, undefined]];
    const id = own(one, 'id');
    return typeof id === 'string' ? [[id, own(one, 'role') ?? own(one, 'roles')]] : [];
  });
}

function readRoles(claim: unknown, names: ClaimRules['roles']): Role[] {
  return textsIn(claim).flatMap((name) => {
    const role = names === undefined ? name : own(names, name);
    return ROLES.filter((one) => one === role);
  });
}

function textsIn(claim: unknown): string[] {
  const all: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return all.filter((one) => typeof one === 'string');
}

function claimAt(claims: Claims, path: ClaimPath): unknown {
  return path.reduce<unknown>(own, claims);
}

function own(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
