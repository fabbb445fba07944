/** Fields that have several names, since published clients use several. */
import { parseDecimal } from '../../core/decimal.ts';
import { MoneyError } from '../../core/money.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { ExactNumber } from '../endpoint/json.ts';

/** Numbers with more decimal places are compared as they are written; no field takes them. */
const PLACES = 6;

/**
 * The value that a body has under one of several names; undefined where it has none.
 * @throws Refusal VALIDATION_FAILED when two of them have different values
 */
export function oneOfNames(body: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  const given = names.filter((name) => body[name] !== undefined);
  const [first, ...others] = given;
  if (first === undefined) return undefined;
  const differing = others.find((name) => valueOf(body[name]) !== valueOf(body[first]));
  if (differing === undefined) return body[first];
  throw invalidInput([{ path: differing, message: `differs from ${first}, which means the same` }]);
}

/** Equal for two values that mean the same: 10, 10.0 and 1e1 are one number. */
function valueOf(value: unknown): string {
  if (!(value instanceof ExactNumber)) return JSON.stringify(value);
  try {
    return `${parseDecimal(value.source, PLACES)} millionths`;
  } catch (error) {
    if (error instanceof MoneyError) return value.source;
    throw error;
  }
}
