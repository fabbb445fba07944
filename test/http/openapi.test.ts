/** The API's document: it is valid, it and the routes are the same, and pages about errors are there for each code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiDocument } from '../../src/http/openapi/document.ts';
import { templateOf } from '../../src/http/openapi/operation.ts';
import { PROBLEM_CODES, PROBLEMS } from '../../src/http/server/problem.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { contractOf, type Contract } from '../support/http/contract.ts';
import { NO_BODY, NO_QUERY, type Route } from '../../src/http/server/route.ts';
import { SERVICE } from '../../src/http/service/surface.ts';

const ERROR_PAGES = join(import.meta.dirname, '..', '..', 'docs', 'errors');

let api: TestApi;
let contract: Contract;
let text: string;
beforeAll(async () => {
  api = await startTestApi();
  contract = await contractOf(api.url());
  text = await (await fetch(`${api.url()}/openapi.json`)).text();
});
afterAll(async () => api.stop());

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const document: unknown = JSON.parse(text);
    expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) });
    const parsed = await SwaggerParser.validate(JSON.parse(text));
    expect(parsed.info.title).toBe('Coffer');
  });

  test('names each call once, by an id of its own', () => {
    const ids = Object.values(contract.document.paths).flatMap((item) =>
      Object.values(item).map((one) => (one as { readonly operationId: string }).operationId),
    );
    expect(ids.length).toBeGreaterThan(50);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has every method that the service takes at its paths, and no other', async () => {
    for (const [template, item] of Object.entries(contract.document.paths)) {
      const path = template.replaceAll(/\{[a-z]+\}/g, '00000000-0000-7000-8000-000000000000');
      const { status, headers } = await api.call('OPTIONS', path);
      const allowed = (headers.get('allow') ?? '').split(', ').filter((method) => method !== 'HEAD');
      const told = Object.keys(item).map((method) => method.toUpperCase());
      expect({ template, status, allowed: allowed.toSorted() }).toEqual({
        template,
        status: 405,
        allowed: told.toSorted(),
      });
    }
  });

  test('has every route: one that describes itself cannot be left out', () => {
    const documented = { summary: 's', chapter: SERVICE, replies: {}, access: 'open', scopes: [] } as const;
    const route = (path: string, method: Route['method']): Route => ({
      method,
      path,
      documented: { ...documented, operation: `${method}${path}`, query: NO_QUERY, body: NO_BODY },
      handle: async () => Promise.resolve({}),
    });
    const routes = [route('/a/:id', 'GET'), route('/a/:id', 'DELETE'), route('/a', 'GET')];
    const { paths } = createApiDocument(routes, { version: '1', basePath: '/', services: [] });
    expect(Object.keys(paths ?? {})).toEqual(['/a/{id}', '/a']);
    expect(Object.keys(paths?.[templateOf('/a/:id')] ?? {})).toEqual(['get', 'delete']);
    const twice = [
      ...routes,
      { ...route('/b', 'GET'), documented: routes[0]?.documented ?? route('/b', 'GET').documented },
    ];
    expect(() => createApiDocument(twice, { version: '1', basePath: '/', services: [] })).toThrow(/would be named/);
  });

  test('tells money as strings everywhere', () => {
    const wrong: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [name, inner] of Object.entries(value)) {
        const isMoney = name.endsWith('Usd') && typeof inner === 'object' && inner !== null;
        if (isMoney && !JSON.stringify(inner).includes('"type":"string"')) wrong.push(`${path}.${name}`);
        if (isMoney && /"(number|integer)"/.test(JSON.stringify(inner))) wrong.push(`${path}.${name}`);
        look(inner, `${path}.${name}`);
      }
    };
    look(JSON.parse(text), '');
    expect(wrong).toEqual([]);
    expect(text).toContain('"amountUsd"');
  });
});

describe('an answer that differs from the document', () => {
  const judge = (body: object, more: { status?: number; type?: string } = {}): (() => void) => {
    const headers = new Headers({ 'content-type': more.type ?? 'application/json' });
    const answer = { status: more.status ?? 200, headers, text: JSON.stringify(body) };
    return () => contract.judge('POST', '/treasury/check-balance', answer);
  };
  const good = { sufficient: true, availableUsd: '1.00', status: 'OK' };

  test('is told, by field, status and type', () => {
    expect(judge(good)).not.toThrow();
    expect(judge({ ...good, availableUsd: 1 })).toThrow(/availableUsd must be string/);
    expect(judge({ ...good, more: 1 })).toThrow(/additional properties/);
    expect(judge({ sufficient: true })).toThrow(/required property/);
    expect(judge(good, { status: 418 })).toThrow(/no such status/);
    expect(judge(good, { type: 'text/plain' })).toThrow(/promises no text\/plain/);
  });

  test('is told by what stands in the path of a call that succeeds', () => {
    const done = { status: 204, headers: new Headers(), text: '' };
    const remove =
      (path: string, answer = done) =>
      () =>
        contract.judge('DELETE', path, answer);
    expect(remove('/admin/keys/0aB3dE7z')).not.toThrow();
    expect(remove('/admin/webhook-endpoints/019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21')).not.toThrow();
    expect(remove('/admin/keys/019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21')).toThrow(/at \{id\}: answer must match pattern/);
    expect(remove('/admin/webhook-endpoints/0aB3dE7z')).toThrow(/at \{id\}: answer must match/);
  });

  test('is told of a code that the call does not promise', () => {
    const problem = {
      type: '/docs/errors/SENDER_CLAIMED',
      title: 't',
      detail: 'd',
      message: 'd',
      instance: '/',
      requestId: 'r',
    };
    const type = 'application/problem+json';
    expect(judge({ ...problem, status: 404, code: 'NOT_FOUND' }, { status: 404, type })).not.toThrow();
    expect(judge({ ...problem, status: 404, code: 'SENDER_CLAIMED' }, { status: 404, type })).toThrow(/allowed values/);
  });
});

describe('a problem', () => {
  const problem = { type: '/docs/errors/NOT_FOUND', title: 't', status: 404, code: 'NOT_FOUND', detail: 'd' };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  const judge = (path: string, more: object): (() => void) => {
    const body = JSON.stringify({ ...problem, instance: '/', requestId: 'r', ...more });
    return () => contract.judge('POST', path, { status: 404, headers, text: body });
  };

  test.each(['/treasury/check-balance', '/nowhere'])('is judged by its message at %s', (path) => {
    expect(judge(path, { message: 'd' })).not.toThrow();
    expect(judge(path, { message: 'another text' })).toThrow(/message differs from its detail/);
    expect(judge(path, {})).toThrow(/required property 'message'/);
  });

  test('is judged where it stands in the answer of a batch', () => {
    const result = { idempotencyKey: null, status: 404, replayed: false };
    const judgeBatch = (message: string) => () =>
      contract.judge('POST', '/treasury/batch', {
        status: 200,
        headers: new Headers({ 'content-type': 'application/json' }),
        text: JSON.stringify({ results: [{ ...result, problem: { ...problem, message } }] }),
      });
    expect(judgeBatch('d')).not.toThrow();
    expect(judgeBatch('another text')).toThrow(/message differs from its detail/);
  });
});

describe('errors', () => {
  test('have a page for each code, and no page for anything else', () => {
    const pages = readdirSync(ERROR_PAGES).toSorted();
    expect(pages).toEqual(PROBLEM_CODES.map((code) => `${code}.md`).toSorted());
  });

  test.each(PROBLEM_CODES.map((code) => [code]))(
    '%s: its page says what it means, what to do, and about retries',
    (code) => {
      const page = readFileSync(join(ERROR_PAGES, `${code}.md`), 'utf8');
      const headings = page.split('\n').filter((line) => line.startsWith('#'));
      expect(headings).toEqual([`# ${code}`, '## What it means', '## What to do', '## May it be retried']);
      expect(page).toContain(`Status ${PROBLEMS[code].status}.`);
    },
  );

  test('lead to their page, which is served as HTML', async () => {
    const { json } = await api.call('GET', '/treasury/balance');
    expect(json['type']).toBe('/docs/errors/UNAUTHENTICATED');
    const page = await fetch(api.url() + String(json['type']));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    expect(html).toContain('<h1>UNAUTHENTICATED</h1>');
    expect(html).toContain('<code>Authorization: Bearer</code>');
  });

  test('S26 lead to their page by a URL where the public one is configured, in a batch too', async () => {
    const { key } = await api.createCustomer();
    const elsewhere = await api.spawn({ COFFER_PUBLIC_URL: 'https://pay.example/coffer/' });
    const pages = 'https://pay.example/coffer/docs/errors';
    const { json } = await elsewhere.call('GET', '/treasury/balance');
    expect(json['type']).toBe(`${pages}/UNAUTHENTICATED`);
    const body = { commands: [{ op: 'nothing', idempotencyKey: 'one' }] };
    const batch = await elsewhere.call('POST', '/treasury/batch', { key, body });
    expect(batch.json['results']).toMatchObject([{ problem: { type: `${pages}/VALIDATION_FAILED` } }]);
    await elsewhere.stop();
  }, 90_000);

  test('a page about no code is not found', async () => {
    for (const path of ['/docs/errors/NOTHING', '/docs/errors/..%2f..%2fREADME', '/docs/errors/not_found']) {
      expect(await api.call('GET', path)).toMatchObject({ status: 404 });
    }
  });
});

describe('the reference', () => {
  test('is served by this process alone, under a policy that lets nothing else load', async () => {
    const page = await fetch(`${api.url()}/docs`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https?:|unsafe-eval|\*/);
    const sources = [...(await page.text()).matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url = '']) => url);
    expect(sources).toEqual([
      expect.stringMatching(/^docs\/assets\/reference-[0-9a-f]{16}\.js$/),
      expect.stringMatching(/^docs\/assets\/start-[0-9a-f]{16}\.js$/),
    ]);
    for (const source of sources) {
      const script = await fetch(new URL(source, `${api.url()}/docs`));
      expect(script.status).toBe(200);
      expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect((await script.text()).length).toBeGreaterThan(100);
    }
  });

  test('S16 is sent from bytes that are made once, and again only to those who lack it', async () => {
    for (const path of ['/openapi.json', '/docs/reference.js', '/docs/start.js']) {
      const first = await fetch(api.url() + path, { headers: { 'accept-encoding': 'gzip' } });
      expect([path, first.status, first.headers.get('content-encoding')]).toEqual([path, 200, 'gzip']);
      const etag = first.headers.get('etag') ?? '';
      await first.arrayBuffer();
      const again = await fetch(api.url() + path, { headers: { 'accept-encoding': 'gzip', 'if-none-match': etag } });
      expect([path, again.status, await again.text()]).toEqual([path, 304, '']);
    }
    const start = await (await fetch(`${api.url()}/docs/start.js`)).text();
    const lasting = /docs\/assets\/openapi-[0-9a-f]{16}\.json/.exec(start)?.[0] ?? '';
    const document = await fetch(`${api.url()}/${lasting}`);
    expect([document.status, document.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect(await document.text()).toBe(text);
    expect((await fetch(`${api.url()}/docs/assets/openapi-0000000000000000.json`)).status).toBe(404);
  });

  test('is left out, with the document, where that is configured', async () => {
    const without = await api.spawn({ COFFER_DOCS: 'off' });
    try {
      for (const path of ['/docs', '/openapi.json', '/docs/reference.js', '/docs/errors/NOT_FOUND']) {
        expect(await fetch(without.url + path)).toMatchObject({ status: 404 });
      }
    } finally {
      await without.stop();
    }
  });
});
