/** What a person may do in an org, by their role there. */
import type { Scope } from './api-key.ts';

/** Roles of a person in an org, the strongest first. */
export const ROLES = ['owner', 'admin', 'finance', 'member', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const RIGHTS: Readonly<Record<Role, { readonly scopes: readonly Scope[]; readonly exports: boolean }>> = {
  owner: { scopes: ['treasury:read', 'treasury:admin'], exports: true },
  admin: { scopes: ['treasury:read', 'treasury:admin'], exports: true },
  finance: { scopes: ['treasury:read'], exports: true },
  member: { scopes: ['treasury:read'], exports: false },
  viewer: { scopes: ['treasury:read'], exports: false },
};

/** The scopes of a role. No role includes `treasury:spend`: only keys may spend. */
export function scopesOf(role: Role): readonly Scope[] {
  return RIGHTS[role].scopes;
}

/** Whether a role may export whole histories as CSV. */
export function mayExport(role: Role): boolean {
  return RIGHTS[role].exports;
}

/** The strongest of some roles; undefined when there is none. */
export function strongestRole(roles: readonly Role[]): Role | undefined {
  return ROLES.find((role) => roles.includes(role));
}
