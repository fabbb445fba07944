/** What alone some credit may pay for: in calls that give it, and in answers. */
import { z } from 'zod';
import { RESTRICTED_TO_MAX, restrictionOf, type Restriction } from '../../core/lots/restriction.ts';
import { parseServiceType, type Services } from '../../core/ledger/vocabulary.ts';
import { amount, time } from '../endpoint/fields.ts';
import { action } from './price-fields.ts';
import { serviceType } from './schemas.ts';

/** Services, actions of the price book, or both: then a command has to fit both. */
export const restrictedTo = z.strictObject({
  services: z
    .array(serviceType)
    .min(1)
    .max(RESTRICTED_TO_MAX)
    .optional()
    .describe('The services it may pay for; left out: every service.'),
  actions: z
    .array(action)
    .min(1)
    .max(RESTRICTED_TO_MAX)
    .optional()
    .describe('The actions it may pay for; left out: every action.'),
});

/** The same in answers; null: every service, every action. */
const restrictionFields = {
  services: z.array(z.string()).nullable().describe('The services it may pay for; null: every service.'),
  actions: z.array(z.string()).nullable().describe('The actions it may pay for; null: every action.'),
};
export const restrictionShown = z.strictObject(restrictionFields);

/** What is left of restricted credit, and what ends next, in the balance of an org. */
export const lotsShown = {
  restricted: z
    .array(z.strictObject({ ...restrictionFields, availableUsd: amount.describe('What is left of it, in USD.') }))
    .describe('The part of it that is for some things only.'),
  nextExpiry: z
    .strictObject({ amountUsd: amount.describe('How much ends, in USD.'), expiresAt: time.describe('When it ends.') })
    .nullable()
    .describe('What ends next, on one day (UTC); null where nothing ends.'),
};

/**
 * The restriction that a caller names; undefined without one.
 * @throws Refusal for a service that is not offered, VALIDATION_FAILED for a restriction to nothing
 */
export function readRestriction(
  named: z.output<typeof restrictedTo> | undefined,
  services: Services,
): Restriction | undefined {
  if (named === undefined) return undefined;
  return restrictionOf({ ...named, services: named.services?.map((name) => parseServiceType(name, services)) });
}
