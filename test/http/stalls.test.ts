/** Clients that ask and do not read: the connection is cut, whichever way the answer is sent. Others pay nothing for it. */
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Refusal } from '../../src/core/errors.ts';
import { createHttpServer, listen } from '../../src/http/server/server.ts';
import { NO_BODY, NO_QUERY, type Route } from '../../src/http/server/route.ts';
import type { Reply } from '../../src/http/server/reply.ts';
import { SERVICE } from '../../src/http/service/surface.ts';

const STALL_MS = 300;
/** More than the buffers of two sockets hold. */
const LARGE = 'x'.repeat(32 * 1024 * 1024);

let server: Server;
beforeAll(async () => {
  const route = (path: string, handle: () => Promise<Reply>): Route => {
    const documented = { summary: 's', chapter: SERVICE, replies: {}, access: 'open', scopes: [] } as const;
    return {
      method: 'GET',
      path,
      documented: { ...documented, operation: path, query: NO_QUERY, body: NO_BODY },
      handle,
    };
  };
  const routes = [
    route('/large', async () => Promise.resolve({ body: { text: LARGE } })),
    route('/small', async () => Promise.resolve({ body: { text: 'small' } })),
    route('/refused', async () => Promise.reject(new Refusal('NOT_FOUND', LARGE))),
    route('/pieces', async () => Promise.resolve({ pieces: endless() })),
  ];
  server = createHttpServer(routes, pino({ level: 'silent' }), { stallMs: STALL_MS });
  await listen(server, 0, '127.0.0.1');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function* endless(): AsyncGenerator<string> {
  for (;;) yield await Promise.resolve('y'.repeat(65_536));
}

const ask = (...paths: readonly string[]): string =>
  paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join('');

/** A client that sends this and reads nothing. */
async function open(text: string): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {
    // Cut in the middle, as it should be.
  });
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve);
  });
  socket.pause();
  socket.write(text);
  return socket;
}

async function connections(): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

describe('a client that does not read', () => {
  it.each([
    ['an answer', ask('/large')],
    ['a refusal', ask('/refused')],
    ['a streamed answer', ask('/pieces')],
    ['one answer before another', ask('/small', '/large')],
    ['many small answers', ask(...Array.from({ length: 100_000 }, () => '/small'))],
  ])('%s is cut off', async (_name, text) => {
    const socket = await open(text);
    await expect.poll(connections).toBe(1);
    await expect.poll(connections, { timeout: 10_000 }).toBe(0);
    socket.destroy();
  });
});

describe('a client that reads', () => {
  it('slowly gets the whole of an answer, and another one on the same connection after a while', async () => {
    const socket = await open(ask('/large'));
    let size = 0;
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      size += chunk.length;
      text = (text + chunk.toString('latin1')).slice(-200);
      if (size % 7 === 0) socket.pause();
    });
    const resume = setInterval(() => socket.resume(), STALL_MS / 10);
    await expect.poll(() => size, { timeout: 20_000 }).toBeGreaterThan(LARGE.length);
    clearInterval(resume);
    socket.resume();
    await sleep(2 * STALL_MS);
    socket.write(ask('/small'));
    await expect.poll(() => text).toContain('{"text":"small"}');
    socket.destroy();
  });

  it('costs no timer where the answer is small', async () => {
    const sockets: Socket[] = [];
    server.on('connection', (socket) => sockets.push(socket));
    const socket = await open('');
    await expect.poll(() => sockets.length).toBe(1);
    const [served] = sockets;
    if (!served) throw new Error('nobody connected');
    const setTimer = vi.spyOn(served, 'setTimeout');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.resume();
    socket.write(ask('/small'));
    await expect.poll(() => text).toContain('{"text":"small"}');
    expect(setTimer.mock.calls.map(([ms]) => ms)).not.toContain(STALL_MS);
    socket.destroy();
  });
});
