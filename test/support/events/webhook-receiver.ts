/** A webhook receiver as a customer writes one: it verifies with the public library and remembers ids. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';

export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the library accepted it under one of the receiver's secrets. */
  readonly verified: boolean;
}

/** What the receiver does with a request: a status, or 'hang' and 'cut' for no answer. */
export type Behaviour = (received: Received) => number | 'hang' | 'cut' | Promise<number | 'hang' | 'cut'>;

export interface Receiver {
  url: string;
  readonly received: Received[];
  /** Ids that were processed, in order and each once: what a receiver that deduplicates has taken in. */
  readonly taken: string[];
  secrets: string[];
  behaviour: Behaviour;
  close(): Promise<void>;
}

export async function startReceiver(host = '127.0.0.1', port = 0): Promise<Receiver> {
  const server = createServer((request, response) => void answer(request, response));
  const receiver: Receiver = {
    url: '',
    received: [],
    taken: [],
    secrets: [],
    behaviour: () => 200,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const verified = receiver.secrets.some((secret) => verifies(secret, body, headers));
    const received = { id: headers['webhook-id'] ?? '', headers, body, verified };
    receiver.received.push(received);
    const outcome = await receiver.behaviour(received);
    if (outcome === 'hang') return;
    if (outcome === 'cut') {
      response.destroy();
      return;
    }
    if (outcome < 300 && verified && !receiver.taken.includes(received.id)) receiver.taken.push(received.id);
    response.writeHead(outcome).end(`status ${outcome}`);
  };
  await new Promise<void>((resolve) => {
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  receiver.url = `http://${host}:${address.port}/hook`;
  return receiver;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

export function verifies(secret: string, body: string, headers: Readonly<Record<string, string>>): boolean {
  try {
    new Webhook(secret).verify(body, { ...headers });
    return true;
  } catch {
    return false;
  }
}
