/** A minimal name server: every question for an A record gets the next of the given answers. */
import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { toCount } from '../../../src/core/integers.ts';

const HEADER_BYTES = 12;

export interface NameServer {
  /** Resolves a name through this server, as a program that uses it for its names would. */
  readonly resolve: (name: string) => Promise<LookupAddress[]>;
  /** How many questions it has got. */
  readonly asked: () => number;
  readonly close: () => void;
}

/** The question of a message with one A record as the answer, with a TTL of zero (RFC 1035, section 4). */
function answerOf(question: Buffer, address: string): Buffer {
  const header = Buffer.from(question.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  let end = HEADER_BYTES;
  while (question.readUInt8(end) !== 0) end += question.readUInt8(end) + 1;
  const asked = question.subarray(HEADER_BYTES, end + 5);
  const record = Buffer.from([0xc0, HEADER_BYTES, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(toCount)]);
  return Buffer.concat([header, asked, record]);
}

async function bound(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
}

export async function startNameServer(addresses: readonly string[]): Promise<NameServer> {
  const socket = createSocket('udp4');
  let asked = 0;
  socket.on('message', (question, from) => {
    const address = addresses[Math.min(asked, addresses.length - 1)] ?? '0.0.0.0';
    asked += 1;
    socket.send(answerOf(question, address), from.port, from.address);
  });
  await bound(socket);
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    resolve: async (name) => (await resolver.resolve4(name)).map((address) => ({ address, family: 4 })),
    asked: () => asked,
    close: () => socket.close(),
  };
}
