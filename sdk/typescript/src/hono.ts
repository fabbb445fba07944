/** A guard for Hono. */
import type { Coffer } from './client.ts';
import { answerBefore, answerTo, type GuardAnswer, type GuardOptions } from './guard.ts';

export type { GuardOptions, TopUp } from './guard.ts';

/** What is used of Hono's context. */
export interface HonoContext {
  res: Response;
  readonly error: Error | undefined;
}

/**
 * Middleware that lets a request pass only if `amountUsd` is there, and that makes of a refusal which a handler met an answer of
 * 402 with how to top up.
 */
export function guard<Context extends HonoContext>(
  coffer: Coffer,
  options: GuardOptions<Context>,
): (context: Context, next: () => Promise<void>) => Promise<Response | undefined> {
  return async (context, next) => {
    const before = await answerBefore(coffer, context, options);
    if (before !== undefined) return responseOf(before);
    await next();
    // Hono has turned the error into an answer by now. One that is not ours stays as it is.
    const after = context.error === undefined ? undefined : await known(context.error, context, options);
    if (after !== undefined) context.res = responseOf(after);
    return undefined;
  };
}

async function known<Context>(
  error: Error,
  context: Context,
  options: GuardOptions<Context>,
): Promise<GuardAnswer | undefined> {
  return answerTo(error, context, options).catch((failure: unknown) => {
    if (failure === error) return undefined;
    throw failure;
  });
}

function responseOf({ status, headers, body }: GuardAnswer): Response {
  return new Response(JSON.stringify(body), { status, headers });
}
