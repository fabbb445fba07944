/** How callers are authenticated and counted. */
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { openIpRanges } from '../core/access/ip-ranges.ts';
import type { Peppers } from '../core/access/peppers.ts';
import type { Vault } from '../core/access/vault.ts';
import type { Clock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import type { SchemaWatch } from '../db/schema/watch.ts';
import { appSiteOf } from '../http/access/cookies.ts';
import { Guard } from '../http/access/guard.ts';
import { openIssuerClient } from '../http/access/issuer-client.ts';
import { KeyHashes } from '../http/access/key-hashes.ts';
import { KeyUses } from '../http/access/key-uses.ts';
import { MembersSeen } from '../http/access/members-seen.ts';
import { RateLimits } from '../http/access/rate-limits.ts';
import { Sessions } from '../http/access/sessions.ts';
import { openSignIn } from '../http/access/sign-in.ts';
import type { AppSignIn } from '../http/app/deps.ts';
import { RefusalNotes } from '../http/money/refusals.ts';
import { clientAddress } from '../http/server/client-address.ts';

/**
 * Opens the guard, which authenticates callers, and the limits on how often anybody calls.
 * @param parts.db for what each request needs; nothing that may wait for a standby is written over it.
 * @param parts.changes for what is written on the way.
 */
export function openGuard(
  config: Config,
  parts: {
    readonly db: Database;
    readonly changes: { readonly db: Database };
    readonly clock: Clock;
    readonly log: Logger;
    readonly peppers: Peppers;
    readonly vault: Vault;
    readonly schema: SchemaWatch;
  },
): {
  readonly guard: Guard;
  readonly limits: RateLimits;
  /** Keeps refused commands. */
  readonly refusals: RefusalNotes;
  /** Resolves when nothing is being noted in the background any more. */
  readonly stopNotes: () => Promise<void>;
  /** Undefined where nobody can sign in to the app. */
  readonly signIn: AppSignIn | undefined;
} {
  const isProxy = openIpRanges(config.trustedProxies);
  const addressOf = (request: IncomingMessage): string => clientAddress(request, isProxy);
  const limits = new RateLimits({ ...parts, rules: config.rateLimits, addressOf });
  const audit = { ...parts, db: parts.changes.db };
  const [keyUses, members, refusals] = [new KeyUses(audit), new MembersSeen(audit), new RefusalNotes(audit)];
  const keyHashes = new KeyHashes(audit);
  const stopNotes = async (): Promise<void> => {
    await Promise.all([keyUses.stop(), keyHashes.stop(), members.stop(), refusals.stop()]);
  };
  const signIn = config.signIn && openSignIn(config.signIn, parts);
  const app = openAppSignIn(config, parts);
  const notes = { keyUses, keyHashes, members };
  const guard = new Guard({ ...parts, ...notes, audit, signIn, sessions: app?.sessions, limits, addressOf });
  return { guard, limits, refusals, stopNotes, signIn: app };
}

/** Opens the sign-in of the app; undefined where it has no client at an issuer. */
function openAppSignIn({ signIn, publicUrl }: Config, parts: Parameters<typeof openGuard>[1]): AppSignIn | undefined {
  if (signIn?.client === undefined) return undefined;
  const { client, session: limits, orgsBy } = signIn;
  const site = appSiteOf(publicUrl);
  const { secret } = client;
  const own = { clientId: client.id, scope: client.scope, redirectUri: `${publicUrl}/app/callback` };
  const issuer = openIssuerClient({ ...signIn, ...own, clientSecret: secret && (() => secret.reveal()) }, parts);
  return { issuer, site, sessions: new Sessions({ ...parts, site, limits, issuer, orgsBy }) };
}
