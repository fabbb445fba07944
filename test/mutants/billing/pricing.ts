/** Defences of the price book. */
import type { Mutant } from '../mutant.ts';

const RULE = ['src/core/pricing/price-book.test.ts'];
const CALLS = ['test/contract/prices.test.ts'];
const STAMPS = ['test/ledger/priced.test.ts'];

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
  {
    name: 'pricing: an entry is written by rows that were outdone',
    file: 'src/db/ledger/entry-columns.ts',
    find: 'EXISTS (SELECT FROM price_book WHERE last = $7::uuid)',
    replace: '$7::uuid IS NOT NULL',
    tests: STAMPS,
  },
  {
    name: 'pricing: a refusal rests on rows that were outdone',
    file: 'src/db/ledger/batch.ts',
    find: 'if (this.rows.count === 0) await this.prices.confirm();',
    replace: '',
    tests: STAMPS,
  },
  {
    name: 'pricing: what was read stays after the book has changed',
    file: 'src/db/pricing/batch-prices.ts',
    find: 'if (this.#book !== undefined) this.#source?.forget();',
    replace: '',
    tests: STAMPS,
  },
  {
    name: 'pricing: rows of one action are forgotten, and those of others stay',
    file: 'src/db/pricing/book.ts',
    find: 'if (!isSame || this.#rows.size',
    replace: 'if (this.#rows.size',
    tests: ['src/db/pricing/book.test.ts'],
  },
  {
    name: 'pricing: a new row leaves the name of the book as it was',
    file: 'migrations/0048_priced_entries.ts',
    find: 'UPDATE price_book SET last = NEW.id;',
    replace: 'UPDATE price_book SET last = last;',
    tests: STAMPS,
  },
  {
    name: 'pricing: the stamp is not hashed',
    file: 'src/core/ledger/entry.ts',
    find: "    text.later('pricing', pricing);\n",
    replace: '',
    tests: ['src/core/ledger/entry.test.ts', 'test/ledger/verify.test.ts'],
  },
  {
    name: 'verify: a stamp says another amount than was taken',
    file: 'src/core/pricing/stamp.ts',
    find: 'if (dueMicros === this.#taken) return undefined;',
    replace: 'if (dueMicros !== undefined) return undefined;',
    tests: ['src/core/pricing/stamp.test.ts'],
  },
  {
    name: 'pricing: a command is priced at the time of its call and not of its entry',
    file: 'src/core/ledger/decide.ts',
    find: 'priced(command, posting.now, intent)',
    replace: 'priced(command, intent.atMs, intent)',
    tests: ['src/core/ledger/priced.test.ts'],
  },
  {
    name: 'pricing: a retry after a change of price is a conflict',
    file: 'src/http/money/charge.ts',
    find: 'input: { action: name, quantity: asked } }',
    replace: 'input: { action: name, quantity: asked, at: String(Date.now()) } }',
    tests: ['test/contract/priced.test.ts'],
  },
  {
    name: 'pricing: an action that costs nothing holds nothing',
    file: 'src/core/ledger/checks.ts',
    find: 'if (pricing?.amountMicros !== 0n) return;',
    replace: 'if (pricing?.amountMicros !== -1n) return;',
    tests: ['src/core/ledger/priced.test.ts'],
  },
];
