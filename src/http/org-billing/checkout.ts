/** Endpoints that sell a product of an org by card, and that look up what became of a checkout. */
import { creditOf } from '../../core/billing/product.ts';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import { findSession, isRequestKnown } from '../../db/billing/checkouts.ts';
import { findOrder } from '../../db/billing/orders.ts';
import { findProduct } from '../../db/billing/products.ts';
import { namedOrgRoute } from '../endpoint/endpoint.ts';
import { requestHash } from '../endpoint/idempotency.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import type { SurfaceDeps } from '../deps.ts';
import { inputOfPairs, openCheckout } from '../money/opened-checkout.ts';
import { checkRedirects } from '../money/redirects.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { z } from 'zod';
import { checkoutBody, checkoutReply, verifyReply } from './schemas.ts';
import { CHAPTERS } from './surface.ts';
import { readWallet } from './wallet.ts';

const PATH = '/orgs/:org/checkout';
const SESSION_ID = /^[A-Za-z0-9_-]{1,255}$/;
const chapter = CHAPTERS.checkout;

/** Checkouts on an org's own account. */
export function checkoutRoutes(deps: SurfaceDeps): Route[] {
  return [openRoute(deps), verifyRoute(deps)];
}

function openRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: PATH,
    operation: 'createProductCheckout',
    summary: "Opens a card checkout for a product, on the org's own account",
    chapter,
    replies: { 200: checkoutReply },
    errors: [
      'IDEMPOTENCY_CONFLICT',
      'ORDER_NOT_OPEN',
      'PRODUCT_INACTIVE',
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
  return namedOrgRoute(deps.guard, specification, async ({ caller, org, body, idempotencyKey }) => {
    const {
      success_url: successUrl,
      cancel_url: cancelUrl,
      metadata = {},
      save_payment_method: saveMethod = false,
    } = body;
    checkRedirects(deps, caller, { success_url: successUrl, cancel_url: cancelUrl });
    const db = deps.forOrg(org.id);
    const key = idempotencyKey?.text ?? uuidV7(deps.clock.nowMs());
    const product = await findProduct(db, org.id, body.product_id);
    if (!product) throw notFound('product');
    if (!product.active && !(await isRequestKnown(db, org.id, key))) {
      throw new Refusal('PRODUCT_INACTIVE', 'the product is no longer sold: choose one of the list of products');
    }
    const { opened, headers } = await openCheckout(deps, {
      org: org.id,
      ownAccount: true,
      pack: null,
      product: product.id,
      name: product.name,
      item: await deps.cards.catalog.getPrice(org.id, product.id),
      ...creditOf(product),
      freeGiftCards: 0,
      successUrl,
      cancelUrl,
      saveMethod,
      metadata,
      key,
      hash: requestHash('org.checkout', org.id, {
        product: product.id,
        successUrl,
        cancelUrl,
        saveMethod,
        metadata: inputOfPairs(metadata),
      }),
    });
    return { body: { checkout_url: opened.url, session_id: opened.session, order_id: opened.order }, headers };
  });
}

function verifyRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: `${PATH}/:session/verify`,
    pathParams: { session: z.string().regex(SESSION_ID) },
    operation: 'verifyProductCheckout',
    summary: 'Asks Stripe what became of a checkout, and credits it once if it is paid',
    chapter,
    replies: { 200: verifyReply },
    errors: ['PAYMENTS_NOT_CONFIGURED', 'PAYMENT_PROVIDER_FAILED', 'CARD_DECLINED'],
    scopes: ['treasury:admin'],
    query: NO_QUERY,
    body: z.strictObject({}),
    bodyOptional: true,
  } as const;
  return namedOrgRoute(deps.guard, specification, async ({ org, params }) => {
    const session = readId(params['session'], 'checkout', (text) => SESSION_ID.test(text));
    const db = deps.forOrg(org.id);
    const checkout = await findSession(db, { org: org.id, session });
    if (!checkout) throw notFound('checkout');
    await deps.cards.cashier.verify(checkout.order);
    const order = await findOrder(db, checkout.order);
    if (!order) throw notFound('checkout');
    const { id, state } = order;
    const wallet = await readWallet(deps, org);
    return { body: { session_id: session, order_id: id, state, credited: state === 'credited', ...wallet } };
  });
}
