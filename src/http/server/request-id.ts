import type { IncomingMessage } from 'node:http';
import { uuidV7 } from '../../core/ids.ts';
import { headerValues } from './headers.ts';

const REQUEST_ID = /^[0-9A-Za-z._-]{1,64}$/;
const requestIds = new WeakMap<IncomingMessage, string>();

/** The id of a request: the one in `X-Request-Id` if it is valid, else a new UUID. Always the same for one request. */
export function requestIdOf(request: IncomingMessage): string {
  let id = requestIds.get(request);
  if (id === undefined) {
    const [sent] = headerValues(request, 'x-request-id');
    id = sent !== undefined && REQUEST_ID.test(sent) ? sent : uuidV7(Date.now());
    requestIds.set(request, id);
  }
  return id;
}
