/** How two processes of one service talk to each other: messages of structured values, collected over a turn of the loop. */

/** One end of a connection to another process. BigInts, Dates and typed arrays arrive as they are, functions cannot be sent. */
export interface Channel {
  /** Sends; what is sent after the other end is gone is dropped. */
  send(message: object): void;
  /** Calls `listener` with each message. */
  onMessage(listener: (message: unknown) => void): void;
  /** Calls `listener` once the other end is gone. */
  onEnd(listener: () => void): void;
}

/** Collects what is to be sent until the end of the turn: one message for all of it costs far less than one for each. */
export class Outbox<Item> {
  readonly #send: (items: readonly Item[]) => void;
  #items: Item[] = [];

  constructor(send: (items: readonly Item[]) => void) {
    this.#send = send;
  }

  /** The order of items is kept. */
  add(item: Item): void {
    this.#items.push(item);
    if (this.#items.length > 1) return;
    setImmediate(() => {
      const items = this.#items;
      this.#items = [];
      this.#send(items);
    });
  }
}

/** What a process and its channel share: a child process as its parent sees it, or `process` in the child. */
export interface Peer {
  readonly connected?: boolean;
  send?(message: object, sent: () => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'disconnect', listener: () => void): unknown;
}

/** The channel of a process that was forked with `serialization: 'advanced'`, from either end. */
export function channelOf(peer: Peer): Channel {
  return {
    send: (message) => {
      // The callback takes the error of a channel that closes meanwhile: its `disconnect` says so.
      if (peer.connected === true) peer.send?.(message, () => undefined);
    },
    onMessage: (listener) => void peer.on('message', listener),
    onEnd: (listener) => void peer.once('disconnect', listener),
  };
}
