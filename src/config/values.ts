/** Reads the values of single variables. Each function throws ConfigError that names the variable and what fits. */
import { findIpRange } from '../core/access/ip-ranges.ts';
import { toCount } from '../core/integers.ts';
import { HOLD_DURATION_DEFAULT_MS, HOLD_DURATION_MAX_MS, OPEN_HOLDS_MAX } from '../core/ledger/commands.ts';
import { ConfigError } from './error.ts';
import { PROCESS_ROLES, type ReadVariable, type ProcessRole, type VariableName } from './variables.ts';

const LOG_LEVELS: readonly string[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];

/** A whole number from 0 to max. */
export function readCount(name: VariableName, text: string, max: number): number {
  try {
    const value = toCount(text);
    if (value <= max) return value;
  } catch {
    // The text is not a whole number; the error below says so.
  }
  throw new ConfigError(`${name}: ${text} is not a whole number up to ${max}`);
}

const API_PROCESSES_MAX = 64;

/**
 * How many processes serve callers. More than two bring nothing by default: two keep the process that writes the ledger busy
 * (docs/performance.md).
 */
export function readApiProcesses(text: string | undefined, cores: number): number {
  if (text === undefined) return cores < 4 ? 1 : 2;
  const processes = readCount('COFFER_API_PROCESSES', text, API_PROCESSES_MAX);
  if (processes > 0) return processes;
  throw new ConfigError('COFFER_API_PROCESSES: nobody would serve with 0: give it 1 at least');
}

/** `on` or `off`. */
export function readSwitch(name: VariableName, text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new ConfigError(`${name}: ${text} is not on or off`);
}

const SHARE = /^(0|1)(?:\.([0-9]{1,6}))?$/;
const MILLION = 1_000_000;

/** Where traces go, and how many of a million of them; undefined: nothing is traced. */
export function readTraces(
  variable: ReadVariable,
): { readonly url: string; readonly shareMillionths: number } | undefined {
  const url = variable('COFFER_TRACES_URL');
  const share = variable('COFFER_TRACES_SHARE') ?? '1';
  const [, whole, places = ''] = SHARE.exec(share) ?? [];
  const shareMillionths = whole === undefined ? Infinity : toCount(whole + places.padEnd(6, '0'));
  if (shareMillionths > MILLION) throw new ConfigError(`COFFER_TRACES_SHARE: ${share} is not a number from 0 to 1`);
  if (url === undefined) return undefined;
  const parsed = URL.parse(url);
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return { url: parsed.href, shareMillionths };
  throw new ConfigError('COFFER_TRACES_URL: it must be an http or https URL');
}

/** The roles of a process, in the order of {@link PROCESS_ROLES}. */
export function readRoles(text: string): ProcessRole[] {
  const roles = text.split(',').map((role) => role.trim());
  const known = PROCESS_ROLES.filter((role) => roles.includes(role));
  if (known.length === 0 || known.length !== roles.length) {
    throw new ConfigError(`COFFER_ROLES: ${text} is not a list of ${PROCESS_ROLES.join(', ')}`);
  }
  return known;
}

/** A level that pino knows. */
export function readLogLevel(text: string): string {
  if (LOG_LEVELS.includes(text)) return text;
  throw new ConfigError(`COFFER_LOG_LEVEL: ${text} is not one of ${LOG_LEVELS.join(', ')}`);
}

/** The public URL of the deployment, without a trailing slash. */
export function readPublicUrl(text: string): string {
  const url = URL.parse(text);
  const plain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url && plain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/$/, '');
  throw new ConfigError(`COFFER_PUBLIC_URL: ${text} is not an http or https URL without query`);
}

/** Ranges of trusted proxies in CIDR form, or single addresses, separated by commas. */
export function readProxies(text: string): string[] {
  if (text === '') return [];
  return text.split(',').map((given) => {
    const range = findIpRange(given.trim());
    if (range !== undefined) return range;
    throw new ConfigError(
      `COFFER_TRUSTED_PROXIES: ${given.trim()} is neither an address nor a range of addresses such as 10.0.0.0/8`,
    );
  });
}

/** How long holds last, in milliseconds; the default is never above the maximum. */
export function readHolds(variable: ReadVariable): {
  readonly defaultMs: number;
  readonly maxMs: number;
  readonly openMax: number;
} {
  const read = (name: VariableName): number | undefined => {
    const text = variable(name);
    if (text === undefined) return undefined;
    const seconds = readCount(name, text, HOLD_DURATION_MAX_MS / 1_000);
    if (seconds === 0) throw new ConfigError(`${name}: a hold lasts at least a second`);
    return seconds * 1_000;
  };
  const maxMs = read('COFFER_HOLD_MAX_SECONDS') ?? HOLD_DURATION_MAX_MS;
  const defaultMs = read('COFFER_HOLD_DEFAULT_SECONDS') ?? Math.min(HOLD_DURATION_DEFAULT_MS, maxMs);
  const openMax = readCount(
    'COFFER_OPEN_HOLDS_MAX',
    variable('COFFER_OPEN_HOLDS_MAX') ?? String(OPEN_HOLDS_MAX),
    OPEN_HOLDS_MAX,
  );
  if (defaultMs <= maxMs) return { defaultMs, maxMs, openMax };
  throw new ConfigError('COFFER_HOLD_DEFAULT_SECONDS: must not be above COFFER_HOLD_MAX_SECONDS');
}
