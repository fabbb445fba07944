/** The API's document: OpenAPI 3.1, generated from the routes and the schemas that check their input and answers. */
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathItemObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import type { ServiceType } from '../../core/ledger/vocabulary.ts';
import { SERVICE_SCHEMA } from '../endpoint/fields.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '../endpoint/idempotency.ts';
import { PROBLEMS } from '../server/problem.ts';
import type { Chapter, Webhook } from '../server/surface.ts';
import { problemSchema, problemsOf } from './problems.ts';
import { DRY_RUN_HEADER, type Access, type Documented, type Route } from '../server/route.ts';
import type { Method } from '../server/reply.ts';

type Document = ReturnType<typeof createDocument>;
type Security = NonNullable<ZodOpenApiOperationObject['security']>;

const PROBLEM_TYPE = 'application/problem+json';
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
the answer carries it.

**Dry runs.** With \`${DRY_RUN_HEADER}: true\` a call that moves money answers what it would answer at this moment, from the same
rule. Nothing is written and no key is used. Calls that do not take the header refuse it.

**Pages** are newest first unless a call says otherwise: send \`nextCursor\` as \`cursor\`. Cursors are opaque.

**Errors** are problem details (RFC 9457). \`code\` is stable; \`message\`, the same text as \`detail\`, says what happened and
what to do; \`type\` is the path of the page about the code.`;

const ORG_HEADER_SCHEMA = z.uuid().optional().meta({
  description: 'The org that the call is about. A key that is bound to one org implies it; all other callers name it.',
});
const KEY_HEADER_SCHEMA = z
  .string()
  .regex(/^[!-~](?:[ -~]{0,253}[!-~])?$/)
  .optional()
  .meta({
    description: 'Identifies this request, so that it can be sent again safely.',
    examples: ['order-8812-charge'],
  });

const DRY_RUN_SCHEMA = z.literal('true').optional().meta({
  description: 'Answers what the call would answer, marked `dryRun`, without the ids of what is not written.',
});

const CALLER: Readonly<Record<Access, string>> = {
  open: 'Anyone may call this.',
  signedIn: 'Every signed-in caller may call this.',
  org: 'For callers of the org.',
  admin: 'For admin keys and platform admins.',
  reports: 'For admin keys, platform admins and platform finance.',
  person: 'For people, about what is their own.',
  service: 'For keys of the platform.',
  personOrService: 'For people, about what is their own, and for keys of the platform, about any user.',
};

const FRESH_SIGN_IN = ' In the app it needs a sign-in of the last 10 minutes.';

/** What the document says of the service itself. */
export interface AboutService {
  readonly version: string;
  /** The prefix of every path under which the service is reachable. */
  readonly basePath: string;
  /** The services that requests may name. */
  readonly services: readonly ServiceType[];
}

/** The document of these routes. */
export function createApiDocument(routes: readonly Route[], about: AboutService): Document {
  const paths: Record<string, ZodOpenApiPathItemObject> = {};
  for (const route of routes) {
    const path = templateOf(route.path);
    paths[path] = { ...paths[path], [nameOf(route.method)]: operationOf(route) };
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
    webhooks: Object.fromEntries(webhooks.map(([name, one]) => [name, { post: webhookOf(one) }])),
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        key: {
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
  const created = createDocument(document);
  const services = created.components?.schemas?.[SERVICE_SCHEMA];
  if (typeof services === 'object' && !('$ref' in services)) services.enum = [...about.services];
  return created;
}

/** A path with `{name}` for each `:name`, as OpenAPI writes it. */
export function templateOf(path: string): string {
  return path.replaceAll(/:([a-z]+)/gi, '{$1}');
}

function nameOf(method: Method): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  return ({ GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const)[method];
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { method, documented } = route;
  const { summary, chapter, access, idempotent = false, dryRun = false, query, scopes } = documented;
  const header = z.object({
    ...(access === 'org' && !namesOrg(route) ? { 'Coffer-Org': ORG_HEADER_SCHEMA } : {}),
    ...(idempotent ? { [IDEMPOTENCY_HEADER]: KEY_HEADER_SCHEMA } : {}),
    ...(dryRun ? { [DRY_RUN_HEADER]: DRY_RUN_SCHEMA } : {}),
  });
  const needs = scopes.length === 0 ? '' : ` Keys need the scope ${scopes.map((one) => `\`${one}\``).join(' or ')}.`;
  const body = documented.bodyShown ?? documented.body;
  // The generator leaves out the examples of a schema that transforms its input, such as an amount into micros.
  const [example] = body.meta()?.examples ?? [];
  return {
    operationId: operationIdOf(route),
    summary,
    description: CALLER[access] + needs + (documented.freshSignIn === true ? FRESH_SIGN_IN : ''),
    tags: [chapter.title],
    security: securityOf(documented),
    requestParams: { path: pathParamsOf(route), query: queryFieldsOf(query), header },
    ...(method === 'GET' || method === 'DELETE'
      ? {}
      : {
          requestBody: {
            required: true,
            content: { [JSON_TYPE]: { schema: body, ...(example === undefined ? {} : { example }) } },
          },
        }),
    responses: { ...problemResponsesOf(route), ...replyResponsesOf(documented) },
  };
}

/** Whether the path names the org that the call is about. */
function namesOrg({ path }: Route): boolean {
  return path.includes('/:org');
}

/** Method and path as one word, such as getTreasuryBalance. */
function operationIdOf({ method, path }: Route): string {
  const words = path.split(/[^a-z0-9]+/i).filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

function securityOf({ access, scopes }: Documented): Security {
  if (access === 'open') return [];
  if (access === 'person') return [{ sso: [] }, { session: [] }];
  const keys: Security = scopes.length === 0 ? [{ key: [] }] : scopes.map((scope) => ({ key: [scope] }));
  return access === 'service' ? keys : [...keys, { sso: [] }, { session: [] }];
}

function pathParamsOf({ path, documented: { pathParams = {} } }: Route): z.ZodObject {
  const names = [...path.matchAll(/:([a-z]+)/gi)].map(([, name = '']) => name);
  return z.object(Object.fromEntries(names.map((name) => [name, pathParams[name] ?? z.uuid()])));
}

/** The parameters of a query; of a query with several forms, the parameters of all forms. */
function queryFieldsOf(query: z.ZodType): z.ZodObject {
  if (query instanceof z.ZodObject) return query;
  if (!(query instanceof z.ZodDiscriminatedUnion)) throw new Error('a query must be an object, or a choice of objects');
  const forms = query.options.filter((form) => form instanceof z.ZodObject);
  const names = new Set(forms.flatMap(({ shape }) => Object.keys(shape)));
  const fieldOf = (name: string): z.ZodType => {
    const [first = z.unknown(), ...others] = forms.flatMap(({ shape }): z.ZodType[] => shape[name] ?? []);
    return others.every((one) => one === first) ? first : z.union([first, ...others]);
  };
  return z.object(Object.fromEntries([...names].map((name) => [name, fieldOf(name).optional()])));
}

function replyResponsesOf({
  chapter,
  replies,
  texts = [],
  idempotent = false,
}: Documented): Record<string, ZodOpenApiResponseObject> {
  const own = Object.entries(replies).map(([status, schema]) => [status, responseOf(schema, chapter)] as const);
  const responses = Object.fromEntries(own);
  if (texts.length > 0) {
    const content = Object.fromEntries(texts.map((type) => [type, { schema: z.string() }]));
    responses['200'] = { description: 'Done.', content: { ...responses['200']?.content, ...content } };
  }
  if (!idempotent) return responses;
  const headers = z.object({
    [IDEMPOTENCY_HEADER]: z
      .string()
      .meta({ description: 'The idempotency key of the request, or the one that was made for it.' }),
    [REPLAYED_HEADER]: z
      .literal('true')
      .optional()
      .meta({ description: 'The request was answered before; nothing was done again.' }),
  });
  return Object.fromEntries(Object.entries(responses).map(([status, one]) => [status, { ...one, headers }]));
}

function responseOf(schema: z.ZodType, { surface: { form } }: Chapter): ZodOpenApiResponseObject {
  return schema instanceof z.ZodUndefined
    ? { description: 'Done; the answer has no body.' }
    : { description: 'Done.', content: { [JSON_TYPE]: { schema: form.showBody(schema) } } };
}

function problemResponsesOf(route: Route): Record<string, ZodOpenApiResponseObject> {
  const { problemFields } = route.documented.chapter.surface.form;
  const responses = [...problemsOf(route)].map(([status, codes]) => {
    const schema = z.intersection(problemSchema, z.looseObject({ ...problemFields, code: z.enum(codes) }));
    const description = codes.map((code) => `${code}: ${PROBLEMS[code].title}.`).join(' ');
    return [String(status), { description, content: { [PROBLEM_TYPE]: { schema } } }] as const;
  });
  return Object.fromEntries(responses);
}

/** What a receiver of webhooks is sent. */
function webhookOf({ summary, description, body, answered }: Webhook): ZodOpenApiOperationObject {
  return {
    summary,
    description,
    requestBody: { content: { [JSON_TYPE]: { schema: body } } },
    responses: { '2XX': { description: answered } },
  };
}
