/**
 * Makes src/api/schema.d.ts, or another file, from a running service: `node types.mjs http://127.0.0.1:8080/openapi.json
 * [file]`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

/** The calls that the app makes; the types of others would be read for nothing. */
const CALLS = [
  'GET /app/me',
  'POST /app/sign-out',
  'GET /treasury/balance',
  'GET /treasury/ledger',
  'GET /treasury/packs',
  'GET /treasury/senders',
  'POST /treasury/register-sender',
  'DELETE /treasury/senders/{id}',
  'GET /treasury/deposits',
  'GET /treasury/deposits/trace',
  'GET /treasury/holds',
  'GET /treasury/orders',
  'PATCH /treasury/orders/{id}',
  'POST /treasury/orders/{id}/cancel',
  'POST /treasury/checkout',
  'GET /treasury/settings',
  'PATCH /treasury/settings',
  'GET /treasury/statement',
  'GET /treasury/explain',
  'GET /treasury/budgets',
  'POST /treasury/budgets',
  'PATCH /treasury/budgets/{id}',
  'DELETE /treasury/budgets/{id}',
  'GET /treasury/auto-refill',
  'PUT /treasury/auto-refill',
  'GET /treasury/keys',
  'POST /treasury/keys',
  'DELETE /treasury/keys/{id}',
  'GET /treasury/members',
  'POST /treasury/sender-challenge',
  'GET /treasury/wallet-info',
  'POST /treasury/create-wallet',
  'GET /webhook-endpoints',
  'POST /webhook-endpoints',
  'PATCH /webhook-endpoints/{id}',
  'DELETE /webhook-endpoints/{id}',
  'POST /webhook-endpoints/{id}/test',
  'POST /webhook-endpoints/{id}/rotate-secret',
  'GET /webhook-endpoints/{id}/deliveries',
  'POST /webhook-endpoints/{id}/deliveries/{delivery}/redeliver',
  'GET /orgs/{org}/billing',
  'POST /orgs/{org}/billing',
  'GET /orgs/{org}/products',
  'POST /orgs/{org}/products',
  'PATCH /orgs/{org}/products/{id}',
  'POST /orgs/{org}/checkout',
  'POST /orgs/{org}/checkout/{session}/verify',
  'GET /credits/balance',
  'GET /credits/transactions',
  'POST /credits/redeem',
  'POST /checkin',
  'POST /payment/create-session',
  'GET /subscription/plans',
  'GET /subscription',
  'POST /subscription/change',
  'POST /subscription/cancel',
  'POST /subscription/resume',
  'POST /subscription/portal',
  'GET /admin/orgs',
  'GET /admin/orgs/{org}',
  'PATCH /admin/orgs/{org}',
  'GET /admin/search',
  'GET /admin/jobs',
  'POST /admin/orgs/{org}/entries',
  'GET /admin/deposits/{id}',
  'POST /admin/deposits/{id}/note',
  'GET /admin/orders',
  'GET /admin/orders/{id}',
  'POST /admin/orders/{id}/refunds',
  'GET /admin/disputes',
  'GET /admin/disputes/{id}/evidence',
  'POST /admin/disputes/{id}/submit',
  'POST /admin/disputes/{id}/accept',
  'GET /admin/payments/inbox',
  'POST /admin/payments/inbox/{id}/replay',
  'GET /admin/payments/explain',
  'GET /admin/reports/journal',
  'GET /admin/reports/trial-balance',
  'GET /admin/reports/revenue',
  'GET /admin/reports/liability',
  'GET /admin/reports/breakage',
  'GET /admin/reports/deferred',
  'POST /admin/rails/{rail}/release',
  'POST /admin/chains/{chain}/freeze',
  'POST /admin/chains/{chain}/release',
  'GET /admin/prices',
  'POST /admin/prices',
  'GET /admin/billing/plans',
  'POST /admin/billing/plans',
  'PUT /admin/billing/plans/{id}',
  'GET /admin/billing/coupons',
  'POST /admin/billing/coupons',
  'GET /admin/checkin/config',
  'PUT /admin/checkin/config',
  'GET /admin/deposits',
  'POST /admin/deposits/{id}/assign',
  'POST /admin/deposits/{id}/ignore',
  'GET /admin/approvals',
  'GET /admin/approvals/{id}',
  'GET /admin/users/{id}',
  'POST /admin/users/{id}/suspend',
  'POST /admin/approvals/{id}/approve',
  'POST /admin/approvals/{id}/reject',
  'GET /admin/chains',
  'GET /admin/reconciliation',
  'GET /admin/audit',
];

/** The document with these calls alone, and of their answers those that are no refusal. */
function narrow(document) {
  const paths = {};
  for (const call of CALLS) {
    const [method, path] = call.split(' ');
    const name = method.toLowerCase();
    const operation = document.paths[path]?.[name];
    if (!operation) throw new Error(`the document has no ${call}`);
    const fine = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
    paths[path] = { ...paths[path], [name]: { ...operation, responses: Object.fromEntries(fine) } };
  }
  const { webhooks: _, ...rest } = document;
  return {
    ...rest,
    paths,
    components: { schemas: used(paths, document.components.schemas), headers: document.components.headers },
  };
}

/** The schemas that are named, by others as well. */
function used(value, schemas, found = {}) {
  for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (name in found) continue;
    found[name] = schemas[name];
    used(schemas[name], schemas, found);
  }
  return found;
}

const OWN = join(import.meta.dirname, 'src', 'api', 'schema.d.ts');
const [from = 'http://127.0.0.1:8080/openapi.json', to = OWN] = process.argv.slice(2);
const text = from.startsWith('http') ? await (await fetch(from)).text() : await readFile(from, 'utf8');
const types = astToString(await openapiTS(narrow(JSON.parse(text))));
await writeFile(to, `/** Made by types.mjs from the API's document. */\n${types}`);
