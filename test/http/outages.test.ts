/** What a caller with a proof is told while a node or the database fails: that it cannot be known now, never an error of ours. */
import { stat } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startRpcProxy, type ProxyFault, type RpcProxy } from '../../devnet/rpc-proxy.ts';
import { openDatabase } from '../../src/db/database.ts';
import { CREDITS, EVM, STARKNET, startTestApi, TOKENS, type Answer, type TestApi } from '../support/http/api.ts';
import { newSigner, newTxHash, prove, storeDeposit } from '../support/senders/proofs.ts';
import { startScriptedNode, type ScriptedNode } from '../support/chains/rpc-node.ts';
import { openTcpProxy, type TcpProxy } from '../support/process/tcp-proxy.ts';
import { auditWallet, connect } from '../support/ledger/wallets.ts';

let node: ScriptedNode;
let rpc: RpcProxy;
let api: TestApi;

/** A chain without a single contract. */
const answerOf = (method: string): unknown => {
  if (method === 'eth_chainId') return '0x7a69';
  if (method === 'starknet_chainId') return '0x534e5f5345504f4c4941';
  if (method === 'eth_getCode') return '0x';
  throw new Error(`unknown method ${method}`);
};

beforeAll(async () => {
  node = await startScriptedNode(answerOf);
  rpc = await startRpcProxy({ target: node.url });
  const chainOf = (caip2: string, creditsAddress: string, token: string): object => ({
    caip2,
    rpcUrls: [rpc.rpcUrl],
    tokens: [{ symbol: 'USDC', address: token }],
    creditsAddress,
    startBlock: 0,
    devnet: true,
  });
  api = await startTestApi('proof_required', [
    chainOf(EVM, CREDITS.evm, TOKENS.evm),
    chainOf(STARKNET, CREDITS.starknet, TOKENS.starknet),
  ]);
});
afterEach(() => rpc.clearFaults());
afterAll(async () => {
  await api.stop();
  await rpc.stop();
  node.stop();
});

type Ask = Pick<TestApi, 'call'>;

/** A claim of somebody else's deposit, signed by a key that is not the sender's: the chain must be asked about it. */
async function forge(): Promise<{ readonly key: string; readonly send: (asked?: Ask) => Promise<Answer> }> {
  const { key } = await api.createCustomer();
  const txHash = newTxHash();
  const { address } = newSigner();
  await storeDeposit(api.db, { chain: EVM, from: address, txHash });
  const proof = await prove(api, key, { purpose: 'claim', address, chain: EVM, txHash }, newSigner());
  const body = { txHash, chain: EVM, proof };
  return { key, send: async (asked = api) => asked.call('POST', '/treasury/deposits/claim', { key, body }) };
}

const CANNOT_BE_ASKED: readonly (readonly [string, ProxyFault])[] = [
  ['cuts the line', { effect: { kind: 'drop' } }],
  ['gives half an answer', { effect: { kind: 'truncate' } }],
  ['answers another question', { effect: { kind: 'wrongId' } }],
  ['wants to be left alone, in a page', { effect: { kind: 'rateLimit', retryAfterSeconds: 0 } }],
  ['wants to be left alone, in JSON', { effect: { kind: 'rateLimit', body: 'rpc' } }],
  ['is broken', { effect: { kind: 'http', status: 502, body: '<html>bad gateway</html>' } }],
  ['has an error of its own', { effect: { kind: 'error', code: -32_603, message: 'internal error' } }],
  ['answers with another shape', { effect: { kind: 'result', result: { not: 'this' } } }],
  ['is of another chain', { method: 'eth_chainId', effect: { kind: 'result', result: '0x1' } }],
  [
    'names a chain beyond all numbers',
    { method: 'eth_chainId', effect: { kind: 'result', result: `0x${'f'.repeat(40)}` } },
  ],
  ['says what is not hex of code', { method: 'eth_getCode', effect: { kind: 'result', result: 7 } }],
];

describe('F43 A33 a forged claim', () => {
  test('is refused once the chain has been asked', async () => {
    const { send } = await forge();
    const { status, json } = await send();
    expect([status, json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  });

  test.each(CANNOT_BE_ASKED)(
    'is told to come again while the only node %s, and refused afterwards',
    async (_, fault) => {
      const { send } = await forge();
      rpc.addFault(fault);
      const { status, json, headers } = await send();
      expect([status, json['code'], headers.get('retry-after')]).toEqual([503, 'LEDGER_UNAVAILABLE', '1']);
      rpc.clearFaults();
      // A node that asked for a pause is given it.
      await expect.poll(async () => (await send()).status, { timeout: 10_000, interval: 200 }).toBe(400);
    },
  );

  test('is told to come again when the node is silent, within a few seconds', async () => {
    const { send } = await forge();
    rpc.addFault({ effect: { kind: 'hang' } });
    const startedAt = performance.now();
    const { status, json, headers } = await send();
    expect([status, json['code'], headers.get('retry-after')]).toEqual([503, 'LEDGER_UNAVAILABLE', '1']);
    expect(performance.now() - startedAt).toBeLessThan(8_000);
  }, 20_000);

  test('by an account of Starknet: a chain name that is no text is another chain', async () => {
    const { key } = await api.createCustomer();
    const address = `0x${'5'.repeat(63)}`;
    const { message } = (
      await api.call('POST', '/treasury/sender-challenge', {
        key,
        body: { purpose: 'register', address, chain: STARKNET },
      })
    ).json;
    const body = { address, chain: STARKNET, proof: { message, signature: ['1', '2'] } };
    for (const result of [`0x7${'f'.repeat(62)}`, '0x00ff', '0x0', 'SN_SEPOLIA', null]) {
      rpc.addFault({ method: 'starknet_chainId', effect: { kind: 'result', result } });
      const { status, json } = await api.call('POST', '/treasury/register-sender', { key, body });
      expect([result, status, json['code']]).toEqual([result, 503, 'LEDGER_UNAVAILABLE']);
      rpc.clearFaults();
    }
  });
});

describe('A27 the answer to a call that moved money', () => {
  test.each([
    ['a debit', '/treasury/debit', { serviceType: 'AI_API', amountUsd: '1.50' }],
    ['a hold', '/treasury/hold', { serviceType: 'AI_API', amountUsd: '1.50' }],
  ])(
    '%s, lost on its way back: whoever asks again under the key is told the same, and it was done once',
    async (_, path, body) => {
      const { key, wallet } = await api.createCustomer(5n);
      const line = await openTcpProxy(api.url());
      try {
        const base = line.url.replace(/\/$/, '');
        const init = {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'order-7' },
          body: JSON.stringify(body),
        };
        line.setPlan({ cutAt: { direction: 'down', text: 'HTTP/1.1 200' } });
        await expect(fetch(base + path, init)).rejects.toThrow('fetch failed');
        expect(line.cuts()).toBe(1);
        const again = await fetch(base + path, init);
        const told = await again.text();
        expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
        expect(await (await fetch(base + path, init)).text()).toBe(told);
        const client = await connect(api.database.ownerUrl);
        expect(await auditWallet(client, wallet)).toHaveLength(2);
        await client.end();
      } finally {
        await line.close();
      }
    },
  );
});

describe('F43 F29 a claim while the database', () => {
  let tcp: TcpProxy;
  beforeAll(async () => {
    tcp = await openTcpProxy(api.database.appUrl);
  });
  afterAll(async () => tcp.close());

  test('says nothing is told to come again, however long ago it fell silent', async () => {
    const { send } = await forge();
    const spawned = await api.spawn({ DATABASE_URL: tcp.url });
    try {
      expect((await send(spawned)).status).toBe(400);
      tcp.setPlan({ frozen: true });
      const answers: Promise<Answer>[] = [];
      // Longer than a connection is waited for, so that some ask while others are given up.
      for (let asked = 0; asked < 25; asked += 1) {
        answers.push(send(spawned));
        await sleep(300);
      }
      const told = (await Promise.all(answers)).map(({ status, json, headers }) => [
        status,
        json['code'],
        headers.get('retry-after'),
      ]);
      expect(told).toEqual(told.map(() => [503, 'LEDGER_UNAVAILABLE', '1']));
      tcp.setPlan({});
      await expect.poll(async () => (await send(spawned)).status, { timeout: 30_000, interval: 500 }).toBe(400);
    } finally {
      await spawned.stop();
    }
  }, 90_000);
});

test('F29 a connection that was closed since it was silent is not handed out, though its end is not told yet', async () => {
  const silenceMsMax = 100;
  const db = openDatabase(api.database.appUrl, 1, { silenceMsMax });
  try {
    await db.raw('SELECT 1');
    const asked = new Promise((resolve, reject) => {
      // Node runs timers, then this answer of the file system, and tells of closed connections after both.
      stat('/', () => void db.raw('SELECT 2 AS two').then(resolve, reject));
      const until = performance.now() + 3 * silenceMsMax;
      while (performance.now() < until) /* the process is busy */ ;
    });
    expect(await asked).toMatchObject({ rows: [{ two: 2 }] });
  } finally {
    await db.destroy();
  }
});
