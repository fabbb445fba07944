/** What the document says about one call. */
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { PROBLEMS, type ProblemCode } from '../server/problem.ts';
import type { Method } from '../server/reply.ts';
import type { Access, Documented, Route } from '../server/route.ts';
import type { Form } from '../server/surface.ts';
import { answerHeadersOf, requestHeadersOf } from './headers.ts';
import { codeNameOf, titleOf, typeNameOf, type SchemaNames } from './names.ts';
import { exampleOfProblem, membersOf, problemSchema, problemsOf } from './problems.ts';

type Security = NonNullable<ZodOpenApiOperationObject['security']>;
type Responses = Record<string, ZodOpenApiResponseObject>;

const PROBLEM_TYPE = 'application/problem+json';
const JSON_TYPE = 'application/json';
const ACCEPTED = '202';

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

/** A path with `{name}` for each `:name`, as OpenAPI writes it. */
export function templateOf(path: string): string {
  return path.replaceAll(/:([a-z]+)/gi, '{$1}');
}

/** The method of a route, as OpenAPI writes it. */
export function methodOf({ method }: Route): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  const names: Readonly<Record<Method, 'get' | 'post' | 'put' | 'patch' | 'delete'>> = {
    GET: 'get',
    POST: 'post',
    PUT: 'put',
    PATCH: 'patch',
    DELETE: 'delete',
  };
  return names[method];
}

/** The operation of a route. Its bodies and answers are named after it where their schemas have no names of their own. */
export function operationOf(route: Route, names: SchemaNames): ZodOpenApiOperationObject {
  const { method, documented } = route;
  const { operation, summary, chapter, access, query, scopes, freshSignIn = false } = documented;
  const needs = scopes.length === 0 ? '' : ` Keys need the scope ${scopes.map((one) => `\`${one}\``).join(' or ')}.`;
  const header = requestHeadersOf(route);
  return {
    operationId: operation,
    summary: titleOf(operation),
    description: `${summary}. ${CALLER[access]}${needs}${freshSignIn ? FRESH_SIGN_IN : ''}`,
    tags: [chapter.title],
    security: securityOf(documented),
    requestParams: { path: pathParamsOf(route), query: queryFieldsOf(query), header },
    ...(method === 'GET' || method === 'DELETE' ? {} : { requestBody: requestBodyOf(documented, names) }),
    responses: { ...problemResponsesOf(route, names), ...replyResponsesOf(route, names) },
  };
}

function requestBodyOf(
  { operation, body, bodyShown = body }: Documented,
  names: SchemaNames,
): NonNullable<ZodOpenApiOperationObject['requestBody']> {
  // The generator leaves out the examples of a schema that transforms its input, such as an amount into micros.
  const [example] = bodyShown.meta()?.examples ?? [];
  const schema = names.name(bodyShown, `${typeNameOf(operation)}Request`);
  return {
    required: true,
    content: { [JSON_TYPE]: { schema, ...(example === undefined ? {} : { example }) } },
  };
}

function securityOf({ access, scopes }: Documented): Security {
  if (access === 'open') return [];
  if (access === 'person') return [{ sso: [] }, { session: [] }];
  const keys: Security = scopes.length === 0 ? [{ apiKey: [] }] : scopes.map((scope) => ({ apiKey: [scope] }));
  return access === 'service' ? keys : [...keys, { sso: [] }, { session: [] }];
}

function pathParamsOf({ path, documented: { pathParams = {} } }: Route): z.ZodObject {
  const parts = path.split('/');
  const params = parts.flatMap((part, place): [string, z.ZodType][] => {
    if (!part.startsWith(':')) return [];
    const name = part.slice(1);
    const schema = pathParams[name] ?? z.uuid();
    if (schema.meta()?.description !== undefined) return [[name, schema]];
    return [[name, schema.describe(name === 'id' ? `The id of the ${nounOf(parts[place - 1])}.` : `The ${name}.`)]];
  });
  return z.object(Object.fromEntries(params));
}

/** `webhook endpoint` for the part `webhook-endpoints` of a path. */
function nounOf(part = ''): string {
  return part.replaceAll('-', ' ').replace(/s$/, '');
}

/** The parameters of a query; of a query with several forms, the parameters of all forms. */
function queryFieldsOf(query: z.ZodType): z.ZodObject {
  if (query instanceof z.ZodObject) return query;
  if (!(query instanceof z.ZodDiscriminatedUnion)) throw new Error('a query must be an object, or a choice of objects');
  const forms = query.options.filter((form) => form instanceof z.ZodObject);
  const names = new Set(forms.flatMap(({ shape }) => Object.keys(shape)));
  const fieldOf = (name: string): z.ZodType => {
    const [first = z.unknown(), ...others] = forms.flatMap(({ shape }): z.ZodType[] => shape[name] ?? []);
    if (others.every((one) => one === first)) return first;
    // The word that tells the forms apart: clients know a choice of words better than a choice of schemas.
    const words = [first, ...others].map(wordOf);
    const choice = words.every((word) => word !== undefined) ? z.enum(words) : z.union([first, ...others]);
    return choice.describe(first.meta()?.description ?? '');
  };
  return z.object(Object.fromEntries([...names].map((name) => [name, fieldOf(name).optional()])));
}

/** The one text that a schema takes, whether or not it may be left out; undefined where it takes others. */
function wordOf(schema: z.ZodType): string | undefined {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return inner instanceof z.ZodLiteral && typeof inner.value === 'string' ? inner.value : undefined;
}

function replyResponsesOf(route: Route, names: SchemaNames): Responses {
  const { operation, chapter, replies, texts = [] } = route.documented;
  const name = typeNameOf(operation);
  const responses: Responses = {};
  for (const [status, schema] of Object.entries(replies)) {
    const headers = answerHeadersOf(route, status);
    const shown = schema instanceof z.ZodUndefined ? undefined : chapter.surface.form.showBody(schema);
    const named = shown && names.name(shown, `${name}${status === ACCEPTED ? 'Accepted' : 'Reply'}`);
    responses[status] = named
      ? { description: 'Done.', headers, content: { [JSON_TYPE]: { schema: named } } }
      : { description: 'Done; the answer has no body.', headers };
  }
  if (texts.length === 0) return responses;
  const content = Object.fromEntries(texts.map((type) => [type, { schema: z.string() }]));
  const headers = answerHeadersOf(route, '200');
  return {
    ...responses,
    200: { description: 'Done.', headers, content: { ...responses['200']?.content, ...content } },
  };
}

function problemResponsesOf(route: Route, names: SchemaNames): Responses {
  const { form } = route.documented.chapter.surface;
  const responses = [...problemsOf(route)].map(([status, codes]) => {
    const description = codes.map((code) => `${code}: ${PROBLEMS[code].title}.`).join(' ');
    const [first = 'INTERNAL_ERROR'] = codes;
    const example = { ...form.problemExamples, ...exampleOfProblem(first, templateOf(route.path)) };
    const headers = answerHeadersOf(route, String(status));
    const schema = problemOf(form, codes, names);
    return [String(status), { description, headers, content: { [PROBLEM_TYPE]: { schema, example } } }] as const;
  });
  return Object.fromEntries(responses);
}

/** The schema of problems with these codes, such as `OrgRequiredOrValidationFailedProblem`: one for all calls of a form. */
function problemOf(
  { problemPrefix, problemFields }: Form,
  codes: readonly ProblemCode[],
  names: SchemaNames,
): z.ZodType {
  const name = codes.map(codeNameOf).toSorted().join('Or');
  return names.once(`${problemPrefix}${name}Problem`, problemFields, () => {
    const own = z.looseObject({ ...problemFields, code: z.enum(codes).describe('The stable code of the problem.') });
    const parts = [...codes.flatMap((code) => membersOf(code) ?? []), own];
    return parts.reduce<z.ZodType>((all, part) => z.intersection(all, part), problemSchema);
  });
}
