/** Endpoints about people: their wallets, and what was written about them. */
import { z } from 'zod';
import { eraseTexts } from '../../db/access/erase.ts';
import { forgetMember } from '../../db/access/members.ts';
import { eraseEvidence } from '../../db/billing/evidence.ts';
import { forgetRefusalsOf } from '../../db/explain/refusals.ts';
import { dropSessionsOf } from '../../db/access/sessions.ts';
import { findUser, suspendUser, type WalletUser } from '../../db/access/users.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import { viewOfUser } from '../../views/people/user.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import { amount, time } from '../endpoint/fields.ts';
import { notFound } from '../endpoint/path-ids.ts';
import { userId as walletUserId } from '../endpoint/people.ts';
import { text } from '../endpoint/validate.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const USER_ID_LENGTH_MAX = 255;
const userId = z.string().min(1).max(USER_ID_LENGTH_MAX);
const eraseReply = z.strictObject({
  userId: userId.meta({ description: 'The user.', examples: ['user-17'] }),
  erasedTexts: z
    .int()
    .min(0)
    .describe(
      'How many descriptions and metadata were erased, with their salts; those of a command and of what followed from it count once.',
    ),
});

const userReply = z
  .strictObject({
    userId: userId.meta({ description: 'The user.', examples: ['user-17'] }),
    walletId: z.uuid().describe('The id of the wallet.'),
    availableUsd: amount.describe('What can be spent, in USD.'),
    heldUsd: amount.describe('What open holds keep, in USD.'),
    suspendedAt: time.nullable().describe('When it was suspended; null while it is not.'),
    suspendedReason: z
      .string()
      .nullable()
      .meta({ description: 'Why it was suspended; null without a reason.', examples: ['under investigation'] }),
    createdAt: time.describe('When it was created.'),
  })
  .meta({ id: 'User' });
const suspendBody = z.strictObject({
  suspended: z.boolean('must be true or false').default(true).describe('False ends the suspension.'),
  reason: text(1_000)
    .optional()
    .meta({ description: 'Why, in words.', examples: ['agreed with the customer'] }),
});

/** What operators do about a person. */
export function userRoutes(deps: SurfaceDeps): Route[] {
  return [readRoute(deps), suspendRoute(deps), eraseRoute(deps)];
}

function readRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: '/admin/users/:id',
    pathParams: { id: userId },
    operation: 'getUser',
    summary: 'A user who has a wallet',
    chapter: CHAPTERS.users,
    replies: { 200: userReply },
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return adminRoute(deps.guard, specification, async ({ params }) => {
    const user = await findUser(deps.db, readUserId(params['id']));
    if (!user) throw notFound('user');
    return { body: await viewOf(deps, user) };
  });
}

function suspendRoute(deps: SurfaceDeps): Route {
  const { guard, db, clock } = deps;
  const specification = {
    method: 'POST',
    path: '/admin/users/:id/suspend',
    pathParams: { id: userId },
    operation: 'suspendUser',
    summary: "Suspends a user's own spending, or ends that; a user who has no wallet gets one",
    chapter: CHAPTERS.users,
    replies: { 200: userReply },
    query: NO_QUERY,
    body: suspendBody,
  } as const;
  return adminRoute(guard, specification, async ({ params, body: { suspended, reason = null } }) => {
    const id = readUserId(params['id']);
    const user = await suspendUser(db, { id, at: new Date(clock.nowMs()), suspended, reason });
    guard.forgetUser(id);
    return { body: await viewOf(deps, user) };
  });
}

async function viewOf({ db, clock }: SurfaceDeps, user: WalletUser): Promise<z.input<typeof userReply>> {
  return viewOfUser(user, await findStanding(db, user.wallet, new Date(clock.nowMs())));
}

/** @throws Refusal VALIDATION_FAILED for what can be no user's id */
function readUserId(parameter: unknown): string {
  const { data, error } = walletUserId.safeParse(parameter);
  if (data !== undefined) return data;
  throw invalidInput([{ path: 'id', message: error?.issues[0]?.message ?? 'is required' }]);
}

/** Erasing what was written about a person: the ledger keeps its entries, and verification reports their texts as erased. */
function eraseRoute({ guard, db }: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: '/admin/users/:id/erase',
    pathParams: { id: userId },
    operation: 'eraseUser',
    summary:
      'Erases the texts of what names a user, evidence about their orders and where they were seen; ends their sessions',
    chapter: CHAPTERS.users,
    replies: { 200: eraseReply },
    query: NO_QUERY,
    body: z.strictObject({}),
  } as const;
  return adminRoute(guard, specification, async ({ params }) => {
    const { data: user } = userId.safeParse(params['id']);
    if (user === undefined)
      throw invalidInput([{ path: 'id', message: `must have 1 to ${USER_ID_LENGTH_MAX} characters` }]);
    await dropSessionsOf(db, user);
    const body: z.input<typeof eraseReply> = { userId: user, erasedTexts: await eraseTexts(db, user) };
    await forgetMember(db, user);
    await forgetRefusalsOf(db, user);
    await eraseEvidence(db, user);
    return { body };
  });
}
