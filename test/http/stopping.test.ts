/** A server that stops waits for requests that are under way, and for nothing else. */
import { Agent, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NO_BODY, NO_QUERY, type Route } from '../../src/http/server/route.ts';
import type { Reply } from '../../src/http/server/reply.ts';
import { close, createHttpServer, listen } from '../../src/http/server/server.ts';
import { SERVICE } from '../../src/http/service/surface.ts';

/** Longer than a test may take: a test that ends has not waited for it. */
const GRACE_MS = 600_000;
let server: Server;
let agent: Agent;
/** Lets the requests to `/slow` and `/pieces` go on. */
let goOn: () => void;

beforeEach(async () => {
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  async function* pieces(): AsyncGenerator<string> {
    yield 'begun';
    await held;
    yield ', ended';
  }
  const route = (path: string, handle: () => Promise<Reply>): Route => {
    const documented = { summary: 's', chapter: SERVICE, replies: {}, access: 'open', scopes: [] } as const;
    return {
      method: 'GET',
      path,
      documented: { ...documented, operation: path, query: NO_QUERY, body: NO_BODY },
      handle,
    };
  };
  const slow = async (): Promise<Reply> => {
    await held;
    return { body: { text: 'late' } };
  };
  const routes = [
    route('/fast', async () => Promise.resolve({ body: { text: 'fast' } })),
    route('/slow', slow),
    route('/pieces', async () => Promise.resolve({ pieces: pieces() })),
  ];
  server = createHttpServer(routes, pino({ level: 'silent' }));
  // Only what is tested here may close a connection that nobody uses.
  server.keepAliveTimeout = GRACE_MS;
  server.headersTimeout = GRACE_MS;
  await listen(server, 0, '127.0.0.1');
  agent = new Agent({ keepAlive: true });
});
afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

interface Answer {
  readonly text: string;
  readonly connection: string | undefined;
}

/** Asks over a connection that stays open afterwards; `onHead` is called with the head of the answer. */
async function ask(path: string, onHead: () => void = () => undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const asked = request({ host: '127.0.0.1', port, path, agent }, (response) => {
      onHead();
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.once('end', () => resolve({ text, connection: response.headers.connection }));
    });
    asked.once('error', reject);
    asked.end();
  });
}

async function arrived(count: number): Promise<void> {
  await expect
    .poll(async () => new Promise((resolve) => server.getConnections((_, open) => resolve(open))))
    .toBe(count);
}

it('S18 closes a connection that is kept alive, and one on which nothing was ever asked', async () => {
  expect(await ask('/fast')).toEqual({ text: '{"text":"fast"}', connection: 'keep-alive' });
  const { port } = server.address() as AddressInfo;
  const silent = connect(port, '127.0.0.1');
  const ended = new Promise((resolve) => silent.once('close', resolve));
  await arrived(2);
  await close(server, GRACE_MS);
  await ended;
});

it('S18 answers what is under way, says that the connection ends with it, and ends it', async () => {
  const slow = ask('/slow');
  await arrived(1);
  const closed = close(server, GRACE_MS);
  goOn();
  expect(await slow).toEqual({ text: '{"text":"late"}', connection: 'close' });
  await closed;
});

it('S18 ends the connection of an answer whose head was sent before', async () => {
  let sent = (): void => undefined;
  const head = new Promise<void>((resolve) => {
    sent = resolve;
  });
  const streamed = ask('/pieces', sent);
  await head;
  const closed = close(server, GRACE_MS);
  goOn();
  expect(await streamed).toEqual({ text: 'begun, ended', connection: 'keep-alive' });
  await closed;
});

it('S18 waits no longer than its grace for what is still under way', async () => {
  const slow = ask('/slow');
  await arrived(1);
  await Promise.all([close(server, 100), expect(slow).rejects.toThrow('socket hang up')]);
});
