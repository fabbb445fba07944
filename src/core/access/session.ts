/** Sign-in sessions: how long they last, when roles are read again, and which requests a session's cookie counts for. */
import { hash, timingSafeEqual } from 'node:crypto';
import type { Identity } from './identity.ts';

/** Roles are read from the issuer again once they are this old. */
export const ROLES_STALE_MS = 10 * 60_000;
/** Roles older than this give no right. */
export const ROLES_AGE_MS_MAX = 15 * 60_000;
/** What creates credit or keys, or pays back, wants that the person proved who they are within this time. */
export const FRESH_MS = 10 * 60_000;
/** A sign-in that takes longer than this has to begin again. */
export const ATTEMPT_MS_MAX = 10 * 60_000;
/** The header that carries the token against forged requests. */
export const CSRF_HEADER = 'X-Coffer-CSRF';

/** How long sessions last. */
export interface SessionLimits {
  /** Without a request. */
  readonly idleMs: number;
  /** In all. */
  readonly absoluteMs: number;
}

/** A session, as it is stored. */
export interface Session {
  readonly id: string;
  readonly identity: Identity;
  /** When its rights were read from the issuer. */
  readonly rightsAtMs: number;
  /** When the person last proved to the issuer who they are; null where it does not say. */
  readonly provenAtMs: number | null;
  /** When it was last seen, accurate to a minute. */
  readonly seenAtMs: number;
  readonly expiresAtMs: number;
  readonly endedAtMs: number | null;
  /** What the issuer is asked with again, sealed; null where it gave nothing. */
  readonly refresh: string | null;
}

/** Whether a session still stands for its person: not ended, not idle for too long, not too old. */
export function isSessionLive(
  { endedAtMs, seenAtMs, expiresAtMs }: Session,
  nowMs: number,
  { idleMs }: SessionLimits,
): boolean {
  return endedAtMs === null && nowMs < expiresAtMs && nowMs < seenAtMs + idleMs;
}

/** How much the roles of a session still count: `fresh`, `stale` (to be read again, and valid), `over` (they give no right). */
export function ageOfRoles({ rightsAtMs }: Session, nowMs: number): 'fresh' | 'stale' | 'over' {
  const ageMs = nowMs - rightsAtMs;
  if (ageMs >= ROLES_AGE_MS_MAX) return 'over';
  return ageMs >= ROLES_STALE_MS ? 'stale' : 'fresh';
}

/** Whether a person has proven recently who they are. */
export function isFreshlyProven(provenAtMs: number | null, nowMs: number): boolean {
  return provenAtMs !== null && nowMs - provenAtMs <= FRESH_MS;
}

/** The hash under which what a cookie holds is stored and looked up: 32 bytes. */
export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** The token against forged requests of the session with this cookie: pages of other origins cannot read it. */
export function csrfTokenOf(token: string): string {
  return hash('sha256', `coffer csrf\0${token}`, 'base64url');
}

/** What a request says about where it comes from; undefined where it does not say. */
export interface RequestOrigin {
  readonly method: string;
  /** The header `Origin`. */
  readonly origin: string | undefined;
  /** The header `Sec-Fetch-Site`. */
  readonly site: string | undefined;
  /** The header {@link CSRF_HEADER}. */
  readonly csrf: string | undefined;
}

/**
 * Whether a session's cookie counts for a request: browsers send it along with requests that pages of others make. The request
 * must come from a page of this service and, if it can change something, carry the session's token.
 * @param ownOrigin the origin of this service
 */
export function countsFor({ method, origin, site, csrf }: RequestOrigin, ownOrigin: string, token: string): boolean {
  if (origin !== undefined && origin !== ownOrigin) return false;
  if (site === undefined ? origin === undefined : site !== 'same-origin') return false;
  return method === 'GET' || method === 'HEAD' || (csrf !== undefined && isSame(csrf, csrfTokenOf(token)));
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const APP_PATH = '/app';
const RETURN_LENGTH_MAX = 2_000;

/** Where in the app a person goes after the sign-in: the asked path if it is one of the app, else the app's first page. */
export function returnPathOf(asked: string | undefined): string {
  if (asked === undefined || asked.length > RETURN_LENGTH_MAX || !/^\/app(?:[/?#]|$)/.test(asked)) return APP_PATH;
  const url = URL.parse(asked, 'https://own.invalid');
  if (url?.origin !== 'https://own.invalid' || !/^\/app(?:\/|$)/.test(url.pathname)) return APP_PATH;
  return url.pathname + url.search + url.hash;
}
