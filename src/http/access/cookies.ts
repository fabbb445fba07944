/** The cookies of the app: what they are called, and how they are read and written. */
import type { IncomingMessage } from 'node:http';

/** Where the app is reached, as its cookies and redirects need to know it. */
export interface AppSite {
  /** The public URL of the deployment, without a trailing slash. */
  readonly publicUrl: string;
  readonly origin: string;
  /** Whether it is served over plain http on this machine, where no cookie can be bound to https. */
  readonly isLocal: boolean;
}

const LOCAL_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** The site under a public URL. @throws RangeError when it is neither https nor this machine */
export function appSiteOf(publicUrl: string): AppSite {
  const { origin, protocol, hostname } = new URL(publicUrl);
  const isLocal = protocol === 'http:' && LOCAL_HOSTS.includes(hostname);
  if (protocol !== 'https:' && !isLocal)
    throw new RangeError(`people cannot sign in over ${publicUrl}: it must be https`);
  return { publicUrl, origin, isLocal };
}

/** The cookies, by what they are for: a session, and a sign-in that has begun. */
type CookieUse = 'session' | 'sign-in';

/**
 * The name of a cookie. The prefix lets a browser take it from this host over https alone. On this machine it carries the
 * port in its place: a browser sends the cookies of one host to every port.
 */
function nameOf({ origin, isLocal }: AppSite, use: CookieUse): string {
  const name = use === 'session' ? 'coffer' : 'coffer-sign-in';
  return isLocal ? `${name}-${new URL(origin).port}` : `__Host-${name}`;
}

/** The value of a cookie; undefined when it was not sent, or more than once. */
export function readCookie({ headers }: IncomingMessage, site: AppSite, use: CookieUse): string | undefined {
  const start = `${nameOf(site, use)}=`;
  const found = (headers.cookie ?? '').split(';').map((one) => one.trim());
  const [value, ...more] = found.filter((one) => one.startsWith(start)).map((one) => one.slice(start.length));
  return more.length > 0 || value === '' ? undefined : value;
}

/**
 * The header that sets a cookie for pages of this host alone; scripts cannot read it.
 * @param maxAgeSeconds 0 removes it
 */
export function setCookie(site: AppSite, use: CookieUse, value: string, maxAgeSeconds: number): string {
  // The way back from the issuer begins at another site; requests of the app begin at its own.
  const sameSite = use === 'session' ? 'Strict' : 'Lax';
  const secure = site.isLocal ? '' : '; Secure';
  return `${nameOf(site, use)}=${value}; Path=/; HttpOnly; SameSite=${sameSite}; Max-Age=${maxAgeSeconds}${secure}`;
}
