/** Every variable and every setting of the configuration file, named once. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { rateLimitsSchema, type RateLimitConfig } from './rate-limits.ts';
import { signInSchema, type SignInConfig } from './sign-in.ts';
import { ROLES, type Role, type VariableName } from './variables.ts';
import { quorumOf } from '../core/chains/quorum.ts';
import { toCount } from '../core/integers.ts';
import { HOLD_DURATION_DEFAULT_MS, HOLD_DURATION_MAX_MS } from '../core/ledger/commands.ts';
import { parseUsd, parseUsdOrZero } from '../core/money.ts';

/** A value that does not print itself: not in logs, not in JSON, not in error messages. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself; call it only where it is used. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

/** Why the service cannot start as configured; the message names the variable or path and what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const money = (parse: (text: string) => bigint): z.ZodType<bigint, string> =>
  z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'not an amount' });
      return z.NEVER;
    }
  });
const usd = money(parseUsd);
const usdOrZero = money(parseUsdOrZero);

const token = z.strictObject({
  symbol: z.string().min(1).max(20),
  /** The contract: `0x` + 40 hex digits on EVM, a felt on Starknet. */
  address: z.string().regex(/^0x[0-9a-fA-F]{1,64}$/),
  /** Checked on chain at start; only 6 is credited one to one. */
  decimals: z.literal(6).default(6),
});

const finality = z.strictObject({
  /**
   * When a deposit up to the caps is credited: at the node's finalized (EVM) or l1_accepted (Starknet) block, or
   * `blocks` below the head.
   */
  kind: z.enum(['finalized', 'depth']),
  blocks: z.int().min(0).max(10_000).default(0),
});

const tier = z.strictObject({
  /** Deposits up to this amount, included, follow the policy. */
  uptoUsd: usd,
  policy: finality,
});

const chain = z.strictObject({
  caip2: z.string().regex(/^(eip155:[1-9][0-9]{0,15}|starknet:[A-Z0-9_]{1,31})$/),
  rpcUrls: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(8),
  wsUrl: z.url({ protocol: /^wss?$/ }).optional(),
  tokens: z.array(token).min(1).max(8),
  /** Other coins (USDC.e, USDT, look-alikes): their transfers to us are recorded as `wrong_asset`, and never credited. */
  knownTokens: z
    .array(token.pick({ symbol: true, address: true }))
    .max(32)
    .optional(),
  /** Nothing on this chain is credited or offered: what is sent to our addresses there is recorded. */
  watchOnly: z.boolean().optional(),
  /** A deposit below this is dust: it waits until the org's dust on this chain adds up to it. */
  minDepositUsd: usdOrZero.optional(),
  creditsAddress: z.string().regex(/^0x[0-9a-fA-F]{1,64}$/),
  startBlock: z.int().min(0),
  finality: finality.optional(),
  /** Policies by amount, in place of `finality`; what is above the last waits for hard finality. */
  tiers: z.array(tier).min(1).max(8).optional(),
  /** An earlier policy, for deposits within their org's own provisional limit. */
  provisional: finality.optional(),
  /** How many blocks the chain may replace before credits and reversals wait for an operator. */
  reorgBlocksMax: z.int().min(1).max(1_000_000).optional(),
  /** Blocks below the head that count as hard-final where the RPCs name no such height (Polygon once: 200). */
  hardFinalDepth: z.int().min(1).max(1_000_000).optional(),
  /**
   * How many RPCs must agree before anything is believed: 2 where there are two or more. 1 believes one at a time; a
   * chain that is not a devnet with one RPC must say so in so many words.
   */
  quorum: z.int().min(1).max(8).optional(),
  /** A deposit above this needs its receipt from a quorum of RPCs, below it from one; what is disputed always does. */
  confirmAboveUsd: usdOrZero.optional(),
  devnet: z.boolean().default(false),
  caps: z
    .strictObject({
      /** A deposit above this waits for hard finality. */
      perDepositUsd: usd.default(1_000_000_000n),
      /** Credited but not yet hard-final, over all orgs of the chain; above it deposits wait. */
      outstandingUsd: usd.default(25_000_000_000n),
    })
    .prefault({}),
});

const file = z.strictObject({
  senderPolicy: z.enum(['proof_required', 'first_come']).default('proof_required'),
  chains: z.array(chain).max(32).default([]),
  /** Addresses that many people send from (exchanges, routers, bridges), beside those that are known: nobody's sender. */
  sharedAddresses: z
    .array(
      z.strictObject({
        family: z.enum(['eip155', 'starknet']),
        address: z.string().regex(/^0x[0-9a-fA-F]{1,64}$/),
        name: z.string().min(1).max(200),
      }),
    )
    .max(10_000)
    .default([]),
  /** Private addresses that webhooks may go to, over http and on any port too: all of them, or these ranges. */
  webhooks: z
    .strictObject({
      allowPrivate: z.union([z.boolean(), z.array(z.union([z.cidrv4(), z.cidrv6()])).max(100)]).default(false),
    })
    .prefault({}),
  /** Senders that are denied or held back; the path is taken from the folder of this file. */
  screening: z.strictObject({ listFile: z.string().min(1) }).optional(),
  /** How people sign in; left out: only keys are let in. */
  sso: signInSchema.optional(),
  rateLimits: rateLimitsSchema.prefault({}),
  /** A booking by hand above this needs a second person's approval; left out: none does. */
  adminEntryLimitUsd: usdOrZero.optional(),
});

export type ChainConfig = z.infer<typeof chain>;
export type SenderPolicy = z.infer<typeof file>['senderPolicy'];

export interface Config {
  /** Connection of the service; its role may add entries and never change them. */
  readonly databaseUrl: Secret | undefined;
  /** Connection of migrations. */
  readonly databaseOwnerUrl: Secret | undefined;
  readonly port: number;
  /** Port of the figures; 0 takes a free one, undefined: they are not served. */
  readonly metricsPort: number | undefined;
  readonly host: string;
  readonly roles: readonly Role[];
  readonly keyPepper: Secret | undefined;
  /** Path of the keys that seal secrets at rest. */
  readonly secretsKeyFile: string | undefined;
  readonly webhooks: z.infer<typeof file>['webhooks'];
  /** Whether the API's document and its reference are served. */
  readonly docs: boolean;
  /** Holds what is made where nothing is configured: the database of our own, the pepper. */
  readonly dataDir: string;
  readonly logLevel: string;
  /** How long a caller waits for the ledger before 503, in milliseconds. */
  readonly ledgerDeadlineMs: number;
  /** How long holds last where the caller names no time, and at most. */
  readonly holds: { readonly defaultMs: number; readonly maxMs: number };
  readonly senderPolicy: SenderPolicy;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly sharedAddresses: z.infer<typeof file>['sharedAddresses'];
  readonly chains: readonly ChainConfig[];
  /** Undefined: only keys are let in. */
  readonly signIn: SignInConfig | undefined;
  readonly rateLimits: RateLimitConfig;
  /** Proxies whose X-Forwarded-For is believed, as ranges in CIDR form. */
  readonly trustedProxies: readonly string[];
  /** In micros; undefined: no booking by hand needs an approval. */
  readonly adminEntryLimitMicros: bigint | undefined;
  /** Path of the list of senders that are not credited; undefined: nobody is screened. */
  readonly screeningListFile: string | undefined;
}

const LOG_LEVELS: readonly string[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment and the configuration file it names.
 * @throws ConfigError with everything that is wrong with it.
 */
export function readConfig(env: Environment): Config {
  const variable = (name: VariableName): string | undefined => env[name] || undefined;
  const configPath = variable('COFFER_CONFIG');
  const settings = readFile(configPath);
  for (const one of settings.chains) checkChain(one, env['COFFER_FAILPOINT_FILES'] !== undefined);
  const names = settings.chains.map(({ caip2 }) => caip2);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ConfigError(`chain ${twice} is configured twice: list its tokens in one entry`);
  const [port, host] = [count('PORT', variable('PORT') ?? '8080', 65_535), variable('HOST') ?? '127.0.0.1'];
  return {
    databaseUrl: readSecret('DATABASE_URL', 'DATABASE_URL_FILE', variable),
    databaseOwnerUrl: readSecret('DATABASE_OWNER_URL', 'DATABASE_OWNER_URL_FILE', variable),
    port,
    host,
    metricsPort: readMetricsPort(variable('COFFER_METRICS_PORT')),
    publicUrl: readPublicUrl(
      variable('COFFER_PUBLIC_URL') ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ),
    roles: readRoles(variable('COFFER_ROLES') ?? ROLES.join(',')),
    dataDir: resolve(variable('COFFER_DATA_DIR') ?? join(import.meta.dirname, '..', '..', '.data')),
    keyPepper: readPepper(variable('COFFER_KEY_PEPPER_FILE')),
    secretsKeyFile: variable('COFFER_SECRETS_KEY_FILE'),
    webhooks: settings.webhooks,
    docs: readSwitch('COFFER_DOCS', variable('COFFER_DOCS') ?? 'on'),
    logLevel: readLogLevel(variable('COFFER_LOG_LEVEL') ?? 'info'),
    ledgerDeadlineMs: count('COFFER_LEDGER_DEADLINE_MS', variable('COFFER_LEDGER_DEADLINE_MS') ?? '2000', 60_000),
    holds: readHolds(variable('COFFER_HOLD_DEFAULT_SECONDS'), variable('COFFER_HOLD_MAX_SECONDS')),
    senderPolicy: settings.senderPolicy,
    sharedAddresses: settings.sharedAddresses,
    chains: settings.chains,
    signIn: settings.sso,
    rateLimits: settings.rateLimits,
    trustedProxies: readProxies(variable('COFFER_TRUSTED_PROXIES') ?? ''),
    adminEntryLimitMicros: settings.adminEntryLimitUsd,
    screeningListFile: settings.screening && resolve(dirname(configPath ?? ''), settings.screening.listFile),
  };
}

function readFile(path: string | undefined): z.infer<typeof file> {
  if (path === undefined) return file.parse({});
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`COFFER_CONFIG: cannot read ${path}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ConfigError(`COFFER_CONFIG: ${path} is not JSON`);
  }
  const parsed = file.safeParse(json);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`);
  throw new ConfigError(`COFFER_CONFIG: ${path}: ${wrong.join('; ')}`);
}

function checkChain(one: ChainConfig, failpoints: boolean): void {
  const credited = new Set(one.tokens.map(({ address }) => BigInt(address)));
  const both = one.knownTokens?.find(({ address }) => credited.has(BigInt(address)));
  if (both !== undefined) {
    throw new ConfigError(`chain ${one.caip2}: ${both.address} is in tokens and in knownTokens: take it out of one`);
  }
  const urls = one.rpcUrls.length;
  if (new Set(one.rpcUrls).size < urls) {
    throw new ConfigError(`chain ${one.caip2}: an RPC is listed twice: one node cannot agree with itself`);
  }
  if (quorumOf(one) > urls) {
    throw new ConfigError(
      `chain ${one.caip2}: quorum ${one.quorum} of ${urls} RPCs is not possible: add RPCs or lower it`,
    );
  }
  checkTiers(one);
  if (one.devnet) return;
  if (failpoints) {
    throw new ConfigError(`COFFER_FAILPOINT_FILES is for tests, and chain ${one.caip2} is not a devnet`);
  }
  if (urls === 1 && one.quorum !== 1) {
    throw new ConfigError(
      `chain ${one.caip2} has a single RPC, which can lie or lag unseen: add a second one, or write "quorum": 1 to accept that`,
    );
  }
}

function checkTiers({ caip2, tiers, finality: only, caps }: ChainConfig): void {
  if (tiers === undefined) return;
  if (only !== undefined) throw new ConfigError(`chain ${caip2}: finality and tiers exclude each other: keep one`);
  if (tiers.some(({ uptoUsd }, index) => index > 0 && uptoUsd <= (tiers[index - 1]?.uptoUsd ?? 0n))) {
    throw new ConfigError(`chain ${caip2}: tiers must grow by uptoUsd`);
  }
  if (tiers.some(({ uptoUsd }) => uptoUsd > caps.perDepositUsd)) {
    throw new ConfigError(
      `chain ${caip2}: a tier reaches above caps.perDepositUsd, where deposits wait for hard finality: raise the cap or lower the tier`,
    );
  }
}

function readPublicUrl(text: string): string {
  const url = URL.parse(text);
  const plain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url && plain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/$/, '');
  throw new ConfigError(`COFFER_PUBLIC_URL: ${text} is not an http or https URL without query`);
}

/** One below the highest: the detector beside the API has the next one. */
function readMetricsPort(text: string | undefined): number | undefined {
  return text === undefined ? undefined : count('COFFER_METRICS_PORT', text, 65_534);
}

function readRoles(text: string): Role[] {
  const roles = text.split(',').map((role) => role.trim());
  const known = ROLES.filter((role) => roles.includes(role));
  if (known.length === 0 || known.length !== roles.length) {
    throw new ConfigError(`COFFER_ROLES: ${text} is not a list of ${ROLES.join(', ')}`);
  }
  return known;
}

function readLogLevel(text: string): string {
  if (LOG_LEVELS.includes(text)) return text;
  throw new ConfigError(`COFFER_LOG_LEVEL: ${text} is not one of ${LOG_LEVELS.join(', ')}`);
}

function readProxies(text: string): string[] {
  const ranges = text.split(',').map((range) => range.trim());
  if (text === '') return [];
  return ranges.map((range) => {
    if (z.union([z.cidrv4(), z.cidrv6()]).safeParse(range).success) return range;
    throw new ConfigError(`COFFER_TRUSTED_PROXIES: ${range} is not a range of addresses such as 10.0.0.0/8`);
  });
}

function readSwitch(name: VariableName, text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new ConfigError(`${name}: ${text} is not on or off`);
}

function readHolds(defaultSeconds: string | undefined, maxSeconds: string | undefined): Config['holds'] {
  const seconds = (name: VariableName, text: string): number => {
    const value = count(name, text, HOLD_DURATION_MAX_MS / 1_000);
    if (value === 0) throw new ConfigError(`${name}: a hold lasts at least a second`);
    return value * 1_000;
  };
  const maxMs = seconds('COFFER_HOLD_MAX_SECONDS', maxSeconds ?? String(HOLD_DURATION_MAX_MS / 1_000));
  const defaultMs =
    defaultSeconds === undefined
      ? Math.min(HOLD_DURATION_DEFAULT_MS, maxMs)
      : seconds('COFFER_HOLD_DEFAULT_SECONDS', defaultSeconds);
  if (defaultMs <= maxMs) return { defaultMs, maxMs };
  throw new ConfigError('COFFER_HOLD_DEFAULT_SECONDS: must not be above COFFER_HOLD_MAX_SECONDS');
}

/** A secret that stands in a variable, or in the file that another one names. */
function readSecret(
  name: VariableName,
  fileName: VariableName,
  variable: (name: VariableName) => string | undefined,
): Secret | undefined {
  const [value, path] = [variable(name), variable(fileName)];
  if (value !== undefined && path !== undefined) throw new ConfigError(`${name}: set it or ${fileName}, not both`);
  if (path === undefined) return value === undefined ? undefined : new Secret(value);
  const text = readSecretFile(fileName, path);
  if (text === '') throw new ConfigError(`${fileName}: ${path} is empty`);
  return new Secret(text);
}

function readSecretFile(name: VariableName, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigError(`${name}: cannot read ${path}`);
  }
}

function readPepper(path: string | undefined): Secret | undefined {
  if (path === undefined) return undefined;
  const text = readSecretFile('COFFER_KEY_PEPPER_FILE', path);
  if (text.length < 32) throw new ConfigError(`COFFER_KEY_PEPPER_FILE: ${path} holds fewer than 32 characters`);
  return new Secret(text);
}

function count(name: VariableName, text: string, max: number): number {
  try {
    const value = toCount(text);
    if (value <= max) return value;
  } catch {
    // Falls through to the one message.
  }
  throw new ConfigError(`${name}: ${text} is not a whole number up to ${max}`);
}
