/** Arbitraries for JSON schemas, and hostile values that every schema must handle. */
import fc from 'fast-check';
import { z } from 'zod';

const schema = z.looseObject({
  $ref: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  type: z.string().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
});
type Schema = z.infer<typeof schema>;

/** The arbitrary for a field of that name; undefined: its schema makes the value; `null`: the field is left out. */
export type FieldOf = (name: string) => fc.Arbitrary<unknown> | null | undefined;

const INTEGER_MAX = 2 ** 53 - 1;
const TEXT_MAX = 60;
const ITEMS_MAX = 5;

/** Values that fit a schema of requests. Fields that `fieldOf` supplies are always present. */
export function arbitraryOf(given: unknown, fieldOf: FieldOf): fc.Arbitrary<unknown> {
  const one = schema.parse(given);
  const choices = one.anyOf ?? one.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, fieldOf)));
  if (one.const !== undefined) return fc.constant(one.const);
  if (one.enum) return fc.constantFrom(...one.enum);
  switch (one.type ?? 'anything') {
    case 'string':
      return textOf(one);
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.ceil(limited(one.minimum ?? -INTEGER_MAX)),
        max: Math.floor(limited(one.maximum ?? INTEGER_MAX)),
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const minLength = one.minItems ?? 0;
      const maxLength = Math.max(minLength, Math.min(one.maxItems ?? ITEMS_MAX, ITEMS_MAX));
      return fc.array(arbitraryOf(one.items ?? {}, fieldOf), { minLength, maxLength });
    }
    case 'object':
      return objectOf(one, fieldOf);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function limited(value: number): number {
  return Math.max(-INTEGER_MAX, Math.min(value, INTEGER_MAX));
}

function textOf({ format, pattern, minLength = 0, maxLength = TEXT_MAX }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time') {
    const bounds = { min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true };
    return fc.date(bounds).map((date) => date.toISOString());
  }
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, TEXT_MAX)) });
}

function objectOf(
  { properties = {}, required = [], additionalProperties }: Schema,
  fieldOf: FieldOf,
): fc.Arbitrary<unknown> {
  const model: Record<string, fc.Arbitrary<unknown>> = {};
  const known: string[] = [];
  for (const [name, inner] of Object.entries(properties)) {
    const own = fieldOf(name);
    if (own === null) continue;
    model[name] = own ?? arbitraryOf(inner, fieldOf);
    if (own) known.push(name);
  }
  const always = [...new Set([...known, ...required.filter((name) => name in model)])];
  const fields = fc.record(model, { requiredKeys: always });
  if (typeof additionalProperties !== 'object' || additionalProperties === null) return fields;
  const more = fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), arbitraryOf(additionalProperties, fieldOf), {
    maxKeys: 3,
  });
  return fc.tuple(more, fields).map(([rest, own]) => ({ ...rest, ...own }));
}

const BAD_AMOUNT_TEXTS = [
  '-1 -0.01 0 0.00 1e18 1E3 1e-6 NaN Infinity -Infinity +1 01 00.5 1. .5 1.0000001 1,000 0x10 1_000',
  '١٢ １２ ۵.۰ 1000000001',
].flatMap((line) => line.split(' '));
/** Invalid amounts: each must be refused, and none may be read as another number. */
export const BAD_AMOUNTS: readonly unknown[] = [
  BAD_AMOUNT_TEXTS,
  ['1 ', ' 1', '', '9'.repeat(400)],
  [1, 0.1, -1, 1e18, 1e21, null, true, [], {}, ['1'], { amountUsd: '1' }],
].flat();

/** Values that are valid nowhere. */
const HOSTILE: readonly unknown[] = [
  ...BAD_AMOUNTS,
  '\u0000',
  '\ud800',
  '\u202e\u0007',
  "'; DROP TABLE entry; --",
  '../../etc/passwd',
  '{{7*7}}',
  'x'.repeat(5_000),
  'ent_00000000-0000-5000-8000-000000000000_1',
  '9007199254740993',
  -1,
  2 ** 53,
  [[[[[[]]]]]],
];

/** A body with one field or all of it made hostile, or with one field too many. */
export function hostileOf(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom(...HOSTILE);
  return fc
    .tuple(body, wrong, fc.nat(1_000), fc.constantFrom('field', 'field', 'field', 'extra', 'whole'))
    .map(([value, bad, at, how]) => {
      if (how === 'whole' || typeof value !== 'object' || value === null) return bad;
      if (how === 'extra') return { ...value, [['constructor', 'org', 'wallet', 'isAdmin'][at % 4] ?? '']: bad };
      const names = Object.keys(value);
      return { ...value, [names[at % Math.max(1, names.length)] ?? 'amountUsd']: bad };
    });
}
