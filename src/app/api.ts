/** The composition root: the only place that constructs adapters and hands them to each other. */
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import shared from '../../contracts-abi/shared-addresses.json' with { type: 'json' };
import usdc from '../../contracts-abi/usdc.json' with { type: 'json' };
import project from '../../package.json' with { type: 'json' };
import { openChainReaders } from '../../detector/ask/chain-readers.ts';
import { deriveEvmAddress } from '../../detector/evm/deposit-key.ts';
import { openListScreener } from '../../detector/credit/screening.ts';
import { startDetector as startChains } from '../../detector/service.ts';
import { readChain } from '../config/chain.ts';
import { getKeyPepper, getVault } from '../config/secrets.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/error.ts';
import { systemClock, type Clock } from '../core/clock.ts';
import { sharedAddressesOf, type SharedAddress } from '../core/senders/shared-addresses.ts';
import { tokenBook } from '../core/chains/token-book.ts';
import type { Vault } from '../core/access/vault.ts';
import { PLATFORM_LOG } from '../core/events/kinds.ts';
import { audited, openDatabase, openOrgDatabases, type Database } from '../db/database.ts';
import { openIpRanges } from '../core/access/ip-ranges.ts';
import { listChainProgress } from '../db/chains/progress.ts';
import { listRpcStatuses } from '../db/chains/rpc-status.ts';
import { openDatabaseSite, prepareSite, type DatabaseSite } from '../db/schema/site.ts';
import { EventFeed } from '../db/events/feed.ts';
import { openLedgerWriter, type LedgerWriter } from '../db/ledger/writer.ts';
import { createAddressGuard, findUrlProblem } from '../events/address-guard.ts';
import { DeliveryWorker } from '../events/delivery.ts';
import { openOutbound } from '../events/outbound.ts';
import { Projector } from '../events/projector.ts';
import { adminRoutes } from '../http/admin/routes.ts';
import { Guard } from '../http/access/guard.ts';
import { clientAddress } from '../http/server/client-address.ts';
import type { Route } from '../http/endpoint/endpoint.ts';
import type { EventDeps } from '../http/events/deps.ts';
import { eventRoutes } from '../http/events/routes.ts';
import { healthRoutes, type ReadinessCheck } from '../http/service/health.ts';
import { ownChecks, warnOfRole } from '../http/service/readiness.ts';
import { RateLimits } from '../http/access/rate-limits.ts';
import { meterChains } from '../http/service/chain-metrics.ts';
import { openFigures } from '../http/server/metrics-port.ts';
import { documentRoutes } from '../http/openapi/routes.ts';
import { close, createHttpServer, listen } from '../http/server/server.ts';
import { openSignIn } from '../http/access/sign-in.ts';
import type { ChainInfo, TreasuryDeps } from '../http/deps.ts';
import { treasuryRoutes } from '../http/treasury/routes.ts';
import { giveWay, startEvents, type EventWork } from '../jobs/events.ts';
import { startBooks } from '../jobs/books.ts';
import { startApprovals } from '../jobs/approvals.ts';
import { startExpiry } from '../jobs/expiry.ts';
import type { Job } from '../jobs/rounds.ts';

/** How long requests that began may take to finish once the service stops. */
const STOP_GRACE_MS = 10_000;

/** Something that was started. */
export interface Running {
  /** Where its figures are served, if they are. */
  readonly metricsUrl?: string | undefined;
  /** Finishes what began, then closes everything. */
  stop(): Promise<void>;
}

export interface RunningApi extends Running {
  readonly url: string;
  /** Everything that it answers. */
  readonly routes: readonly Route[];
}

export interface AppOptions {
  readonly log: Logger;
  readonly clock?: Clock;
  /** Further things that `/readyz` asks. */
  readonly checks?: readonly ReadinessCheck[];
  /** Whether this process does what is to be done from time to time, too; it does unless told otherwise. */
  readonly jobs?: boolean;
  /** Told of wallets that are written to, where another process keeps the event logs; without it this one does. */
  readonly hint?: (wallet: string) => void;
}

/**
 * Starts the API: database (made and migrated when it is our own), ledger writer, HTTP.
 * @throws ConfigError for a configuration that cannot work; Error when the database is away or behind
 */
export async function startApi(config: Config, options: AppOptions): Promise<RunningApi> {
  const { log } = options;
  const pepper = getKeyPepper(config).reveal();
  const vault = getVault(config);
  const chains = config.chains.map(readChain);
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
  { log, clock = systemClock, checks = [], jobs = true, hint }: AppOptions,
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
  const orgs = openOrgDatabases(site.appUrl);
  const writer = openLedgerWriter({
    url: site.appUrl,
    clock,
    deadlineMs: config.ledgerDeadlineMs,
    onTrouble: (message, error) => log.error({ err: error }, message),
  });
  const guard = openGuard(config, { db, clock, log, pepper });
  const readers = openChainReaders(config.chains);
  const feed = new EventFeed(db, clock);
  const here = hint ? undefined : openEventWork(config, { db, clock, log, vault, feed });
  const hinted = hinting(writer, hint ?? here?.hint ?? (() => undefined));
  const reach = { db: orgs.none, forOrg: (org: string) => orgs.of(org), crossing: audited(db) };
  const deps = depsOf(config, chains, { guard, ...reach, writer: hinted, clock, log, readers, sharedAddresses });
  const health = healthRoutes({
    checks: [...ownChecks({ db, orgs, clock, writer }), ...checks],
    chains: chains.map(({ chain }) => chain),
    progress: async () => listChainProgress(db),
    rpcs: async () => listRpcStatuses(db),
    clock,
    log,
  });
  const routes = routesOf(config, { health, deps, pepper, vault, feed });
  const figures = openFigures(config);
  const server = createHttpServer(figures.meter(routes), log);
  const watch = startEvents([async () => feed.poll()], { clock, log });
  const started = [watch, ...(jobs ? startJobs({ db, writer, clock, log }) : [])];
  if (jobs && here) started.push(here.start());
  const closeDatabase = async (): Promise<void> => {
    await Promise.all(started.map(async (job) => job.stop()));
    for (const reader of readers.values()) reader.close();
    await writer.stop();
    await orgs.destroy();
    await db.destroy();
  };
  try {
    await warnOfRole(db, log);
    const metricsUrl = await figures.serve((to) => meterChains(to, { db, clock, chains: deps.chainNames }));
    const url = await listen(server, config.port, config.host);
    return {
      url,
      routes,
      metricsUrl,
      stop: async () => {
        feed.close();
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

/** What is done from time to time, here as well as in every other process. */
function startJobs(means: Parameters<typeof startExpiry>[0]): Job[] {
  return [startExpiry(means), startBooks(means), startApprovals(means)];
}

/** Who is let in, and how often. */
function openGuard(
  config: Config,
  parts: { readonly db: Database; readonly clock: Clock; readonly log: Logger; readonly pepper: string },
): Guard {
  const isProxy = openIpRanges(config.trustedProxies);
  const addressOf = (request: IncomingMessage): string => clientAddress(request, isProxy);
  const limits = new RateLimits({ ...parts, rules: config.rateLimits, addressOf });
  return new Guard({ ...parts, signIn: config.signIn && openSignIn(config.signIn, parts), limits, addressOf });
}

/** Everything that is answered, and, unless the deployment keeps it to itself, the document that tells of it. */
function routesOf(
  config: Config,
  parts: Pick<EventDeps, 'vault' | 'feed'> & {
    readonly health: readonly Route[];
    readonly deps: TreasuryDeps;
    readonly pepper: string;
  },
): readonly Route[] {
  const { health, deps, pepper, vault, feed } = parts;
  const { guard, clock, forOrg, crossing } = deps;
  const addresses = createAddressGuard(config.webhooks.allowPrivate);
  const events: EventDeps = {
    guard,
    forLog: (name) => (name === PLATFORM_LOG ? crossing : forOrg(name)),
    clock,
    vault,
    feed,
    findUrlProblem: (url) => findUrlProblem(addresses, url),
  };
  const routes = [
    ...health,
    ...treasuryRoutes(deps),
    ...adminRoutes({ ...deps, db: crossing, pepper, adminEntryLimitMicros: config.adminEntryLimitMicros }),
    ...eventRoutes(events),
  ];
  const about = { version: project.version, basePath: new URL(config.publicUrl).pathname };
  return config.docs ? [...routes, ...documentRoutes(routes, about)] : routes;
}

/** What the endpoints work with. Chains that are only watched are not offered to orgs. */
function depsOf(
  config: Config,
  chains: readonly ChainInfo[],
  parts: Pick<
    TreasuryDeps,
    'guard' | 'db' | 'forOrg' | 'crossing' | 'writer' | 'clock' | 'log' | 'readers' | 'sharedAddresses'
  >,
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

/** Who fills the event logs of this process, and who sends from them. */
function openEventWork(
  { webhooks }: Config,
  parts: Pick<EventDeps, 'clock' | 'vault'> & {
    readonly db: Database;
    readonly log: Logger;
    readonly feed?: EventFeed;
  },
): { readonly start: () => Job; readonly hint: (wallet: string) => void } {
  const { db, clock, log, vault, feed } = parts;
  const projector = new Projector({
    db,
    clock,
    onTrouble: (name, error) => log.error({ err: error, log: name }, 'the log of an org cannot be brought up to date'),
    onGrown: (name, position) => feed?.grown(name, position),
  });
  const outbound = openOutbound({ guard: createAddressGuard(webhooks.allowPrivate), clock });
  const worker = new DeliveryWorker({ db, clock, log, vault, outbound });
  const work: EventWork[] = [async (stopped) => projector.round(stopped), async () => worker.round()];
  return {
    hint: (wallet) => projector.hint(wallet),
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
  };
}

/** The writer, telling of each wallet that it is asked to write to. */
function hinting(writer: LedgerWriter, hint: (wallet: string) => void): TreasuryDeps['writer'] {
  return {
    submit: async (submission) => {
      hint(submission.wallet);
      return writer.submit(submission);
    },
  };
}

/**
 * Starts what fills the event logs and sends from them, on the same database as the API's, giving way to what serves
 * callers. `hear` is handed what to tell of wallets that were written to.
 */
export async function startEventLogs(
  config: Config,
  { log, clock = systemClock }: AppOptions,
  hear: (hint: (wallet: string) => void) => void,
): Promise<Running> {
  const vault = getVault(config);
  const site = await openSite(config, log);
  const db = openDatabase(site.appUrl);
  const work = openEventWork(config, { db, clock, log, vault });
  giveWay(log);
  hear(work.hint);
  const job = work.start();
  return {
    stop: async () => {
      await job.stop();
      await db.destroy();
      await site.stop();
    },
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
  for (const chain of config.chains) readChain(chain);
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
