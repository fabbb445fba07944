/** Every row of the contract has a test, or is listed as coming later. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nameOf, nodeIn, parseSource, walk, type SyntaxNode } from '../house/rules/source.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { contractOf } from '../support/http/contract.ts';
import { listOperations } from '../support/http/fuzz-plans.ts';
import { FIELDS, namesIn } from './fields.ts';
import { callsOfTitle, findProblems, LATER, ROWS } from './rows.ts';

const FILES = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts') && name !== 'rows.test.ts');

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const TITLED: ReadonlySet<string> = new Set(['test', 'it', 'describe']);

/** The name at the root of a call: `test` of `test.each(...)('...')`. */
function rootOf(node: SyntaxNode | undefined): string {
  if (node?.type === 'CallExpression') return rootOf(nodeIn(node, 'callee'));
  return node?.type === 'MemberExpression' ? rootOf(nodeIn(node, 'object')) : nameOf(node);
}

/** The titles of the tests and groups in a file. */
function titlesIn(path: string, text: string): string[] {
  const titles: string[] = [];
  walk(parseSource(path, text).tree, (node) => {
    if (node.type !== 'CallExpression' || !TITLED.has(rootOf(node))) return;
    const [first]: SyntaxNode[] = Array.isArray(node['arguments']) ? node['arguments'] : [];
    if (first?.type === 'Literal' && typeof first['value'] === 'string') titles.push(first['value']);
  });
  return titles;
}

const textOf = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

test('every row has a test or is listed as coming later, and no row is both', async () => {
  const operations = listOperations((await contractOf(api.url())).document);
  const document = operations.map(({ method, path }) => `${method} ${path}`);
  const titles = FILES.flatMap((name) => titlesIn(name, textOf(name)));
  expect(findProblems({ rows: ROWS, later: LATER }, { titles, document })).toEqual([]);
});

const CLIENTS = join(import.meta.dirname, '..', 'clients');

test('the clients that are made of published pages ask for every row of the sections that have such pages', () => {
  const source = readdirSync(CLIENTS)
    .map((name) => readFileSync(join(CLIENTS, name), 'utf8'))
    .join('\n');
  // `/orders/{id}` is written `/orders/${id}` there, and the client of the wallet leaves out what all its paths begin with.
  const partOf = (part: string): string => (part.startsWith('{') ? '\\$\\{[^}]+\\}' : `(?:${part}|\\$\\{\\w+\\})`);
  const asks = (path: string): boolean => {
    const parts = path.split('/').slice(1).map(partOf).join('/');
    return new RegExp(`['"\`}]/${parts}['"\`?$]`).test(source);
  };
  const paths = ROWS.slice(ROWS.indexOf('GET /io/wallet/balance')).map((row) => row.slice(row.indexOf('/')));
  expect(paths.length).toBeGreaterThan(25);
  expect(paths.filter((path) => !asks(path) && !asks(path.replace('/io/wallet', '')))).toEqual([]);
  expect([asks('/credits/gift'), asks('/io/wallet/gift'), asks('/gift')]).toEqual([false, false, false]);
});

/** A call without the names of its path's parts. */
const nameless = (call: string): string => call.replaceAll(/\{\w+\}/g, '{}');

test('every field that the contract names for a call is in what the document says of it', async () => {
  const { document } = await contractOf(api.url());
  const later = new Set(Object.values(LATER).flat());
  const missing = Object.entries(FIELDS).flatMap(([call, fields]) => {
    if (later.has(call)) return [];
    const found = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).filter(([method]) => nameless(`${method.toUpperCase()} ${path}`) === nameless(call)),
    );
    const names = namesIn(found, document);
    return fields.filter((field) => !names.has(field)).map((field) => `${call}: ${field}`);
  });
  expect(missing).toEqual([]);
  expect(Object.keys(FIELDS).filter((call) => !ROWS.includes(call))).toEqual([]);
});

test('the check of fields can fail, and follows what a document refers to', () => {
  const document = {
    parts: { entry: { properties: { id: {}, price: { $ref: '#/parts/price' } } }, price: { properties: { rate: {} } } },
  };
  const call = { parameters: [{ in: 'query', name: 'at' }], answer: { $ref: '#/parts/entry' } };
  expect([...namesIn(call, document)].toSorted()).toEqual(['at', 'id', 'price', 'rate']);
});

test.each(FILES)('%s checks at its end that the books balance', (name) => {
  const end = textOf(name).split('\nafterAll(')[1]?.split('\n\n')[0] ?? '';
  const stops = /open(?:Contract|People)Api/.test(textOf(name)) && end.includes('.stop()');
  expect(stops || end.includes('expectBooksBalance(')).toBe(true);
});

describe('the list can fail', () => {
  const rows = ['GET /a', 'POST /a/{id}', 'PUT /b'];
  const later = { reasons: ['PUT /b'] };
  const fits = { titles: ['GET, PATCH /a: shows it', 'POST /a/{name}: makes it'], document: ['GET /a', 'POST /a/{x}'] };
  test.each([
    ['a row without a test', { ...fits, titles: ['GET /a: shows', 'POST /a makes it'] }, later, 1],
    ['a row that is not served', { ...fits, document: ['GET /a'] }, later, 1],
    ['a row that comes later and is served', { ...fits, document: [...fits.document, 'PUT /b'] }, later, 1],
    ['a row that is neither built nor listed', fits, {}, 2],
    ['a listed row that is none', fits, { reasons: ['PUT /b', 'PUT /c'] }, 1],
    ['a row that is listed twice', fits, { reasons: ['PUT /b'], more: ['PUT /b'] }, 1],
    ['nothing', fits, later, 0],
  ])('by %s', (_name, found, listed: Readonly<Record<string, readonly string[]>>, count) => {
    expect(findProblems({ rows, later: listed }, found)).toHaveLength(count);
  });

  test('since a title names its calls at its beginning', () => {
    const file = "test.each([1])('GET /a: x', f); describe('b', () => { it('POST /a: y'); })";
    expect(titlesIn('a.ts', file).toSorted()).toEqual(['GET /a: x', 'POST /a: y', 'b']);
    expect(callsOfTitle('it calls GET /a: no')).toEqual([]);
    expect(callsOfTitle('GET, PUT /a/{id}/b: yes')).toEqual(['GET /a/{id}/b', 'PUT /a/{id}/b']);
  });
});
