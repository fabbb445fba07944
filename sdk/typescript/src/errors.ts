/** What goes wrong, as classes: a refusal of the service, or an answer that never came. */
import type { Problem } from './generated/api.ts';
import { Usd } from './usd.ts';

/** The further members of a problem with the code `CREDIT_INSUFFICIENT`; which of them are there depends on `kind`. */
interface CreditDetails {
  readonly kind?: 'balance' | 'debt' | 'frozen' | 'restricted' | 'budget';
  readonly requiredUsd?: string;
  readonly availableUsd?: string;
  readonly debtUsd?: string;
  readonly frozenUsd?: string;
  readonly restrictedUsd?: string;
  readonly spendableUsd?: string;
  readonly budgetId?: string;
  readonly budgetName?: string | null;
  readonly leftUsd?: string;
  readonly renewsAt?: string | null;
}

/** What every error knows of its call. */
export interface CallFacts {
  /** Such as `POST /treasury/debit`. */
  readonly call: string;
  /** The key of a call that moves money. Sending the same request under it again has one effect in all. */
  readonly idempotencyKey: string | undefined;
}

/** Any failure of a call. `instanceof` its subclasses, or look at `code`. */
export class CofferError extends Error {
  override readonly name: string = 'CofferError';
  readonly call: string;
  readonly idempotencyKey: string | undefined;

  constructor(message: string, facts: CallFacts, options?: ErrorOptions) {
    super(message, options);
    this.call = facts.call;
    this.idempotencyKey = facts.idempotencyKey;
  }
}

/**
 * No answer came: whether the call had its effect is unknown. Repeat it with the same arguments and this error's
 * `idempotencyKey` to find out: it then has one effect in all.
 */
export class ConnectionError extends CofferError {
  override readonly name = 'ConnectionError';
}

/** The service answered with a problem (RFC 9457). */
export class ApiError extends CofferError {
  override readonly name: string = 'ApiError';
  readonly status: number;
  /** The stable code, such as `CREDIT_INSUFFICIENT`; undefined where something before the service answered. */
  readonly code: Problem['code'] | undefined;
  /** Finds the request in the service's log. */
  readonly requestId: string | undefined;
  /** With `VALIDATION_FAILED`: everything that is wrong, by field or header. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  /** After how long the same request may succeed, in milliseconds; undefined where time alone changes nothing. */
  readonly retryAfterMs: number | undefined;
  /** The whole problem, with the further members of its code. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(answer: ProblemAnswer, facts: CallFacts) {
    const { problem, status } = answer;
    const words = textOf(problem, 'detail') ?? textOf(problem, 'message') ?? `the answer was ${status}`;
    const code = textOf(problem, 'code');
    super(`${facts.call}: ${code ?? status}: ${words}`, facts);
    this.status = status;
    this.code = code as Problem['code'] | undefined;
    this.requestId = textOf(problem, 'requestId') ?? answer.requestId;
    this.errors = Array.isArray(problem['errors']) ? problem['errors'] : [];
    this.retryAfterMs = answer.retryAfterMs;
    this.problem = problem;
  }
}

/** An answer that is no success, as the transport read it. */
export interface ProblemAnswer {
  readonly status: number;
  /** Its members; empty where the answer is no problem. */
  readonly problem: Readonly<Record<string, unknown>>;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

/** 400, 413: the request is wrong; `errors` says where. */
export class ValidationError extends ApiError {
  override readonly name = 'ValidationError';
}
/** 401: no valid key came with the request. */
export class AuthenticationError extends ApiError {
  override readonly name = 'AuthenticationError';
}
/** 403: the key may not do this, or the payer is suspended. */
export class ForbiddenError extends ApiError {
  override readonly name = 'ForbiddenError';
}
export class NotFoundError extends ApiError {
  override readonly name = 'NotFoundError';
}
/** 409: the state of something does not allow it; `code` says what, `problem` why. */
export class ConflictError extends ApiError {
  override readonly name = 'ConflictError';
}
/** 429. It is retried only where the service says after how long that may help. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError';
}
/** 503, and what a gateway answers for a service that is away. A command that got it was not allowed. */
export class UnavailableError extends ApiError {
  override readonly name = 'UnavailableError';
}

/** 402 `CREDIT_INSUFFICIENT`, with exact amounts. Which of them are there depends on `kind`. */
export class InsufficientCreditError extends ApiError {
  override readonly name = 'InsufficientCreditError';
  /** What is in the way: too little credit, a debt, frozen or restricted credit, or a budget. */
  readonly kind: NonNullable<CreditDetails['kind']>;
  readonly required: Usd | undefined;
  readonly available: Usd | undefined;
  readonly debt: Usd | undefined;
  readonly frozen: Usd | undefined;
  readonly restricted: Usd | undefined;
  /** With `restricted`: what may pay for what was asked for. */
  readonly spendable: Usd | undefined;
  /** With `budget`: which one. */
  readonly budget:
    | {
        readonly id: string;
        readonly name: string | undefined;
        readonly left: Usd;
        readonly renewsAt: Date | undefined;
      }
    | undefined;

  constructor(answer: ProblemAnswer, facts: CallFacts) {
    super(answer, facts);
    const details: CreditDetails = answer.problem;
    const usd = (text: string | undefined): Usd | undefined => (text === undefined ? undefined : Usd.of(text));
    this.kind = details.kind ?? 'balance';
    this.required = usd(details.requiredUsd);
    this.available = usd(details.availableUsd);
    this.debt = usd(details.debtUsd);
    this.frozen = usd(details.frozenUsd);
    this.restricted = usd(details.restrictedUsd);
    this.spendable = usd(details.spendableUsd);
    const { budgetId, budgetName, leftUsd, renewsAt } = details;
    this.budget =
      budgetId === undefined || leftUsd === undefined
        ? undefined
        : {
            id: budgetId,
            name: budgetName ?? undefined,
            left: Usd.of(leftUsd),
            renewsAt: typeof renewsAt === 'string' ? new Date(renewsAt) : undefined,
          };
  }

  /** How much is missing, of the balance or of the budget; undefined where the service does not say. */
  get short(): Usd | undefined {
    const have = this.budget?.left ?? this.spendable ?? this.available;
    return this.required === undefined || have === undefined ? undefined : this.required.minus(have);
  }
}

/** The class for a status. */
const CLASSES: Readonly<Record<number, typeof ApiError>> = {
  400: ValidationError,
  401: AuthenticationError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  413: ValidationError,
  429: RateLimitError,
  502: UnavailableError,
  503: UnavailableError,
  504: UnavailableError,
};

/** The error for an answer that is no success. */
export function errorOf(answer: ProblemAnswer, facts: CallFacts): ApiError {
  if (answer.problem['code'] === 'CREDIT_INSUFFICIENT') return new InsufficientCreditError(answer, facts);
  // A gateway that answers for the service has no code of ours; a provider's failure (502) has one and is not an absence.
  const isOurs502 = answer.status === 502 && answer.problem['code'] !== undefined;
  const Class = isOurs502 ? ApiError : (CLASSES[answer.status] ?? ApiError);
  return new Class(answer, facts);
}

function textOf(problem: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = problem[name];
  return typeof value === 'string' ? value : undefined;
}
