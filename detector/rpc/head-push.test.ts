import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { systemClock, type Clock } from '../../src/core/clock.ts';
import { openHeadPush, textOf } from './head-push.ts';

let server: WebSocketServer | undefined;
let closePush = (): void => undefined;
afterEach(() => {
  closePush();
  for (const client of server?.clients ?? []) client.terminate();
  server?.close();
});

/** A node that does as told with every connection, and a push client of it. */
async function connect(
  onConnection: (socket: WebSocket, count: number) => void,
  clock: Clock = systemClock,
): Promise<{ wakes: () => number; alive: () => boolean }> {
  let [connections, wakes] = [0, 0];
  const node = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server = node;
  node.on('connection', (socket) => {
    connections += 1;
    onConnection(socket, connections);
  });
  await once(node, 'listening');
  const address = node.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const push = openHeadPush({
    url: `ws://127.0.0.1:${address.port}`,
    subscribe: { method: 'eth_subscribe', params: ['newHeads'] },
    clock,
    onWake: () => {
      wakes += 1;
    },
  });
  closePush = () => push.close();
  return { wakes: () => wakes, alive: () => push.alive() };
}

const head = JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params: { result: { number: '0x5' } } });
const rewind = JSON.stringify({
  method: 'starknet_subscriptionReorg',
  params: { result: { starting_block_number: 3 } },
});

test('heads, reorg notices and nonsense that calls itself a notification only wake', async () => {
  const push = await connect((socket) => {
    socket.once('message', (request) => {
      expect(JSON.parse(textOf(request))).toMatchObject({ method: 'eth_subscribe', params: ['newHeads'] });
      for (const frame of [head, rewind, '{"method":']) socket.send(frame);
    });
  });
  await expect.poll(push.wakes).toBe(3);
  expect(push.alive()).toBe(true);
});

test('a node that refuses the subscription leaves the caller polling', async () => {
  let answered = false;
  const push = await connect((socket) => {
    socket.once('message', () => {
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: -32_601, message: 'no' } }), () => {
        answered = true;
      });
    });
  });
  await expect.poll(() => answered).toBe(true);
  expect([push.wakes(), push.alive()]).toEqual([0, false]);
});

test('F26 F27 a connection that breaks is made again and subscribed again', async () => {
  const push = await connect((socket, count) => {
    socket.once('message', () => {
      if (count === 1) socket.terminate();
      else socket.send(head);
    });
  });
  await expect.poll(push.wakes, { timeout: 5_000 }).toBe(1);
});

test('F25 F27 a connection that falls silent is replaced', async () => {
  const hurried: Clock = { ...systemClock, after: (delayMs, callback) => systemClock.after(delayMs / 100, callback) };
  let connections = 0;
  await connect((_socket, count) => {
    connections = count;
  }, hurried);
  await expect.poll(() => connections, { timeout: 5_000 }).toBeGreaterThan(1);
});
