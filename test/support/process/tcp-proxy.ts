/** A TCP proxy between a program and its database that can cut, delay and freeze connections. */
import { toCount } from '../../../src/core/integers.ts';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Which way the bytes go: towards the server, or back to the client. */
export type Direction = 'up' | 'down';

/** What a plan does with the next bytes of a connection. */
export interface Plan {
  /** Passes this many bytes in that direction, then closes both sides at once. */
  readonly cutAfter?: { readonly direction: Direction; readonly bytes: number };
  /** Closes both sides as soon as bytes in that direction contain this text, and drops those bytes. */
  readonly cutAt?: { readonly direction: Direction; readonly text: string };
  /** Delays every chunk by this long. */
  readonly delayMs?: number;
  /** Passes nothing any more, and closes nothing. */
  readonly frozen?: boolean;
}

export interface TcpProxy {
  /** The URL with the proxy's address in place of the server's. */
  readonly url: string;
  /** Applies to every connection from now on; byte counts start again. */
  setPlan(plan: Plan): void;
  /** How many connections plans have cut. */
  cuts(): number;
  /** Bytes that have passed since the plan was set. */
  passed(direction: Direction): number;
  /** Leads new connections to the server of another URL, and closes those that lead to the one before. */
  moveTo(targetUrl: string): void;
  close(): Promise<void>;
}

/** The URL with a port of this machine in place of its own host and port. */
export function atPort(targetUrl: string, port: number): string {
  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
}

/** Opens a proxy in front of the server of a postgres:// URL. */
export async function openTcpProxy(targetUrl: string): Promise<TcpProxy> {
  let target = new URL(targetUrl);
  let plan: Plan = {};
  let cuts = 0;
  let passed = { up: 0, down: 0 };
  const sockets = new Set<Socket>();

  const cut = (...both: Socket[]): void => {
    cuts += 1;
    // A plan cuts once: what comes afterwards is the recovery.
    plan = {};
    for (const socket of both) socket.destroy();
  };

  const pass = (from: Socket, to: Socket, direction: Direction, chunk: Buffer): void => {
    const { cutAfter, cutAt, delayMs, frozen } = plan;
    if (frozen === true) {
      from.pause();
      return;
    }
    if (cutAt?.direction === direction && chunk.includes(cutAt.text)) return cut(from, to);
    if (cutAfter?.direction === direction && passed[direction] + chunk.length >= cutAfter.bytes) {
      const rest = chunk.subarray(0, cutAfter.bytes - passed[direction]);
      to.write(rest, () => cut(from, to));
      return;
    }
    passed[direction] += chunk.length;
    if (delayMs === undefined) to.write(chunk);
    else setTimeout(() => to.writable && to.write(chunk), delayMs);
  };

  const server = createServer((client) => {
    const upstream = connect(toCount(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk: Buffer) => pass(client, upstream, 'up', chunk));
    upstream.on('data', (chunk: Buffer) => pass(upstream, client, 'down', chunk));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: atPort(targetUrl, (server.address() as AddressInfo).port),
    setPlan: (next) => {
      plan = next;
      passed = { up: 0, down: 0 };
    },
    cuts: () => cuts,
    passed: (direction) => passed[direction],
    moveTo: (next) => {
      target = new URL(next);
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
