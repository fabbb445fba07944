/** Guards for Express. */
import type { Coffer } from './client.ts';
import { answerBefore, answerTo, type GuardAnswer, type GuardOptions } from './guard.ts';

export type { GuardOptions, TopUp } from './guard.ts';

/** What is used of Express's response. */
export interface ExpressResponse {
  readonly headersSent: boolean;
  status(code: number): ExpressResponse;
  set(headers: Record<string, string>): ExpressResponse;
  send(body: string): unknown;
}

type Next = (error?: unknown) => void;

/** What is left to the next handler of errors. Express 4 does not look at promises, so that nothing is thrown. */
class Failure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** Middleware that lets a request pass only if `amountUsd` is there; otherwise it answers 402 with how to top up. */
export function guard<Request>(
  coffer: Coffer,
  options: GuardOptions<Request>,
): (request: Request, response: ExpressResponse, next: Next) => Promise<void> {
  return async (request, response, next) => {
    const found = await answerBefore(coffer, request, options).catch((error: unknown) => new Failure(error));
    if (found === undefined) next();
    else if (found instanceof Failure) next(found.error);
    else send(response, found);
  };
}

/** Error middleware, to be used after the routes: a refusal that a handler met becomes 402 with how to top up. */
export function guardErrors<Request>(
  options: GuardOptions<Request>,
): (failure: unknown, request: NoInfer<Request>, response: ExpressResponse, next: Next) => Promise<void> {
  return async (failure, request, response, next) => {
    // An answer that has begun cannot become another one.
    const found = response.headersSent
      ? new Failure(failure)
      : await answerTo(failure, request, options).catch((other: unknown) => new Failure(other));
    if (found instanceof Failure) next(found.error);
    else send(response, found);
  };
}

function send(response: ExpressResponse, { status, headers, body }: GuardAnswer): void {
  response.status(status).set({ ...headers });
  response.send(JSON.stringify(body));
}
