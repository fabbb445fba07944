/** Callers of the universal wallet: people by their token, services by a key as a bearer or in a header of its own. */
import type { IncomingMessage } from 'node:http';
import { API_KEY_PREFIX } from '../../core/access/api-key.ts';
import { Refusal } from '../../core/errors.ts';
import type { Caller } from '../access/caller.ts';
import type { Guard } from '../access/guard.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { headerValues } from '../server/headers.ts';

/** Where published clients send the key of their service. */
export const SERVICE_KEY_HEADER = 'x-wallet-service-key';

/**
 * Finds the caller. A key in the header that opens nothing is 403, and counts as a failed sign-in. It must be the only credential:
 * which of two callers was meant is never guessed, and the cookie of a sign-in session is one as well.
 */
export function walletCaller(guard: Guard): (request: IncomingMessage) => Promise<Caller> {
  return async (request) => {
    const keys = headerValues(request, SERVICE_KEY_HEADER);
    const [key] = keys;
    if (key === undefined) return guard.authenticate(request);
    if (keys.length > 1 || guard.names(request)) {
      throw invalidInput([{ path: SERVICE_KEY_HEADER, message: 'must be the only credential of the request' }]);
    }
    try {
      // What is no key, such as a person's token, is looked up as one and found to be none.
      return await guard.authenticate(request, key.startsWith(API_KEY_PREFIX) ? key : API_KEY_PREFIX);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'UNAUTHENTICATED') throw error;
      throw new Refusal('FORBIDDEN', `${SERVICE_KEY_HEADER} has no valid key of the platform`);
    }
  };
}
