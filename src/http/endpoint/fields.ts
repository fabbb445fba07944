/** Fields that calls of every surface take or answer: times, amounts, pages. */
import { z } from 'zod';
import { cursor, limit } from './validate.ts';

export const time = z.iso.datetime().meta({ examples: ['2026-01-31T12:00:00.000Z'] });
/** Decimal USD with 2 to 6 places, in answers. */
export const amount = z
  .string()
  .regex(/^-?(0|[1-9][0-9]*)\.[0-9]{2,6}$/)
  .meta({ examples: ['10.50'] });
export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'To be sent as `cursor` for the next page; null on the last page.', examples: ['aG9sZHN-NDI'] });
/** The query of a list without filters. */
export const page = z.strictObject({ limit, cursor });

/** The id under which the API's document lists the services that a request may name; the configuration adds to them. */
export const SERVICE_SCHEMA = 'ServiceType';
