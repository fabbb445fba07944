/** The endpoint of a user's balance. */
import { z } from 'zod';
import type { OpenLot } from '../../core/ledger/head.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import { endOfLots, restrictedSums } from '../../views/lots/restricted.ts';
import type { Caller } from '../access/caller.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { personOrServiceRoute, userId } from '../endpoint/people.ts';
import { check } from '../endpoint/validate.ts';
import type { SurfaceDeps } from '../deps.ts';
import { payingUser } from '../money/payer.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { walletCaller } from './caller.ts';
import { balanceReply, userQuery } from './schemas.ts';
import { CHAPTER } from './surface.ts';

/** What a user can spend. A user who is not known has nothing, which is no error. */
export function balanceRoutes({ guard, db, clock }: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/io/wallet/balance',
    operation: 'getUserWallet',
    summary: 'What a user can spend',
    chapter: CHAPTER,
    replies: { 200: balanceReply },
    query: userQuery,
    body: NO_BODY,
    authenticate: walletCaller(guard),
  } as const;
  return [
    personOrServiceRoute(guard, specification, async ({ caller, query }) => {
      const user = readUser(caller, query.user_id);
      const standing = await findStanding(db, payingUser(user).wallet, new Date(clock.nowMs()));
      const credits = standing?.available ?? 0n;
      return { body: { credits, balance: credits, user_id: user, ...lotsOf(standing?.lots ?? []) } };
    }),
  ];
}

/** The part of a balance that is about its lots. */
function lotsOf(lots: readonly OpenLot[]): object {
  const next = endOfLots(lots);
  const restricted = restrictedSums(lots).map(({ availableMicros: credits, ...about }) => ({ ...about, credits }));
  return {
    ...(restricted.length > 0 ? { restricted } : {}),
    ...(next ? { next_expiry: { credits: next.micros, expires_at: next.expiresAt } } : {}),
  };
}

/**
 * The user that a read is about: a person is asked about themselves whatever they name, a service names one.
 * @throws Refusal VALIDATION_FAILED when a service names none, or what is no id of a user
 */
export function readUser(caller: Caller, named: string | undefined): string {
  if (caller.type === 'user') return caller.user;
  const { value, issues } = check(z.object({ user_id: userId }), { user_id: named });
  if (issues) throw invalidInput(issues);
  return value.user_id;
}
