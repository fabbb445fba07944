/** Defences of what entries record: money that is taken back and returns, services, notes, what gift cards paid for. */
import type { Mutant } from './mutant.ts';

const TAKING_BACK = ['test/ledger/taking-back.test.ts'];
const COLUMNS = ['test/ledger/entry-columns.test.ts'];
const NOTES = ['test/http/notes.test.ts'];
const SERVICES = ['test/http/services.test.ts'];

export const ENTRY_MUTANTS: readonly Mutant[] = [
  {
    name: 'ledger rule: money returns to a lot by an entry of any type',
    file: 'src/core/ledger/decide.ts',
    find: '!REFILLING_TYPES.has(type) || lot >= posting.nextSeq',
    replace: 'REFILLING_TYPES.size === 0 || lot >= posting.nextSeq',
    tests: TAKING_BACK,
  },
  {
    name: 'ledger rule: a claw-back that ends does not count as deposited again',
    file: 'src/core/ledger/vocabulary.ts',
    find: "  'CLAWBACK',\n  'CLAWBACK_REVERSAL',\n]);",
    replace: "  'CLAWBACK',\n]);",
    tests: TAKING_BACK,
  },
  {
    name: 'ledger rule: an amount of zero takes cards by any type',
    file: 'src/core/ledger/decide.ts',
    find: "return type === 'GRANT_REVERSAL' && amountMicros === 0n && giftCards > 0;",
    replace: "return type !== 'GRANT' && amountMicros === 0n && giftCards > 0;",
    tests: TAKING_BACK,
  },
  {
    name: 'verify: a lot beside an entry that gives back passes',
    file: 'src/db/ledger/verify.ts',
    find: "if (row['has_stray_lot'] === true)",
    replace: "if (row['has_stray_lot'] === undefined)",
    tests: TAKING_BACK,
  },
  {
    name: 'entry columns: a later column is not hashed',
    file: 'src/core/ledger/entry.ts',
    find: "    text.later('text_hash', textHash);\n",
    replace: '',
    tests: ['src/core/ledger/entry.test.ts', 'test/ledger/verify.test.ts'],
  },
  {
    name: 'entry columns: a row of the first version hashes as one of the second',
    file: 'src/core/ledger/entry.ts',
    find: 'isFirst ? FIRST_COLUMNS : WITH_LATER_COLUMNS',
    replace: 'isFirst && entry.seq < 0 ? FIRST_COLUMNS : WITH_LATER_COLUMNS',
    tests: ['src/core/ledger/entry.test.ts'],
  },
  {
    name: 'entry columns: the version before cannot compare a service',
    file: 'migrations/0025_what_entries_carry.ts',
    find: '  CREATE CAST (service_type AS text) WITH INOUT AS IMPLICIT;\n',
    replace: '',
    tests: COLUMNS,
  },
  {
    name: 'entry columns: any text is a service',
    file: 'migrations/0025_what_entries_carry.ts',
    find: "CHECK (service ~ '^[A-Z][A-Z0-9_]{0,39}$')",
    replace: 'CHECK (length(service) > 0)',
    tests: COLUMNS,
  },
  {
    name: 'entry texts: are not salted',
    file: 'src/core/ledger/entry-text.ts',
    find: 'JSON.stringify([salt, description,',
    replace: 'JSON.stringify([salt.length, description,',
    tests: ['src/core/ledger/entry-text.test.ts'],
  },
  {
    name: 'entry texts: a changed one passes',
    file: 'src/core/ledger/verify.ts',
    find: 'text === null || textHash(text) === entry.textHash',
    replace: 'text === null || text.hash === entry.textHash',
    tests: COLUMNS,
  },
  {
    name: 'entry texts: an erased one is not reported',
    file: 'src/core/ledger/verify.ts',
    find: 'entry.text === null) this.erasedCount += 1;',
    replace: 'entry.text === null) this.erasedCount += 0;',
    tests: COLUMNS,
  },
  {
    name: 'entry texts: may be changed',
    file: 'migrations/0025_what_entries_carry.ts',
    find: 'CREATE TRIGGER entry_text_is_kept BEFORE UPDATE OR TRUNCATE ON entry_text',
    replace: 'CREATE TRIGGER entry_text_is_kept BEFORE TRUNCATE ON entry_text',
    tests: COLUMNS,
  },
  {
    name: 'entry notes: a hold keeps its words to itself',
    file: 'src/core/ledger/shared.ts',
    find: 'text: inherited,',
    replace: 'text: own ? inherited : null,',
    tests: COLUMNS,
  },
  {
    name: 'entry notes: metadata is no part of the request',
    file: 'src/http/money/notes.ts',
    find: 'metadata: isEmpty ? undefined : canonicalMetadata(metadata)',
    replace: 'metadata: isEmpty ? undefined : String(canonicalMetadata(metadata).length > 0)',
    tests: NOTES,
  },
  {
    name: 'entry notes: one pair of several is enough for a filter',
    file: 'src/db/ledger/metadata.ts',
    find: 'return `NOT EXISTS (SELECT FROM unnest',
    replace: 'return `true OR NOT EXISTS (SELECT FROM unnest',
    tests: NOTES,
  },
  {
    name: 'services: a retired one is charged',
    file: 'src/core/ledger/vocabulary.ts',
    find: 'configured.filter(({ retired }) => !retired)',
    replace: 'configured.filter(() => true)',
    tests: SERVICES,
  },
  {
    name: "services: a charge goes to another service's account",
    file: 'src/core/ledger/shapes.ts',
    find: 'return service !== null && contra === revenueAccount(service);',
    replace: "return service !== null && contra.startsWith('revenue:');",
    tests: COLUMNS,
  },
  {
    name: 'gift cards: what one paid for is in no account',
    file: 'src/core/ledger/verify.ts',
    find: "this.give('expenses:promo', -entry.cardPaid);",
    replace: "this.give('expenses:promo', 0n);",
    tests: COLUMNS,
  },
  {
    name: 'gift cards: one is used without saying what it paid for',
    file: 'src/core/ledger/decide.ts',
    find: "contra: 'expenses:promo', cardPaid: command.amountMicros });",
    replace: '});',
    tests: COLUMNS,
  },
];
