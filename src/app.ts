/** The composition root: the only place that constructs adapters and hands them to each other. */
import type { Logger } from 'pino';
import { startDetector as startChains } from '../detector/service.ts';
import { ConfigError, getKeyPepper, type ChainConfig, type Config } from './config.ts';
import { systemClock, type Clock } from './core/clock.ts';
import { canonicalAddress, familyOf } from './core/deposits/address.ts';
import { measureClockSkewMs, openDatabase, ownsLedger, pingDatabase } from './db/database.ts';
import { listChainProgress } from './db/deposits-reader.ts';
import { openDatabaseSite, prepareSite, type DatabaseSite } from './db/database-site.ts';
import { openLedgerWriter } from './db/ledger-writer.ts';
import { adminRoutes } from './http/admin/routes.ts';
import { Guard } from './http/auth.ts';
import { healthRoutes, type ReadinessCheck } from './http/health.ts';
import { close, createHttpServer, listen } from './http/server.ts';
import type { ChainInfo, TreasuryDeps } from './http/treasury/deps.ts';
import { treasuryRoutes } from './http/treasury/routes.ts';
import { startExpiry } from './jobs/expiry.ts';
import { startStatusEvents } from './jobs/status-events.ts';

/** How long requests that began may take to finish once the service stops. */
const STOP_GRACE_MS = 10_000;

/** How far the clock may be off the database's: holds and lots expire by it, and entries carry its time. */
const CLOCK_SKEW_MS_MAX = 1_000;

/** Something that was started. */
export interface Running {
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
  const chains = config.chains.map(chainInfo);
  const site = await openSite(config, log);
  try {
    return await serve(config, options, { pepper, chains, site });
  } catch (error) {
    await site.stop();
    throw error;
  }
}

async function serve(
  config: Config,
  { log, clock = systemClock, checks = [], jobs = true }: AppOptions,
  { pepper, chains, site }: { pepper: string; chains: readonly ChainInfo[]; site: DatabaseSite },
): Promise<RunningApi> {
  const db = openDatabase(site.appUrl);
  const writer = openLedgerWriter({
    url: site.appUrl,
    clock,
    deadlineMs: config.ledgerDeadlineMs,
    onTrouble: (message, error) => log.error({ err: error }, message),
  });
  const guard = new Guard({ db, clock, log, pepper });
  const { senderPolicy, holds } = config;
  const deps: TreasuryDeps = { guard, db, writer, clock, log, chains, senderPolicy, holds };
  const ownChecks: ReadinessCheck[] = [
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
  const health = healthRoutes({
    checks: [...ownChecks, ...checks],
    chains: chains.map(({ chain }) => chain),
    progress: async () => listChainProgress(db),
    clock,
    log,
  });
  const server = createHttpServer([...health, ...treasuryRoutes(deps), ...adminRoutes(deps)], log);
  const started = jobs ? [startStatusEvents({ db, clock, log }), startExpiry({ db, writer, clock, log })] : [];
  const closeDatabase = async (): Promise<void> => {
    await Promise.all(started.map(async (job) => job.stop()));
    await writer.stop();
    await db.destroy();
  };
  try {
    if (await ownsLedger(db)) {
      log.warn(
        'DATABASE_URL is the role that owns the ledger: entries are then guarded by a trigger alone, which it can drop',
      );
    }
    const url = await listen(server, config.port, config.host);
    return {
      url,
      stop: async () => {
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
  const { chains, senderPolicy } = config;
  const site = await openSite(config, log);
  const detector = startChains({ chains, senderPolicy, databaseUrl: site.appUrl, clock, log });
  return {
    stop: async () => {
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
  };
}
