/** What the API's document says about errors: their common shape, and the codes that each route may answer with. */
import { z } from 'zod';
import { BUDGET_PERIODS, BUDGET_SUBJECTS } from '../../core/budgets/budget.ts';
import { amount, time } from '../endpoint/fields.ts';
import { PROBLEM_CODES, PROBLEM_PAGES, PROBLEMS, type ProblemCode } from '../server/problem.ts';
import { codeNameOf } from './names.ts';
import { isAlwaysServed } from '../service/recovery-gate.ts';
import type { Access, Route } from '../server/route.ts';

const REQUEST_ID = '019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21';

/** RFC 9457 problem details. Some codes have further members, such as the balance: see {@link membersOf}. */
export const problemSchema = z
  .looseObject({
    type: z
      .string()
      .regex(/^(https?:\/\/[^?#]+)?\/docs\/errors\/[A-Z_]+$/)
      .meta({
        description: 'The page about this code: a path, or a URL where COFFER_PUBLIC_URL is configured.',
        examples: ['/docs/errors/NOT_FOUND'],
      }),
    title: z.string().meta({ description: 'The title of the code.', examples: ['Not found'] }),
    status: z
      .int()
      .min(400)
      .max(599)
      .meta({ description: 'The HTTP status.', examples: [404] }),
    detail: z
      .string()
      .meta({ description: 'What happened and what to do, in words.', examples: ['there is no such hold'] }),
    message: z.string().meta({ description: 'The same text as `detail`.', examples: ['there is no such hold'] }),
    code: z.enum(PROBLEM_CODES).meta({ description: 'The stable code of the problem.', examples: ['NOT_FOUND'] }),
    instance: z
      .string()
      .meta({ description: 'The path of the request, without its query.', examples: ['/treasury/release-hold'] }),
    requestId: z
      .string()
      .meta({ description: 'The id of the request, also in the header `X-Request-Id`.', examples: [REQUEST_ID] }),
    errors: z
      .array(
        z.strictObject({
          path: z.string().meta({ description: 'The field, parameter or header.', examples: ['commands.0.amountUsd'] }),
          message: z.string().meta({ description: 'What is wrong with it.', examples: ['is required'] }),
        }),
      )
      .optional()
      .describe('With VALIDATION_FAILED: everything that is wrong, by field or header.'),
  })
  .meta({ id: 'Problem', description: 'Why a call was refused, or failed.' });

const reasonOf = (example: string, reason: z.ZodType = z.string()): z.ZodType =>
  reason.optional().meta({ description: 'Why, in one word.', examples: [example] });
const stateOf = (example: string): z.ZodType =>
  z
    .string()
    .optional()
    .meta({ description: 'The present state.', examples: [example] });
const fieldOf = z
  .string()
  .optional()
  .meta({ description: 'The field that the caller may not set so.', examples: ['scopes'] });

/** What is there depends on `kind`. */
const creditInsufficient = {
  kind: z
    .enum(['balance', 'debt', 'frozen', 'restricted', 'budget'])
    .optional()
    .describe('What is in the way: too little, a debt, frozen or restricted credit, or a budget.'),
  requiredUsd: amount.optional().describe('What the command needs, in USD.'),
  availableUsd: amount.optional().describe('What is available, in USD.'),
  debtUsd: amount.optional().describe('With `balance` and `debt`: what is owed, in USD.'),
  frozenUsd: amount.optional().describe('With `frozen`: what disputes keep from being spent, in USD.'),
  restrictedUsd: amount.optional().describe('With `restricted`: what may pay for other things only, in USD.'),
  spendableUsd: amount.optional().describe('With `restricted`: what may pay for this, in USD.'),
  budgetId: z.uuid().optional().describe('With `budget`: the id of the budget.'),
  budgetName: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'With `budget`: its name; null without one.', examples: ['Chat of user-17'] }),
  subject: z.enum(BUDGET_SUBJECTS).optional().describe('With `budget`: which field of a spend it is about.'),
  value: z
    .string()
    .optional()
    .meta({ description: 'With `budget`: the user, team, app, service or key.', examples: ['user-17'] }),
  period: z.enum(BUDGET_PERIODS).optional().describe('With `budget`: when it begins anew.'),
  leftUsd: amount.optional().describe('With `budget`: what is left of it, in USD.'),
  renewsAt: time.nullable().optional().describe('With `budget`: when it begins anew; null where it never does.'),
};

/** The further members of problems, by code. Each may be missing: not every refusal with the code has it. */
const MEMBERS: Partial<Record<ProblemCode, Readonly<Record<string, z.ZodType>>>> = {
  CREDIT_INSUFFICIENT: creditInsufficient,
  CARD_DECLINED: {
    providerCode: z
      .string()
      .nullable()
      .optional()
      .meta({ description: "The provider's code; null without one.", examples: ['card_declined'] }),
    declineCode: z
      .string()
      .nullable()
      .optional()
      .meta({ description: "The bank's code; null without one.", examples: ['insufficient_funds'] }),
    advice: z
      .string()
      .nullable()
      .optional()
      .meta({ description: "The provider's advice; null without any.", examples: ['try_again_later'] }),
    payment: z
      .string()
      .optional()
      .meta({ description: 'The id of the payment at the provider.', examples: ['pi_1'] }),
  },
  FORBIDDEN: { field: fieldOf, reason: reasonOf('sign_in_too_old') },
  HOLD_EXCEEDED: {
    holdLeftUsd: amount.optional().describe('What the hold has left, in USD.'),
    parentLeftUsd: amount.optional().describe('What the parent of the hold has left, in USD.'),
  },
  HOLD_NOT_PENDING: {
    reason: reasonOf('credit_ends'),
    latestEnd: time.optional().describe('The latest end that it can have.'),
    holdLeftUsd: amount.optional().describe('What the hold has left, in USD.'),
  },
  DEPOSIT_NOT_OPEN: { state: stateOf('credited'), reason: reasonOf('unknown_sender', z.string().nullable()) },
  ORDER_NOT_OPEN: { state: stateOf('expired') },
  SUBSCRIPTION_STATE: { state: stateOf('ended') },
  DISPUTE_NOT_OPEN: { disputeStatus: stateOf('lost') },
  COUPON_UNUSABLE: { reason: reasonOf('expired') },
  REFUND_NOT_POSSIBLE: { reason: reasonOf('whole_only') },
  PAYMENTS_NOT_CONFIGURED: {
    missing: z
      .string()
      .optional()
      .meta({ description: 'What is missing in the configuration.', examples: ['payments.stripe'] }),
  },
  CURSOR_AHEAD: {
    readAgainAfter: z
      .string()
      .optional()
      .meta({ description: 'The cursor from which to read again.', examples: ['0000000000000042'] }),
  },
  RATE_LIMITED: {
    limit: z
      .string()
      .optional()
      .meta({ description: 'Which limit it is.', examples: ['open_holds'] }),
    retryAfterSeconds: z.int().optional().describe('After how many seconds the same request may succeed.'),
  },
};

const detailed = new Map<ProblemCode, z.ZodType>();

/** The schema of the further members of problems with a code; undefined when it has none. */
export function membersOf(code: ProblemCode): z.ZodType | undefined {
  const known = detailed.get(code);
  const shape = MEMBERS[code];
  if (known !== undefined || shape === undefined) return known;
  const schema = z
    .looseObject(shape)
    .meta({ id: `${codeNameOf(code)}Details`, description: `The further members of problems with the code ${code}.` });
  detailed.set(code, schema);
  return schema;
}

/** A problem with a code, as a call answers it. */
export function exampleOfProblem(code: ProblemCode, instance: string): Readonly<Record<string, unknown>> {
  const { status, title } = PROBLEMS[code];
  const errors = [{ path: 'limit', message: 'must be a whole number from 1 to 100' }];
  return {
    type: `${PROBLEM_PAGES}/${code}`,
    title,
    status,
    detail: title,
    message: title,
    code,
    instance,
    requestId: REQUEST_ID,
    ...(code === 'VALIDATION_FAILED' ? { errors } : {}),
  };
}

/** The codes that a route may answer with, by status: those of its kind of access, and its own. */
export function problemsOf({ method, path, documented }: Route): ReadonlyMap<number, readonly ProblemCode[]> {
  const { access, errors = [] } = documented;
  const { readsOnly = false, servesClosed = false } = documented;
  const mayBeClosed = method !== 'GET' && !readsOnly && !servesClosed;
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const signedIn: readonly ProblemCode[] = [
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'RATE_LIMITED',
    'LEDGER_UNAVAILABLE',
    ...(hasBody ? (['BODY_TOO_LARGE'] as const) : []),
    ...(path.includes(':') ? (['NOT_FOUND'] as const) : []),
  ];
  const byAccess: Readonly<Record<Access, readonly ProblemCode[]>> = {
    open: [],
    signedIn,
    org: [
      ...signedIn,
      ...(path.includes('/:org') ? [] : (['ORG_REQUIRED'] as const)),
      'FORBIDDEN',
      ...(mayBeClosed ? (['ORG_SUSPENDED'] as const) : []),
      'NOT_FOUND',
    ],
    admin: [...signedIn, 'FORBIDDEN'],
    reports: [...signedIn, 'FORBIDDEN'],
    person: [...signedIn, 'FORBIDDEN'],
    service: [...signedIn, 'FORBIDDEN'],
    personOrService: [...signedIn, 'FORBIDDEN'],
  };
  const gated: readonly ProblemCode[] = isAlwaysServed(path) ? [] : ['RECOVERY_REQUIRED'];
  const codes = new Set<ProblemCode>([...byAccess[access], ...errors, ...gated, 'INTERNAL_ERROR']);
  return Map.groupBy(codes, (code) => PROBLEMS[code].status);
}
