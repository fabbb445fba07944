/**
 * The URL of a PostgreSQL database, which may name several hosts, as libpq takes it. It says which server and which
 * database; how long a statement may take, and what a connection is called, is Coffer's to set.
 */

const FORM = 'not a URL of PostgreSQL such as postgres://user:password@host:5432/name';
const PARTS = /^(postgres(?:ql)?:\/\/)([^/?#]*)(.*)$/s;
const TARGET = 'target_session_attrs';
/** Values of `target_session_attrs` that lead to a server which takes writes. */
const WRITABLE: ReadonlySet<string> = new Set(['read-write', 'primary']);

/** Parameters that the driver would take in place of what Coffer sets for its connections. */
const OWN_PARAMETERS: ReadonlySet<string> = new Set([
  'application_name',
  'idle_in_transaction_session_timeout',
  'lock_timeout',
  'query_timeout',
  'replication',
  'statement_timeout',
]);
/** Settings of the server that `options` may not have: Coffer sets them, or relies on their defaults in each transaction. */
const OWN_SETTINGS: ReadonlySet<string> = new Set([
  ...OWN_PARAMETERS,
  'default_transaction_deferrable',
  'default_transaction_isolation',
  'default_transaction_read_only',
  'idle_session_timeout',
  'row_security',
  'transaction_timeout',
]);
/** Each connection sets it for itself. Versions before the row-level security needed it in the URL: it is left out. */
const ORG_SETTING = 'coffer.org';

/**
 * One URL for each host of `postgres://user:password@host1:5432,host2:5432/name`, in their order and without
 * `target_session_attrs`, which Coffer obeys itself, and `coffer.org` in its options.
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
    const options = url.searchParams.getAll('options').map(switchesOf);
    checkSettings([...url.searchParams.keys()], options.flat());
    const isPlain = targets.length === 0 && !options.flat().some(({ setting }) => setting === ORG_SETTING);
    return isPlain ? url.href : changeParameters(url, (parameters) => leaveOut(parameters, options.at(-1) ?? []));
  });
}

/** One switch of a server's command line, such as `-c name=value`. */
interface Switch {
  /** The setting that it sets, as PostgreSQL spells it; undefined for a switch of another kind. */
  readonly setting: string | undefined;
  readonly text: string;
}

/** The switches in `options`, which PostgreSQL reads like a command line: a backslash makes the next character plain. */
function switchesOf(options: string): Switch[] {
  const words = options.match(/(?:\\.|[^\s\\])+/gs) ?? [];
  const switches: Switch[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = word === '-c' ? ` ${words[(at += 1)] ?? ''}` : '';
    const assigned = /^(?:-c ?|--)([^=]+)=/.exec(word + next)?.[1];
    switches.push({ setting: assigned?.toLowerCase().replaceAll('-', '_'), text: word + next });
  }
  return switches;
}

function checkSettings(parameters: readonly string[], options: readonly Switch[]): void {
  const parameter = parameters.find((name) => OWN_PARAMETERS.has(name));
  if (parameter !== undefined) throw new Error(`leave ${parameter} out: Coffer sets it for each of its connections`);
  const setting = options.find((one) => one.setting !== undefined && OWN_SETTINGS.has(one.setting))?.setting;
  if (setting !== undefined)
    throw new Error(`leave ${setting} out of options: it would replace what Coffer's connections need`);
}

/** Removes what Coffer does itself. The driver takes the last `options` only. */
function leaveOut(parameters: URLSearchParams, options: readonly Switch[]): void {
  parameters.delete(TARGET);
  const kept = options.filter(({ setting }) => setting !== ORG_SETTING).map(({ text }) => text);
  if (kept.length > 0) parameters.set('options', kept.join(' '));
  else parameters.delete('options');
}

/** A URL with other parameters. Spaces are written as %20, since PostgreSQL's drivers read + as itself. */
export function changeParameters(url: URL, change: (parameters: URLSearchParams) => void): string {
  const changed = new URL(url);
  change(changed.searchParams);
  // Only there: a password may contain +.
  changed.search = changed.search.replaceAll('+', '%20');
  return changed.href;
}
