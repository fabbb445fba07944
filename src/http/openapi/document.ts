/** The API's document: OpenAPI 3.1, generated from the routes and the schemas that check their input and answers. */
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathItemObject,
} from 'zod-openapi';
import type { ServiceType } from '../../core/ledger/vocabulary.ts';
import { SERVICE_SCHEMA } from '../endpoint/fields.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '../endpoint/idempotency.ts';
import { DRY_RUN_HEADER, type Route } from '../server/route.ts';
import type { Webhook } from '../server/surface.ts';
import { Examples } from './examples.ts';
import { SchemaNames } from './names.ts';
import { methodOf, operationOf, templateOf } from './operation.ts';
import { openAnswers } from './open-answers.ts';
import { problemSchema } from './problems.ts';
import { tidy } from './tidy.ts';

type Document = ReturnType<typeof createDocument>;

const JSON_TYPE = 'application/json';

const FIRST = `**In five minutes.** An *org* is a customer of the platform. It has a *wallet*: a balance in US dollars, and the list
of every movement of it. An operator makes the org and its *keys*. The org registers the addresses that it pays from, its
*senders*, and sends USDC to a credits address: that transfer is a *deposit*. Once its blocks are final it becomes an *entry*
of the wallet, and can be spent. A service spends with a *debit*, or with a *hold* where the cost is not known yet: the hold
sets money aside, a *capture* of it takes the cost, and the rest is free again.

* **Deposits** are \`observed\` (seen), \`confirming\` (waiting for blocks), \`credited\`; \`unmatched\` (nobody's sender), \`dust\`
  (below the minimum), \`screening\` and \`quarantined\` (stopped), \`ignored\`; \`orphaned\` and \`reversed\` (the chain dropped the block).
* **The status of a balance** is \`OK\`, \`LOW\` or \`CRITICAL\` (below the org's thresholds), \`SUSPENDED\` (nothing is left to spend).
* **Entries** add (\`DEPOSIT\`, \`GRANT\`, ...), take (\`CHARGE\`, ...) or undo (\`DEPOSIT_REVERSAL\`, ...), and are never changed. In an entry an amount
  that leaves the wallet is negative; the answer of a debit names what was taken, without a sign.
* **Amounts** are text in dollars with up to six places.

**Who calls.** Send \`Authorization: Bearer <key>\`. A key that belongs to an org acts for it; a platform or admin key names the
org in \`Coffer-Org\`. People send the token of your sign-in in place of a key, and their role in the org says what they may do.
401 means that nobody is known under what was sent, 403 that the caller may not do this.`;

const ABOUT = `**Idempotency.** Calls that move money take an \`${IDEMPOTENCY_HEADER}\` header. The same request under the same key has one
effect and one answer, for ever; a repeated one carries \`${REPLAYED_HEADER}: true\`. Without a key one is made, and
the answer carries it. Clients that cannot set a header send the key as \`idempotencyKey\` in the body.

**Dry runs.** With \`${DRY_RUN_HEADER}: true\` a call that moves money answers what it would answer at this moment, from the same
rule. Nothing is written and no key is used. Calls that do not take the header refuse it.

**Pages** are newest first unless a call says otherwise: send \`nextCursor\` as \`cursor\`. Cursors are opaque.

**Errors** are problem details (RFC 9457). \`code\` is stable; \`message\`, the same text as \`detail\`, says what happened and
what to do; \`type\` is the path of the page about the code.`;

/** What the document says of the service itself. */
export interface AboutService {
  readonly version: string;
  /** The prefix of every path under which the service is reachable. */
  readonly basePath: string;
  /** The services that requests may name. */
  readonly services: readonly ServiceType[];
}

/**
 * The document of these routes.
 * @throws Error when two calls, or two schemas, would have the same name
 */
export function createApiDocument(routes: readonly Route[], about: AboutService): Document {
  const names = new SchemaNames();
  const paths: Record<string, ZodOpenApiPathItemObject> = {};
  const operations = new Set<string>();
  for (const route of routes) {
    const { operation } = route.documented;
    if (operations.has(operation)) throw new Error(`two calls of the document would be named ${operation}`);
    operations.add(operation);
    const path = templateOf(route.path);
    paths[path] = { ...paths[path], [methodOf(route)]: operationOf(route, names) };
  }
  const chapters = [...new Set(routes.map(({ documented }) => documented.chapter))];
  const surfaces = [...new Set(chapters.map(({ surface }) => surface))];
  const webhooks = surfaces.flatMap((one) => Object.entries(one.webhooks ?? {}));
  const document: ZodOpenApiObject = {
    openapi: '3.1.1',
    info: {
      title: 'Coffer',
      version: about.version,
      description: [
        'Prepaid credits, over one ledger.',
        FIRST,
        ...surfaces.flatMap(({ about: own }) => own ?? []),
        ABOUT,
      ].join('\n\n'),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: about.basePath }],
    tags: chapters.map((one) => ({ name: one.title, description: one.about })),
    paths,
    webhooks: Object.fromEntries(webhooks.map(([name, one]) => [name, { post: webhookOf(name, one) }])),
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'ck_live_...',
          description: 'An API key of this service.',
        },
        sso: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of the configured issuer.' },
        // The cookie's name depends on where the service is reached.
        session: { type: 'apiKey', in: 'cookie', name: '__Host-coffer', description: 'A session of the app.' },
      },
    },
  };
  const created = createDocument(document, { override: tidy });
  const services = created.components?.schemas?.[SERVICE_SCHEMA];
  if (typeof services === 'object' && !('$ref' in services)) services.enum = [...about.services];
  openAnswers(created);
  return withExamples(created);
}

/** The document with an example for each body and answer. */
function withExamples(document: Document): Document {
  const examples = new Examples(document.components?.schemas ?? {});
  const inItem = (item: object): object =>
    Object.fromEntries(Object.entries(item).map(([method, one]) => [method, examples.addTo(one)]));
  const inItems = (items: object = {}): object =>
    Object.fromEntries(Object.entries(items).map(([name, item]: [string, object]) => [name, inItem(item)]));
  return Object.assign(document, { paths: inItems(document.paths), webhooks: inItems(document.webhooks) });
}

/** What a receiver of webhooks is sent. */
function webhookOf(name: string, { summary, description, body, answered }: Webhook): ZodOpenApiOperationObject {
  return {
    operationId: `receive${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    summary: `Receive ${name}`,
    description: `${summary}. ${description}`,
    requestBody: { content: { [JSON_TYPE]: { schema: body } } },
    responses: { '2XX': { description: answered } },
  };
}
