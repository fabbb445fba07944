/** What the API's document says about errors: their common shape, and the codes that each route may answer with. */
import { z } from 'zod';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from '../server/problem.ts';
import { isAlwaysServed } from '../service/recovery-gate.ts';
import type { Access, Route } from '../server/route.ts';

/** RFC 9457 problem details. Some codes have further members, such as the balance. */
export const problemSchema = z
  .looseObject({
    /** The page about this code: a path, or a URL where COFFER_PUBLIC_URL is configured. */
    type: z.string().regex(/^(https?:\/\/[^?#]+)?\/docs\/errors\/[A-Z_]+$/),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    /** The same text as `detail`. */
    message: z.string(),
    code: z.enum(PROBLEM_CODES),
    instance: z.string(),
    requestId: z.string(),
    /** With VALIDATION_FAILED: everything that is wrong, by field or header. */
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'Why a call was refused, or failed.' });

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
