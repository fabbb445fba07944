/** Checks answers against the published document: an answer that fits no schema fails the test that asked for it. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { z } from 'zod';

const content = z.record(z.string(), z.looseObject({ schema: z.unknown() }));
const operation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ in: z.string(), name: z.string() })).optional(),
  responses: z.record(z.string(), z.looseObject({ content: content.optional() })),
});
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const pathItem = z.looseObject(
  Object.fromEntries(METHODS.map((method) => [method, operation.optional()])) as Record<
    (typeof METHODS)[number],
    z.ZodOptional<typeof operation>
  >,
);
const documentSchema = z.looseObject({ paths: z.record(z.string(), pathItem) });

export type ApiDocument = z.infer<typeof documentSchema>;

/** The parts of an answer that are checked. */
export interface Judged {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Checks answers against one document. */
export class Contract {
  readonly document: ApiDocument;
  private readonly ajv: Ajv2020;
  private readonly templates: readonly { readonly template: string; readonly pattern: RegExp }[];
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(text: string) {
    this.document = documentSchema.parse(JSON.parse(text));
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(this.ajv);
    this.ajv.addSchema(closed(JSON.parse(text)) as object, 'api');
    this.templates = Object.keys(this.document.paths)
      // The service takes a slash at the end of a path for nothing. A path without parameters goes before one with a parameter in the same place.
      .toSorted((a, b) => a.split('{').length - b.split('{').length)
      .map((template) => ({ template, pattern: new RegExp(`^${template.replaceAll(/\{[a-z]+\}/gi, '[^/]+')}/?$`) }));
  }

  /** The document's path template for a path; undefined when there is none. */
  findTemplate(path: string): string | undefined {
    const [bare = ''] = path.split('?');
    return this.templates.find(({ pattern }) => pattern.test(bare))?.template;
  }

  /** @throws Error that says how an answer differs from the document. */
  judge(method: string, path: string, answer: Judged): void {
    const template = this.findTemplate(path);
    const name = METHODS.find((one) => one === (method === 'HEAD' ? 'get' : method.toLowerCase()));
    const item = template === undefined || name === undefined ? undefined : this.document.paths[template]?.[name];
    const where = `${method} ${template ?? path} ${answer.status}`;
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (!item || template === undefined || name === undefined) {
      this.validate('#/components/schemas/Problem', `${where} (not in the document)`, answer.text);
      compareMessages(where, JSON.parse(answer.text));
      return;
    }
    const response = item.responses[answer.status];
    if (!response) throw new Error(`${where}: the document has no such status: ${answer.text}`);
    if (answer.status < 300) this.judgePath(path, { template, name }, item);
    if (method === 'HEAD') return;
    if (!response.content) {
      if (answer.text !== '') throw new Error(`${where}: the document promises no body`);
      return;
    }
    if (!(type in response.content)) throw new Error(`${where}: the document promises no ${type}`);
    if (!type.endsWith('json')) return;
    const pointer = ['paths', template, name, 'responses', String(answer.status), 'content', type, 'schema'];
    this.validate(`#/${pointer.map(escape).join('/')}`, where, answer.text);
    compareMessages(where, JSON.parse(answer.text));
  }

  /** Path parameters that the service accepted must fit the document's schemas for them. */
  private judgePath(
    path: string,
    { template, name }: { readonly template: string; readonly name: string },
    { parameters = [] }: z.infer<typeof operation>,
  ): void {
    const given = (path.split('?')[0] ?? '').split('/');
    for (const [place, part] of template.split('/').entries()) {
      const index = parameters.findIndex((one) => one.in === 'path' && `{${one.name}}` === part);
      if (index === -1) continue;
      const pointer = ['paths', template, name, 'parameters', String(index), 'schema'].map(escape).join('/');
      const value = JSON.stringify(decodeURIComponent(given[place] ?? ''));
      this.validate(`#/${pointer}`, `${name} ${template}, at ${part}`, value);
    }
  }

  private validate(pointer: string, where: string, text: string): void {
    let check = this.compiled.get(pointer);
    if (!check) {
      check = this.ajv.compile({ $ref: `api${pointer}` });
      this.compiled.set(pointer, check);
    }
    if (check(JSON.parse(text))) return;
    throw new Error(`${where}: ${this.ajv.errorsText(check.errors, { dataVar: 'answer' })}: ${text.slice(0, 2_000)}`);
  }
}

/** Every problem in an answer, including those of a batch's commands, has the same text in `message` and `detail`. */
function compareMessages(where: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const { type, detail, message }: { type?: unknown; detail?: unknown; message?: unknown } = value;
  const isProblem = typeof type === 'string' && type.includes('/docs/errors/');
  if (isProblem && (typeof message !== 'string' || message !== detail)) {
    throw new Error(`${where}: a problem's message differs from its detail: ${JSON.stringify(value)}`);
  }
  for (const inner of Object.values(value)) compareMessages(where, inner);
}

/** Encodes a part of a JSON pointer for a URI's fragment. */
function escape(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

const contracts = new Map<string, Contract>();
const byUrl = new Map<string, Promise<Contract>>();

/** Loads the contract of the API at a URL. */
export async function contractOf(url: string): Promise<Contract> {
  const known = byUrl.get(url) ?? readContract(url);
  byUrl.set(url, known);
  return known;
}

async function readContract(url: string): Promise<Contract> {
  const text = await (await fetch(`${url}/openapi.json`)).text();
  const contract = contracts.get(text) ?? new Contract(text);
  contracts.set(text, contract);
  return contract;
}

/**
 * Schemas of what may have members that the document does not name: problems, which are put together of several schemas, the
 * document itself, and a spelling that it leaves out.
 */
const OPEN = /(Problem|Details|GetOpenApiDocumentReply|GetReferenceAssetReply|CheckInConfig)$/;

/**
 * A document in which an object has no fields but those that it names. The published one does not say so of answers, since a
 * later version may have more; a test has to notice a field that the document lacks.
 */
function closed(part: unknown, name = ''): unknown {
  if (typeof part !== 'object' || part === null || name === 'allOf' || OPEN.test(name)) return part;
  if (Array.isArray(part)) return part.map((one: unknown) => closed(one));
  const inner = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value, key)]));
  const isOpen = !('properties' in part) || !('type' in part) || 'additionalProperties' in part;
  return isOpen ? inner : { ...inner, additionalProperties: false };
}

/** What a reference such as `#/components/schemas/Entry` leads to in a document. */
export function partAt(reference: string, document: unknown): unknown {
  return reference
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((part, name) => {
      const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
      return typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[key] : undefined;
    }, document);
}

/** A part of a document with what its references lead to in their place. */
export function inlined(part: unknown, document: unknown): unknown {
  if (Array.isArray(part)) return part.map((one: unknown) => inlined(one, document));
  if (typeof part !== 'object' || part === null) return part;
  const { $ref: reference }: { $ref?: unknown } = part;
  if (typeof reference === 'string') return inlined(partAt(reference, document), document);
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, inlined(inner, document)]));
}
