/** What a node's errors mean for a proof: a call that ran and failed is a no, and a call that was not run is no answer. */
import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { ChainUnavailable } from '../../src/core/senders/chain-reader.ts';
import { openEvmChainReader } from './chain-reader.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A node whose account has code, and which answers its calls with a revert under this status. */
async function nodeUnder(status: number): Promise<string> {
  const node = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const { id, method }: { id: number; method: string } = JSON.parse(body);
      const isCall = method === 'eth_call';
      const content = isCall
        ? { error: { code: 3, message: 'execution reverted' } }
        : { result: method === 'eth_chainId' ? '0x1' : '0x6000' };
      response.writeHead(isCall ? status : 200).end(JSON.stringify({ jsonrpc: '2.0', id, ...content }));
    });
  });
  server = node;
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  const address = node.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

async function verdictUnder(status: number): Promise<unknown> {
  const reader = openEvmChainReader({ chain: 'eip155:1', rpcUrls: [await nodeUnder(status)], quorum: 1 });
  const verdict = await reader
    .verifyProof(`0x${'1'.repeat(40)}`, 'a message', '0x1234')
    .catch((error: unknown) => error);
  reader.close();
  return verdict;
}

test('S10 a revert under 200 is the account’s no; under 500 the call was not run, and nothing is known', async () => {
  expect(await verdictUnder(200)).toEqual({ proven: false, reason: 'wrong_signature' });
  expect(await verdictUnder(500)).toBeInstanceOf(ChainUnavailable);
});
