import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { DevChain } from './dev-chain.ts';
import { replaceBlocks, replacedSchema, type Replaced } from './replaced-blocks.ts';

const BODY_BYTES_MAX = 64_000;
const ANSWER_TIMEOUT_MS = 60_000;
/** The deepest reorg of one request. */
export const REORG_DEPTH_MAX = 5_000;

const sendSchema = z.object({
  caip2: z.string(),
  from: z.string(),
  to: z.string(),
  amountMicros: z.string().regex(/^[0-9]{1,16}$/),
});
const sentSchema = z.object({ txHash: z.string(), blockNumber: z.int() });
const reorgSchema = z.object({ caip2: z.string(), depth: z.int().min(1).max(REORG_DEPTH_MAX) });
const errorSchema = z.object({ error: z.string() });

export type SendOrder = z.infer<typeof sendSchema>;
export type ReorgOrder = z.infer<typeof reorgSchema>;

type Work = (chains: readonly Controlled[], body: unknown) => Promise<unknown>;

interface Controlled {
  readonly chain: DevChain;
  /** Older blocks were there when the devnet became ready and are never replaced. */
  readonly firstBlock: number;
}

const WORK: Readonly<Record<string, Work>> = {
  '/send': async (chains, body) => {
    const order = sendSchema.parse(body);
    const { chain } = getChain(chains, order.caip2);
    return sendFunded(chain, { ...order, amountMicros: BigInt(order.amountMicros) });
  },
  '/reorg': async (chains, body) => {
    const { caip2, depth } = reorgSchema.parse(body);
    const { chain, firstBlock } = getChain(chains, caip2);
    return replaceBlocks(chain, depth, firstBlock);
  },
};

/**
 * Lets other processes on this machine send from the devnet's accounts and reorg its chains. One process assigns the
 * nonces, whichever node runs; a sender without enough test USDC gets it from the faucet first. Listens on the loopback
 * interface.
 */
export async function serveControl(chains: readonly DevChain[]): Promise<{ url: string; stop(): Promise<void> }> {
  const controlled = await Promise.all(chains.map(async (chain) => ({ chain, firstBlock: (await chain.head()) + 1 })));
  const server = createServer((request, response) => {
    void answer(controlled, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the control server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

async function answer(
  chains: readonly Controlled[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    let body = '';
    for await (const chunk of request) {
      body += String(chunk);
      if (body.length > BODY_BYTES_MAX) throw new Error('the request is too long');
    }
    const work = WORK[request.url ?? ''];
    if (work === undefined) throw new Error(`there is no command ${request.url}`);
    response.end(JSON.stringify(await work(chains, JSON.parse(body))));
  } catch (error) {
    response.writeHead(400).end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  }
}

function getChain(chains: readonly Controlled[], caip2: string): Controlled {
  const found = chains.find(({ chain }) => chain.caip2 === caip2);
  if (found === undefined) throw new Error(`no chain ${caip2} in this devnet`);
  return found;
}

/** Sends, after the faucet has given the sender what it lacks. */
async function sendFunded(
  chain: DevChain,
  order: { from: string; to: string; amountMicros: bigint },
): Promise<z.infer<typeof sentSchema>> {
  const missing = order.amountMicros - (await chain.balanceOf(order.from));
  if (missing > 0n) await chain.faucet(order.from, missing);
  return chain.send(order);
}

/** Asks a running devnet to send. Throws with the devnet's error message. */
export async function requestSend(url: string, order: SendOrder): Promise<z.infer<typeof sentSchema>> {
  return ask(`${url}/send`, order, sentSchema);
}

/** Asks a running devnet to replace its newest blocks. Throws with the devnet's error message. */
export async function requestReorg(url: string, order: ReorgOrder): Promise<Replaced> {
  return ask(`${url}/reorg`, order, replacedSchema);
}

async function ask<Schema extends z.ZodType>(url: string, order: object, schema: Schema): Promise<z.output<Schema>> {
  const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(order), signal });
  const answered: unknown = JSON.parse(await response.text());
  const failed = errorSchema.safeParse(answered);
  if (failed.success) throw new Error(failed.data.error);
  return schema.parse(answered);
}
