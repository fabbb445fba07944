/** Examples of bodies and answers, made of the examples that their schemas give for themselves and for their parts. */
import { z } from 'zod';

const schema = z.looseObject({
  $ref: z.string().optional(),
  examples: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
});
type Schema = z.output<typeof schema>;

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21',
  'date-time': '2026-01-31T12:00:00.000Z',
  uri: 'https://shop.example/',
};

/** Deeper than any schema of the document; what refers to itself has no example. */
const DEPTH_MAX = 20;

const mediaTypes = z.record(
  z.string(),
  z.looseObject({ schema: z.unknown().optional(), example: z.unknown().optional() }),
);
const withContent = z.looseObject({ content: mediaTypes.optional() });
const operation = z.looseObject({
  requestBody: withContent.optional(),
  responses: z.record(z.string(), withContent).optional(),
});
type WithContent = z.output<typeof withContent>;

/** Examples of what is in one document. */
export class Examples {
  readonly #schemas: Readonly<Record<string, unknown>>;

  /** @param schemas the schemas that the document names. */
  constructor(schemas: Readonly<Record<string, unknown>>) {
    this.#schemas = schemas;
  }

  /** An operation with an example for each JSON body and answer that has none; left out where its schema gives too little. */
  addTo(given: unknown): unknown {
    const { requestBody, responses = {}, ...rest } = operation.parse(given);
    const answers = Object.entries(responses).map(([status, answer]) => [status, this.#inContent(answer)] as const);
    return {
      ...rest,
      ...(requestBody ? { requestBody: this.#inContent(requestBody) } : {}),
      responses: Object.fromEntries(answers),
    };
  }

  #inContent(part: WithContent): WithContent {
    if (!part.content) return part;
    const content = Object.entries(part.content).map(([type, media]) => {
      const example = type.endsWith('json') ? (media.example ?? this.exampleOf(media.schema)) : media.example;
      return [type, example === undefined ? media : { ...media, example }] as const;
    });
    return { ...part, content: Object.fromEntries(content) };
  }

  /** A value that fits a schema; undefined when it says too little to make one. Fields that may be left out are. */
  exampleOf(given: unknown, depth = 0): unknown {
    if (depth > DEPTH_MAX) return undefined;
    const one = schema.parse(given);
    const [own] = one.examples ?? [];
    if (own !== undefined) return own;
    if (one.$ref !== undefined) return this.exampleOf(this.#schemas[one.$ref.split('/').at(-1) ?? ''], depth + 1);
    if (one.const !== undefined) return one.const;
    if (one.enum) return one.enum[0];
    const [choice] = one.anyOf ?? one.oneOf ?? [];
    if (choice !== undefined) return this.exampleOf(choice, depth + 1);
    if (one.allOf) return this.#allOf(one.allOf, depth + 1);
    return this.#ofType(one, depth + 1);
  }

  #allOf(parts: readonly unknown[], depth: number): unknown {
    const values = parts.map((part) => this.exampleOf(part, depth));
    return values.includes(undefined) ? undefined : Object.assign({}, ...values);
  }

  #ofType(one: Schema, depth: number): unknown {
    const [type = ''] = typeof one.type === 'string' ? [one.type] : (one.type ?? []);
    switch (type) {
      case 'string':
        return BY_FORMAT[one.format ?? ''];
      case 'integer':
      case 'number':
        return Math.min(Math.max(one.minimum ?? 1, 1), one.maximum ?? Infinity);
      case 'boolean':
        return true;
      case 'null':
        return null;
      case 'array': {
        const item = this.exampleOf(one.items ?? {}, depth);
        if (item !== undefined) return [item];
        return (one.minItems ?? 0) > 0 ? undefined : [];
      }
      case 'object':
        return this.#object(one, depth);
      default:
        return undefined;
    }
  }

  #object({ properties = {}, required = [] }: Schema, depth: number): unknown {
    const fields = required.map((name) => [name, this.exampleOf(properties[name] ?? {}, depth)] as const);
    return fields.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(fields);
  }
}
