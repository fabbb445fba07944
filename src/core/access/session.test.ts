import { describe, expect, it } from 'vitest';
import {
  ageOfRoles,
  countsFor,
  csrfTokenOf,
  FRESH_MS,
  isFreshlyProven,
  isSessionLive,
  returnPathOf,
  ROLES_AGE_MS_MAX,
  ROLES_STALE_MS,
  type Session,
} from './session.ts';

const session = (more: Partial<Session> = {}): Session => ({
  id: 's',
  identity: { user: 'ada', roles: new Map(), isPlatformAdmin: false, isPlatformFinance: false, trueClaims: new Set() },
  rightsAtMs: 0,
  provenAtMs: 0,
  seenAtMs: 0,
  expiresAtMs: 10_000,
  endedAtMs: null,
  refresh: null,
  ...more,
});
const limits = { idleMs: 1_000, absoluteMs: 10_000 };

describe('the life of a session', () => {
  it.each([
    ['within both limits', session(), 999, true],
    ['idle for as long as it may be', session(), 1_000, false],
    ['seen since', session({ seenAtMs: 9_500 }), 9_999, true],
    ['too old, though it was just seen', session({ seenAtMs: 9_999 }), 10_000, false],
    ['ended', session({ endedAtMs: 1 }), 2, false],
  ])('%s', (_, one, nowMs, live) => {
    expect(isSessionLive(one, nowMs, limits)).toBe(live);
  });

  it('lets roles age, and then gives them no right', () => {
    expect(ageOfRoles(session(), ROLES_STALE_MS - 1)).toBe('fresh');
    expect(ageOfRoles(session(), ROLES_STALE_MS)).toBe('stale');
    expect(ageOfRoles(session(), ROLES_AGE_MS_MAX - 1)).toBe('stale');
    expect(ageOfRoles(session(), ROLES_AGE_MS_MAX)).toBe('over');
  });

  it('knows a recent proof, and none where the issuer says none', () => {
    expect(isFreshlyProven(0, FRESH_MS)).toBe(true);
    expect(isFreshlyProven(0, FRESH_MS + 1)).toBe(false);
    expect(isFreshlyProven(null, 0)).toBe(false);
  });
});

describe('which requests a cookie counts for', () => {
  const own = 'https://coffer.example';
  const csrf = csrfTokenOf('token');
  it.each([
    ['a read of its own page', { method: 'GET', site: 'same-origin' }, true],
    ['a read of its own page that names its origin', { method: 'GET', site: 'same-origin', origin: own }, true],
    ['a read of an old browser that names its origin', { method: 'GET', origin: own }, true],
    ['a read of nobody knows where', { method: 'GET' }, false],
    ['a read of a sibling domain', { method: 'GET', site: 'same-site' }, false],
    ['a read of another site', { method: 'GET', site: 'cross-site' }, false],
    ['a typed address', { method: 'GET', site: 'none' }, false],
    [
      'another origin that calls itself the same',
      { method: 'GET', site: 'same-origin', origin: 'https://x.example' },
      false,
    ],
    ['a sandboxed page', { method: 'GET', site: 'same-origin', origin: 'null' }, false],
    ['a change with the token', { method: 'POST', site: 'same-origin', origin: own, csrf }, true],
    ['a change without it', { method: 'POST', site: 'same-origin', origin: own }, false],
    [
      'a change with that of another session',
      { method: 'DELETE', site: 'same-origin', csrf: csrfTokenOf('other') },
      false,
    ],
    ['a change with an empty token', { method: 'PATCH', site: 'same-origin', csrf: '' }, false],
    ['a change of another site with the token', { method: 'POST', site: 'cross-site', origin: own, csrf }, false],
  ])('%s', (_, request, counts) => {
    const given = { origin: undefined, site: undefined, csrf: undefined, ...request };
    expect(countsFor(given, own, 'token')).toBe(counts);
  });
});

describe('where a sign-in leads', () => {
  it.each([
    ['/app', '/app'],
    ['/app/billing?type=DEPOSIT#top', '/app/billing?type=DEPOSIT#top'],
    ['/app?x=1', '/app?x=1'],
    [undefined, '/app'],
    ['/admin/keys', '/app'],
    ['//evil.example/app', '/app'],
    ['https://evil.example/app', '/app'],
    ['/app/../admin/keys', '/app'],
    ['/app/..//evil.example', '/app'],
    ['/app\\..\\..\\evil', '/app'],
    ['/application', '/app'],
  ])('%s leads to %s', (asked, to) => {
    expect(returnPathOf(asked)).toBe(to);
  });
});
