/** How callers are authenticated and counted. */
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { openIpRanges } from '../core/access/ip-ranges.ts';
import type { Clock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import type { SchemaWatch } from '../db/schema/watch.ts';
import { Guard } from '../http/access/guard.ts';
import { KeyUses } from '../http/access/key-uses.ts';
import { MembersSeen } from '../http/access/members-seen.ts';
import { RateLimits } from '../http/access/rate-limits.ts';
import { openSignIn } from '../http/access/sign-in.ts';
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
    readonly pepper: string;
    readonly schema: SchemaWatch;
  },
): { readonly guard: Guard; readonly limits: RateLimits; readonly stopNotes: () => Promise<void> } {
  const isProxy = openIpRanges(config.trustedProxies);
  const addressOf = (request: IncomingMessage): string => clientAddress(request, isProxy);
  const limits = new RateLimits({ ...parts, rules: config.rateLimits, addressOf });
  const audit = { ...parts, db: parts.changes.db };
  const [keyUses, members] = [new KeyUses(audit), new MembersSeen(audit)];
  const stopNotes = async (): Promise<void> => {
    await Promise.all([keyUses.stop(), members.stop()]);
  };
  const signIn = config.signIn && openSignIn(config.signIn, parts);
  return { guard: new Guard({ ...parts, audit, signIn, limits, keyUses, members, addressOf }), limits, stopNotes };
}
