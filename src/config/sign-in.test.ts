import { describe, expect, it } from 'vitest';
import { signInSchema } from './sign-in.ts';

const least = {
  issuer: 'https://id.example.com',
  audience: 'coffer',
  jwksUrl: 'https://id.example.com/.well-known/jwks.json',
};
const isFine = (settings: object): boolean => signInSchema.safeParse({ ...least, ...settings }).success;

describe('how people sign in', () => {
  it('has defaults that believe little', () => {
    expect(signInSchema.parse(least)).toEqual({
      ...least,
      audience: ['coffer'],
      algorithms: ['RS256', 'ES256'],
      clockToleranceSeconds: 30,
      claims: { user: ['sub'], orgs: ['orgs'], role: ['role'] },
      orgsBy: 'id',
      session: { idleMs: 3_600_000, absoluteMs: 43_200_000 },
    });
  });

  it.each([
    ['a shared secret', { algorithms: ['HS256'] }],
    ['no signature', { algorithms: ['none'] }],
    ['any algorithm', { algorithms: [] }],
    ['any issuer', { issuer: '' }],
    ['any audience', { audience: [] }],
    ['keys over plain http', { jwksUrl: 'http://id.example.com/jwks' }],
    ['keys from a file', { jwksUrl: 'file:///jwks.json' }],
    ['keys from a host that only begins like this machine', { jwksUrl: 'http://localhost.example.com/jwks' }],
    ['a clock that may be off by an hour', { clockToleranceSeconds: 3_600 }],
    ['a role that is none', { roles: { boss: 'root' } }],
    ['a setting that is none', { jwks: {} }],
    ['a client of an issuer that has no address', { issuer: 'id', client: { id: 'app' } }],
    ['a client of an issuer over plain http', { issuer: 'http://id.example.com', client: { id: 'app' } }],
    ['a client that asks for no identity', { client: { id: 'app', scope: 'profile' } }],
    ['a session without an end', { session: { maxHours: 0 } }],
    ['a session that is idle for ever', { session: { idleMinutes: 100_000 } }],
  ])('cannot be %s', (_name, settings) => {
    expect(isFine({})).toBe(true);
    expect(isFine(settings)).toBe(false);
  });

  it('takes keys of this machine over http, and claims within claims', () => {
    for (const host of ['localhost:9000', '127.0.0.1', '[::1]:8080']) {
      expect(isFine({ jwksUrl: `http://${host}/jwks` })).toBe(true);
    }
    expect(isFine({ platformAdmin: { claim: ['realm_access', 'roles'], value: 'op' } })).toBe(true);
    expect(isFine({ platformAdmin: { claim: [], value: 'op' } })).toBe(false);
  });
});
