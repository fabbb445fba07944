/** Endpoints that make, list, show and change the products of an org. */
import { checkProductTerms } from '../../core/billing/product.ts';
import { uuidV7 } from '../../core/ids.ts';
import { findProduct, listProducts, type Product } from '../../db/billing/products.ts';
import { viewOfProduct } from '../../views/product.ts';
import { isMinter } from '../access/caller.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { invalidInput, namedOrgRoute } from '../endpoint/endpoint.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER, requestHash } from '../endpoint/idempotency.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import type { SurfaceDeps } from '../deps.ts';
import { FailedCall } from '../server/problem.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import {
  productBody,
  productChange,
  productChangeShown,
  productsQuery,
  productsReply,
  productView,
} from './schemas.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/orgs/:org/products';
const ONE = `${PATH}/:id`;
const CURSOR_KIND = 'products';
const chapter = CHAPTERS.products;
const IMMUTABLE = 'never changes: set active to false, and create a new product';

/** What an org sells. */
export function productRoutes(deps: SurfaceDeps): Route[] {
  return [createRoute(deps), listRoute(deps), readRoute(deps), changeRoute(deps)];
}

function createRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: PATH,
    operation: 'createProduct',
    summary: "Makes a product, and its counterpart in the org's Stripe account",
    chapter,
    replies: { 201: productView },
    errors: ['IDEMPOTENCY_CONFLICT', 'PAYMENTS_NOT_CONFIGURED', 'PAYMENT_PROVIDER_FAILED', 'CARD_DECLINED'],
    idempotent: true,
    scopes: ['treasury:admin'],
    query: NO_QUERY,
    body: productBody,
  } as const;
  return namedOrgRoute(deps.guard, specification, async ({ caller, org, body, idempotencyKey }) => {
    const { name, billing_model: billingModel, price_cents: priceCents, amount_micros: amountMicros } = body;
    const terms = { priceCents, amountMicros };
    checkProductTerms(terms, { isMinter: isMinter(caller), isTrusted: org.billingTrusted });
    const key = idempotencyKey?.text ?? uuidV7(deps.clock.nowMs());
    const hash = requestHash('product', org.id, { name, billingModel, ...terms });
    try {
      const made = await deps.cards.catalog.create({ org: org.id, name, billingModel, ...terms, key, hash });
      const headers = { [IDEMPOTENCY_HEADER]: key, ...(made.replayed ? { [REPLAYED_HEADER]: 'true' } : {}) };
      return { status: 201, body: viewOfProduct(await getProduct(deps, org.id, made.id)), headers };
    } catch (error) {
      // The outcome may be unknown: only the same key finds the same product.
      throw new FailedCall(error, { [IDEMPOTENCY_HEADER]: key });
    }
  });
}

function listRoute({ guard, forOrg, cards }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: PATH,
    operation: 'listProducts',
    summary: 'The products of an org in the mode of its key, newest first',
    chapter,
    replies: { 200: productsReply },
    scopes: ['treasury:read'],
    query: productsQuery,
    body: NO_BODY,
  } as const;
  return namedOrgRoute(guard, specification, async ({ org, query: { limit, cursor, include_inactive: which } }) => {
    const beforeId = decodeCursor(cursor, CURSOR_KIND, readUuid);
    const mode = (await cards.orgAccounts.describe(org.id)).mode ?? cards.mode;
    const page = { org: org.id, mode, inactiveToo: which === 'true', beforeId, limit: limit + 1 };
    const { page: found, nextCursor } = pageOf(await listProducts(forOrg(org.id), page), limit, ({ id }) =>
      encodeCursor(CURSOR_KIND, id),
    );
    return { body: { products: found.map(viewOfProduct), next_cursor: nextCursor } };
  });
}

function readRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: ONE,
    operation: 'getProduct',
    summary: 'A product of an org',
    chapter,
    replies: { 200: productView },
    scopes: ['treasury:read'],
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return namedOrgRoute(deps.guard, specification, async ({ org, params }) => ({
    body: viewOfProduct(await getProduct(deps, org.id, readId(params['id'], 'product'))),
  }));
}

function changeRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'PATCH',
    path: ONE,
    operation: 'updateProduct',
    summary: 'Renames a product, takes it out of sale or puts it back',
    chapter,
    replies: { 200: productView },
    errors: ['PAYMENTS_NOT_CONFIGURED', 'PAYMENT_PROVIDER_FAILED', 'CARD_DECLINED'],
    scopes: ['treasury:admin'],
    query: NO_QUERY,
    body: productChange,
    bodyShown: productChangeShown,
  } as const;
  return namedOrgRoute(deps.guard, specification, async ({ caller, org, params, body }) => {
    const id = readId(params['id'], 'product');
    const { name, active, ...fixed } = body;
    const issues = Object.keys(fixed).map((path) => ({ path, message: IMMUTABLE }));
    if (issues.length > 0) throw invalidInput(issues);
    if (active === true) {
      // Whatever it is now: somebody who may might take it off sale at this moment.
      const terms = await getProduct(deps, org.id, id);
      checkProductTerms(terms, { isMinter: isMinter(caller), isTrusted: org.billingTrusted }, 'active');
    }
    await deps.cards.catalog.change(org.id, id, { name, active });
    return { body: viewOfProduct(await getProduct(deps, org.id, id)) };
  });
}

/** @throws Refusal NOT_FOUND when the org has no such product */
async function getProduct({ forOrg }: SurfaceDeps, org: string, id: string): Promise<Product> {
  const product = await findProduct(forOrg(org), org, id);
  if (product) return product;
  throw notFound('product');
}
