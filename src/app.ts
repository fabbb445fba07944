/** The composition root: the only place that constructs adapters and hands them to each other. */
import type { Logger } from 'pino';
import shared from '../contracts-abi/shared-addresses.json' with { type: 'json' };
import usdc from '../contracts-abi/usdc.json' with { type: 'json' };
import { openChainReaders } from '../detector/chain-readers.ts';
import { deriveEvmAddress } from '../detector/evm/deposit-key.ts';
import { openListScreener } from '../detector/screening.ts';
import { startDetector as startChains } from '../detector/service.ts';
import { getKeyPepper, getVault } from './config/secrets.ts';
import { ConfigError, type ChainConfig, type Config } from './config.ts';
import { systemClock, type Clock } from './core/clock.ts';
import { canonicalAddress, familyOf } from './core/deposits/address.ts';
import { creditRulesOf } from './core/deposits/finality.ts';
import { sharedAddressesOf, type SharedAddress } from './core/deposits/shared-addresses.ts';
import { tokenBook } from './core/deposits/token-book.ts';
import type { Vault } from './core/envelope.ts';
import { measureClockSkewMs, openDatabase, ownsLedger, pingDatabase, type Database } from './db/database.ts';
import { listChainProgress } from './db/deposits-reader.ts';
import { listRpcStatuses } from './db/rpc-status.ts';
import { openDatabaseSite, prepareSite, type DatabaseSite } from './db/database-site.ts';
import { EventFeed } from './db/event-feed.ts';
import { openLedgerWriter, type LedgerWriter } from './db/ledger-writer.ts';
import { createAddressGuard, findUrlProblem } from './events/address-guard.ts';
import { DeliveryWorker } from './events/delivery.ts';
import { openOutbound } from './events/outbound.ts';
import { Projector } from './events/projector.ts';
import { adminRoutes } from './http/admin/routes.ts';
import { Guard } from './http/auth.ts';
import type { Route } from './http/endpoint.ts';
import type { EventDeps } from './http/events/deps.ts';
import { eventRoutes } from './http/events/routes.ts';
import { healthRoutes, type ReadinessCheck } from './http/health.ts';
import { meterChains } from './http/chain-metrics.ts';
import { openFigures } from './http/figures.ts';
import { close, createHttpServer, listen } from './http/server.ts';
import type { ChainInfo, TreasuryDeps } from './http/treasury/deps.ts';
import { treasuryRoutes } from './http/treasury/routes.ts';
import { startEvents, type EventWork } from './jobs/events.ts';
import { startBooks } from './jobs/books.ts';
import { startExpiry } from './jobs/expiry.ts';
import type { Job } from './jobs/rounds.ts';

/** How long requests that began may take to finish once the service stops. */
const STOP_GRACE_MS = 10_000;

/** How far the clock may be off the database's: holds and lots expire by it, and entries carry its time. */
const CLOCK_SKEW_MS_MAX = 1_000;

/** Something that was started. */
export interface Running {
  /** Where its figures are served, if they are. */
  readonly metricsUrl?: string | undefined;
  /** Finishes what began, then closes everything. */
  stop(): Promise<void>;
}

export interface RunningApi extends Running {
  readonly url: string;
}

export interface AppOptions {
  readonly log: Logger;
  readonly clock?: Clock;
  /** Further things that `/readyz` asks. */
  readonly checks?: readonly ReadinessCheck[];
  /** Whether this process does what is to be done from time to time, too; it does unless told otherwise. */
  readonly jobs?: boolean;
}

/**
 * Starts the API: database (made and migrated when it is our own), ledger writer, HTTP.
 * @throws ConfigError for a configuration that cannot work; Error when the database is away or behind
 */
export async function startApi(config: Config, options: AppOptions): Promise<RunningApi> {
  const { log } = options;
  const pepper = getKeyPepper(config).reveal();
  const vault = getVault(config);
  const chains = config.chains.map(chainInfo);
  const sharedAddresses = readShared(config);
  const site = await openSite(config, log);
  try {
    return await serve(config, options, { pepper, vault, chains, sharedAddresses, site });
  } catch (error) {
    await site.stop();
    throw error;
  }
}

async function serve(
  config: Config,
  { log, clock = systemClock, checks = [], jobs = true }: AppOptions,
  known: {
    readonly pepper: string;
    readonly vault: Vault;
    readonly chains: readonly ChainInfo[];
    readonly sharedAddresses: readonly SharedAddress[];
    readonly site: DatabaseSite;
  },
): Promise<RunningApi> {
  const { pepper, vault, chains, sharedAddresses, site } = known;
  const db = openDatabase(site.appUrl);
  const writer = openLedgerWriter({
    url: site.appUrl,
    clock,
    deadlineMs: config.ledgerDeadlineMs,
    onTrouble: (message, error) => log.error({ err: error }, message),
  });
  const guard = new Guard({ db, clock, log, pepper });
  const readers = openChainReaders(config.chains);
  const events = openEvents(config, { guard, db, clock, log, vault });
  const hinting = events.hinted(writer);
  const deps = depsOf(config, chains, { guard, db, writer: hinting, clock, log, readers, sharedAddresses });
  const health = healthRoutes({
    checks: [...ownChecks(db, clock, writer), ...checks],
    chains: chains.map(({ chain }) => chain),
    progress: async () => listChainProgress(db),
    rpcs: async () => listRpcStatuses(db),
    clock,
    log,
  });
  const routes = [...health, ...treasuryRoutes(deps), ...adminRoutes(deps), ...events.routes];
  const figures = openFigures(config);
  const server = createHttpServer(figures.meter(routes), log);
  const started = jobs ? [events.start(), startExpiry({ db, writer, clock, log }), startBooks({ db, clock, log })] : [];
  const closeDatabase = async (): Promise<void> => {
    await Promise.all(started.map(async (job) => job.stop()));
    for (const reader of readers.values()) reader.close();
    await writer.stop();
    await db.destroy();
  };
  try {
    if (await ownsLedger(db)) {
      log.warn(
        'DATABASE_URL is the role that owns the ledger: entries are then guarded by a trigger alone, which it can drop',
      );
    }
    const metricsUrl = await figures.serve((to) => meterChains(to, { db, clock, chains: deps.chainNames }));
    const url = await listen(server, config.port, config.host);
    return {
      url,
      metricsUrl,
      stop: async () => {
        events.endStreams();
        await figures.stop();
        await close(server, STOP_GRACE_MS);
        await closeDatabase();
        await site.stop();
      },
    };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

/** What must work for this process to serve: its database, its clock, its ledger writer. */
function ownChecks(db: Database, clock: Clock, writer: LedgerWriter): ReadinessCheck[] {
  return [
    { name: 'database', check: async () => pingDatabase(db) },
    {
      name: 'clock',
      check: async () => {
        const skewMs = await measureClockSkewMs(db, clock);
        if (Math.abs(skewMs) > CLOCK_SKEW_MS_MAX) throw new Error(`the clock is ${skewMs} ms off the database's`);
      },
    },
    {
      name: 'ledger',
      check: async () => {
        if (!writer.status().ready) throw new Error('the ledger writer is not connected');
        return Promise.resolve();
      },
    },
  ];
}

/** What the endpoints work with. Chains that are only watched are not offered to orgs. */
function depsOf(
  config: Config,
  chains: readonly ChainInfo[],
  parts: Pick<TreasuryDeps, 'guard' | 'db' | 'writer' | 'clock' | 'log' | 'readers' | 'sharedAddresses'>,
): TreasuryDeps {
  const { chains: configured, senderPolicy, holds, publicUrl } = config;
  const watched = new Set(configured.filter(({ watchOnly }) => watchOnly === true).map(({ caip2 }) => caip2));
  const offered = chains.filter(({ chain }) => !watched.has(chain));
  return {
    ...parts,
    chains: offered,
    chainNames: configured.map(({ caip2 }) => caip2),
    tokens: tokenBook(configured),
    senderPolicy,
    holds,
    deriveDepositAddress: deriveEvmAddress,
    publicUrl,
  };
}

/** Addresses that nobody may register: those that come with this version, and those of the configuration. */
function readShared({ sharedAddresses }: Config): SharedAddress[] {
  try {
    return sharedAddressesOf([...shared.addresses, ...sharedAddresses], usdc.tokens);
  } catch (error) {
    throw new ConfigError(`sharedAddresses: ${error instanceof Error ? error.message : 'not an address'}`);
  }
}

/** The events of this process: who fills the logs, who watches them, who sends them, and what the API tells of them. */
function openEvents(
  { webhooks }: Config,
  { vault, ...parts }: Pick<EventDeps, 'guard' | 'db' | 'clock' | 'vault'> & { readonly log: Logger },
): {
  readonly routes: Route[];
  readonly start: () => Job;
  /** Looks at the wallets that are written to before the others. */
  readonly hinted: (writer: TreasuryDeps['writer']) => TreasuryDeps['writer'];
  /** Ends the streams, which would otherwise be waited for. */
  readonly endStreams: () => void;
} {
  const { db, clock, log } = parts;
  const feed = new EventFeed(db, clock);
  const projector = new Projector({
    db,
    clock,
    onTrouble: (name, error) => log.error({ err: error, log: name }, 'the log of an org cannot be brought up to date'),
    onGrown: (name, position) => feed.grown(name, position),
  });
  const addresses = createAddressGuard(webhooks.allowPrivate);
  const outbound = openOutbound({ guard: addresses, clock });
  const worker = new DeliveryWorker({ db, clock, log, vault, outbound });
  const work: EventWork = {
    project: async (stopped) => projector.round(stopped),
    watch: async () => feed.poll(),
    deliver: async () => worker.round(),
  };
  return {
    routes: eventRoutes({ ...parts, vault, feed, findUrlProblem: (url) => findUrlProblem(addresses, url) }),
    start: () => {
      const job = startEvents(work, { clock, log });
      return {
        stop: async () => {
          await job.stop();
          await worker.stop();
          await outbound.close();
        },
      };
    },
    hinted: (writer) => ({
      submit: (submission) => {
        projector.hint(submission.wallet);
        return writer.submit(submission);
      },
    }),
    endStreams: () => feed.close(),
  };
}

async function openSite(config: Config, log: Logger): Promise<DatabaseSite> {
  const tell = (line: string): void => log.info(line);
  const site = await openDatabaseSite({
    databaseUrl: config.databaseUrl?.reveal(),
    ownerUrl: config.databaseOwnerUrl?.reveal(),
    dataDir: config.dataDir,
    log: tell,
  });
  try {
    await prepareSite(site, tell);
    return site;
  } catch (error) {
    await site.stop();
    throw error;
  }
}

/**
 * Starts the detector of every configured chain, on the same database as the API's.
 * @throws ConfigError when no chain is configured, or an address of one is none; Error when the database is away or behind
 */
export async function startDetector(config: Config, { log, clock = systemClock }: AppOptions): Promise<Running> {
  if (config.chains.length === 0) throw new ConfigError('COFFER_CONFIG: the detector needs a chain to read');
  for (const chain of config.chains) chainInfo(chain);
  const { chains, senderPolicy, screeningListFile: list } = config;
  const screener = list === undefined ? undefined : openListScreener(list);
  const site = await openSite(config, log);
  const figures = openFigures(config);
  const metricsUrl = await figures.serve();
  const { registry } = figures;
  const detector = startChains({ chains, senderPolicy, screener, databaseUrl: site.appUrl, clock, log, registry });
  return {
    metricsUrl,
    stop: async () => {
      await figures.stop();
      await detector.stop();
      await site.stop();
    },
  };
}

/** What the API tells of a chain. */
function chainInfo(chain: ChainConfig): ChainInfo {
  const family = familyOf(chain.caip2);
  const canonical = (name: string, address: string): string => {
    try {
      return canonicalAddress(family, address);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'not an address';
      throw new ConfigError(`chain ${chain.caip2}: ${name}: ${reason}`);
    }
  };
  return {
    chain: chain.caip2,
    family,
    creditsAddress: canonical('creditsAddress', chain.creditsAddress),
    tokens: chain.tokens.map(({ symbol, address }) => ({ symbol, address: canonical(`token ${symbol}`, address) })),
    rules: creditRulesOf(family, chain),
  };
}
