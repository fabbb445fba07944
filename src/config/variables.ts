/** The environment variables that the service reads. */

/** The roles that a process may run. */
export const PROCESS_ROLES = ['api', 'detector', 'events'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

/** One row for each variable; the README's table is checked against it. */
export const VARIABLES = [
  {
    name: 'DATABASE_URL',
    default: 'built-in PostgreSQL in .data/',
    about:
      "the service's connection: a role that may add entries but not change them; may name several hosts: `postgres://user:password@a:5432,b:5432/name?target_session_attrs=read-write`; sets no timeouts and no application name, which Coffer does",
  },
  {
    name: 'DATABASE_OWNER_URL',
    default: 'same as DATABASE_URL',
    about: 'connection of migrations: the role that owns the tables',
  },
  { name: 'DATABASE_URL_FILE', default: 'none', about: 'file that contains the value of `DATABASE_URL`, in its place' },
  {
    name: 'DATABASE_OWNER_URL_FILE',
    default: 'none',
    about: 'file that contains the value of `DATABASE_OWNER_URL`, in its place',
  },
  { name: 'PORT', default: '8080', about: 'port of the API; 0: any free port' },
  { name: 'HOST', default: '127.0.0.1', about: 'address the API listens on' },
  {
    name: 'COFFER_METRICS_PORT',
    default: 'none: no metrics',
    about:
      'port of `/metrics` (for Prometheus) and `/healthz`; children of the API use the next ones: detector, events, then each process of `COFFER_API_PROCESSES`',
  },
  {
    name: 'COFFER_API_PROCESSES',
    default: 'by cores: 1 below 4, else 2',
    about:
      'processes that serve callers; with more than one they send their ledger commands to a further one, which also runs the periodic jobs',
  },
  {
    name: 'COFFER_PUBLIC_URL',
    default: 'http://HOST:PORT',
    about: 'public URL of this deployment; proofs of ownership are signed for it, and links in problems begin with it',
  },
  {
    name: 'COFFER_ROLES',
    default: PROCESS_ROLES.join(','),
    about: 'roles that this process runs: any of api, detector, events',
  },
  { name: 'COFFER_CONFIG', default: 'none: no chains', about: 'path of the JSON file with chains and senderPolicy' },
  {
    name: 'COFFER_CREDITS_ADDRESS',
    default: 'none',
    about:
      '`creditsAddress` of the chains whose form it has, where the file names none; `COFFER_CREDITS_ADDRESS_EIP155_8453` is that of one chain',
  },
  {
    name: 'COFFER_KEY_PEPPER_FILE',
    default: 'created in .data/ with built-in PostgreSQL, else required',
    about:
      'file with the secret under which API keys are hashed, 32 characters or more; `coffer peppers` replaces it by another',
  },
  {
    name: 'COFFER_SECRETS_KEY_FILE',
    default: 'created in .data/ with built-in PostgreSQL, else required',
    about: 'file with the keys that seal secrets in the database, made by `coffer secrets new-key`',
  },
  { name: 'COFFER_DATA_DIR', default: '.data/', about: 'folder of the built-in database and its secrets' },
  { name: 'COFFER_LEDGER_DEADLINE_MS', default: '2000', about: 'how long a caller waits for the ledger before 503' },
  {
    name: 'COFFER_HOLD_DEFAULT_SECONDS',
    default: '900',
    about: 'how long a hold lasts if the caller names no time',
  },
  {
    name: 'COFFER_HOLD_MAX_SECONDS',
    default: '2592000',
    about: 'longest time that a hold may last, counted from its opening or extension; at most 30 days',
  },
  {
    name: 'COFFER_OPEN_HOLDS_MAX',
    default: '100000',
    about: 'how many holds of one wallet may be open at once, at most 100,000; beyond it `429 RATE_LIMITED`',
  },
  {
    name: 'COFFER_TRUSTED_PROXIES',
    default: 'none',
    about:
      'comma-separated addresses or ranges of proxies whose `X-Forwarded-For` names the caller; from others it is ignored',
  },
  { name: 'COFFER_DOCS', default: 'on', about: 'off: `/openapi.json` and `/docs` are not served' },
  {
    name: 'COFFER_TRACES_URL',
    default: 'none: no traces',
    about: 'where a collector takes traces by OTLP over HTTP, such as `http://127.0.0.1:4318/v1/traces`',
  },
  {
    name: 'COFFER_TRACES_SHARE',
    default: '1',
    about:
      'how much of the traces that begin here is recorded, from 0 to 1; a caller decides for its own (`traceparent`)',
  },
  { name: 'COFFER_LOG_LEVEL', default: 'info', about: 'trace, debug, info, warn, error or silent' },
] as const;

export type VariableName = (typeof VARIABLES)[number]['name'];

/** Gives a variable's value; undefined when it is not set or empty. */
export type ReadVariable = (name: VariableName) => string | undefined;
