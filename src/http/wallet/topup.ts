/** The endpoint that opens a card checkout for a user, on the platform's account. */
import type { z } from 'zod';
import { parseDecimal } from '../../core/decimal.ts';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import { formatUsd, MoneyError } from '../../core/money.ts';
import { openUserWallet } from '../../db/access/users.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { requestHash } from '../endpoint/idempotency.ts';
import { ExactNumber } from '../endpoint/json.ts';
import { serviceRoute } from '../endpoint/people.ts';
import type { SurfaceDeps } from '../deps.ts';
import { openCheckout } from '../money/opened-checkout.ts';
import { payingUser, scopeOf } from '../money/payer.ts';
import { checkRedirects } from '../money/redirects.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { walletCaller } from './caller.ts';
import { topupBody, topupReply } from './schemas.ts';
import { CHAPTER } from './surface.ts';
import { oneOfNames } from './synonyms.ts';

const MICROS_PER_DOLLAR = 1_000_000n;
const AMOUNT_NAMES = ['amountDollars', 'amount_dollars', 'amount'];

type Input = z.output<typeof topupBody>;

/** Opens checkouts for users: for services, which send the user to the URL. */
export function topupRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/io/wallet/topup-session',
    operation: 'createTopUpSession',
    summary: 'Opens a card checkout for a user',
    chapter: CHAPTER,
    replies: { 200: topupReply },
    errors: [
      'IDEMPOTENCY_CONFLICT',
      'ORDER_NOT_OPEN',
      'PAYMENTS_NOT_CONFIGURED',
      'PAYMENT_PROVIDER_FAILED',
      'CARD_DECLINED',
      'RATE_LIMITED',
    ],
    idempotent: true,
    ignoresUnknown: true,
    query: NO_QUERY,
    body: topupBody,
    authenticate: walletCaller(deps.guard),
  } as const;
  return [
    serviceRoute(deps.guard, specification, async ({ caller, body, idempotencyKey }) => {
      const { cards, clock, forOrg } = deps;
      const { user_id: id, product } = body;
      const priceMicros = readDollars(body, cards.topup) * MICROS_PER_DOLLAR;
      const urls = readUrls(body);
      checkRedirects(deps, caller, { success_url: urls.successUrl, cancel_url: urls.cancelUrl });
      const payer = payingUser(id);
      await openUserWallet(forOrg(scopeOf(payer)), { id, at: new Date(clock.nowMs()) });
      const { opened, headers } = await openCheckout(deps, {
        org: payer.wallet,
        user: id,
        ownAccount: false,
        pack: null,
        product: null,
        name: `${formatUsd(priceMicros)} USD of credit`,
        priceMicros,
        creditMicros: priceMicros,
        bonusMicros: 0n,
        freeGiftCards: 0,
        ...urls,
        saveMethod: false,
        metadata: product === undefined ? {} : { product },
        tags: { type: 'wallet_topup' },
        key: idempotencyKey?.text ?? uuidV7(clock.nowMs()),
        hash: requestHash('wallet.topup', id, { priceMicros, product, ...urls }),
      });
      const reply: z.input<typeof topupReply> = { url: opened.url, sessionId: opened.session };
      return { body: reply, headers };
    }),
  ];
}

/** The amount, in whole dollars within the bounds of a top-up. The texts of its refusals are part of the contract. */
function readDollars(body: Input, { minDollars, maxDollars }: SurfaceDeps['cards']['topup']): bigint {
  const dollars = wholeNumber(oneOfNames(body, AMOUNT_NAMES));
  if (dollars === undefined) throw wrongAmount('amount_dollars must be an integer');
  if (dollars < BigInt(minDollars)) throw wrongAmount(`Minimum top-up is $${grouped(minDollars)}`);
  if (dollars > BigInt(maxDollars)) throw wrongAmount(`Maximum top-up per transaction is $${grouped(maxDollars)}`);
  return dollars;
}

function wholeNumber(value: unknown): bigint | undefined {
  if (!(value instanceof ExactNumber)) return undefined;
  try {
    return parseDecimal(value.source, 0);
  } catch (error) {
    if (error instanceof MoneyError) return undefined;
    throw error;
  }
}

function wrongAmount(message: string): Refusal {
  return new Refusal('VALIDATION_FAILED', message, { issues: [{ path: 'amount_dollars', message }] });
}

function grouped(dollars: number): string {
  return dollars.toLocaleString('en-US');
}

/** Where the payer goes: each URL for its own outcome, and a missing one takes the other's value. */
function readUrls({ returnUrl, success_url: success, cancel_url: cancel }: Input): {
  readonly successUrl: string;
  readonly cancelUrl: string;
} {
  const successUrl = success ?? returnUrl ?? cancel;
  const cancelUrl = cancel ?? returnUrl ?? success;
  if (successUrl === undefined || cancelUrl === undefined) {
    throw invalidInput([{ path: 'returnUrl', message: 'is required, or success_url and cancel_url' }]);
  }
  return { successUrl, cancelUrl };
}
