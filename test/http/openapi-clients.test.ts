/** The API's document makes good clients: names, descriptions, examples, headers and typed problems. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { EVENT_KINDS } from '../../src/core/events/kinds.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { partAt } from '../support/http/contract.ts';

const content = z.record(
  z.string(),
  z.looseObject({ schema: z.looseObject({ $ref: z.string().optional() }), example: z.unknown().optional() }),
);
const response = z.looseObject({
  headers: z.record(z.string(), z.unknown()).optional(),
  content: content.optional(),
});
const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  parameters: z.array(z.looseObject({ in: z.string(), name: z.string(), schema: z.looseObject({}) })).default([]),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), response),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  webhooks: z.record(z.string(), z.record(z.string(), operation.extend({ responses: z.unknown() }))),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});
type Operation = z.output<typeof operation>;

interface Call extends Operation {
  /** Method and path. */
  readonly call: string;
  readonly pointer: string;
}

const TITLE_CHARS_MAX = 40;
/** What a call does; its name begins with one of these. */
const VERBS = new Set(
  [
    'accept add adjust approve assign cancel capture change check claim close configure create deduct delete erase explain',
    'extend finish freeze get grow heartbeat ignore list note open put receive redeem redeliver refund register reject',
    'release reopen replay report resume revoke rotate run search send set show sign start stream submit suspend trace update verify',
  ].flatMap((line) => line.split(' ')),
);
/** Calls of programs that are no clients of the API: the app's pages, the reference, the webhooks of providers. */
const PAGES = /^\w+ \/(app(\/(?!me|sign-out).*)?|docs.*|openapi\.json|configure\/billing)?$/;

let api: TestApi;
let document: z.output<typeof documentSchema>;
let calls: Call[];
let ajv: Ajv2020;
beforeAll(async () => {
  api = await startTestApi();
  const text = await (await fetch(`${api.url()}/openapi.json`)).text();
  document = documentSchema.parse(JSON.parse(text));
  const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
  calls = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, one]) => ({
      ...one,
      call: `${method.toUpperCase()} ${path}`,
      pointer: `#/paths/${escaped(path)}/${method}`,
    })),
  );
  ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }));
  ajv.addSchema(JSON.parse(text), 'api');
});
afterAll(async () => api.stop());

/** Whether a schema says what it is, itself or where it refers to. */
function isDescribed(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  const { description, $ref: reference }: { description?: unknown; $ref?: unknown } = given;
  if (typeof description === 'string' && description.length > 0) return true;
  return typeof reference === 'string' && isDescribed(partAt(reference, document));
}

const choices = z.array(z.looseObject({ $ref: z.string().optional(), type: z.unknown().optional() }));

/** A choice between two named objects. */
const pair = z.looseObject({ oneOf: z.array(z.looseObject({ $ref: z.string() })).length(2) });
const members = z.looseObject({ properties: z.record(z.string(), z.looseObject({ enum: z.unknown().optional() })) });

/** Whether a choice is an object, itself or where it refers to. */
function isObject({ $ref: reference, type }: z.output<typeof choices>[number]): boolean {
  return reference === undefined ? type === 'object' : isObject(choices.element.parse(partAt(reference, document)));
}

/** Calls `see` with every property of the schemas in a part of the document, once. */
function eachProperty(part: unknown, place: string, see: (place: string, schema: unknown) => void): void {
  if (typeof part !== 'object' || part === null) return;
  if (Array.isArray(part)) {
    for (const [index, one] of part.entries()) eachProperty(one, `${place}.${index}`, see);
    return;
  }
  for (const [name, inner] of Object.entries(part)) {
    if (name === 'example' || name === 'examples') continue;
    if (name === 'properties' && typeof inner === 'object' && inner !== null) {
      for (const [property, schema] of Object.entries(inner)) see(`${place}.${property}`, schema);
    }
    eachProperty(inner, `${place}.${name}`, see);
  }
}

describe('names', () => {
  test('S22 each call is a verb and what it is about, with a short title and a description', () => {
    const ids = calls.map(({ operationId }) => operationId);
    expect(ids.filter((id) => !VERBS.has(/^[a-z]+/.exec(id)?.[0] ?? '') || !/^[a-zA-Z]+$/.test(id))).toEqual([]);
    expect(calls.filter(({ summary }) => summary.length > TITLE_CHARS_MAX).map(({ call }) => call)).toEqual([]);
    expect(calls.filter(({ description }) => !/^[A-Z].+\.$/s.test(description)).map(({ call }) => call)).toEqual([]);
    expect(ids).toEqual(
      expect.arrayContaining(['getBalance', 'createDebit', 'createHold', 'captureHold', 'listEvents']),
    );
  });

  test('S22 what calls take and answer has names that are used', () => {
    const names = Object.keys(document.components.schemas);
    const main =
      'Balance Debit Hold Entry Deposit Sender Order Key Event Approval Org Problem CreditInsufficientDetails';
    expect(names).toEqual(expect.arrayContaining(main.split(' ')));
    expect(names.filter((name) => !/^[A-Z][A-Za-z]+$/.test(name) || name.endsWith('Output'))).toEqual([]);
    const text = JSON.stringify(document);
    expect(names.filter((name) => !text.includes(`"#/components/schemas/${name}"`))).toEqual([]);
    const unnamed = calls.flatMap(({ call, requestBody, responses }) => {
      const json = [requestBody, ...Object.values(responses)].flatMap(
        (one) => one?.content?.['application/json'] ?? [],
      );
      return json.filter(({ schema }) => !('$ref' in schema) && Object.keys(schema).length > 1).map(() => call);
    });
    expect(unnamed.filter((call) => !PAGES.test(call) && !/webhook/.test(call))).toEqual([]);
  });

  test('S22 an event has a schema of its own for each type, found by the type', () => {
    const discriminator = document.components.schemas['Event']?.['discriminator'];
    const { propertyName, mapping } = z
      .looseObject({ propertyName: z.string(), mapping: z.record(z.string(), z.string()) })
      .parse(discriminator);
    expect(propertyName).toBe('type');
    expect(Object.keys(mapping).toSorted()).toEqual([...EVENT_KINDS].toSorted());
    expect(mapping['deposit.set_aside']).toBe('#/components/schemas/DepositSetAsideEvent');
  });
});

describe('descriptions', () => {
  test('S22 every property of every schema has one', () => {
    const bare: string[] = [];
    const see = (place: string, schema: unknown): void => {
      if (!isDescribed(schema)) bare.push(place);
    };
    eachProperty(document.components.schemas, 'schemas', see);
    for (const { call, requestBody, responses } of calls) eachProperty({ requestBody, responses }, call, see);
    expect(bare).toEqual([]);
  });

  test('S22 so has every parameter', () => {
    const bare = calls.flatMap(({ call, parameters }) =>
      parameters.filter((one) => !isDescribed(one) && !isDescribed(one.schema)).map(({ name }) => `${call} ${name}`),
    );
    expect(bare).toEqual([]);
  });
});

describe('schemas', () => {
  test('S22 none says that further members may be anything', () => {
    expect(JSON.stringify(document)).not.toContain('"additionalProperties":{}');
  });

  test('S22 an answer may have further fields later, a request may not', () => {
    const schemas = document.components.schemas;
    for (const name of ['Balance', 'Debit', 'DebitPreview', 'Entry', 'DepositCreditedEvent']) {
      expect([name, schemas[name]]).not.toHaveProperty('1.additionalProperties');
    }
    expect(schemas['CreateDebitRequest']).toHaveProperty('additionalProperties', false);
    for (const { responses } of calls) expect(JSON.stringify(responses)).not.toContain('"additionalProperties":false');
  });

  test('S22 of a choice between objects exactly one fits, but for what the commands of a batch answer', () => {
    const open: string[] = [];
    const find = (part: unknown, place: string): void => {
      if (typeof part !== 'object' || part === null) return;
      for (const [name, inner] of Object.entries(part)) {
        if (name === 'anyOf' && choices.parse(inner).filter(isObject).length > 1) open.push(place);
        find(inner, `${place}.${name}`);
      }
    };
    find({ ...document.paths, ...document.components.schemas }, '');
    expect(open).toEqual(['.RunBatchReply.properties.results.items.properties.result']);
  });

  test('S22 choices that both objects of a choice have are schemas of their own: spelled out twice they are two types', () => {
    const spelled: string[] = [];
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      const both = pair.safeParse(schema);
      if (!both.success) continue;
      const [first = {}, second = {}] = both.data.oneOf.map(
        ({ $ref }) => members.parse(partAt($ref, document)).properties,
      );
      for (const [field, { enum: words }] of Object.entries(first)) {
        if (words !== undefined && field in second) spelled.push(`${name}.${field}`);
      }
    }
    expect(spelled).toEqual([]);
  });

  test('S22 an answer is no preview of one, and a preview no answer', () => {
    const name = '#/components/schemas/HeartbeatHoldReply';
    const ajvOf = ajv.getSchema(`api${name}`);
    if (ajvOf === undefined) throw new Error(`the document lacks ${name}`);
    const end = '2026-01-31T12:00:00.000Z';
    const alive = { holdId: 'hold_1', heartbeatSeconds: 60, aliveUntil: end, expiresAt: end };
    const fits = (value: object): boolean => ajvOf(value) === true;
    expect([fits(alive), fits({ ...alive, dryRun: true }), fits({ ...alive, dryRun: false })]).toEqual([
      true,
      true,
      false,
    ]);
    expect(fits({ ...alive, later: 'a field of a later version' })).toBe(true);
  });

  test('S22 no two fields of an object have the same name in another case', () => {
    const alike = Object.entries(document.components.schemas).flatMap(([name, schema]) => {
      const { properties = {} } = z
        .looseObject({ properties: z.record(z.string(), z.unknown()).optional() })
        .parse(schema);
      const bare = Object.keys(properties).map((field) => field.replaceAll('_', '').toLowerCase());
      return new Set(bare).size === bare.length ? [] : [name];
    });
    expect(alike).toEqual([]);
  });

  test('S22 the limit of a page is a whole number', () => {
    const limits = calls.flatMap(({ parameters }) => parameters.filter(({ name }) => name === 'limit'));
    expect(limits.length).toBeGreaterThan(20);
    for (const { schema } of limits) {
      expect(schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 100, default: 20 });
      expect(schema).not.toHaveProperty('pattern');
    }
  });

  test('S22 calls of the treasury show one spelling of the idempotency key: the header', () => {
    const text = (call: string): string => JSON.stringify(calls.find((one) => one.call === call) ?? '');
    expect(text('POST /treasury/debit')).toContain('"Idempotency-Key"');
    expect(document.components.schemas['CreateDebitRequest']).toHaveProperty('properties.amountUsd');
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      if (name.endsWith('Request')) expect([name, schema]).not.toHaveProperty('1.properties.idempotencyKey');
    }
  });

  test('S22 a problem has typed members for what is in the way', () => {
    const problem = { type: '/docs/errors/CREDIT_INSUFFICIENT', title: 't', status: 402, detail: 'd', message: 'd' };
    const base = { ...problem, code: 'CREDIT_INSUFFICIENT', instance: '/', requestId: 'r' };
    const debit = calls.find(({ call }) => call === 'POST /treasury/debit');
    const pointer = `api${debit?.pointer ?? ''}/responses/402/content/application~1problem+json/schema`;
    expect(ajv.validate(pointer, { ...base, kind: 'balance', availableUsd: '1.00' })).toBe(true);
    expect(ajv.validate(pointer, { ...base, kind: 'balance', availableUsd: 1 })).toBe(false);
    expect(ajv.validate(pointer, { ...base, kind: 'anything' })).toBe(false);
    expect(ajv.validate(pointer, { ...base, code: 'NOT_FOUND' })).toBe(false);
  });

  test('S22 a problem with the same codes has one name on all calls of a surface', () => {
    const problems = calls.flatMap(({ responses }) =>
      Object.values(responses).flatMap((one) => one.content?.['application/problem+json'] ?? []),
    );
    expect(problems.length).toBeGreaterThan(500);
    expect(problems.filter(({ schema }) => schema.$ref === undefined)).toEqual([]);
    const deduct = calls.find(({ call }) => call === 'POST /io/wallet/deduct');
    expect(deduct?.responses['500']?.content?.['application/problem+json']?.schema).toEqual({
      $ref: '#/components/schemas/UserWalletDeductInternalErrorProblem',
    });
  });
});

describe('examples', () => {
  test('S22 each body and each answer has one that its own schema takes', () => {
    let examples = 0;
    const wrong = calls.flatMap(({ call, pointer, requestBody, responses }) => {
      const answers = Object.entries(responses).map(([status, one]) => [`responses/${status}`, one] as const);
      return [['requestBody', requestBody] as const, ...answers].flatMap(([place, part]) =>
        Object.entries(part?.content ?? {}).flatMap(([type, { schema, example }]) => {
          if (!type.endsWith('json')) return [];
          examples += 1;
          const inline = `${pointer}/${place}/content/${type.replaceAll('/', '~1')}/schema`;
          if (example === undefined) return [`${call} ${place}: none`];
          // By its name, so that a schema which many answers share is compiled once.
          return ajv.validate(`api${schema.$ref ?? inline}`, example)
            ? []
            : [`${call} ${place}: ${ajv.errorsText(ajv.errors)}`];
        }),
      );
    });
    expect(wrong).toEqual([]);
    expect(examples).toBeGreaterThan(1_000);
  });
});

describe('headers', () => {
  test('S22 each answer shows those that it may carry', () => {
    const headersOf = (call: string, status: string): string[] =>
      Object.keys(calls.find((one) => one.call === call)?.responses[status]?.headers ?? {}).toSorted();
    const limits = ['RateLimit', 'RateLimit-Policy'];
    const keys = ['Idempotency-Key', 'Idempotency-Replayed'];
    expect(headersOf('POST /treasury/debit', '200')).toEqual([...keys, ...limits, 'X-Request-Id']);
    expect(headersOf('POST /treasury/debit', '429')).toEqual([...limits, 'Retry-After', 'X-Request-Id']);
    expect(headersOf('POST /treasury/debit', '503')).toContain('Retry-After');
    expect(headersOf('GET /treasury/balance', '200')).toEqual([...limits, 'X-Request-Id']);
    expect(headersOf('GET /healthz', '200')).toEqual(['X-Request-Id']);
    for (const { responses } of calls) {
      for (const one of Object.values(responses)) expect(one.headers).toHaveProperty('X-Request-Id');
    }
  });
});
