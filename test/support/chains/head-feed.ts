import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';

const FRAME_TIMEOUT_MS = 5_000;
const FRAME_POLL_MS = 10;

const frameSchema = z.object({
  jsonrpc: z.literal('2.0'),
  method: z.string(),
  params: z.strictObject({ subscription_id: z.string(), result: z.unknown() }),
});
type HeadFrame = z.infer<typeof frameSchema>;
const answerSchema = z.looseObject({ id: z.int(), result: z.unknown().optional() });

/** A websocket with one subscription to new heads; frames are queued until a test asks for them. */
export class HeadFeed {
  subscriptionId = '';
  readonly #socket: WebSocket;
  readonly #frames: unknown[] = [];
  #calls = 0;

  static async open(url: string): Promise<HeadFeed> {
    const socket = new WebSocket(url);
    const feed = new HeadFeed(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const answer = await feed.#call('starknet_subscribeNewHeads', {});
    feed.subscriptionId = z.string().parse(answer.result);
    return feed;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#frames.push(JSON.parse(data.toString('utf8'))));
  }

  async next(): Promise<HeadFrame> {
    return this.#take(frameSchema);
  }

  async unsubscribe(id: string): Promise<unknown> {
    return this.#call('starknet_unsubscribe', { subscription_id: id });
  }

  isClosed(): boolean {
    return this.#socket.readyState === WebSocket.CLOSED;
  }

  close(): void {
    this.#socket.terminate();
  }

  async #call(method: string, params: unknown): Promise<z.infer<typeof answerSchema>> {
    this.#calls += 1;
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id: this.#calls, method, params }));
    return this.#take(answerSchema);
  }

  /** The oldest frame of this kind; waits for it when none has arrived. */
  async #take<T>(schema: z.ZodType<T>): Promise<T> {
    const deadline = Date.now() + FRAME_TIMEOUT_MS;
    while (Date.now() < deadline) {
      const index = this.#frames.findIndex((frame) => schema.safeParse(frame).success);
      if (index >= 0) return schema.parse(this.#frames.splice(index, 1)[0]);
      await sleep(FRAME_POLL_MS);
    }
    throw new Error(`no such frame within ${FRAME_TIMEOUT_MS} ms; waiting were ${JSON.stringify(this.#frames)}`);
  }
}
