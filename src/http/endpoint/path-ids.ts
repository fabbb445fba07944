/** Ids in paths, and the one answer where nothing is found by them. */
import { Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';

/**
 * An id in a path.
 * @param isId whether a text can be such an id; a UUID unless given.
 * @throws Refusal NOT_FOUND for what cannot be one.
 */
export function readId(parameter: unknown, what: string, isId: (text: string) => boolean = isUuid): string {
  if (typeof parameter === 'string' && isId(parameter)) return parameter;
  throw notFound(what);
}

/** The refusal where something does not exist, or belongs to another org: the two must look the same. */
export function notFound(what: string): Refusal {
  return new Refusal('NOT_FOUND', `there is no such ${what}`);
}
