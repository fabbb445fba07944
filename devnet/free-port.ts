import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** A port of the loopback interface that nobody listens on: the wanted one if it is free, else any. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  try {
    await listen(server, wanted).catch(async () => listen(server, 0));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return address.port;
  } finally {
    server.close();
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
