/** The variables of the environment that the service reads. */

/** What a process may run. */
export const PROCESS_ROLES = ['api', 'detector', 'events'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

/** One row for each variable; the README's table is checked against it. */
export const VARIABLES = [
  {
    name: 'DATABASE_URL',
    default: 'PostgreSQL of our own in .data/',
    about: "the service's connection: a role that may add entries and never change them",
  },
  {
    name: 'DATABASE_OWNER_URL',
    default: 'as DATABASE_URL',
    about: 'connection of migrations: the role that owns the tables',
  },
  { name: 'DATABASE_URL_FILE', default: 'none', about: 'file with what `DATABASE_URL` would say, in its place' },
  { name: 'DATABASE_OWNER_URL_FILE', default: 'none', about: 'file with what `DATABASE_OWNER_URL` would say' },
  { name: 'PORT', default: '8080', about: 'port of the API; 0 takes a free one' },
  { name: 'HOST', default: '127.0.0.1', about: 'address the API listens on' },
  {
    name: 'COFFER_METRICS_PORT',
    default: 'none: no metrics',
    about: 'port of `/metrics`, for Prometheus; the detector beside the API has the next one',
  },
  {
    name: 'COFFER_PUBLIC_URL',
    default: 'http://HOST:PORT',
    about: 'where people find this deployment; proofs of ownership are signed for it',
  },
  {
    name: 'COFFER_ROLES',
    default: PROCESS_ROLES.join(','),
    about: 'what this process runs: any of api, detector, events',
  },
  { name: 'COFFER_CONFIG', default: 'none: no chains', about: 'path of the JSON file with chains and senderPolicy' },
  {
    name: 'COFFER_KEY_PEPPER_FILE',
    default: 'made in .data/ with PostgreSQL of our own, else needed',
    about: 'file with the secret under which API keys are hashed, 32 characters or more',
  },
  {
    name: 'COFFER_SECRETS_KEY_FILE',
    default: 'made in .data/ with PostgreSQL of our own, else needed',
    about: 'file with the keys that seal secrets in the database, of `coffer secrets new-key`',
  },
  { name: 'COFFER_DATA_DIR', default: '.data/', about: 'folder of the database and the secrets of our own' },
  { name: 'COFFER_LEDGER_DEADLINE_MS', default: '2000', about: 'how long a caller waits for the ledger before 503' },
  {
    name: 'COFFER_HOLD_DEFAULT_SECONDS',
    default: '900',
    about: 'how long a hold lasts where the caller names no time',
  },
  {
    name: 'COFFER_HOLD_MAX_SECONDS',
    default: '2592000',
    about: 'how long a hold may last, from its opening or an extension on; at most 30 days',
  },
  {
    name: 'COFFER_TRUSTED_PROXIES',
    default: 'none',
    about: 'ranges of proxies, by commas, whose `X-Forwarded-For` tells who calls; from others it is ignored',
  },
  { name: 'COFFER_DOCS', default: 'on', about: 'off: neither `/openapi.json` nor `/docs` is served' },
  { name: 'COFFER_LOG_LEVEL', default: 'info', about: 'trace, debug, info, warn, error or silent' },
] as const;

export type VariableName = (typeof VARIABLES)[number]['name'];

/** Gives a variable's value; an empty one counts as not set. */
export type ReadVariable = (name: VariableName) => string | undefined;
