/** What keeps the document, the routes and the answers one, and the command line honest. */
import type { Mutant } from './mutant.ts';

const DOCUMENT = ['test/http/openapi.test.ts'];
const OPERATOR = ['test/cli/operator.test.ts'];

export const DOCUMENT_MUTANTS: readonly Mutant[] = [
  {
    name: 'document: every id is a UUID',
    file: 'src/http/openapi/document.ts',
    find: 'pathParams[name] ?? z.uuid()',
    replace: 'z.uuid() ?? pathParams[name]',
    tests: DOCUMENT,
  },
  {
    name: 'contract: what stands in a path is not judged',
    file: 'test/support/http/contract.ts',
    find: 'if (answer.status < 300) this.judgePath(',
    replace: 'if (answer.status < 100) this.judgePath(',
    tests: DOCUMENT,
  },
  {
    name: 'document: a path keeps the last of its methods only',
    file: 'src/http/openapi/document.ts',
    find: '{ ...paths[path], [nameOf(route.method)]: operationOf(route) }',
    replace: '{ [nameOf(route.method)]: operationOf(route) }',
    tests: DOCUMENT,
  },
  {
    name: 'document: any code may come with any call',
    file: 'src/http/openapi/document.ts',
    find: 'z.intersection(problemSchema, z.looseObject({ code: z.enum(codes) }))',
    replace: 'codes.length > 0 ? problemSchema : problemSchema',
    tests: DOCUMENT,
  },
  {
    name: 'document: other hosts may serve the reference',
    file: 'src/http/openapi/routes.ts',
    find: `"script-src 'self'",`,
    replace: `"script-src 'self' https:",`,
    tests: DOCUMENT,
  },
  {
    name: 'document: it cannot be switched off',
    file: 'src/config/values.ts',
    find: `return text === 'on';`,
    replace: `return text !== '';`,
    tests: DOCUMENT,
  },
  {
    name: 'contract: answers are not judged',
    file: 'test/support/http/contract.ts',
    find: 'if (check(JSON.parse(text))) return;',
    replace: 'if (check(JSON.parse(text)) || where !== "") return;',
    tests: DOCUMENT,
  },
  {
    name: 'cli: a bad configuration ends like any failure',
    file: 'src/main.ts',
    find: 'error instanceof ConfigError ? EXIT.config : EXIT.failed',
    replace: 'EXIT.failed',
    tests: OPERATOR,
  },
  {
    name: 'cli: secrets that others may read pass',
    file: 'src/cli/doctor.ts',
    find: '(mode & OTHERS) === 0 ?',
    replace: '(mode & OTHERS) >= 0 ?',
    tests: OPERATOR,
  },
  {
    name: 'cli: a chain is released without a word',
    file: 'src/cli/chain.ts',
    find: 'if (yes !== true) await confirm(',
    replace: 'if (yes === false) await confirm(',
    tests: ['test/cli/reconciliation.test.ts'],
  },
];
