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

  test('the name for logs holds no key', async () => {
    expect(openJsonRpc({ url: 'https://user:pass@node.example/v2/secret-key?k=1' }).name).toBe('node.example');
  });
});
