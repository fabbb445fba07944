/** What the API's document says about errors: their common shape, and the codes that each route may answer with. */
import { z } from 'zod';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from '../server/problem.ts';
import { isAlwaysServed } from '../service/recovery-gate.ts';
import type { Access, Route } from '../server/route.ts';

/** RFC 9457 problem details. Some codes have further members, such as the balance. */
export const problemSchema = z
  .looseObject({
    type: z.string().regex(/^(https?:\/\/[^?#]+)?\/docs\/errors\/[A-Z_]+$/).meta({ description: 'The page about this code: a path, or a URL where COFFER_PUBLIC_URL is configured.', examples: ['/docs/errors/NOT_FOUND'] }),
    title: z.string().meta({ description: 'The title of the code.', examples: ['Not found'] }),
    status: z.int().min(400).max(599).describe('The HTTP status.'),
    detail: z.string().meta({ description: 'What happened and what to do, in words.', examples: ['there is no such hold'] }),
    message: z.string().meta({ description: 'The same text as `detail`.', examples: ['there is no such hold'] }),
    code: z.enum(PROBLEM_CODES).describe('The stable code of the problem.'),
    instance: z.string().meta({ description: 'The path of the request, without its query.', examples: ['/treasury/release-hold'] }),
    requestId: z.string().meta({ description: 'The id of the request, also in the header `X-Request-Id`.', examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'] }),
    errors: z.array(z.strictObject({ path: z.string().meta({ description: 'The field or header, such as `commands.0.amountUsd`.', examples: ['amountUsd'] }), message: z.string().meta({ description: 'The same text as `detail`.', examples: ['there is no such hold'] }) })).optional().describe('With VALIDATION_FAILED: everything that is wrong, by field or header.'),
  })
  .meta({ id: 'Problem', description: 'Why a call was refused, or failed.' });

/** The codes that a route may answer with, by status: those of its kind of access, and its own. */
export function problemsOf({ method, path, documented }: Route): ReadonlyMap<number, readonly ProblemCode[]> {
  const { access, errors = [] } = documented;
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
    org: [...signedIn, ...(path.includes('/:org') ? [] : (['ORG_REQUIRED'] as const)), 'FORBIDDEN', 'NOT_FOUND'],
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
