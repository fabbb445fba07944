/** Finds the person behind a request of the app, and keeps what the issuer says of them recent. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import {
  ageOfRoles,
  countsFor,
  CSRF_HEADER,
  csrfTokenOf,
  hashToken,
  isSessionLive,
  type Session,
  type SessionLimits,
} from '../../core/access/session.ts';
import type { Vault } from '../../core/access/vault.ts';
import { sleep, type Clock } from '../../core/clock.ts';
import { uuidV7 } from '../../core/ids.ts';
import {
  claimAsking,
  endSession,
  endSessionsOf,
  findSession,
  storeRights,
  storeSession,
  touchSession,
} from '../../db/access/sessions.ts';
import type { Database } from '../../db/database.ts';
import { headerValues } from '../server/headers.ts';
import type { UserCaller } from './caller.ts';
import { readCookie, setCookie, type AppSite } from './cookies.ts';
import type { Attempt, IssuerAnswer, IssuerClient } from './issuer-client.ts';
import type { SessionFinder } from './guard.ts';
import { LookupCache } from './lookup-cache.ts';

/** How long a session is cached after a look-up: its end takes effect in every process within this time. */
const CACHE_TTL_MS = 5_000;
const CACHE_SIZE_MAX = 10_000;
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** How often a session's use is noted. */
const TOUCH_EVERY_MS = 60_000;
/** How long one process may take to ask the issuer before another may. */
const ASKING_MS = 15_000;
/** How often, and how many times, a process looks whether another one has asked the issuer. */
const [WAIT_MS, WAITS_MAX] = [250, 24];

/** What the context of a sealed refresh token begins with. */
const REFRESH = 'sign_in_session.refresh';

export interface SessionsOptions {
  readonly db: Database;
  /** For what is written on the way. */
  readonly changes: { readonly db: Database };
  readonly clock: Clock;
  readonly log: Logger;
  readonly vault: Vault;
  readonly site: AppSite;
  readonly limits: SessionLimits;
  readonly issuer: IssuerClient;
  readonly orgsBy: UserCaller['orgsBy'];
}

/** The sign-in sessions of people. */
export class Sessions implements SessionFinder {
  readonly #options: SessionsOptions;
  readonly #cache: LookupCache<Session>;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#cache = new LookupCache({ clock: options.clock, ttlMs: CACHE_TTL_MS, sizeMax: CACHE_SIZE_MAX });
  }

  /** Whether a request carries a session's cookie. */
  isCarriedBy(request: IncomingMessage): boolean {
    return readCookie(request, this.#options.site, 'session') !== undefined;
  }

  /**
   * The person behind a request's cookie. Undefined when it carries none, was not made by a page of this service, or its
   * session is over.
   */
  async find(request: IncomingMessage): Promise<UserCaller | undefined> {
    const { site, clock, limits, orgsBy } = this.#options;
    const token = readCookie(request, site, 'session');
    if (token === undefined || !TOKEN.test(token) || !countsFor(originOf(request), site.origin, token))
      return undefined;
    const session = await this.#load(hashToken(token));
    if (!session || !isSessionLive(session, clock.nowMs(), limits)) return undefined;
    const current = await this.#withRecentRoles(session, token);
    if (!current) return undefined;
    this.#touch(current, token);
    const { id, provenAtMs, expiresAtMs } = current;
    const about = { id, provenAtMs, expiresAtMs, csrfToken: csrfTokenOf(token) };
    return { type: 'user', orgsBy, ...current.identity, session: about };
  }

  /**
   * Stores the session of a person who signed in, in place of the one that the browser had.
   * @returns the header that hands the browser its cookie; undefined when the sign-in made a session before
   */
  async begin(request: IncomingMessage, attempt: Attempt, answer: IssuerAnswer): Promise<string | undefined> {
    const { changes, clock, limits, site } = this.#options;
    const nowMs = clock.nowMs();
    const [id, token] = [uuidV7(nowMs), randomBytes(TOKEN_BYTES).toString('base64url')];
    const stored = await storeSession(changes.db, {
      id,
      tokenHash: hashToken(token),
      attemptHash: hashToken(attempt.state),
      identity: answer.identity,
      provenAt: answer.provenAtMs === null ? null : new Date(answer.provenAtMs),
      refresh: this.#seal(id, answer.refreshToken),
      createdAt: new Date(nowMs),
      expiresAt: new Date(nowMs + limits.absoluteMs),
    });
    if (!stored) return undefined;
    await this.end(request);
    return setCookie(site, 'session', token, Math.floor(limits.absoluteMs / 1_000));
  }

  /** Ends the session of a request. @returns the header that removes its cookie */
  async end(request: IncomingMessage): Promise<string> {
    const { changes, clock, site } = this.#options;
    const token = readCookie(request, site, 'session');
    if (token !== undefined && TOKEN.test(token)) {
      await endSession(changes.db, hashToken(token), new Date(clock.nowMs()));
      this.#cache.forget(hashToken(token).toString('hex'));
    }
    return setCookie(site, 'session', '', 0);
  }

  /** Ends every session of a person. Other processes follow within CACHE_TTL_MS. */
  async endAll(user: string): Promise<void> {
    const { changes, clock } = this.#options;
    for (const ended of await endSessionsOf(changes.db, user, new Date(clock.nowMs()))) this.#cache.forget(ended);
  }

  async #load(tokenHash: Buffer): Promise<Session | undefined> {
    return this.#cache.find(tokenHash.toString('hex'), async () => findSession(this.#options.db, tokenHash));
  }

  /** The session with roles that still count; undefined when the issuer vouches for its person no longer. */
  async #withRecentRoles(session: Session, token: string): Promise<Session | undefined> {
    const { clock, changes } = this.#options;
    const nowMs = clock.nowMs();
    const age = ageOfRoles(session, nowMs);
    if (age === 'fresh') return session;
    const kept = age === 'stale' ? session : undefined;
    if (session.refresh === null) return kept;
    const until = new Date(nowMs + ASKING_MS);
    if (!(await claimAsking(changes.db, session.id, new Date(nowMs), until))) return kept ?? this.#awaitOther(token);
    // Another process may have asked since this one read the session.
    const current = await findSession(changes.db, hashToken(token));
    if (!current || current.endedAtMs !== null) return undefined;
    const asked = await this.#askAgain(current, token);
    return asked === 'unknown' ? kept : asked;
  }

  /** Asks the issuer. Undefined when it refuses, which ends the session; `unknown` when it cannot be asked. */
  async #askAgain(session: Session, token: string): Promise<Session | 'unknown' | undefined> {
    const { changes, clock, log, issuer, vault } = this.#options;
    const tokenHash = hashToken(token);
    try {
      const answer = await issuer.askAgain(vault.open(`${REFRESH} ${session.id}`, session.refresh ?? ''));
      const isSame = answer !== 'refused' && answer.identity.user === session.identity.user;
      const at = new Date(clock.nowMs());
      if (isSame) {
        const refresh = this.#seal(session.id, answer.refreshToken);
        await storeRights(changes.db, session.id, { identity: answer.identity, refresh, at });
      } else {
        await endSession(changes.db, tokenHash, at);
      }
    } catch (error) {
      log.warn({ err: error }, 'the issuer of the sign-in cannot be asked what a person may do');
      return 'unknown';
    }
    this.#cache.forget(tokenHash.toString('hex'));
    return this.#load(tokenHash).then((found) => (found?.endedAtMs === null ? found : undefined));
  }

  /** Waits until the process that asks the issuer has an answer. */
  async #awaitOther(token: string): Promise<Session | undefined> {
    const { clock, db } = this.#options;
    for (let wait = 0; wait < WAITS_MAX; wait += 1) {
      await sleep(clock, WAIT_MS);
      const found = await findSession(db, hashToken(token));
      if (!found || found.endedAtMs !== null) return undefined;
      if (ageOfRoles(found, clock.nowMs()) !== 'over') return found;
    }
    return undefined;
  }

  /** Notes the use of a session; the request does not wait for it. */
  #touch({ id, seenAtMs }: Session, token: string): void {
    const { clock, changes, log } = this.#options;
    const nowMs = clock.nowMs();
    if (nowMs - seenAtMs < TOUCH_EVERY_MS) return;
    touchSession(changes.db, id, new Date(nowMs), TOUCH_EVERY_MS).then(
      () => this.#cache.forget(hashToken(token).toString('hex')),
      (error: unknown) => log.warn({ err: error }, 'the use of a sign-in session was not noted'),
    );
  }

  #seal(id: string, refreshToken: string | null): string | null {
    return refreshToken === null ? null : this.#options.vault.seal(`${REFRESH} ${id}`, refreshToken);
  }
}

function originOf(request: IncomingMessage): Parameters<typeof countsFor>[0] {
  const one = (name: string): string | undefined => {
    const values = headerValues(request, name);
    // Several values are no origin of ours.
    return values.length === 0 ? undefined : values.join(', ');
  };
  const { method = '' } = request;
  const csrf = one(CSRF_HEADER.toLowerCase());
  return { method, origin: one('origin'), site: one('sec-fetch-site'), csrf };
}
