/** The endpoint that opens a card checkout for an org. */
import { z } from 'zod';
import { findPack, PACKS } from '../../core/billing/packs.ts';
import { uuidV7 } from '../../core/ids.ts';
import { formatUsd } from '../../core/money.ts';
import { invalidInput, orgRoute, type OrgCall } from '../endpoint/endpoint.ts';
import { requestHash } from '../endpoint/idempotency.ts';
import { usd } from '../endpoint/validate.ts';
import type { SurfaceDeps } from '../deps.ts';
import { inputOfPairs, openCheckout } from '../money/opened-checkout.ts';
import { checkRedirects } from '../money/redirects.ts';
import { keyFields, metadata } from '../money/schemas.ts';
import type { Reply } from '../server/reply.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const MICROS_PER_CENT = 10_000n;
const MICROS_PER_DOLLAR = 1_000_000n;

const checkoutBody = z
  .strictObject({
    packId: z
      .string()
      .optional()
      .meta({ description: 'The id of the pack that is bought; or `amountUsd` in its place.', examples: ['starter'] }),
    amountUsd: usd.optional().describe('What is bought, in whole cents; in place of packId.'),
    successUrl: z.string().meta({
      description: 'Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.',
      examples: ['https://shop.example/paid'],
    }),
    cancelUrl: z
      .string()
      .meta({ description: 'Where the payer goes without paying.', examples: ['https://shop.example/cart'] }),
    metadata: metadata.optional().describe("The caller's own pairs of text, kept with the order."),
    savePaymentMethod: z
      .boolean()
      .optional()
      .describe('Keeps the payment method, so that auto-refill may be turned on.'),
    ...keyFields,
  })
  .meta({
    examples: [{ packId: 'starter', successUrl: 'https://shop.example/paid', cancelUrl: 'https://shop.example/cart' }],
  });
const checkoutReply = z.strictObject({
  url: z
    .string()
    .nullable()
    .meta({
      description: 'Where the payer pays; null once the checkout is closed.',
      examples: ['https://checkout.example/c/cs_1'],
    }),
  sessionId: z.string().meta({ description: 'The id of the checkout.', examples: ['cs_test_a1'] }),
  orderId: z.uuid().describe('The id of the order.'),
  idempotencyKey: z
    .string()
    .meta({ description: 'The idempotency key of the command.', examples: ['order-8812-charge'] }),
});

type CheckoutInput = z.output<typeof checkoutBody>;

/** Opens card checkouts. */
export function checkoutRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/treasury/checkout',
    operation: 'createCheckout',
    summary: 'Opens a card checkout for a pack or an amount',
    chapter: CHAPTERS.orders,
    replies: { 200: checkoutReply },
    errors: [
      'IDEMPOTENCY_CONFLICT',
      'ORDER_NOT_OPEN',
      'PAYMENTS_NOT_CONFIGURED',
      'PAYMENT_PROVIDER_FAILED',
      'CARD_DECLINED',
      'RATE_LIMITED',
    ],
    idempotent: true,
    scopes: ['treasury:admin'],
    query: NO_QUERY,
    body: checkoutBody,
  } as const;
  return [orgRoute(deps.guard, specification, async (call) => checkOut(deps, call))];
}

async function checkOut(
  deps: SurfaceDeps,
  { org, caller, body, idempotencyKey }: OrgCall<CheckoutInput, unknown>,
): Promise<Reply> {
  const { cards, clock } = deps;
  const { successUrl, cancelUrl, metadata: notes = {}, savePaymentMethod: saveMethod = false } = body;
  checkRedirects(deps, caller, { successUrl, cancelUrl });
  const bought = readPurchase(body, cards);
  const key = idempotencyKey?.text ?? uuidV7(clock.nowMs());
  const hash = requestHash('checkout', org.id, {
    pack: bought.pack ?? undefined,
    priceMicros: bought.priceMicros,
    successUrl,
    cancelUrl,
    metadata: inputOfPairs(notes),
    // Left out where it is false, so that requests of before it existed keep their hash.
    saveMethod: saveMethod || undefined,
  });
  const { opened, headers } = await openCheckout(deps, {
    org: org.id,
    ownAccount: false,
    product: null,
    ...bought,
    creditMicros: bought.priceMicros,
    bonusMicros: 0n,
    successUrl,
    cancelUrl,
    saveMethod,
    metadata: notes,
    key,
    hash,
  });
  const reply: z.input<typeof checkoutReply> = {
    url: opened.url,
    sessionId: opened.session,
    orderId: opened.order,
    idempotencyKey: key,
  };
  return { body: reply, headers };
}

/** What is bought: a pack, or an amount within the bounds of a top-up. */
function readPurchase(
  { packId, amountUsd: amountMicros }: CheckoutInput,
  { topup }: SurfaceDeps['cards'],
): {
  readonly pack: string | null;
  readonly name: string;
  readonly priceMicros: bigint;
  readonly freeGiftCards: number;
} {
  if ((packId === undefined) === (amountMicros === undefined)) {
    throw invalidInput([{ path: 'packId', message: 'give either packId or amountUsd' }]);
  }
  if (packId !== undefined) {
    const pack = findPack(packId);
    if (!pack)
      throw invalidInput([{ path: 'packId', message: `must be one of ${PACKS.map(({ id }) => id).join(', ')}` }]);
    const name = `${pack.name}: ${formatUsd(pack.amountMicros)} USD of credit`;
    return { pack: pack.id, name, priceMicros: pack.amountMicros, freeGiftCards: pack.freeGiftCards };
  }
  const priceMicros = amountMicros ?? 0n;
  const [min, max] = [BigInt(topup.minDollars), BigInt(topup.maxDollars)];
  if (priceMicros % MICROS_PER_CENT !== 0n) {
    throw invalidInput([{ path: 'amountUsd', message: 'must be in whole cents' }]);
  }
  if (priceMicros < min * MICROS_PER_DOLLAR || priceMicros > max * MICROS_PER_DOLLAR) {
    throw invalidInput([{ path: 'amountUsd', message: `must be from ${min} to ${max} US dollars` }]);
  }
  return { pack: null, name: `${formatUsd(priceMicros)} USD of credit`, priceMicros, freeGiftCards: 0 };
}
