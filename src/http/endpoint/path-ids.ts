/** Ids in paths, and the refusal when nothing is found under one. */
import { Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';

/**
 * Reads an id in a path.
 * @param isId whether a text has the form of such an id; by default, of a UUID.
 * @throws Refusal NOT_FOUND when it has not.
 */
export function readId(parameter: unknown, what: string, isId: (text: string) => boolean = isUuid): string {
  if (typeof parameter === 'string' && isId(parameter)) return parameter;
  throw notFound(what);
}

/** The refusal NOT_FOUND for something that does not exist or belongs to another org: both must look the same. */
export function notFound(what: string): Refusal {
  return new Refusal('NOT_FOUND', `there is no such ${what}`);
}
