/** The websocket side of the fault proxy: frames of the node on their way to the client. */
import { WebSocket, type RawData, type WebSocketServer } from 'ws';
import type { FaultRules } from './faults.ts';

/** Frames of a flood that are sent before others get their turn. */
const FLOOD_BATCH_MAX = 1_000;
/** Most frames that a client may send before the node has accepted the connection. */
const WAITING_FRAMES_MAX = 100;

/** A head for floods before the node has sent one. */
const MADE_UP_HEAD = JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params: { subscription: '0x0' } });

export class SocketSide {
  frozen = false;
  readonly #rules: FaultRules;
  readonly #getUrl: () => string | undefined;
  readonly #server: WebSocketServer;
  #lastHead = MADE_UP_HEAD;

  /** @param options.getUrl websocket of the node; undefined when there is none: clients are disconnected. */
  constructor(options: { server: WebSocketServer; rules: FaultRules; getUrl: () => string | undefined }) {
    this.#server = options.server;
    this.#rules = options.rules;
    this.#getUrl = options.getUrl;
    options.server.on('connection', (client) => this.#connect(client));
  }

  /** Closes every websocket: without a close frame (1006), or with one of this code. */
  close(code?: number): void {
    for (const client of this.#server.clients) {
      if (code === undefined) client.terminate();
      else client.close(code);
    }
  }

  /** Sends a head over and over to every client, as fast as they take it. */
  async flood(count: number): Promise<void> {
    for (let sent = 0; sent < count; sent += FLOOD_BATCH_MAX) {
      for (let index = sent; index < Math.min(count, sent + FLOOD_BATCH_MAX); index += 1) {
        for (const client of this.#server.clients)
          if (client.readyState === WebSocket.OPEN) client.send(this.#lastHead);
      }
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }

  #connect(client: WebSocket): void {
    const url = this.#getUrl();
    client.on('error', () => client.terminate());
    if (url === undefined) {
      client.terminate();
      return;
    }
    const node = new WebSocket(url);
    const waiting: string[] = [];
    node.on('error', () => node.terminate());
    node.on('close', () => client.terminate());
    client.on('close', () => node.terminate());
    client.on('message', (data) => {
      if (node.readyState === WebSocket.OPEN) node.send(textOf(data));
      else if (waiting.length < WAITING_FRAMES_MAX) waiting.push(textOf(data));
    });
    node.on('open', () => {
      for (const text of waiting.splice(0)) node.send(text);
    });
    let lost = false;
    node.on('message', (data) => {
      if (!lost) lost = this.#pass(client, textOf(data));
    });
  }

  /** Forwards a frame after its effects. Gives true once everything else on this socket is lost. */
  #pass(client: WebSocket, text: string): boolean {
    if (text.includes('"method"')) this.#lastHead = text;
    if (this.frozen) return false;
    const effects = this.#rules.take('ws');
    if (effects.some(({ kind }) => kind === 'hang')) return true;
    if (effects.some(({ kind }) => kind === 'drop')) {
      client.terminate();
      return true;
    }
    const delay = effects.find(({ kind }) => kind === 'delay');
    const isCut = effects.some(({ kind }) => kind === 'truncate');
    const frame = isCut ? text.slice(0, text.length / 2) : text;
    const send = (): void => {
      if (client.readyState !== WebSocket.OPEN) return;
      client.send(frame);
      if (effects.some(({ kind }) => kind === 'duplicate')) client.send(frame);
    };
    if (delay?.kind === 'delay') setTimeout(send, delay.delayMs);
    else send();
    return false;
  }
}

function textOf(frame: RawData): string {
  return Array.isArray(frame) ? Buffer.concat(frame).toString() : Buffer.from(frame as Uint8Array).toString();
}
