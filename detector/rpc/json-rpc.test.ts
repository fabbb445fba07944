import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { openJsonRpc } from './json-rpc.ts';
import { RpcFault } from './fault.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A node that answers every request by the given function; `id` is the request's. */
async function nodeThat(answer: (response: ServerResponse, id: number) => void): Promise<string> {
  const node = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const { id }: { id: number } = JSON.parse(body);
      answer(response, id);
    });
  });
  server = node;
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  const address = node.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/secret-key`;
}

/** Only where silence is the answer is the deadline short: a busy machine may take its time for the others. */
async function faultOf(url: string, silent: boolean): Promise<RpcFault> {
  const error: unknown = await openJsonRpc({ url, deadlineMs: silent ? 200 : 20_000 })
    .call('eth_test', [])
    .catch((caught: unknown) => caught);
  if (error instanceof RpcFault) return error;
  throw new Error(`no fault but ${String(error)}`);
}

const reply = (body: object): string => JSON.stringify({ jsonrpc: '2.0', ...body });

describe('one call', () => {
  test('gives the result of its own request', async () => {
    const url = await nodeThat((response, id) => response.end(reply({ id, result: [1] })));
    expect(await openJsonRpc({ url }).call('eth_test', [])).toEqual([1]);
  });

  test.each<[string, (response: ServerResponse, id: number) => void, Partial<RpcFault>]>([
    [
      'another request’s answer',
      (response, id) => response.end(reply({ id: id + 1, result: 1 })),
      { kind: 'bad_reply' },
    ],
    ['an answer without an id', (response) => response.end(reply({ result: 1 })), { kind: 'bad_reply' }],
    ['HTML', (response) => response.end('<html>busy</html>'), { kind: 'bad_reply' }],
    ['cut JSON', (response, id) => response.end(reply({ id, result: 'abc' }).slice(0, -4)), { kind: 'bad_reply' }],
    ['neither result nor error', (response, id) => response.end(reply({ id })), { kind: 'bad_reply' }],
    [
      'an error',
      (response, id) => response.end(reply({ id, error: { code: 24, message: 'no' } })),
      { kind: 'rpc_error', code: 24 },
    ],
    [
      '429 with HTML',
      (response) => response.writeHead(429, { 'retry-after': '7' }).end('<html>'),
      { kind: 'rate_limited', retryAfterMs: 7_000 },
    ],
    ['503', (response) => response.writeHead(503).end('no'), { kind: 'server', code: 503 }],
    ['a broken line', (response) => response.destroy(), { kind: 'network' }],
    ['silence', () => undefined, { kind: 'timeout' }],
    ['a body that never ends', (response) => void response.write('{'), { kind: 'timeout' }],
  ])('%s is a fault of its kind', async (_, answer, expected) => {
    const url = await nodeThat(answer);
    expect(await faultOf(url, expected.kind === 'timeout')).toMatchObject(expected);
  });

  const errorUnder = (status: number, content: object) => (response: ServerResponse, id: number) =>
    void response.writeHead(status).end(reply({ id, ...content }));
  const unknownTag = { error: { code: -32_602, message: 'unknown block tag: finalized' } };

  test.each<[string, (response: ServerResponse, id: number) => void, Partial<RpcFault>]>([
    ['an error under HTTP 400', errorUnder(400, unknownTag), { kind: 'rpc_error', code: -32_602, status: 400 }],
    ['an error under HTTP 500', errorUnder(500, unknownTag), { kind: 'rpc_error', code: -32_602, status: 500 }],
    ['an error under HTTP 401', errorUnder(401, unknownTag), { kind: 'server', status: 401 }],
    ['an error under HTTP 503', errorUnder(503, unknownTag), { kind: 'server', status: 503 }],
    ['an error under HTTP 429', errorUnder(429, unknownTag), { kind: 'rate_limited' }],
    ['a body under HTTP 400 that is no error', errorUnder(400, { result: 1 }), { kind: 'server', code: 400 }],
    [
      'code and message without an envelope',
      (response) => response.writeHead(400).end('{"code":-32005,"message":"the range is limited to 50 blocks"}'),
      { kind: 'rpc_error', code: -32_005, words: 'the range is limited to 50 blocks' },
    ],
    [
      'a rate limit without an envelope',
      (response) => response.end('{"code":-32007,"message":"50/second request limit reached"}'),
      { kind: 'rate_limited', code: -32_007 },
    ],
    ['an error that is a text', errorUnder(200, { error: 'Missed `to` address' }), { kind: 'rpc_error' }],
    ['a code that is a text', errorUnder(200, { error: { code: '-32000' } }), { kind: 'rpc_error', code: -32_000 }],
    [
      'an id that is a text',
      (response, id) => response.end(reply({ id: String(id), result: 1 })),
      { kind: 'bad_reply', message: 'eth_test: the reply has the id "1" as a text, and the request had a number' },
    ],
  ])('S10 %s', async (_, answer, expected) => {
    expect(await faultOf(await nodeThat(answer), false)).toMatchObject(expected);
  });

  test('S10 null beside a result is no error', async () => {
    const url = await nodeThat((response, id) => response.end(reply({ id, result: null, error: null })));
    expect(await openJsonRpc({ url }).call('eth_test', [])).toBeNull();
  });

  test.each([
    [-32_012, 'credits limited to 6000/sec'],
    [-32_000, '429 Too Many Requests: {"error":{"code":-32016,"message":"over rate limit"}}'],
    [-32_016, 'over rate limit'],
    [-32_005, 'daily request count exceeded, request rate limited'],
    [429, 'Your app has exceeded its compute units per second capacity.'],
    [-32_001, 'Monthly quota exceeded'],
    [-32_600, 'rate-limit exceeded'],
  ])('S10 too many requests, in the words of nodes: %d %s', async (code, message) => {
    const url = await nodeThat((response, id) => response.end(reply({ id, error: { code, message } })));
    expect(await faultOf(url, false)).toMatchObject({ kind: 'rate_limited', code });
  });

  test.each([
    [-32_005, 'query returned more than 10000 results'],
    [-32_005, 'limit exceeded'],
    [-32_000, 'eth_getLogs is limited to a 1000 blocks range'],
    [-32_600, 'Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range.'],
    [-32_602, 'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range'],
    [-32_001, 'the block range exceeds the quota of your plan'],
  ])('S10 a limit on blocks or results is not one on requests: %d %s', async (code, message) => {
    const url = await nodeThat((response, id) => response.end(reply({ id, error: { code, message } })));
    expect(await faultOf(url, false)).toMatchObject({ kind: 'rpc_error', code, words: message });
  });

  test('the name for logs holds no key', async () => {
    expect(openJsonRpc({ url: 'https://user:pass@node.example/v2/secret-key?k=1' }).name).toBe('node.example');
  });
});
