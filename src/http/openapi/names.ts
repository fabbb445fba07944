/** Names for the schemas of bodies and answers in the document, by which generated clients name their types. */
import { z } from 'zod';

/** Names schemas of one document. A schema that has an id keeps it. */
export class SchemaNames {
  readonly #shared = new Map<string, { readonly of: unknown; readonly schema: z.ZodType }>();
  readonly #named = new Map<string, { readonly from: z.ZodType; readonly schema: z.ZodType }>();

  /**
   * The schema under its id, or under `name` where it has none. What has no fields of its own stays without a name.
   * @throws Error when two schemas would have the same name
   */
  name(schema: z.ZodType, name: string): z.ZodType {
    if (schema.meta()?.id !== undefined || schema instanceof z.ZodUndefined || schema instanceof z.ZodUnknown) {
      return schema;
    }
    const known = this.#named.get(name);
    if (known?.from === schema) return known.schema;
    if (known) throw new Error(`two schemas of the document would be named ${name}`);
    const named = schema.meta({ id: name });
    this.#named.set(name, { from: schema, schema: named });
    return named;
  }

  /**
   * The schema with a name that several calls share, made at its first use.
   * @param of what it is made of; a name stands for one thing.
   * @throws Error when the name was given to what is made of something else
   */
  once(name: string, of: unknown, make: () => z.ZodType): z.ZodType {
    const known = this.#shared.get(name) ?? { of, schema: make().meta({ id: name }) };
    if (known.of !== of) throw new Error(`two schemas of the document would be named ${name}`);
    this.#shared.set(name, known);
    return known.schema;
  }
}

/** `CreateHold` for the operation `createHold`. */
export function typeNameOf(operation: string): string {
  return operation.slice(0, 1).toUpperCase() + operation.slice(1);
}

/** `RateLimited` for the code `RATE_LIMITED`. */
export function codeNameOf(code: string): string {
  const words = code.toLowerCase().split('_');
  return words.map(typeNameOf).join('');
}

/** `Create hold` for the operation `createHold`: its title in lists of calls. */
export function titleOf(operation: string): string {
  const words = operation.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return typeNameOf(words);
}
