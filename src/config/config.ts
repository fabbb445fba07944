/** The configuration of a process: the environment variables and the configuration file as one object. */
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { CheckInRules } from '../core/credits/check-in.ts';
import { servicesOf, type Services } from '../core/ledger/vocabulary.ts';
import type { SenderPolicy } from '../core/senders/registration.ts';
import { checkChains } from './chain.ts';
import { withCreditsAddresses } from './credits-address.ts';
import { ConfigError } from './error.ts';
import { readSettings, type ChainConfig, type FileSettings } from './file.ts';
import { readPayments, type PaymentsConfig } from './payments.ts';
import type { RateLimitConfig } from './rate-limits.ts';
import { readDatabaseUrl, readPepperFile, type Secret } from './secret.ts';
import { readSignIn, type SignInConfig } from './sign-in.ts';
import {
  readApiProcesses,
  readCount,
  readHolds,
  readLogLevel,
  readProxies,
  readPublicUrl,
  readRoles,
  readSwitch,
  readTraces,
} from './values.ts';
import { PROCESS_ROLES, type ReadVariable, type ProcessRole } from './variables.ts';

const PORT_MAX = 65_535;
const LEDGER_DEADLINE_MS_MAX = 60_000;

export interface Config {
  /** Connection of the service; its role may add entries but not change them. */
  readonly databaseUrl: Secret | undefined;
  /** Connection of migrations. */
  readonly databaseOwnerUrl: Secret | undefined;
  readonly port: number;
  /** Port of the metrics; 0: any free port; undefined: no metrics are served. */
  readonly metricsPort: number | undefined;
  readonly host: string;
  /** How many processes serve callers; with 1, the process that owns the ledger's lanes does. */
  readonly apiProcesses: number;
  readonly roles: readonly ProcessRole[];
  /** Path of the secrets under which API keys are hashed. */
  readonly keyPepperFile: string | undefined;
  /** Path of the keys that seal secrets at rest. */
  readonly secretsKeyFile: string | undefined;
  readonly webhooks: FileSettings['webhooks'];
  /** Whether `/openapi.json` and `/docs` are served. */
  readonly docs: boolean;
  /** Folder of what is created when it is not configured: the built-in database and the two secrets. */
  readonly dataDir: string;
  readonly logLevel: string;
  /** Where traces go by OTLP over HTTP, and how much of them is recorded; undefined: nothing is traced. */
  readonly traces: { readonly url: string; readonly shareMillionths: number } | undefined;
  /** How long a caller waits for the ledger before 503, in milliseconds. */
  readonly ledgerDeadlineMs: number;
  /** How long holds last by default, and at most; and how many of a wallet may be open. */
  readonly holds: { readonly defaultMs: number; readonly maxMs: number; readonly openMax: number };
  readonly senderPolicy: SenderPolicy;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** What comes before the paths of links in answers: `publicUrl` where it is configured, else nothing. */
  readonly linkBase: string;
  readonly sharedAddresses: FileSettings['sharedAddresses'];
  readonly chains: readonly ChainConfig[];
  /** Undefined: only API keys are accepted. */
  readonly signIn: SignInConfig | undefined;
  readonly rateLimits: RateLimitConfig;
  readonly payments: PaymentsConfig;
  /** The smallest and the largest amount of a free top-up, in dollars. */
  readonly topup: FileSettings['topup'];
  /** What one credit is worth, in micros. */
  readonly creditMicros: bigint;
  /** What a check-in gives until an operator sets something else. */
  readonly checkIn: CheckInRules;
  /** How far a card rail may be from what its provider holds. */
  readonly solvency: FileSettings['solvency'];
  /** Proxies whose X-Forwarded-For is trusted, as ranges in CIDR form. */
  readonly trustedProxies: readonly string[];
  /** In micros; undefined: no booking by hand needs an approval. */
  readonly adminEntryLimitMicros: bigint | undefined;
  /** A dispute about less than this, in micros, is given up by itself; 0: none is. */
  readonly disputeConcedeBelowMicros: bigint;
  readonly services: Services;
  /** The most that an org may let a free gift card pay for, in micros. */
  readonly giftCardMaxMicros: bigint;
  /** Path of the list of senders that are denied or held back; undefined: senders are not screened. */
  readonly screeningListFile: string | undefined;
}

function readDeadline(text: string): number {
  const deadlineMs = readCount('COFFER_LEDGER_DEADLINE_MS', text, LEDGER_DEADLINE_MS_MAX);
  if (deadlineMs > 0) return deadlineMs;
  throw new ConfigError('COFFER_LEDGER_DEADLINE_MS: with 0 every call would fail: give it a millisecond at least');
}

/**
 * Reads the environment and the configuration file it names.
 * @throws ConfigError with every problem of the file, or with the first invalid variable.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const variable: ReadVariable = (name) => env[name] || undefined;
  const configPath = variable('COFFER_CONFIG');
  const settings = readSettings(configPath);
  const chains = withCreditsAddresses(settings.chains, env);
  checkChains(chains, { failpoints: env['COFFER_FAILPOINT_FILES'] !== undefined });
  const host = variable('HOST') ?? '127.0.0.1';
  const port = readCount('PORT', variable('PORT') ?? '8080', PORT_MAX);
  const namedUrl = variable('COFFER_PUBLIC_URL');
  const ownUrl = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const publicUrl = readPublicUrl(namedUrl ?? ownUrl);
  const metricsPort = variable('COFFER_METRICS_PORT');
  const apiProcesses = readApiProcesses(variable('COFFER_API_PROCESSES'), availableParallelism());
  const pathOf = (path: string): string => resolve(dirname(configPath ?? ''), path);
  const deadlineMs = variable('COFFER_LEDGER_DEADLINE_MS') ?? '2000';
  const keyPepperFile = variable('COFFER_KEY_PEPPER_FILE');
  if (keyPepperFile !== undefined) readPepperFile(keyPepperFile);
  return {
    databaseUrl: readDatabaseUrl('DATABASE_URL', 'DATABASE_URL_FILE', variable),
    databaseOwnerUrl: readDatabaseUrl('DATABASE_OWNER_URL', 'DATABASE_OWNER_URL_FILE', variable),
    port,
    host,
    apiProcesses,
    // Below the highest port, since the children of the API serve their metrics on the next ones.
    metricsPort:
      metricsPort === undefined
        ? undefined
        : readCount('COFFER_METRICS_PORT', metricsPort, PORT_MAX - 2 - (apiProcesses > 1 ? apiProcesses : 0)),
    publicUrl,
    linkBase: namedUrl === undefined ? '' : readPublicUrl(namedUrl),
    roles: readRoles(variable('COFFER_ROLES') ?? PROCESS_ROLES.join(',')),
    dataDir: resolve(variable('COFFER_DATA_DIR') ?? join(import.meta.dirname, '..', '..', '.data')),
    keyPepperFile,
    secretsKeyFile: variable('COFFER_SECRETS_KEY_FILE'),
    webhooks: settings.webhooks,
    docs: readSwitch('COFFER_DOCS', variable('COFFER_DOCS') ?? 'on'),
    logLevel: readLogLevel(variable('COFFER_LOG_LEVEL') ?? 'info'),
    traces: readTraces(variable),
    ledgerDeadlineMs: readDeadline(deadlineMs),
    holds: readHolds(variable),
    senderPolicy: settings.senderPolicy,
    sharedAddresses: settings.sharedAddresses,
    chains,
    signIn: readSignIn(settings.sso, { publicUrl, pathOf }),
    rateLimits: settings.rateLimits,
    payments: readPayments(settings.payments, pathOf),
    topup: settings.topup,
    creditMicros: settings.creditMicros,
    checkIn: settings.checkin,
    solvency: settings.solvency,
    trustedProxies: readProxies(variable('COFFER_TRUSTED_PROXIES') ?? ''),
    adminEntryLimitMicros: settings.adminEntryLimitMicros,
    disputeConcedeBelowMicros: settings.disputeConcedeBelowMicros,
    services: servicesOf(settings.services),
    giftCardMaxMicros: settings.giftCardMaxMicros,
    screeningListFile: settings.screening && pathOf(settings.screening.listFile),
  };
}
