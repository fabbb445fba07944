/** What alone some credit may pay for: in calls that give it, and in answers. */
import { z } from 'zod';
import { RESTRICTED_TO_MAX, restrictionOf, type Restriction } from '../../core/lots/restriction.ts';
import { parseServiceType, type Services } from '../../core/ledger/vocabulary.ts';
import { amount, time } from '../endpoint/fields.ts';
import { action } from './price-fields.ts';
import { serviceType } from './schemas.ts';

/** Services, actions of the price book, or both: then a command has to fit both. */
export const restrictedTo = z.strictObject({
  services: z.array(serviceType).min(1).max(RESTRICTED_TO_MAX).optional(),
  actions: z.array(action).min(1).max(RESTRICTED_TO_MAX).optional(),
});

/** The same in answers; null: every service, every action. */
const restrictionFields = { services: z.array(z.string()).nullable(), actions: z.array(z.string()).nullable() };
export const restrictionShown = z.strictObject(restrictionFields);

/** What is left of restricted credit, and what ends next, in the balance of an org. */
export const lotsShown = {
  restricted: z.array(z.strictObject({ ...restrictionFields, availableUsd: amount })),
  nextExpiry: z.strictObject({ amountUsd: amount, expiresAt: time }).nullable(),
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
