/** Every error of the API: RFC 9457 problem details with a stable code, and `message`, which many clients read. */
import type { ServerResponse } from 'node:http';
import { Refusal, REFUSAL_CODES, type InputIssue } from '../../core/errors.ts';
import { isDatabaseUnavailable } from '../../db/errors.ts';
import type { Form } from './surface.ts';

/** The codes of refusals, and those that only the HTTP server uses. */
export const PROBLEM_CODES = [...REFUSAL_CODES, 'METHOD_NOT_ALLOWED', 'INTERNAL_ERROR'] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** The path under which the pages about codes are served. */
export const PROBLEM_PAGES = '/docs/errors';

/** The only table from codes to statuses and titles. */
export const PROBLEMS: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  VALIDATION_FAILED: { status: 400, title: 'The request is not valid' },
  ORG_REQUIRED: { status: 400, title: 'The request names no org' },
  SERVICE_TYPE_RESERVED: { status: 400, title: 'The service type is reserved' },
  SIGNATURE_INVALID: { status: 400, title: 'The signature is not valid' },
  PLAN_NOT_SELLABLE: { status: 400, title: 'The plan cannot be bought this way' },
  UNAUTHENTICATED: { status: 401, title: 'A valid API key is needed' },
  CREDIT_INSUFFICIENT: { status: 402, title: 'Not enough credit' },
  CARD_DECLINED: { status: 402, title: 'The card was declined' },
  FORBIDDEN: { status: 403, title: 'The caller may not do this' },
  ORG_SUSPENDED: { status: 403, title: 'The org is suspended' },
  USER_SUSPENDED: { status: 403, title: 'The user is suspended' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed here' },
  SENDER_CLAIMED: { status: 409, title: 'Another org holds this sender' },
  HOLD_NOT_PENDING: { status: 409, title: 'The hold is not open' },
  HOLD_EXCEEDED: { status: 409, title: 'The cost is above the hold' },
  DEPOSIT_NOT_OPEN: { status: 409, title: 'The deposit is not open to this' },
  ORDER_NOT_OPEN: { status: 409, title: 'The order is not open' },
  PRODUCT_INACTIVE: { status: 409, title: 'The product is no longer sold' },
  ALREADY_CHECKED_IN: { status: 409, title: 'The check-in of the day is done' },
  CHECKIN_DISABLED: { status: 409, title: 'Check-ins are off' },
  COUPON_UNUSABLE: { status: 409, title: 'The coupon cannot be redeemed' },
  DISPUTE_NOT_OPEN: { status: 409, title: 'The dispute is not open' },
  PAYMENTS_NOT_CONFIGURED: { status: 409, title: 'Card payments are not set up' },
  SUBSCRIPTION_STATE: { status: 409, title: 'The state of the subscription does not allow this' },
  REFUND_NOT_POSSIBLE: { status: 409, title: 'The refund is not possible' },
  IDEMPOTENCY_CONFLICT: { status: 409, title: 'The idempotency key was used for another request' },
  CURSOR_AHEAD: { status: 409, title: 'The cursor is ahead of the event log' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  INTERNAL_ERROR: { status: 500, title: 'Internal error' },
  PAYMENT_PROVIDER_FAILED: { status: 502, title: 'The payment provider did not do it, or its answer is lost' },
  LEDGER_UNAVAILABLE: { status: 503, title: 'The ledger cannot be reached; nothing was allowed' },
  DEPOSIT_ADDRESS_UNAVAILABLE: { status: 503, title: 'No deposit address is left to give' },
  RECOVERY_REQUIRED: { status: 503, title: 'The database has to be recovered first' },
};

/** By code: after how many seconds a retry may succeed without anything else being changed. */
const RETRY_AFTER_SECONDS: Partial<Record<ProblemCode, number>> = { LEDGER_UNAVAILABLE: 1, RECOVERY_REQUIRED: 60 };

/** What the caller learns of an error. `unexpected` marks a fault of this service, which is logged in full. */
export interface Problem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly issues: readonly InputIssue[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly unexpected: boolean;
}

/** A failure with headers that its answer always carries, such as the idempotency key for a retry of the call. */
export class FailedCall extends Error {
  override name = 'FailedCall';
  readonly headers: Readonly<Record<string, string>>;

  constructor(cause: unknown, headers: Readonly<Record<string, string>>) {
    super('the call failed', { cause });
    this.headers = headers;
  }
}

/** The problem for anything that was thrown. Only refusals show their own text; other errors get a fixed one. */
export function problemOf(error: unknown): Problem {
  const plain = (code: ProblemCode, detail: string, unexpected = false): Problem => ({
    code,
    detail,
    issues: [],
    details: {},
    unexpected,
  });
  if (error instanceof FailedCall) return problemOf(error.cause);
  if (error instanceof Refusal) {
    return { code: error.code, detail: error.message, issues: error.issues, details: error.details, unexpected: false };
  }
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return plain('BODY_TOO_LARGE', 'send a smaller body');
  if (status === 400 || status === 415) return plain('VALIDATION_FAILED', 'the request cannot be read');
  if (isDatabaseUnavailable(error)) {
    return plain('LEDGER_UNAVAILABLE', 'the database cannot be reached; try again', true);
  }
  return plain('INTERNAL_ERROR', 'something went wrong on our side; the request id finds it in the log', true);
}

/**
 * The members of a problem, without those that identify the request.
 * @param about.form of the surface that answers.
 * @param about.linkBase what comes before the path of the page about the code; empty: the client knows where the API is.
 */
export function problemBody(
  problem: Problem,
  { form, linkBase }: { readonly form?: Form | undefined; readonly linkBase: string },
): Record<string, unknown> {
  const { status, title } = PROBLEMS[problem.code];
  return {
    ...problem.details,
    ...form?.problemMembers(problem.detail),
    type: `${linkBase}${PROBLEM_PAGES}/${problem.code}`,
    title,
    status,
    detail: problem.detail,
    message: problem.detail,
    code: problem.code,
    ...(problem.code === 'VALIDATION_FAILED' ? { errors: problem.issues } : {}),
  };
}

/** Sends a problem. `instance` is the path of the request without its query, `form` the form of its surface. */
export function sendProblem(
  response: ServerResponse,
  problem: Problem,
  about: {
    readonly instance: string;
    readonly requestId: string;
    readonly form?: Form | undefined;
    readonly linkBase: string;
  },
): void {
  const retryAfter = RETRY_AFTER_SECONDS[problem.code];
  if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
  if (problem.code === 'UNAUTHENTICATED') response.setHeader('WWW-Authenticate', 'Bearer');
  // The rest of a body that is too large is not read.
  if (problem.code === 'BODY_TOO_LARGE') response.setHeader('Connection', 'close');
  const body = JSON.stringify({
    ...problemBody(problem, about),
    instance: about.instance,
    requestId: about.requestId,
  });
  response.statusCode = PROBLEMS[problem.code].status;
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}
