/** A proxy between a client and the real API that loses, cuts and replaces answers, and remembers what was asked. */
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What becomes of one request. The names are those of `sdk/cases.json`. */
export type Fault =
  /** The connection breaks before the service has heard of it. */
  | { readonly do: 'lose-request' }
  /** The service does it; its answer never arrives. */
  | { readonly do: 'lose-answer' }
  /** The answer breaks off in the middle of its body. */
  | { readonly do: 'cut-answer' }
  /** Every message of a stream comes twice, and after so many of them the connection breaks. */
  | { readonly do: 'repeat-events'; readonly cutAfter: number }
  /**
   * These lines of a batch, counted from 0, are answered with 503 and the code. The service does not hear of them, unless they
   * are `done`: then it carries them out and only their answers are replaced.
   */
  | { readonly do: 'refuse-lines'; readonly lines: readonly number[]; readonly code: string; readonly done?: boolean }
  /** Somebody else answers, and the service hears nothing. */
  | {
      readonly do: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    };

/** A request as it came, and the status that its sender got; undefined where none arrived. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly body: string;
  status: number | undefined;
}

export interface FaultProxy {
  readonly url: string;
  /** What was asked since the faults were set. */
  readonly asked: readonly Asked[];
  /** One fault for each request to come; undefined lets it pass. A function is asked for each request. */
  setFaults(faults: readonly (Fault | null)[] | (() => Fault | undefined)): void;
  close(): Promise<void>;
}

const WRAPPED = new Set(['connection', 'transfer-encoding', 'keep-alive', 'content-length', 'host']);

/** Opens a proxy in front of the API. `target` is asked for each request: the API may be restarted. */
export async function openFaultProxy(target: () => string): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let next: () => Fault | undefined = () => undefined;
  const asked: Asked[] = [];

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const key = request.headersDistinct['idempotency-key']?.[0];
    const one: Asked = { method: request.method ?? '', path: request.url ?? '', key, body, status: undefined };
    asked.push(one);
    const fault = next();
    if (fault?.do === 'lose-request') return void request.socket.destroy();
    if (fault?.do !== 'answer') {
      const passed = fault?.do === 'refuse-lines' ? withoutLines(body, fault) : body;
      const answer = await passOn(request, passed, { agent, url: target() });
      return answerWith(answer, response, fault, one);
    }
    one.status = fault.status;
    response.writeHead(fault.status, { 'content-type': 'application/problem+json', ...fault.headers });
    response.end(typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {}));
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    setFaults: (faults) => {
      asked.length = 0;
      const left = typeof faults === 'function' ? [] : [...faults];
      next = typeof faults === 'function' ? faults : () => left.shift() ?? undefined;
    },
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

const unwrapped = (headers: IncomingMessage['headers']): Record<string, string | string[] | undefined> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !WRAPPED.has(name)));

/** Sends a request on to the service. */
async function passOn(
  request: IncomingMessage,
  body: string,
  { agent, url }: { readonly agent: Agent; readonly url: string },
): Promise<IncomingMessage> {
  const own = { 'content-length': String(Buffer.byteLength(body)), 'accept-encoding': 'identity' };
  const headers = { ...unwrapped(request.headers), ...own };
  return new Promise((resolve, reject) => {
    const passed = ask(url + (request.url ?? '/'), { method: request.method, agent, headers });
    passed.on('response', resolve).on('error', reject);
    passed.end(body);
  });
}

/** Sends the service's answer back, or what the fault leaves of it. */
async function answerWith(
  answer: IncomingMessage,
  response: ServerResponse,
  fault: Fault | undefined,
  asked: Asked,
): Promise<void> {
  const status = fault?.do === 'refuse-lines' ? 200 : (answer.statusCode ?? 500);
  if (answer.headers['content-type']?.startsWith('text/event-stream') === true) {
    asked.status = status;
    response.writeHead(status, unwrapped(answer.headers));
    return passEvents(answer, response, fault);
  }
  const own = await text(answer);
  const whole = fault?.do === 'refuse-lines' ? withRefusals(own, fault, asked.body) : own;
  const { socket } = response;
  if (fault?.do === 'lose-answer') return void socket?.destroy();
  response.writeHead(status, { ...unwrapped(answer.headers), 'content-length': String(Buffer.byteLength(whole)) });
  if (fault?.do === 'cut-answer') {
    response.write(whole.slice(0, Math.ceil(whole.length / 2)), () => socket?.destroy());
    return;
  }
  asked.status = status;
  response.end(whole);
}

type RefusedLines = Extract<Fault, { do: 'refuse-lines' }>;
interface Batch {
  readonly commands: readonly { readonly idempotencyKey: string }[];
}

/** The body of a batch without the lines that the service does not hear of. */
function withoutLines(body: string, { lines, done = false }: RefusedLines): string {
  const { commands } = JSON.parse(body) as Batch;
  return JSON.stringify({ commands: commands.filter((_, at) => done || !lines.includes(at)) });
}

/** The answer to a batch, with a 503 for these lines in the places that they have. */
function withRefusals(answer: string, { lines, code, done = false }: RefusedLines, body: string): string {
  const { commands } = JSON.parse(body) as Batch;
  // The service refuses a batch of which no line is left.
  const { results = [] } = JSON.parse(answer) as { results?: unknown[] };
  const left = [...results];
  const problem = {
    type: `/docs/errors/${code}`,
    title: 'made up',
    status: 503,
    detail: 'away',
    message: 'away',
    code,
  };
  return JSON.stringify({
    results: commands.map(({ idempotencyKey }, at) => {
      const isRefused = lines.includes(at);
      const own = isRefused && !done ? undefined : left.shift();
      return isRefused ? { idempotencyKey, status: 503, replayed: false, problem } : own;
    }),
  });
}

/** Passes a stream on, message by message. */
async function passEvents(answer: IncomingMessage, response: ServerResponse, fault: Fault | undefined): Promise<void> {
  response.on('close', () => answer.destroy());
  let rest = '';
  let messages = 0;
  for await (const piece of answer.setEncoding('utf8')) {
    const parts = (rest + String(piece)).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      response.write(`${part}\n\n`);
      if (fault?.do !== 'repeat-events' || !part.includes('data:')) continue;
      messages += 1;
      if (messages < fault.cutAfter) response.write(`${part}\n\n`);
      else {
        // What was written before has to arrive.
        response.write(`${part}\n\n`, () => response.socket?.destroy());
        return;
      }
    }
  }
  response.end();
}
