/** Wake-ups over a WebSocket. Any notification means "look again"; its content is never used. */
import { WebSocket, type RawData } from 'ws';
import type { Clock } from '../../src/core/clock.ts';
import type { HeadPush } from './source.ts';

/** A socket that is silent for this long counts as dead and is replaced. */
const IDLE_MS = 30_000;
const RECONNECT_MS_MIN = 500;
const RECONNECT_MS_MAX = 15_000;
const FRAME_BYTES_MAX = 1024 * 1024;
const SUBSCRIBE_ID = 1;

/**
 * Subscribes to new heads and calls back for every notification. A socket that breaks, stays silent for 30 s or sends a
 * frame above 1 MiB is replaced, without end until close(); the pause before that doubles from 0.5 s up to 15 s, and
 * starts over with the next notification.
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
    // A terminated socket may still emit one error.
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
      // Only a notification proves the subscription; the reply to the request may be an error.
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

/** The text of a frame, whichever form it has. */
export function textOf(frame: RawData): string {
  return Array.isArray(frame) ? Buffer.concat(frame).toString() : Buffer.from(frame as Uint8Array).toString();
}
