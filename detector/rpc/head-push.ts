/** Wake-ups over a WebSocket. Whatever frame comes means "look again"; what it says is never used. */
import { WebSocket, type RawData } from 'ws';
import type { Clock } from '../../src/core/clock.ts';
import type { HeadPush } from './source.ts';

/** Silence after which a socket counts as dead and is opened anew. */
const IDLE_MS = 30_000;
const RECONNECT_MS_MIN = 500;
const RECONNECT_MS_MAX = 15_000;
const FRAME_BYTES_MAX = 1024 * 1024;
const SUBSCRIBE_ID = 1;

/**
 * Subscribes to new heads and calls back for every notification. A socket that
 * breaks, stays silent or floods with oversized frames is replaced for ever, with a growing pause.
 */
export function openHeadPush(options: {
  url: string;
  subscribe: { method: string; params: readonly unknown[] | Readonly<Record<string, unknown>> };
  clock: Clock;
  onWake: () => void;
}): HeadPush {
  const { clock } = options;
  let socket: WebSocket | undefined;
  let closed = false;
  let alive = false;
  let pauseMs = RECONNECT_MS_MIN;
  let cancelTimer = (): void => undefined;

  const drop = (): void => {
    alive = false;
    socket?.removeAllListeners();
    // A terminated socket may still report an error once.
    socket?.on('error', () => undefined);
    socket?.terminate();
    socket = undefined;
  };
  const reconnect = (): void => {
    drop();
    cancelTimer();
    if (closed) return;
    cancelTimer = clock.after(pauseMs, connect);
    pauseMs = Math.min(pauseMs * 2, RECONNECT_MS_MAX);
  };
  const watch = (): void => {
    cancelTimer();
    cancelTimer = clock.after(IDLE_MS, reconnect);
  };
  const connect = (): void => {
    const opened = new WebSocket(options.url, { maxPayload: FRAME_BYTES_MAX, handshakeTimeout: RECONNECT_MS_MAX });
    socket = opened;
    opened.on('open', () => {
      opened.send(JSON.stringify({ jsonrpc: '2.0', id: SUBSCRIBE_ID, ...options.subscribe }));
      watch();
    });
    opened.on('message', (frame) => {
      // Only notifications prove a subscription; an error answer to the request does not.
      if (!textOf(frame).includes('"method"')) return;
      alive = true;
      pauseMs = RECONNECT_MS_MIN;
      watch();
      options.onWake();
    });
    opened.on('error', reconnect);
    opened.on('close', reconnect);
  };
  connect();
  return {
    alive: () => alive,
    close: () => {
      closed = true;
      cancelTimer();
      drop();
    },
  };
}

/** Text of a frame, in whichever form it came. */
export function textOf(frame: RawData): string {
  return Array.isArray(frame) ? Buffer.concat(frame).toString() : Buffer.from(frame as Uint8Array).toString();
}
