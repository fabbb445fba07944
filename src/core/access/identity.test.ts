import { describe, expect, it } from 'vitest';
import { identityOf, type ClaimRules } from './identity.ts';

describe('claims', () => {
  const rules: ClaimRules = { user: ['sub'], orgs: ['orgs'], role: ['role'] };
  const rolesOf = (claims: object, more: Partial<ClaimRules> = {}): Record<string, string> | undefined => {
    const identity = identityOf({ sub: 'u', ...claims }, { ...rules, ...more });
    return identity && Object.fromEntries(identity.roles);
  };

  it.each([
    ['an object', { orgs: { a: 'owner', b: ['viewer', 'finance'] } }, { a: 'owner', b: 'finance' }],
    [
      'a list of objects',
      {
        orgs: [
          { id: 'a', role: 'member' },
          { id: 'b', roles: ['admin'] },
        ],
      },
      { a: 'member', b: 'admin' },
    ],
    ['a list of names', { orgs: ['a', 'b'], role: 'viewer' }, { a: 'viewer', b: 'viewer' }],
    ['one name', { orgs: 'a', role: ['viewer', 'owner'] }, { a: 'owner' }],
    [
      'an org that comes twice',
      {
        orgs: [
          { id: 'a', role: 'viewer' },
          { id: 'a', role: 'admin' },
        ],
      },
      { a: 'admin' },
    ],
    ['nothing', {}, {}],
    ['no role', { orgs: ['a'] }, {}],
    ['an unknown role', { orgs: { a: 'root' }, role: 'owner' }, {}],
    ['a role in other letters', { orgs: { a: 'Owner' } }, {}],
    ['an org without a role, beside a role for all', { orgs: { a: null }, role: 'owner' }, {}],
    ['numbers', { orgs: [1, { id: 2, role: 'owner' }], role: 3 }, {}],
    ['names from the prototype', { orgs: ['a'], role: ['constructor', 'toString'] }, {}],
  ])('%s', (_name, claims, roles) => {
    expect(rolesOf(claims)).toEqual(roles);
  });

  it('lie where the rules say, and names from the prototype are none', () => {
    expect(
      rolesOf({ x: { y: ['a'] }, 'https://z/role': 'admin' }, { orgs: ['x', 'y'], role: ['https://z/role'] }),
    ).toEqual({
      a: 'admin',
    });
    expect(rolesOf({ orgs: ['a'], role: 'toString' }, { roles: { boss: 'owner' } })).toEqual({});
    expect(rolesOf({ role: 'owner' }, { orgs: ['constructor', 'name'] })).toEqual({});
    expect(identityOf({ sub: 7 }, rules)).toBeUndefined();
    const inherited: Readonly<Record<string, unknown>> = Object.setPrototypeOf({}, { sub: 'u' });
    expect(identityOf(inherited, rules)).toBeUndefined();
    expect(identityOf({}, { ...rules, user: ['constructor', 'name'] })).toBeUndefined();
  });

  it('make a platform admin where they say so in so many words', () => {
    const platformAdmin = { claim: ['r'], value: 'op' };
    const isAdmin = (r: unknown): boolean | undefined =>
      identityOf({ sub: 'u', r }, { ...rules, platformAdmin })?.isPlatformAdmin;
    expect([isAdmin('op'), isAdmin(['x', 'op'])]).toEqual([true, true]);
    expect([isAdmin('ops'), isAdmin(['OP']), isAdmin({ op: true }), isAdmin(undefined), isAdmin([['op']])]).toEqual(
      Array.from({ length: 5 }, () => false),
    );
    expect(identityOf({ sub: 'u', r: 'op' }, rules)?.isPlatformAdmin).toBe(false);
  });
});
