/** What the operator's calls about orgs take and answer. */
import { z } from 'zod';
import { ENTRY_TYPES } from '../../core/ledger/vocabulary.ts';
import { cursor, limit, moment, signedUsd, text, usdOrZero } from '../validate.ts';
import { amount, keyFields, nextCursor, outcomeFields, serviceType, time } from '../treasury/schemas.ts';

const name = text(200);
const externalId = text(255);

export const createOrgBody = z.strictObject({ name, externalId: externalId.optional() });

export const changeOrgBody = z.strictObject({
  name: name.optional(),
  externalId: externalId.nullable().optional(),
  /** Suspends by hand, or lifts that. */
  suspended: z.boolean('must be true or false').optional(),
  /** How much the org may have credited at a time under the early policy of a chain; 0: nothing. */
  provisionalLimitUsd: usdOrZero.optional(),
});

export const orgReply = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  externalId: z.string().nullable(),
  walletId: z.uuid(),
  suspendedAt: time.nullable(),
  provisionalLimitUsd: amount,
  createdAt: time,
});

export const orgsQuery = z.strictObject({ limit, cursor });
export const orgsReply = z.strictObject({ orgs: z.array(orgReply), nextCursor });

export const bookingBody = z.strictObject({
  type: z.enum(ENTRY_TYPES, `must be one of ${ENTRY_TYPES.join(', ')}`),
  /** Above zero, the type gives the direction; only types that go both ways take a minus. */
  amountUsd: signedUsd,
  reason: text(1000),
  /** The service that gives back. */
  serviceType: serviceType.optional(),
  expiresAt: moment.optional(),
  reference: text(255).optional(),
  ...keyFields,
});

export const bookingReply = z.strictObject({
  entryId: z.string(),
  type: z.enum(ENTRY_TYPES),
  /** Signed: what the wallet gained. */
  amountUsd: amount,
  reason: z.string().nullable(),
  reference: z.string().nullable(),
  createdAt: time,
  ...outcomeFields,
});
