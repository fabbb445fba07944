/** Defences that keep the document, routes and answers in agreement, amounts exact, and the command line safe. */
import type { Mutant } from './mutant.ts';

const DOCUMENT = ['test/http/openapi.test.ts'];
const CLIENTS = ['test/http/openapi-clients.test.ts'];
const FORMS = ['src/http/endpoint/forms.test.ts'];
const SURFACES = ['test/http/surfaces.test.ts'];
const DECIMALS = ['src/core/decimal.test.ts'];
const OPERATOR = ['test/cli/operator.test.ts'];

export const DOCUMENT_MUTANTS: readonly Mutant[] = [
  {
    name: 'document: every id is a UUID',
    file: 'src/http/openapi/operation.ts',
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
    find: '{ ...paths[path], [methodOf(route)]: operationOf(route, names) }',
    replace: '{ [methodOf(route)]: operationOf(route, names) }',
    tests: DOCUMENT,
  },
  {
    name: 'document: any code may come with any call',
    file: 'src/http/openapi/operation.ts',
    find: 'parts.reduce<z.ZodType>((all, part) => z.intersection(all, part), problemSchema)',
    replace: 'parts.length > 0 ? problemSchema : problemSchema',
    tests: DOCUMENT,
  },
  {
    name: 'document: problems do not say what they carry',
    file: 'src/http/openapi/operation.ts',
    find: '...codes.flatMap((code) => membersOf(code) ?? []), own',
    replace: 'own',
    tests: CLIENTS,
  },
  {
    name: 'document: every spelling of the idempotency key is shown',
    file: 'src/http/openapi/tidy.ts',
    find: "globalRegistry.get(field)?.['isHidden'] === true",
    replace: "globalRegistry.get(field)?.['isHidden'] === false",
    tests: CLIENTS,
  },
  {
    name: 'document: answers say that they never get further fields',
    file: 'src/http/openapi/document.ts',
    find: '  openAnswers(created);\n',
    replace: '',
    tests: CLIENTS,
  },
  {
    name: 'document: bodies and answers have no names',
    file: 'src/http/openapi/names.ts',
    find: 'const named = schema.meta({ id: name });',
    replace: 'const named = schema;',
    tests: CLIENTS,
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
    name: 'problem: the message is another text than the detail',
    file: 'src/http/server/problem.ts',
    find: 'message: problem.detail,',
    replace: 'message: title,',
    tests: [...DOCUMENT, ...FORMS],
  },
  {
    name: 'surfaces: answers come in the form of the treasury',
    file: 'src/http/server/server.ts',
    find: 'reply.form.writeBody(reply.body)',
    replace: 'JSON.stringify(reply.body, (_name, value) => (typeof value === "bigint" ? String(value) : value))',
    tests: SURFACES,
  },
  {
    name: 'surfaces: problems come in the form of the treasury',
    file: 'src/http/server/problem.ts',
    find: '...form?.problemMembers(problem.detail),',
    replace: '',
    tests: [...SURFACES, ...FORMS],
  },
  {
    name: 'contract: messages are not compared',
    file: 'test/support/http/contract.ts',
    find: "(typeof message !== 'string' || message !== detail)",
    replace: "typeof message !== 'string'",
    tests: DOCUMENT,
  },
  {
    name: 'amounts: a place too many is rounded away',
    file: 'src/core/decimal.ts',
    find: 'if (shift < 0n) throw outOfBounds(true, places);',
    replace: 'if (shift < 0n) return BigInt(digits) / 10n ** -shift;',
    tests: [...DECIMALS, ...FORMS],
  },
  {
    name: 'amounts: a number that JSON readers bend is taken',
    file: 'src/core/decimal.ts',
    find: 'if (scaled > VALUE_MAX * 10n ** BigInt(places)) throw outOfBounds(false, places);',
    replace: '',
    tests: [...DECIMALS, ...FORMS],
  },
  {
    name: 'amounts: zero and less are taken as numbers',
    file: 'src/http/endpoint/exact-fields.ts',
    find: "if (amount < least) return problem(least > 0n ? 'must be more than zero' : 'must not be below zero');",
    replace: '',
    tests: FORMS,
  },
  {
    name: 'amounts: a number is written through floating point',
    file: 'src/http/endpoint/forms.ts',
    find: 'JSON.rawJSON(write(value))',
    replace: 'JSON.parse(write(value))',
    tests: FORMS,
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
