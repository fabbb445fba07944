/** Schemas of the operator's calls about orgs and bookings. */
import { z } from 'zod';
import { ENTRY_TYPES } from '../../core/ledger/vocabulary.ts';
import type { OrgDetailView, OrgView } from '../../views/org.ts';
import { cursor, limit, metadataOf, moment, nameText, signedUsd, text, usdOrZero } from '../endpoint/validate.ts';
import { amount, nextCursor, time } from '../endpoint/fields.ts';
import { restrictedTo } from '../money/restriction.ts';
import { keyFields, metadata as bookingMetadata, outcomeFields, serviceType } from '../money/schemas.ts';

const name = nameText(200);
const externalId = nameText(255);

const METADATA_NAMES_MAX = 50;
/** The operator's own notes. */
const metadata = metadataOf(METADATA_NAMES_MAX);

export const createOrgBody = z.strictObject({ name, externalId: externalId.optional(), metadata: metadata.optional() });

export const changeOrgBody = z
  .strictObject({
    name: name.optional(),
    externalId: externalId.nullable().optional(),
    /** Replaces all metadata of the org. */
    metadata: metadata.optional(),
    /** true suspends the org by hand, false lifts the suspension. */
    suspended: z.boolean('must be true or false').optional(),
    /** Why it is suspended, or why the suspension is lifted. */
    reason: text(1000).optional(),
    /** How much may be credited provisionally at a time, under a chain's early policy; 0 means nothing. */
    provisionalLimitUsd: usdOrZero.optional(),
    /** trusted: the org may set its own payment account up, and sell more credit than it is paid for. */
    orgBilling: z.strictObject({ trusted: z.boolean('must be true or false') }).optional(),
  })
  .refine(({ reason, suspended }) => reason === undefined || suspended !== undefined, {
    path: ['reason'],
    message: 'goes with suspended',
  });

export const orgReply = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  externalId: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  walletId: z.uuid(),
  suspendedAt: time.nullable(),
  suspendedReason: z.string().nullable(),
  closedAt: time.nullable(),
  closedReason: z.string().nullable(),
  provisionalLimitUsd: amount,
  orgBilling: z.strictObject({ trusted: z.boolean() }),
  /** Whether it is the operator's own, such as the canary's: reports leave it out. */
  internal: z.boolean(),
  createdAt: time,
}) satisfies z.ZodType<OrgView>;

export const orgDetailReply = orgReply.extend({
  availableUsd: amount,
  heldUsd: amount,
  /** The latest suspensions by hand (`begins` is true) and their ends, newest first. */
  suspensions: z.array(
    z.strictObject({ begins: z.boolean(), reason: z.string().nullable(), actor: z.string(), at: time }),
  ),
}) satisfies z.ZodType<OrgDetailView>;

export const orgsQuery = z.strictObject({ limit, cursor });
export const orgsReply = z.strictObject({ orgs: z.array(orgReply), nextCursor });

export const bookingBody = z.strictObject({
  type: z.enum(ENTRY_TYPES, `must be one of ${ENTRY_TYPES.join(', ')}`),
  /** Above zero, with the direction given by the type; only types that go both ways take a minus. */
  amountUsd: signedUsd,
  reason: text(1000),
  /** The service that the amount is given back for. */
  serviceType: serviceType.optional(),
  expiresAt: moment.optional(),
  /** What alone the credit may pay for; grants only. */
  restrictedTo: restrictedTo.optional(),
  /** An entry of the charge that is given back; refunds only. */
  refundOf: text(100).optional(),
  reference: text(255).optional(),
  metadata: bookingMetadata.optional(),
  ...keyFields,
});

export const bookingReply = z.strictObject({
  entryId: z.string(),
  type: z.enum(ENTRY_TYPES),
  /** Signed: what the wallet gained. */
  amountUsd: amount,
  reason: z.string().nullable(),
  reference: z.string().nullable(),
  metadata: z.record(z.string(), z.string()).nullable(),
  createdAt: time,
  ...outcomeFields,
});
