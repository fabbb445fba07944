/** Fields that have several names, since published clients use several. */
import { invalidInput } from '../endpoint/endpoint.ts';
import { ExactNumber } from '../endpoint/json.ts';

/**
 * The value that a body has under one of several names; undefined where it has none.
 * @throws Refusal VALIDATION_FAILED when two of them have different values
 */
export function oneOfNames(body: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  const given = names.filter((name) => body[name] !== undefined);
  const [first, ...others] = given;
  if (first === undefined) return undefined;
  const differing = others.find((name) => textOf(body[name]) !== textOf(body[first]));
  if (differing === undefined) return body[first];
  throw invalidInput([{ path: differing, message: `differs from ${first}, which means the same` }]);
}

function textOf(value: unknown): string {
  return value instanceof ExactNumber ? value.source : JSON.stringify(value);
}
