/** Ids in requests, and the refusal when nothing is found under one. */
import { Refusal } from '../../core/errors.ts';
import { isUuid, parseEntryId, parseHoldId } from '../../core/ids.ts';
import { findCount } from '../../core/integers.ts';

/**
 * Reads an id in a path.
 * @param isId whether a text has the form of such an id; by default, of a UUID.
 * @throws Refusal NOT_FOUND when it has not.
 */
export function readId(parameter: unknown, what: string, isId: (text: string) => boolean = isUuid): string {
  if (typeof parameter === 'string' && isId(parameter)) return parameter;
  throw notFound(what);
}

/** The number of a hold in this wallet. @throws Refusal NOT_FOUND for an id of another wallet, or of another form. */
export function readHoldId(holdId: string, wallet: string): number {
  return numberIn(wallet, parseHoldId(holdId), 'hold');
}

/** The number of an entry of this wallet, which may not exist. @throws Refusal NOT_FOUND as {@link readHoldId} */
export function readEntryId(entryId: string, wallet: string): number {
  return numberIn(wallet, parseEntryId(entryId), 'entry');
}

function numberIn(wallet: string, parsed: ReturnType<typeof parseHoldId>, what: string): number {
  const number = parsed?.wallet === wallet ? findCount(parsed.seq) : undefined;
  if (number === undefined) throw notFound(what);
  return number;
}

/** The refusal NOT_FOUND for something that does not exist or belongs to another org: both must look the same. */
export function notFound(what: string): Refusal {
  return new Refusal('NOT_FOUND', `there is no such ${what}`);
}
