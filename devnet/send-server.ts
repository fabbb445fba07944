import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { DevChain } from './dev-chain.ts';

const BODY_BYTES_MAX = 64_000;
const SEND_TIMEOUT_MS = 60_000;

const orderSchema = z.object({
  caip2: z.string(),
  from: z.string(),
  to: z.string(),
  amountMicros: z.string().regex(/^[0-9]{1,16}$/),
});
const sentSchema = z.object({ txHash: z.string(), blockNumber: z.int() });
const answerSchema = z.union([sentSchema, z.object({ error: z.string() })]);

export type SendOrder = z.infer<typeof orderSchema>;

/**
 * Lets other processes of this machine send from the devnet's accounts: one process hands out the nonces, whichever
 * node runs. A sender without enough test USDC gets it from the faucet first. Listens on the loopback interface.
 */
export async function serveSends(chains: readonly DevChain[]): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(chains, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the send server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/send`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

async function answer(chains: readonly DevChain[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    let body = '';
    for await (const chunk of request) {
      body += String(chunk);
      if (body.length > BODY_BYTES_MAX) throw new Error('the request is too long');
    }
    const order = orderSchema.parse(JSON.parse(body));
    const chain = chains.find((one) => one.caip2 === order.caip2);
    if (chain === undefined) throw new Error(`no chain ${order.caip2} in this devnet`);
    response.end(JSON.stringify(await sendFunded(chain, { ...order, amountMicros: BigInt(order.amountMicros) })));
  } catch (error) {
    response.writeHead(400).end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  }
}

/** Sends, after the faucet has made up what the sender lacks. */
async function sendFunded(
  chain: DevChain,
  order: { from: string; to: string; amountMicros: bigint },
): Promise<z.infer<typeof sentSchema>> {
  const missing = order.amountMicros - (await chain.balanceOf(order.from));
  if (missing > 0n) await chain.faucet(order.from, missing);
  return chain.send(order);
}

/** Asks a running devnet to send. Throws with the devnet's own words. */
export async function requestSend(url: string, order: SendOrder): Promise<z.infer<typeof sentSchema>> {
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
  });
  const answered = answerSchema.parse(JSON.parse(await response.text()));
  if ('error' in answered) throw new Error(answered.error);
  return answered;
}
