/** The URL of a PostgreSQL database, which may name several hosts, as libpq takes it. */

const FORM = 'not a URL of PostgreSQL such as postgres://user:password@host:5432/name';
const PARTS = /^(postgres(?:ql)?:\/\/)([^/?#]*)(.*)$/s;
const TARGET = 'target_session_attrs';
/** Values of `target_session_attrs` that lead to a server which takes writes. */
const WRITABLE: ReadonlySet<string> = new Set(['read-write', 'primary']);

/**
 * One URL for each host of `postgres://user:password@host1:5432,host2:5432/name`, in their order and without
 * `target_session_attrs`, which Coffer obeys itself.
 * @throws Error that says what fits; it never contains the URL, which may hold a password
 */
export function splitDatabaseUrl(text: string): string[] {
  const [, scheme = '', authority = '', rest = ''] = PARTS.exec(text) ?? [];
  if (scheme === '') throw new Error(FORM);
  const hostsAt = authority.lastIndexOf('@') + 1;
  const user = authority.slice(0, hostsAt);
  const hosts = authority.slice(hostsAt).split(',');
  if (hosts.length > 1 && hosts.includes('')) throw new Error('one of its hosts is empty');
  return hosts.map((host) => {
    const url = URL.parse(`${scheme}${user}${host}${rest}`);
    if (url === null) throw new Error(FORM);
    const targets = url.searchParams.getAll(TARGET);
    if (!targets.every((target) => WRITABLE.has(target)))
      throw new Error(`${TARGET} must be read-write or left out: Coffer writes`);
    if (url.searchParams.get('host')?.includes(',') === true)
      throw new Error('several hosts are named before the path, as in postgres://host1:5432,host2:5432/name');
    return targets.length === 0 ? url.href : changeParameters(url, (parameters) => parameters.delete(TARGET));
  });
}

/** A URL with other parameters. Spaces are written as %20, since PostgreSQL's drivers read + as itself. */
export function changeParameters(url: URL, change: (parameters: URLSearchParams) => void): string {
  const changed = new URL(url);
  change(changed.searchParams);
  // Only there: a password may contain +.
  changed.search = changed.search.replaceAll('+', '%20');
  return changed.href;
}
