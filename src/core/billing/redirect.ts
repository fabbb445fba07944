/** Where a payer may be sent back to after a checkout. */

const LENGTH_MAX = 2_048;

/** Who may send payers where. */
export interface RedirectRules {
  /** Allowed origins; empty: `ownOrigin` for people, any https for keys. */
  readonly origins: readonly string[];
  /** The origin of this deployment. */
  readonly ownOrigin: string;
  readonly isPerson: boolean;
}

/** What is wrong with a URL to be sent back to; undefined when nothing is. It is passed on as it was sent. */
export function findRedirectProblem(text: string, { origins, ownOrigin, isPerson }: RedirectRules): string | undefined {
  if (text.length > LENGTH_MAX) return `must be at most ${LENGTH_MAX} characters`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || /[\s\\\p{Cc}]/u.test(text)) return 'must be an absolute URL';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return 'must be https, except on this machine';
  }
  if (url.username !== '' || url.password !== '') return 'must not contain a user or a password';
  if (origins.length > 0) return origins.includes(url.origin) ? undefined : 'has an origin that is not allowed here';
  if (isPerson && url.origin !== ownOrigin) return 'must lead back to this service';
  return undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
