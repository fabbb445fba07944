/** What the guards for web frameworks share: the answer to a caller whose credit does not suffice. */
import type { Coffer } from './client.ts';
import { ApiError, ConnectionError, InsufficientCreditError } from './errors.ts';
import { Usd, type Amount } from './usd.ts';

/** How a caller can top up; further members are passed on to them. */
export interface TopUp {
  /** A page where they can pay. */
  readonly url: string;
  readonly [member: string]: unknown;
}

export interface GuardOptions<Request> {
  /** What has to be there before the handler runs; left out: nothing is asked beforehand. */
  readonly amountUsd?: Amount | ((request: Request) => Amount | Promise<Amount>);
  /** What the amount is for, where credit is restricted to services. */
  readonly serviceType?: string;
  /** The org that pays, for keys that are not bound to one. */
  readonly org?: (request: Request) => string | Promise<string>;
  /** How this caller can top up. */
  readonly topUp: (request: Request) => TopUp | Promise<TopUp>;
}

/** An answer that a guard gives in place of the handler: problem details (RFC 9457). */
export interface GuardAnswer {
  readonly status: 402 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The answer where the caller's credit does not suffice; undefined where the handler may run. Fails closed: no answer is 503. */
export async function answerBefore<Request>(
  coffer: Coffer,
  request: Request,
  options: GuardOptions<Request>,
): Promise<GuardAnswer | undefined> {
  const { amountUsd, serviceType, org } = options;
  if (amountUsd === undefined) return undefined;
  const required = Usd.of(typeof amountUsd === 'function' ? await amountUsd(request) : amountUsd);
  try {
    const about = serviceType === undefined ? {} : { serviceType };
    const own = org === undefined ? {} : { org: await org(request) };
    const { sufficient, availableUsd } = await coffer.checkBalance({ amountUsd: required, ...about }, own);
    if (sufficient) return undefined;
    const amounts = { kind: 'balance', requiredUsd: required, availableUsd };
    return insufficient(amounts, await options.topUp(request));
  } catch (error) {
    return answerTo(error, request, options);
  }
}

/** The answer for an error of the client's; any other is thrown again. */
export async function answerTo<Request>(
  error: unknown,
  request: Request,
  { topUp }: GuardOptions<Request>,
): Promise<GuardAnswer> {
  if (error instanceof InsufficientCreditError) {
    const { kind, problem } = error;
    const { requiredUsd, availableUsd, leftUsd, renewsAt } = problem;
    return insufficient({ kind, requiredUsd, availableUsd, leftUsd, renewsAt }, await topUp(request));
  }
  const isAway = error instanceof ConnectionError || (error instanceof ApiError && error.status === 503);
  if (!isAway) throw error;
  const detail = 'credit cannot be checked at the moment; try again';
  return answer(503, { title: 'Not available', code: 'LEDGER_UNAVAILABLE', detail }, { 'Retry-After': '1' });
}

function insufficient(amounts: Readonly<Record<string, unknown>>, topUp: TopUp): GuardAnswer {
  const detail = `there is not enough credit; top up at ${topUp.url}`;
  return answer(402, { title: 'Not enough credit', code: 'CREDIT_INSUFFICIENT', detail, ...amounts, topUp });
}

function answer(
  status: GuardAnswer['status'],
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): GuardAnswer {
  const type = { 'Content-Type': 'application/problem+json; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: { type: 'about:blank', status, ...body } };
}
