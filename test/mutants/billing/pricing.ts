/** Defences of the price book. */
import type { Mutant } from '../mutant.ts';

const RULE = ['src/core/pricing/price-book.test.ts'];
const CALLS = ['test/contract/prices.test.ts'];

export const PRICING_MUTANTS: readonly Mutant[] = [
  {
    name: 'pricing: a charge is rounded down',
    file: 'src/core/pricing/rate.ts',
    find: '(quantity * rate + PRODUCT_PER_MICRO - 1n)',
    replace: '(quantity * rate)',
    tests: RULE,
  },
  {
    name: 'pricing: a charge has no bound',
    file: 'src/core/pricing/rate.ts',
    find: 'if (micros > AMOUNT_MICROS_MAX)',
    replace: 'if (micros < 0n)',
    tests: RULE,
  },
  {
    name: "pricing: another org's price counts",
    file: 'src/core/pricing/price-book.ts',
    find: 'if (row.action !== action || row.org !== owner) continue;',
    replace: 'if (row.action !== action) continue;',
    tests: RULE,
  },
  {
    name: 'pricing: a price counts before its time',
    file: 'src/core/pricing/price-book.ts',
    find: 'if (row.fromMs > atMs ||',
    replace: 'if (',
    tests: RULE,
  },
  {
    name: 'pricing: a price counts at its end',
    file: 'src/core/pricing/price-book.ts',
    find: 'row.toMs <= atMs',
    replace: 'row.toMs < atMs',
    tests: RULE,
  },
  {
    name: 'pricing: an org sees the prices of others',
    file: 'migrations/0044_prices.ts',
    find: "USING (org IS NULL OR current_setting('coffer.org', true) = '*'",
    replace: "USING (true OR current_setting('coffer.org', true) = '*'",
    tests: CALLS,
  },
  {
    name: 'pricing: a row can be changed',
    file: 'migrations/0044_prices.ts',
    find: 'BEFORE UPDATE OR DELETE OR TRUNCATE ON price',
    replace: 'BEFORE TRUNCATE ON price',
    tests: CALLS,
  },
  {
    name: 'pricing: a price needs no second person',
    file: 'src/core/access/approvals.ts',
    find: 'if (limitMicros === undefined) return false;',
    replace: "if (limitMicros === undefined || weight === 'unbounded') return false;",
    tests: CALLS,
  },
  {
    name: 'pricing: a price begins in the past',
    file: 'src/core/pricing/price-book.ts',
    find: 'if (fromMs < nowMs)',
    replace: 'if (fromMs < 0)',
    tests: CALLS,
  },
];
