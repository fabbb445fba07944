/** How a request names the org that it is about, and what it gets where that names none. */
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../../core/errors.ts';
import { headerValues } from '../server/headers.ts';

const ORG_HEADER = 'Coffer-Org';

/** All values of the org header, joined, so that several values name no org; empty when the header is missing. */
export function nameOfOrg(request: IncomingMessage): string {
  return headerValues(request, ORG_HEADER.toLowerCase()).join(', ');
}

/** External ids are that short. */
const ORG_NAME_CHARS_MAX = 255;

/** Whether a text can be the id or the external id of an org; the database cannot look others up. */
export function isNameOfOrg(text: string): boolean {
  return text.length <= ORG_NAME_CHARS_MAX && text.isWellFormed() && !text.includes('\0');
}

/** The header names another org than the path. */
export function namesTwoOrgs(): Refusal {
  const message = 'must not name another org than the path';
  return new Refusal('VALIDATION_FAILED', `${ORG_HEADER} ${message}`, { issues: [{ path: ORG_HEADER, message }] });
}

/** No org is named, and none follows from the caller. */
export function orgRequired(): Refusal {
  return new Refusal('ORG_REQUIRED', `name the org in the header ${ORG_HEADER}`);
}

/** There is no org of that name, or it is not the caller's: the same answer for both. */
export function noSuchOrg(): Refusal {
  return new Refusal('NOT_FOUND', 'there is no such org');
}
