/** The setting of auto-refill on the platform's account. */
import { z } from 'zod';
import { NO_REFILL, type RefillNames, type RefillWhat } from '../../core/billing/auto-refill.ts';
import { STOP_REASONS } from '../../core/billing/refill.ts';
import { Refusal } from '../../core/errors.ts';
import { findCustomer } from '../../db/billing/customers.ts';
import { findOpenOrder } from '../../db/billing/refill-purchases.ts';
import { changeRefillSetting, findRefillSetting, type RefillSetting } from '../../db/billing/refill-settings.ts';
import { REFILL_STATES, viewOfAutoRefill, type AutoRefillView } from '../../views/auto-refill.ts';
import { actorOf } from '../access/caller.ts';
import type { SurfaceDeps } from '../deps.ts';
import { invalidInput, orgRoute } from '../endpoint/endpoint.ts';
import { amount, time } from '../endpoint/fields.ts';
import { usd, usdOrZero } from '../endpoint/validate.ts';
import type { Reply } from '../server/reply.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/treasury/auto-refill';
const SCOPES = ['treasury:admin'] as const;
const MICROS_PER_CENT = 10_000n;
/** The platform's account: there is one provider so far. */
const PLATFORM = 'stripe';

const NAMES: RefillNames = {
  enabled: 'enabled',
  threshold: 'thresholdUsd',
  what: 'packId',
  maxDay: 'maxDayUsd',
  maxMonth: 'maxMonthUsd',
  maxDayCount: 'maxDayCount',
};

/** Fields that are left out keep their value. */
const refillBody = z
  .strictObject({
    enabled: z
      .boolean()
      .describe('Whether auto-refill is on. Turning it on is the consent to be charged without being asked.'),
    thresholdUsd: usdOrZero.optional().describe('It buys when less than this can be spent, in USD.'),
    packId: z
      .string()
      .optional()
      .meta({ description: 'The pack that it buys.', examples: ['starter'] }),
    targetUsd: usd.optional().describe('It buys as much as brings the balance up to this, in place of a pack, in USD.'),
    maxDayUsd: usd.optional().describe('What all purchases of a UTC day cost at most, in USD.'),
    maxMonthUsd: usd.optional().describe('What all purchases of a UTC month cost at most, in USD.'),
    maxDayCount: z.int().optional().describe('How many purchases a UTC day has at most.'),
    consentTextVersion: z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 printable ASCII characters without spaces')
      .optional()
      .meta({ description: 'Which version of the text of consent the person saw.', examples: ['2026-11'] }),
  })
  .meta({
    examples: [
      {
        enabled: true,
        thresholdUsd: '10.00',
        packId: 'starter',
        maxDayUsd: '100.00',
        maxMonthUsd: '500.00',
        maxDayCount: 3,
      },
    ],
  });

const terms = z.strictObject({
  thresholdUsd: amount
    .nullable()
    .describe('It buys when less than this can be spent, in USD; null while it was never set.'),
  packId: z
    .string()
    .nullable()
    .meta({ description: 'The pack that it buys; null where it buys up to a target.', examples: ['starter'] }),
  targetUsd: amount
    .nullable()
    .describe(
      'It buys as much as brings the balance up to this, in place of a pack, in USD; null where it buys a pack.',
    ),
  maxDayUsd: amount.describe('What all purchases of a UTC day cost at most, in USD.'),
  maxMonthUsd: amount.describe('What all purchases of a UTC month cost at most, in USD.'),
  maxDayCount: z.int().min(1).describe('How many purchases a UTC day has at most.'),
});
const refillReply = z
  .strictObject({
    enabled: z
      .boolean()
      .describe('Whether auto-refill is on. Turning it on is the consent to be charged without being asked.'),
    state: z.enum(REFILL_STATES).describe('What auto-refill does at present.'),
    ...terms.shape,
    stopped: z
      .strictObject({ at: time.describe('When it happened.'), reason: z.enum(STOP_REASONS).describe('Why.') })
      .nullable()
      .describe('When and why the service turned it off; null when it did not.'),
    nextAttemptAt: time.nullable().describe('When it is tried again; null where it is not.'),
    openOrderId: z.uuid().nullable().describe('The order that auto-refill waits for; null where there is none.'),
    consent: z
      .strictObject({
        at: time.describe('When it happened.'),
        by: z.string().meta({ description: 'Who agreed.', examples: ['user:ada'] }),
        ...terms.shape,
        textVersion: z
          .string()
          .nullable()
          .meta({
            description: 'Which version of the text of consent the person saw; null where they named none.',
            examples: ['2026-11'],
          }),
      })
      .nullable()
      .describe('Who agreed to which terms, and when; null while it was never turned on.'),
  })
  .meta({ id: 'AutoRefill' }) satisfies z.ZodType<AutoRefillView>;

/** Reads and changes the setting of auto-refill. */
export function autoRefillRoutes(deps: SurfaceDeps): Route[] {
  const { guard, forOrg, clock, cards } = deps;
  const shared = {
    path: PATH,
    chapter: CHAPTERS.settings,
    replies: { 200: refillReply },
    scopes: SCOPES,
    query: NO_QUERY,
  };
  const get = orgRoute(
    guard,
    {
      ...shared,
      method: 'GET',
      operation: 'getAutoRefill',
      summary: 'The setting of auto-refill, and the consent to it',
      body: NO_BODY,
    },
    async ({ org }) => replyOf(deps, org.id, await findRefillSetting(forOrg(org.id), org.id, PLATFORM)),
  );
  const put = orgRoute(
    guard,
    {
      ...shared,
      method: 'PUT',
      operation: 'setAutoRefill',
      summary: 'Turns auto-refill on or off, and changes its terms',
      errors: ['PAYMENTS_NOT_CONFIGURED'],
      body: refillBody,
    },
    async ({ caller, org, body }) => {
      const { enabled, thresholdUsd: thresholdMicros, maxDayCount, consentTextVersion: textVersion } = body;
      if (enabled && cards.account === undefined) {
        throw new Refusal('PAYMENTS_NOT_CONFIGURED', 'card payments are not set up on this platform', {
          details: { missing: 'payments.stripe' },
        });
      }
      const change = {
        enabled,
        thresholdMicros,
        what: whatOf(body),
        maxDayMinor: centsOf('maxDayUsd', body.maxDayUsd),
        maxMonthMinor: centsOf('maxMonthUsd', body.maxMonthUsd),
        maxDayCount,
      };
      const at = new Date(clock.nowMs());
      const asked = { org: org.id, account: PLATFORM, change, textVersion, actor: actorOf(caller), at };
      const names = { ...NAMES, what: body.targetUsd === undefined ? NAMES.what : 'targetUsd' };
      return replyOf(deps, org.id, await changeRefillSetting(forOrg(org.id), { ...asked, names }));
    },
  );
  return [get, put];
}

async function replyOf(
  { forOrg, cards }: SurfaceDeps,
  org: string,
  setting: RefillSetting | undefined,
): Promise<Reply> {
  const { account } = cards;
  const customer = account && (await findCustomer(forOrg(org), { org, account: account.name, mode: account.mode }));
  const shown = setting ?? { ...UNSET, org };
  const openOrder = await findOpenOrder(forOrg(org), org, PLATFORM);
  const around = { hasMethod: typeof customer?.method === 'string', openOrder };
  const body: z.input<typeof refillReply> = viewOfAutoRefill(shown, around);
  return { body };
}

/** What is shown of a setting that nobody has made. */
const UNSET = { account: PLATFORM, ...NO_REFILL, consent: null, failures: 0, nextAttemptAtMs: null, stopped: null };

function whatOf({ packId: pack, targetUsd: targetMicros }: z.output<typeof refillBody>): RefillWhat | undefined {
  if (pack !== undefined && targetMicros !== undefined) {
    throw invalidInput([{ path: 'packId', message: 'give either packId or targetUsd' }]);
  }
  if (pack !== undefined) return { kind: 'pack', pack };
  return targetMicros === undefined ? undefined : { kind: 'target', targetMicros };
}

function centsOf(path: string, micros: bigint | undefined): bigint | undefined {
  if (micros === undefined) return undefined;
  if (micros % MICROS_PER_CENT === 0n) return micros / MICROS_PER_CENT;
  throw invalidInput([{ path, message: 'must be in whole cents' }]);
}
