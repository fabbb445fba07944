import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  bytesOf,
  changeRows,
  count,
  findRow,
  getRow,
  listOf,
  listRows,
  micros,
  namedTexts,
  oneOf,
  orNull,
  rowOf,
  rowsOf,
  small,
  textOf,
  timeOf,
  truth,
  type Queries,
} from './rows.ts';

const NOON = new Date('2026-01-01T12:00:00Z');
const BYTES = Buffer.from('ab', 'hex');

/** What the driver can give: one value of each kind, and what a column that is not selected gives. */
const GIVEN: readonly unknown[] = [
  undefined,
  null,
  '',
  'text',
  '12',
  '-12',
  '12.5',
  ' 12',
  '0x1f',
  '9007199254740993',
  12,
  -12,
  12.5,
  NaN,
  Infinity,
  12n,
  true,
  false,
  NOON,
  BYTES,
  [],
  ['a', 'b'],
  ['a', null],
  {},
  { a: 'b' },
  { a: 1 },
];

interface Reader {
  readonly name: string;
  readonly read: (value: unknown) => unknown;
  /** What it takes of {@link GIVEN}, and what becomes of that; everything else is refused. */
  readonly takes: readonly (readonly [given: unknown, read: unknown])[];
}

const same = (...values: unknown[]): Reader['takes'] => values.map((value) => [value, value]);

const READERS: readonly Reader[] = [
  { name: 'textOf', read: textOf, takes: same(...GIVEN.filter((value) => typeof value === 'string')) },
  {
    name: 'micros',
    read: micros,
    takes: [
      ['12', 12n],
      ['-12', -12n],
      ['9007199254740993', 9_007_199_254_740_993n],
    ],
  },
  {
    name: 'count',
    read: count,
    takes: [
      ['12', 12],
      ['0x1f', 31],
    ],
  },
  { name: 'small', read: small, takes: same(12, -12) },
  { name: 'truth', read: truth, takes: same(true, false) },
  { name: 'timeOf', read: timeOf, takes: same(NOON) },
  { name: 'bytesOf', read: bytesOf, takes: same(BYTES) },
  { name: 'oneOf', read: (value) => oneOf(['text', 'other'], value), takes: same('text') },
  { name: 'orNull', read: (value) => orNull(value, small), takes: same(null, 12, -12) },
  {
    name: 'listOf',
    read: (value) => listOf(value, textOf),
    takes: [
      [[], []],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    ],
  },
  {
    name: 'namedTexts',
    read: namedTexts,
    takes: [
      [{}, {}],
      [{ a: 'b' }, { a: 'b' }],
    ],
  },
];

describe.each(READERS)('$name', ({ read, takes }) => {
  test.each(takes)('takes %o', (given, expected) => {
    expect(read(given)).toEqual(expected);
  });

  const refused = GIVEN.filter((value) => !takes.some(([given]) => isDeepStrictEqual(given, value)));
  test.each(refused.map((value) => [value]))('refuses %o', (value) => {
    expect(['TypeError', 'RangeError']).toContain(errorOf(() => read(value))?.name);
  });
});

function errorOf(work: () => unknown): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : undefined;
  }
}

test('rowOf takes an object and nothing else', () => {
  expect(rowOf({ a: 1 })).toEqual({ a: 1 });
  for (const value of [null, undefined, 'a', 1, ['a'], NOON, BYTES]) expect(() => rowOf(value)).toThrow(TypeError);
});

/** A driver that answers every statement with this. */
function answering(result: unknown): Queries {
  return { raw: async <Result>() => Promise.resolve(result as Result) };
}

const readName = (row: Readonly<Record<string, unknown>>): string => textOf(row['name']);

describe('the rows of a result', () => {
  const two = answering({ rows: [{ name: 'a' }, { name: 'b' }], rowCount: 2 });
  const one = answering({ rows: [{ name: 'a' }], rowCount: 1 });
  const none = answering({ rows: [], rowCount: 0 });

  test('are read one by one, in order', async () => {
    expect(await listRows(two, readName, '')).toEqual(['a', 'b']);
    expect(await findRow(one, readName, '')).toBe('a');
    expect(await findRow(none, readName, '')).toBeUndefined();
    expect(await getRow(one, readName, '')).toBe('a');
    expect(await changeRows(two, '')).toBe(2);
  });

  test('are refused where their number is another than was promised', async () => {
    await expect(findRow(two, readName, '')).rejects.toThrow('one row expected from the database, got 2');
    await expect(getRow(none, readName, '')).rejects.toThrow('a row was expected');
  });

  test('are refused where a column is missing', async () => {
    await expect(listRows(answering({ rows: [{ other: 'a' }] }), readName, '')).rejects.toThrow(TypeError);
  });

  test.each([
    ['nothing', undefined],
    ['results of several statements', [{ rows: [] }, { rows: [] }]],
    ['rows that are no objects', { rows: [['a']] }],
    ['rows that are no list', { rows: {} }],
  ])('are not there: %s', (_, result) => {
    expect(() => rowsOf(result)).toThrow(TypeError);
  });

  test('are counted only where the driver counted them', async () => {
    await expect(changeRows(answering({ rows: [], rowCount: null }), '')).rejects.toThrow(TypeError);
  });
});
