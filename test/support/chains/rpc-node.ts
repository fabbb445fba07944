/** A node whose JSON-RPC answers a test decides, call by call. */
import { createServer } from 'node:http';
import { z } from 'zod';

const callSchema = z.object({ id: z.number(), method: z.string(), params: z.unknown() });

/** A JSON-RPC error to throw from a scripted answer. */
export class ScriptedError extends Error {
  readonly code: number;

  constructor(code: number, message = 'scripted') {
    super(message);
    this.code = code;
  }
}

export interface ScriptedNode {
  readonly url: string;
  stop(): void;
}

/** Starts the node; `answer` returns the result of each call, or throws a ScriptedError. */
export async function startScriptedNode(answer: (method: string, params: unknown) => unknown): Promise<ScriptedNode> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const { id, method, params } = callSchema.parse(JSON.parse(body));
      const reply = (content: object): unknown => response.end(JSON.stringify({ jsonrpc: '2.0', id, ...content }));
      try {
        reply({ result: answer(method, params) });
      } catch (error) {
        const code = error instanceof ScriptedError ? error.code : -32_603;
        reply({ error: { code, message: error instanceof Error ? error.message : String(error) } });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
