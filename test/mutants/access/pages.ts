/** Defences of the web app: what its pages may load, and that they show amounts and addresses whole. */
import type { Mutant } from '../mutant.ts';

const POLICY = ['src/http/app/pages.test.ts'];
const AMOUNTS = ['test/browser/amounts.test.ts'];
const HOUSE = ['test/house/app.test.ts'];

export const PAGE_MUTANTS: readonly Mutant[] = [
  {
    name: 'pages: scripts of other hosts run in the app',
    file: 'src/http/app/pages.ts',
    find: `"script-src 'self'",`,
    replace: `"script-src 'self' https:",`,
    tests: POLICY,
  },
  {
    name: 'pages: another site frames the app',
    file: 'src/http/app/pages.ts',
    find: `"frame-ancestors 'none'",`,
    replace: '',
    tests: POLICY,
  },
  {
    name: 'pages: every answer has the same nonce',
    file: 'src/http/app/pages.ts',
    find: "const nonce = randomBytes(NONCE_BYTES).toString('base64');",
    replace: "const nonce = Buffer.alloc(NONCE_BYTES).toString('base64');",
    tests: POLICY,
  },
  {
    name: 'pages: amounts are added as floating-point numbers',
    file: 'dashboard/src/lib/money.ts',
    find: "const micros = BigInt(whole) * MICROS + BigInt(part.padEnd(PLACES, '0'));",
    replace: 'const micros = BigInt(Math.round(Number(`${whole}.${part}`) * 1e6));',
    tests: AMOUNTS,
  },
  {
    name: 'pages: parts of a cent are not shown',
    file: 'dashboard/src/lib/money.ts',
    find: "return `${mark}$${grouped}.${part.padEnd(2, '0')}`;",
    replace: "return `${mark}$${grouped}.${part.padEnd(2, '0').slice(0, 2)}`;",
    tests: AMOUNTS,
  },
  {
    name: 'pages: an amount that a person types is cut to cents',
    file: 'dashboard/src/lib/money.ts',
    find: 'return /^[0-9]{1,9}(\\.[0-9]{1,2})?$/.test(plain)',
    replace: 'return /^[0-9]{1,9}(\\.[0-9]+)?$/.test(plain)',
    tests: AMOUNTS,
  },
  {
    name: 'pages: an amount becomes a number outside of plots',
    file: 'dashboard/src/billing/Budgets.tsx',
    find: 'const limit = toMicros(limitUsd);',
    replace: 'const limit = BigInt(Math.trunc(Number(limitUsd) * 1e6));',
    tests: HOUSE,
  },
  {
    name: 'pages: an address is shortened',
    file: 'dashboard/src/desk/Unmatched.tsx',
    find: 'text={one.fromAddress}',
    replace: 'text={one.fromAddress.slice(0, 10)}',
    tests: HOUSE,
  },
  {
    name: 'pages: what is to be copied is shown in part',
    file: 'dashboard/src/ui/parts.tsx',
    find: '<span className="mono">{text}</span>',
    replace: '<span className="mono">{text.slice(0, 10)}</span>',
    tests: HOUSE,
  },
];
