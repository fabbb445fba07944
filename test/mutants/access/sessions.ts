/** Defences of sign-in sessions: who gets one, what its cookie counts for, and how it ends. */
import type { Mutant } from '../mutant.ts';

const RULES = ['src/core/access/session.test.ts'];
const CALLS = ['test/access/sessions.test.ts'];

export const SESSION_MUTANTS: readonly Mutant[] = [
  {
    name: 'session: another origin uses the cookie',
    file: 'src/core/access/session.ts',
    find: 'if (origin !== undefined && origin !== ownOrigin) return false;',
    replace: '',
    tests: RULES,
  },
  {
    name: 'session: another site reads with the cookie',
    file: 'src/core/access/session.ts',
    find: "if (site === undefined ? origin === undefined : site !== 'same-origin') return false;",
    replace: '',
    tests: RULES,
  },
  {
    name: 'session: a change needs no token',
    file: 'src/core/access/session.ts',
    find: "return method === 'GET' || method === 'HEAD' || (csrf !== undefined && isSame(csrf, csrfTokenOf(token)));",
    replace: 'return true;',
    tests: CALLS,
  },
  {
    name: 'session: an idle one lives on',
    file: 'src/core/access/session.ts',
    find: ' && nowMs < seenAtMs + idleMs',
    replace: '',
    tests: CALLS,
  },
  {
    name: 'session: an old one lives on',
    file: 'src/core/access/session.ts',
    find: ' && nowMs < expiresAtMs',
    replace: '',
    tests: CALLS,
  },
  {
    name: 'session: one that is ended lives on',
    file: 'src/core/access/session.ts',
    find: 'return endedAtMs === null && ',
    replace: 'return ',
    tests: CALLS,
  },
  {
    name: 'session: roles count for ever',
    file: 'src/http/access/sessions.ts',
    find: "if (age === 'fresh') return session;",
    replace: 'if (session) return session;',
    tests: CALLS,
  },
  {
    name: 'session: a refusal of the issuer ends nothing',
    file: 'src/http/access/sessions.ts',
    find: 'await endSession(changes.db, tokenHash, at);\n      }',
    replace: '}',
    tests: CALLS,
  },
  {
    name: 'session: the cookie counts beside an Authorization',
    file: 'src/http/access/guard.ts',
    find: 'const isBare = shown === undefined && request.headers.authorization === undefined;',
    replace: 'const isBare = this.options.sessions?.isCarriedBy(request) === true;',
    tests: CALLS,
  },
  {
    name: 'session: the cookie itself is stored',
    file: 'src/core/access/session.ts',
    find: "return hash('sha256', token, 'buffer');",
    replace: 'return Buffer.from(token.slice(0, 32));',
    tests: CALLS,
  },
  {
    name: 'session: a sign-in makes two',
    file: 'src/db/access/sessions.ts',
    find: 'return stored === 1;',
    replace: 'return true;',
    tests: CALLS,
  },
  {
    name: 'session: a sign-in that took too long ends',
    file: 'src/http/app/sign-in.ts',
    find: 'return data && clock.nowMs() - data.startedAtMs < ATTEMPT_MS_MAX ? data : undefined;',
    replace: 'return data;',
    tests: CALLS,
  },
  {
    name: 'session: the one before a sign-in lives on',
    file: 'src/http/access/sessions.ts',
    find: 'await this.end(request);\n    return setCookie',
    replace: 'return setCookie',
    tests: CALLS,
  },
  {
    name: 'session: a sign-in leads to another site',
    file: 'src/core/access/session.ts',
    find: 'if (asked === undefined || asked.length > RETURN_LENGTH_MAX || !/^\\/app(?:[/?#]|$)/.test(asked)) return APP_PATH;',
    replace: 'if (asked !== undefined) return asked;',
    tests: RULES,
  },
  {
    name: 'session: an old proof is enough to book',
    file: 'src/http/endpoint/endpoint.ts',
    find: 'if (freshSignIn === true) guard.requireFreshSignIn(caller);',
    replace: '',
    tests: CALLS,
  },
  {
    name: 'app: the nonce of its styles is always the same',
    file: 'src/http/app/pages.ts',
    find: "const nonce = randomBytes(NONCE_BYTES).toString('base64');",
    replace: "const nonce = Buffer.alloc(NONCE_BYTES).toString('base64');",
    tests: ['test/browser/top-up.test.ts'],
  },
  {
    name: 'app: its page may be framed',
    file: 'src/http/app/pages.ts',
    find: '    "frame-ancestors \'none\'",\n',
    replace: '',
    tests: ['test/browser/top-up.test.ts'],
  },
  {
    name: 'session: an erased person stays signed in',
    file: 'src/http/admin/users.ts',
    find: 'await dropSessionsOf(db, user);',
    replace: '',
    tests: CALLS,
  },
];
