/** Names for the schemas of bodies and answers in the document, by which generated clients name their types. */
import { z } from 'zod';

/** Names schemas of one document. A schema that has an id keeps it. */
export class SchemaNames {
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
}

/** `CreateHold` for the operation `createHold`. */
export function typeNameOf(operation: string): string {
  return operation.slice(0, 1).toUpperCase() + operation.slice(1);
}

/** `Create hold` for the operation `createHold`: its title in lists of calls. */
export function titleOf(operation: string): string {
  const words = operation.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return typeNameOf(words);
}
