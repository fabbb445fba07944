/** Routes of a surface are read, answered, refused and documented in its form, whatever the forms of others are. */
import type { Server } from 'node:http';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Guard } from '../../src/http/access/guard.ts';
import { signedInRoute } from '../../src/http/endpoint/endpoint.ts';
import { usdNumber, wholeAmount } from '../../src/http/endpoint/exact-fields.ts';
import { CREDITS, PLAIN, WALLET } from '../../src/http/endpoint/forms.ts';
import { createApiDocument } from '../../src/http/openapi/document.ts';
import { NO_QUERY, type Route } from '../../src/http/server/route.ts';
import { close, createHttpServer, listen } from '../../src/http/server/server.ts';
import type { Form } from '../../src/http/server/surface.ts';
import { inlined } from '../support/http/contract.ts';

/** More than floating point can tell from its neighbours. */
const BALANCE = 9_007_199_254_740_993n;

const caller = { type: 'key', keyId: 'k', kind: 'platform', scopes: [], org: null, mintLimitMicros: null } as const;
const guard = { authenticate: async () => Promise.resolve(caller) } as unknown as Guard;

/** A route that takes an amount off a balance. */
function deduct(path: string, form: Form, amount: z.ZodType<bigint>): Route {
  return signedInRoute(
    guard,
    {
      method: 'POST',
      path,
      operation: `deductFrom${path.replaceAll('/', '_')}`,
      summary: 'Takes an amount off a balance',
      chapter: { surface: { form }, title: path, about: 'A surface.' },
      replies: { 200: z.strictObject({ left: z.number() }) },
      query: NO_QUERY,
      body: z.strictObject({ amount }),
    },
    async ({ body }) => Promise.resolve({ body: { left: BALANCE - body.amount } }),
  );
}

const routes = [
  deduct('/wallet/deduct', WALLET, usdNumber),
  deduct('/credits/deduct', CREDITS, wholeAmount),
  deduct('/plain/deduct', PLAIN, wholeAmount),
];
let server: Server;
let url: string;
beforeAll(async () => {
  server = createHttpServer(routes, pino({ level: 'silent' }));
  url = await listen(server, 0, '127.0.0.1');
});
afterAll(async () => close(server, 1_000));

async function send(method: string, path: string, body?: string): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: response.status, text: await response.text() };
}

async function problemAt(method: string, path: string, body?: string): Promise<Record<string, unknown>> {
  const { text } = await send(method, path, body);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

describe('a call', () => {
  test('of the wallet moves dollars that are numbers, to the last place', async () => {
    expect(await send('POST', '/wallet/deduct', '{"amount": 5e-05}')).toEqual({
      status: 200,
      text: '{"left":9007199254.740943}',
    });
  });

  test('of credits moves whole numbers, and is answered in an envelope', async () => {
    expect(await send('POST', '/credits/deduct', '{"amount": 1.0}')).toEqual({
      status: 200,
      text: '{"success":true,"data":{"left":9007199254740992}}',
    });
  });

  test('takes numbers where its surface does, and nowhere else', async () => {
    expect(await problemAt('POST', '/plain/deduct', '{"amount": 1}')).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ path: 'amount', message: 'must be a JSON number' }],
    });
  });
});

describe('a problem', () => {
  const own = { '/wallet/deduct': 'error', '/credits/deduct': 'success', '/plain/deduct': undefined };

  test.each(Object.entries(own))(
    'at %s has its text, and what clients of the surface look for',
    async (path, member) => {
      const refused = await problemAt('POST', path, '{"amount": 0.00000001}');
      const notAllowed = await problemAt('GET', path);
      expect([refused['code'], notAllowed['code']]).toEqual(['VALIDATION_FAILED', 'METHOD_NOT_ALLOWED']);
      for (const problem of [refused, notAllowed]) {
        expect(problem['message']).toBe(problem['detail']);
        expect({ error: problem['error'], success: problem['success'] }).toEqual({
          error: member === 'error' ? problem['detail'] : undefined,
          success: member === 'success' ? false : undefined,
        });
      }
    },
  );

  test('where no surface is has the members of all', async () => {
    const problem = await problemAt('GET', '/nowhere');
    expect(problem).toMatchObject({ code: 'NOT_FOUND', message: problem['detail'] });
    expect(Object.keys(problem)).not.toContain('success');
  });
});

describe('the document', () => {
  const document = createApiDocument(routes, { version: '1', basePath: '/', services: [] });
  const { paths = {}, tags } = document;
  const responsesAt = (path: string): string => JSON.stringify(inlined(paths[path]?.post?.responses, document));

  test('shows the envelope, and what problems carry', () => {
    expect(responsesAt('/credits/deduct')).toMatch(/"success":\{"type":"boolean","const":true,/);
    expect(responsesAt('/credits/deduct')).toMatch(/"success":\{"type":"boolean","const":false,/);
    expect(responsesAt('/wallet/deduct')).toMatch(/"error":\{"type":"string",/);
    expect(responsesAt('/plain/deduct')).not.toMatch(/"success"|"error":/);
  });

  test('shows amounts as numbers', () => {
    expect(JSON.stringify(inlined(paths['/wallet/deduct']?.post?.requestBody, document))).toContain(
      '"amount":{"type":"number","minimum":0.000001,"maximum":1000000000}',
    );
  });

  test('has the chapters that the surfaces declare, in the order of the routes', () => {
    expect(tags?.map(({ name }) => name)).toEqual(routes.map(({ path }) => path));
  });
});
