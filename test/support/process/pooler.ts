/** Stands in for a pooler in front of PostgreSQL: it passes everything on, except what its options name. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

import { toCount } from '../../../src/core/integers.ts';
import { atPort } from './tcp-proxy.ts';

export interface PoolerOptions {
  /** Start-up parameters that it drops, as `ignore_startup_parameters` of pgbouncer does. */
  readonly drops?: readonly string[];
  /** Gives clients a process number of its own in place of the server's. */
  readonly ownProcessNumbers?: boolean;
  /** Puts a text into the server's answers in place of another one of the same length. */
  readonly says?: { readonly inPlaceOf: string; readonly text: string };
}

/** A parameter of the start-up message: its name, its value, each ended by a zero. */
function withoutParameters(message: Buffer, dropped: readonly string[]): Buffer {
  const words = message.subarray(8).toString('latin1').split('\0');
  const pairs = words.flatMap((word, at) => (at % 2 === 0 && word !== '' ? [[word, words[at + 1] ?? '']] : []));
  const kept = pairs.filter(([name = '']) => !dropped.includes(name));
  const body = Buffer.from(`${kept.map(([name, value]) => `${name}\0${value}\0`).join('')}\0`, 'latin1');
  const head = Buffer.from(message.subarray(0, 8));
  head.writeInt32BE(8 + body.length);
  return Buffer.concat([head, body]);
}

/** The message in which the server tells its process number: its letter and its length. */
const KEY_DATA = Buffer.from([0x4b, 0, 0, 0, 12]);
const OWN_PROCESS_NUMBER = 7;

function changeAnswer(chunk: Buffer, { ownProcessNumbers = false, says }: PoolerOptions): Buffer {
  const changed = Buffer.from(chunk);
  const keyAt = ownProcessNumbers ? changed.indexOf(KEY_DATA) : -1;
  if (keyAt >= 0) changed.writeInt32BE(OWN_PROCESS_NUMBER, keyAt + KEY_DATA.length);
  if (says) {
    for (let at = changed.indexOf(says.inPlaceOf); at >= 0; at = changed.indexOf(says.inPlaceOf, at + 1)) {
      changed.write(says.text, at);
    }
  }
  return changed;
}

/** Opens it in front of the server of a postgres:// URL, without TLS. */
export async function openPooler(
  targetUrl: string,
  options: PoolerOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(toCount(target.port), target.hostname);
    let isStarting = true;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
        sockets.delete(socket);
      });
    }
    client.on('data', (chunk: Buffer) => {
      // The first message comes alone: the client waits for the server's answer to it.
      upstream.write(isStarting ? withoutParameters(chunk, options.drops ?? []) : chunk);
      isStarting = false;
    });
    upstream.on('data', (chunk: Buffer) => client.write(changeAnswer(chunk, options)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: atPort(targetUrl, (server.address() as AddressInfo).port),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
