/** Where payers are sent back to after a checkout, as a call names it. */
import { findRedirectProblem } from '../../core/billing/redirect.ts';
import type { InputIssue } from '../../core/errors.ts';
import type { Caller } from '../access/caller.ts';
import type { SurfaceDeps } from '../deps.ts';
import { invalidInput } from '../endpoint/endpoint.ts';

/** Checks the URLs of a call, by the names of their fields. @throws Refusal VALIDATION_FAILED with all that is wrong */
export function checkRedirects(
  { cards, publicUrl }: Pick<SurfaceDeps, 'cards' | 'publicUrl'>,
  caller: Caller,
  urls: Readonly<Record<string, string>>,
): void {
  const rules = {
    origins: cards.redirectOrigins,
    ownOrigin: new URL(publicUrl).origin,
    isPerson: caller.type === 'user',
  };
  const issues = Object.entries(urls).flatMap(([path, url]): InputIssue[] => {
    const message = findRedirectProblem(url, rules);
    return message === undefined ? [] : [{ path, message }];
  });
  if (issues.length > 0) throw invalidInput(issues);
}
