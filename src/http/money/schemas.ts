/** Schemas that calls that move money share: the service, the idempotency key, and the entries in their answers. */
import { z } from 'zod';
import { ENTRY_TYPES, RESERVED_SERVICE_TYPES, SERVICE_TYPES } from '../../core/ledger/vocabulary.ts';
import type { EntryView } from '../../views/entry.ts';
import { amount, time } from '../endpoint/fields.ts';

/** A service type, or a reserved one, which is refused later with SERVICE_TYPE_RESERVED. */
export const serviceType = z
  .string()
  .refine(
    (name) => [...SERVICE_TYPES, ...RESERVED_SERVICE_TYPES].some((one) => one === name),
    `must be one of ${SERVICE_TYPES.join(', ')}`,
  )
  .meta({ enum: [...SERVICE_TYPES, ...RESERVED_SERVICE_TYPES] });
/** Alternatives to the Idempotency-Key header; readIdempotencyKey checks their form. */
const keyField = z
  .unknown()
  .optional()
  .meta({ type: 'string', minLength: 1, maxLength: 255, description: 'An alternative to the Idempotency-Key header.' });
export const keyFields = { idempotencyKey: keyField, idempotency_key: keyField };
/** The fields of every answer to a call that moves money, beside its own. */
export const outcomeFields = {
  availableUsd: amount,
  heldUsd: amount,
  entries: z.array(z.lazy(() => entryView)),
  idempotencyKey: z.string(),
};

export const entryView = z
  .strictObject({
    id: z.string(),
    type: z.enum(ENTRY_TYPES),
    serviceType: z.enum(SERVICE_TYPES).nullable(),
    amountUsd: amount,
    availableDeltaUsd: amount,
    heldDeltaUsd: amount,
    availableAfterUsd: amount,
    heldAfterUsd: amount,
    giftCardsDelta: z.int(),
    giftCardsAvailableAfter: z.int().min(0),
    giftCardsHeldAfter: z.int().min(0),
    reference: z.string().nullable(),
    /** The lot that the entry opened, drew on or filled, and what the lot has left after it. */
    lotId: z.string().nullable(),
    lotLeftUsd: amount.nullable(),
    holdId: z.string().nullable(),
    depositId: z.uuid().nullable(),
    orderId: z.uuid().nullable(),
    txHash: z.string().nullable(),
    chain: z.string().nullable(),
    appId: z.string().nullable(),
    description: z.string().nullable(),
    createdAt: time,
  })
  .meta({ id: 'Entry' }) satisfies z.ZodType<EntryView>;
