/**
 * The configuration file: its settings, their bounds and their defaults. An amount is a decimal string `...Usd` in the
 * file and a bigint `...Micros` in the settings read from it.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { findRepeatedName } from '../core/repeated-name.ts';
import { BUILT_IN_SERVICES, RESERVED_SERVICE_TYPES, SERVICE_NAME } from '../core/ledger/vocabulary.ts';
import { AMOUNT_NOT_TEXT, parseUsd, parseUsdOrZero, readAmount } from '../core/money.ts';
import { weightOfRules } from '../core/credits/check-in.ts';
import { checkInSchema } from './check-in.ts';
import { ConfigError } from './error.ts';
import { paymentsSchema, topupSchema } from './payments.ts';
import { rateLimitsSchema } from './rate-limits.ts';
import { signInSchema } from './sign-in.ts';

const money = (parse: (text: string) => bigint): z.ZodType<bigint, string> =>
  z
    .string({ error: ({ input }) => (input === undefined ? 'is required' : AMOUNT_NOT_TEXT) })
    .transform((text, context) => {
      const { micros, problem } = readAmount(parse, text);
      if (problem === undefined) return micros;
      context.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    });
const usd = money(parseUsd);
const usdOrZero = money(parseUsdOrZero);

const address = z.string().regex(/^0x[0-9a-fA-F]{1,64}$/);

const token = z.strictObject({
  symbol: z.string().min(1).max(20),
  /** The contract: `0x` + 40 hex digits on EVM, a felt on Starknet. */
  address,
  /** Checked on chain at start. Only 6 is allowed: then one base unit is one micro-dollar. */
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

const tier = z
  .strictObject({
    /** Deposits up to and including this amount follow the policy. */
    uptoUsd: usd,
    policy: finality,
  })
  .transform(({ uptoUsd, policy }) => ({ uptoMicros: uptoUsd, policy }));

const caps = z
  .strictObject({
    /** A deposit above this waits for hard finality. */
    perDepositUsd: usd.default(1_000_000_000n),
    /** Most that may be credited but not yet hard-final, over all orgs of the chain; deposits beyond it wait. */
    outstandingUsd: usd.default(25_000_000_000n),
  })
  .transform(({ perDepositUsd, outstandingUsd }) => ({
    perDepositMicros: perDepositUsd,
    outstandingMicros: outstandingUsd,
  }));

/** Below this a deposit costs more to keep than to send. */
const MIN_DEPOSIT_USD = '0.01';

const chainSettings = z.strictObject({
  caip2: z.string().regex(/^(eip155:[1-9][0-9]{0,15}|starknet:[A-Z0-9_]{1,31})$/),
  rpcUrls: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(8),
  wsUrl: z.url({ protocol: /^wss?$/ }).optional(),
  tokens: z.array(token).min(1).max(8),
  /** Other coins (USDC.e, USDT, look-alikes): transfers of them are recorded as `wrong_asset` and never credited. */
  knownTokens: z
    .array(token.pick({ symbol: true, address: true }))
    .max(32)
    .optional(),
  /** Transfers to our addresses on this chain are recorded but never credited, and the chain is not offered to orgs. */
  watchOnly: z.boolean().optional(),
  /** A deposit below this is dust: it waits until the org's dust on this chain adds up to it. */
  minDepositUsd: usdOrZero.prefault(MIN_DEPOSIT_USD),
  /** Left out: `COFFER_CREDITS_ADDRESS_<CHAIN>`, else `COFFER_CREDITS_ADDRESS`, where its form fits the chain. */
  creditsAddress: address.optional(),
  /** How long a deposit usually takes to be credited; shown to those who register a sender. */
  expectedSeconds: z.int().min(0).max(604_800).optional(),
  startBlock: z.int().min(0),
  finality: finality.optional(),
  /** Policies by amount, in place of `finality`; deposits above the last tier wait for hard finality. */
  tiers: z.array(tier).min(1).max(8).optional(),
  /** An earlier policy, for deposits within their org's own provisional limit. */
  provisional: finality.optional(),
  /** How many blocks the chain may replace before credits and reversals wait for an operator. */
  reorgBlocksMax: z.int().min(1).max(1_000_000).optional(),
  /** Blocks below the head that count as hard-final where the RPCs report no final height (Polygon once: 200). */
  hardFinalDepth: z.int().min(1).max(1_000_000).optional(),
  /**
   * How many RPCs must agree before an answer is used; the default is 2 where there are two or more. With 1, a single
   * RPC is trusted; a chain with one RPC that is not a devnet must set it explicitly.
   */
  quorum: z.int().min(1).max(8).optional(),
  /** A deposit above this needs its receipt from a quorum of RPCs, another one from a single RPC unless disputed. */
  confirmAboveUsd: usdOrZero.optional(),
  devnet: z.boolean().default(false),
  caps: caps.prefault({}),
});
const chain = chainSettings.transform(({ minDepositUsd, confirmAboveUsd, ...rest }) => {
  const amounts: { readonly minDepositMicros?: bigint | undefined; readonly confirmAboveMicros?: bigint | undefined } =
    { minDepositMicros: minDepositUsd, confirmAboveMicros: confirmAboveUsd };
  return { ...rest, ...amounts };
});

/** A thousand credits are a dollar. */
const CREDIT_MICROS_DEFAULT = 1_000;
/** A credit is worth a million dollars at most. */
const CREDIT_MICROS_MAX = 1_000_000_000_000;

const SERVICES_MAX = 100;
const TAKEN_NAMES: ReadonlySet<string> = new Set([...BUILT_IN_SERVICES, ...RESERVED_SERVICE_TYPES]);
const service = z.strictObject({
  name: z
    .string()
    .regex(SERVICE_NAME, 'must be 1 to 40 capital letters, digits and _, beginning with a letter')
    .refine((name) => !TAKEN_NAMES.has(name), 'is the name of a built-in or reserved service'),
  /** Takes no new charges; its entries and open holds stay. */
  retired: z.boolean().default(false),
});

function haveOwnNames(services: readonly { readonly name: string }[]): boolean {
  return new Set(services.map(({ name }) => name)).size === services.length;
}

/** Why a check-in is refused that gives away more than one person may decide. */
const NEEDS_SECOND_PERSON = {
  path: ['checkin'],
  message:
    'gives more than adminEntryLimitUsd on a thousand days: set it by PUT /admin/checkin/config, where a second person approves it',
};

const fileSettings = z.strictObject({
  senderPolicy: z.enum(['proof_required', 'first_come']).default('proof_required'),
  chains: z.array(chain).max(32).default([]),
  /** Addresses that many people send from (exchanges, routers), besides the built-in ones; none may be bound. */
  sharedAddresses: z
    .array(z.strictObject({ family: z.enum(['eip155', 'starknet']), address, name: z.string().min(1).max(200) }))
    .max(10_000)
    .default([]),
  /** Private addresses that webhooks may reach, also over http and on any port: true for all, or these ranges. */
  webhooks: z
    .strictObject({
      allowPrivate: z.union([z.boolean(), z.array(z.union([z.cidrv4(), z.cidrv6()])).max(100)]).default(false),
    })
    .prefault({}),
  /** The list of senders that are denied or held back; a relative path starts at the folder of this file. */
  screening: z.strictObject({ listFile: z.string().min(1) }).optional(),
  /** How people sign in; left out: only API keys are accepted. */
  sso: signInSchema.optional(),
  rateLimits: rateLimitsSchema.prefault({}),
  /** Services of the deployment's own. One that was ever charged is retired, not removed: its entries still name it. */
  services: z.array(service).max(SERVICES_MAX).refine(haveOwnNames, 'two services have the same name').default([]),
  /** The most that an org may let a free gift card pay for; above it, a minter decides. */
  giftCardMaxUsd: usdOrZero.default(1_000_000n),
  /** How card payments are taken; without an account none are. */
  payments: paymentsSchema.prefault({}),
  /** What one credit of the credits surface is worth, in micro-dollars. Fixed once a user has an entry. */
  creditMicros: z
    .int()
    .min(1)
    .max(CREDIT_MICROS_MAX)
    .default(CREDIT_MICROS_DEFAULT)
    .transform((micros) => BigInt(micros)),
  topup: topupSchema.prefault({}),
  /** What a check-in gives until an operator sets something else. */
  checkin: checkInSchema,
  /** How far a card rail may be from what its provider holds before crediting on it stops. */
  solvency: z.strictObject({ toleranceUsd: usdOrZero.default(1_000_000n) }).prefault({}),
  /** What creates more credit by hand than this needs a second person's approval; left out: nothing does. */
  adminEntryLimitUsd: usdOrZero.optional(),
  /** A dispute about less than this is given up by itself; 0: none is. */
  disputeConcedeBelowUsd: usdOrZero.default(0n),
});
const file = fileSettings
  .refine(needNoSecondPerson, NEEDS_SECOND_PERSON)
  .transform(({ adminEntryLimitUsd, giftCardMaxUsd, disputeConcedeBelowUsd, solvency, ...rest }) => ({
    ...rest,
    solvency: { toleranceMicros: solvency.toleranceUsd },
    giftCardMaxMicros: giftCardMaxUsd,
    disputeConcedeBelowMicros: disputeConcedeBelowUsd,
    adminEntryLimitMicros: adminEntryLimitUsd,
  }));

function needNoSecondPerson({
  checkin,
  creditMicros,
  adminEntryLimitUsd: limitMicros,
}: z.output<typeof fileSettings>): boolean {
  return !checkin.enabled || limitMicros === undefined || weightOfRules(checkin, creditMicros) <= limitMicros;
}

/** The settings of the file. */
export type FileSettings = z.output<typeof file>;
type FileChain = FileSettings['chains'][number];
/** A chain whose credits address is known, from the file or from the environment. */
export type ChainConfig = FileChain & { readonly creditsAddress: string };

/**
 * Reads the configuration file; without one, every setting has its default and no chain is configured.
 * @throws ConfigError with every problem of the file.
 */
export function readSettings(path: string | undefined): FileSettings {
  if (path === undefined) return file.parse({});
  const parsed = file.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`);
  throw new ConfigError(`COFFER_CONFIG: ${path}: ${wrong.join('; ')}`);
}

function readJson(path: string): unknown {
  let text: string;
  let json: unknown;
  let twice: string | undefined;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`COFFER_CONFIG: cannot read ${path}`);
  }
  try {
    json = JSON.parse(text);
    twice = findRepeatedName(text);
  } catch {
    throw new ConfigError(`COFFER_CONFIG: ${path} is not JSON`);
  }
  if (twice !== undefined) throw new ConfigError(`COFFER_CONFIG: ${path}: ${twice} is given more than once`);
  return json;
}
