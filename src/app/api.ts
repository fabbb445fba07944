/** The API: its database, its ledger writer, its routes and its periodic jobs, started and stopped as one. */
import type { Server } from 'node:http';
import shared from '../../contracts-abi/shared-addresses.json' with { type: 'json' };
import usdc from '../../contracts-abi/usdc.json' with { type: 'json' };
import { openChainReaders } from '../../detector/ask/chain-readers.ts';
import { readChain, type KnownChain } from '../config/chain.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/error.ts';
import { getPeppers, getVault } from '../config/secrets.ts';
import type { Peppers } from '../core/access/peppers.ts';
import type { Vault } from '../core/access/vault.ts';
import { systemClock, type Clock } from '../core/clock.ts';
import { BUILT_IN_SERVICES } from '../core/ledger/vocabulary.ts';
import { sharedAddressesOf, type SharedAddress } from '../core/senders/shared-addresses.ts';
import { listLostServices, noteServices } from '../db/access/service-names.ts';
import { noteCreditUnit } from '../db/credits/unit.ts';
import { listShards } from '../db/engine.ts';
import { audited, openDatabase, openOrgDatabases, type Database } from '../db/database.ts';
import { SchemaWatch } from '../db/schema/watch.ts';
import { EventFeed } from '../db/events/feed.ts';
import { FrozenLots } from '../db/ledger/frozen-lots.ts';
import { openLedgerWriter, type LedgerWriter } from '../db/ledger/writer.ts';
import { PriceBook } from '../db/pricing/book.ts';
import { assertPortFree, close, createHttpServer, listen } from '../http/server/server.ts';
import { traceRoutes } from '../http/server/traces.ts';
import { meterChains } from '../http/service/chain-metrics.ts';
import { meterEvents } from '../http/service/event-metrics.ts';
import { meterWriter } from '../http/service/ledger-metrics.ts';
import { traceWriter } from '../http/service/ledger-traces.ts';
import type { ReadinessCheck } from '../http/service/health.ts';
import { warnOfRole } from '../http/service/readiness.ts';
import { gateRoutes, gateWriter, recoveryCheck } from '../http/service/recovery-gate.ts';
import { startApprovals } from '../jobs/approvals.ts';
import { startBooks } from '../jobs/books.ts';
import { startConceding } from '../jobs/disputes.ts';
import { startEvents } from '../jobs/events.ts';
import { startExpiry } from '../jobs/expiry.ts';
import { startExpiryNotices } from '../jobs/expiry-notices.ts';
import { startLossWatch } from '../jobs/loss-watch.ts';
import { startJobNotes } from '../jobs/notes.ts';
import { startPayments } from '../jobs/payments.ts';
import { startBudgets } from '../jobs/budgets.ts';
import { startOrders } from '../jobs/orders.ts';
import { startRefusals } from '../jobs/refusals.ts';
import { startRails } from '../jobs/rails.ts';
import { startSums } from '../jobs/sums.ts';
import { ALWAYS, type Job, type MayRun } from '../jobs/rounds.ts';
import { startFreeTiers, startGrants } from '../jobs/unwritten.ts';
import { openEventLogs, type EventLogs } from './events.ts';
import { openGuard } from './guard.ts';
import { findingAccount, openAccounts, refillParts } from './payments.ts';
import { hinting, routesOf, type Pools, type RouteParts } from './routes.ts';
import type { AppOptions, Running } from './running.ts';
import { openSite } from './site.ts';
import type { Route } from '../http/server/route.ts';
import type { GivenAccounts, PaymentAccounts } from '../payments/accounts.ts';
import { openDisputeDesk } from '../payments/dispute-desk.ts';
import { Inlet } from '../payments/inlet.ts';
import type { ProviderAccount } from '../payments/port.ts';
import type { SolvencyOptions } from '../payments/solvency.ts';
import { openFigures, type Figures } from '../http/server/metrics.ts';
import project from '../../package.json' with { type: 'json' };

/** How long open requests may take to finish once the service stops. */
const STOP_GRACE_MS = 10_000;
/** Most connections of each pool for requests that only read. */
const READS_POOL_MAX = 8;
/** Most connections of each pool whose statements may wait for a synchronous standby. */
const CHANGES_POOL_MAX = 6;
/** Connections for webhooks alone: accounts are looked up, events stored, each by one statement at a time. */
const INTAKE_POOL_MAX = 4;

export interface RunningApi extends Running {
  readonly url: string;
  /** Every route it serves. */
  readonly routes: readonly Route[];
}

export interface ApiOptions extends AppOptions {
  /** Further checks of `/readyz`. */
  readonly checks?: readonly ReadinessCheck[];
  /** Whether this process also runs the periodic jobs; true by default. */
  readonly jobs?: boolean;
  /** Called with each written wallet when another process keeps the event logs; without it, this process keeps them. */
  readonly hint?: (wallet: string) => void;
  /** Another process's ledger writer in place of an own one. */
  readonly writer?: LedgerWriter;
  /** How callers reach it in place of its own server: through processes that use its ledger writer. */
  readonly reach?: (writer: LedgerWriter) => Promise<Entrance>;
  /** Accounts at a payment provider in place of the configured and the stored ones: one, or those that have a name. */
  readonly account?: ProviderAccount | GivenAccounts;
}

/** Where callers reach an API, and how that is ended: running requests finish. */
export interface Entrance {
  readonly url: string;
  stop(): Promise<void>;
}

/** What is derived from the configuration before anything is opened. */
interface Settings {
  readonly peppers: Peppers;
  readonly vault: Vault;
  readonly chains: readonly KnownChain[];
  readonly sharedAddresses: readonly SharedAddress[];
}

/**
 * Starts the API: database (the built-in one is created and migrated), ledger writer, HTTP.
 * @throws ConfigError when the configuration is invalid; Error when the database is unreachable or its schema behind.
 */
export async function startApi(config: Config, options: ApiOptions): Promise<RunningApi> {
  const settings = {
    peppers: getPeppers(config),
    vault: getVault(config),
    chains: config.chains.map(readChain),
    sharedAddresses: readShared(config),
  };
  // A process that leaves the ledger to another one shares the port with its likes.
  if (!options.writer) await assertPortFree(config.port, config.host, 'PORT');
  const site = await openSite(config, options.log);
  try {
    const running = await serve(config, options, settings, site.appUrl);
    return {
      ...running,
      stop: async () => {
        await running.stop();
        await site.stop();
      },
    };
  } catch (error) {
    await site.stop();
    throw error;
  }
}

/** Serves the API on a database that is ready; if that fails, closes everything it opened. */
async function serve(
  config: Config,
  options: ApiOptions,
  settings: Settings,
  databaseUrl: string,
): Promise<RunningApi> {
  const { log, clock = systemClock, checks = [], jobs = true, hint, witnessFolder, account } = options;
  const figures = openFigures(config, { role: 'api', version: project.version });
  const shards = await readShards(databaseUrl);
  const means = openMeans(config, { log, clock, figures, writer: options.writer, shards }, databaseUrl);
  const { db, feed, writer } = means;
  // What is done without a request takes no connection that a request to read needs.
  const background = { ...means, ...means.changes };
  const loss = await startLossWatch({ ...background, folder: witnessFolder, confirmed: () => writer.confirmed() });
  const mayRun: MayRun = () => loss.problem() === undefined;
  const schema = new SchemaWatch(db);
  const { stopNotes, ...access } = openGuard(config, { ...means, ...settings, schema });
  const opening = { ...background, db: audited(background.db), vault: settings.vault, given: givenBy(account) };
  const accounts = openAccounts(config, opening);
  const eventLogs = hint ? undefined : openEventLogs(config, { ...background, mayRun, vault: settings.vault });
  const hintOf = hint ?? eventLogs?.hint ?? (() => undefined);
  const platform = await accounts.find('stripe');
  const parts = { ...means, ...settings, ...access, schema, hint: hintOf, accounts, account: platform };
  const allChecks = [recoveryCheck(loss.problem), ...checks];
  const routes = gateRoutes(routesOf(config, { ...parts, checks: allChecks }), loss.problem);
  const server = createHttpServer(traceRoutes(figures.meter(routes)), log, { linkBase: config.linkBase });
  const own = typeof account === 'function' ? undefined : account;
  const periodic = jobs ? startJobs(config, { ...background, mayRun }, { ...parts, eventLogs, own }) : [];
  const started: Job[] = [loss, startFeed(means), ...periodic];
  started.push(startJobNotes([...started], { role: 'api', ...background, mayRun }));
  const stopJobs = async (): Promise<void> => {
    await Promise.all(started.splice(0).map(async (job) => job.stop()));
  };
  // It goes on answering, so that load balancers and people see why: every call is refused, and `/readyz` is red.
  const watch = schema.start(clock, (reason) => {
    log.error({ err: reason }, 'nothing is served any more');
    void stopJobs();
  });
  const closeMeans = async (): Promise<void> => {
    watch.stop();
    await figures.stop();
    await stopJobs();
    await stopNotes();
    await means.close();
  };
  try {
    await checkStored(config, means.changes.db, clock);
    await warnOfRole(db, log);
    const chains = config.chains.map(({ caip2 }) => caip2);
    const metricsUrl = await figures.serve((to) => {
      const refreshes = [meterChains(to, { db, clock, chains }), meterEvents(to, { db, clock })];
      return async () => void (await Promise.all(refreshes.map(async (refresh) => refresh())));
    });
    const reach = await (options.reach?.(gateWriter(writer, loss.problem)) ?? reachOf(server, config));
    return {
      url: reach.url,
      routes,
      metricsUrl,
      stop: async () => {
        feed.close();
        await reach.stop();
        await closeMeans();
      },
    };
  } catch (error) {
    await closeMeans();
    throw error;
  }
}

async function reachOf(server: Server, { port, host }: Config): Promise<Entrance> {
  const url = await listen(server, port, host, false);
  return { url, stop: async () => close(server, STOP_GRACE_MS) };
}

/** @throws ConfigError when the configuration contradicts what is stored. */
async function checkStored(config: Config, db: Database, clock: Clock): Promise<void> {
  await checkServices(config, db, clock);
  await checkCreditUnit(config, db, clock);
}

/** Follows what other processes write: event logs, and the credit that they froze. */
function startFeed(means: Pick<Means, 'feed' | 'frozenLots' | 'clock' | 'log'>): Job {
  const work = [async () => means.feed.poll(), async () => means.frozenLots.refresh()];
  return startEvents(work, { ...means, job: 'feed', mayRun: ALWAYS });
}

/** @throws ConfigError when a service that entries name is no longer configured. */
async function checkServices({ services: { known } }: Config, db: Database, clock: Clock): Promise<void> {
  const own = known.filter((name) => !BUILT_IN_SERVICES.some((one) => one === name));
  const lost = await listLostServices(db, known);
  if (lost.length > 0) {
    const entry = JSON.stringify({ name: lost[0], retired: true });
    throw new ConfigError(`services: entries name ${lost.join(', ')}: list what is no longer offered as ${entry}`);
  }
  await noteServices(db, own, new Date(clock.nowMs()));
}

/** @throws ConfigError when users have entries and a credit was worth something else for them. */
async function checkCreditUnit({ creditMicros }: Config, db: Database, clock: Clock): Promise<void> {
  const unit = await noteCreditUnit(db, creditMicros, new Date(clock.nowMs()));
  if (unit === creditMicros) return;
  throw new ConfigError(`creditMicros: users have credits of ${unit} micro-dollars each: it stays at ${unit}`);
}

function givenBy(account: ApiOptions['account']): GivenAccounts | undefined {
  if (account === undefined || typeof account === 'function') return account;
  return (name) => (name === account.name ? account : undefined);
}

/** What the routes and the jobs share; call `close` after everything that uses it has stopped. */
type Means = Pick<RouteParts, keyof Pools | 'changes' | 'writer' | 'readers' | 'feed' | 'inlet' | 'clock' | 'log'> & {
  readonly frozenLots: FrozenLots;
  close(): Promise<void>;
};

/** The parts over which the ledger is spread, as they are when the service starts. */
async function readShards(databaseUrl: string): Promise<number[]> {
  const db = openDatabase(databaseUrl, 1, { readsOnly: true });
  try {
    return await listShards(db);
  } finally {
    await db.destroy();
  }
}

function openMeans(
  config: Config,
  {
    log,
    clock,
    figures,
    writer: given,
    shards,
  }: Pick<Means, 'log' | 'clock'> & {
    readonly figures: Figures;
    readonly writer: LedgerWriter | undefined;
    readonly shards: readonly number[];
  },
  databaseUrl: string,
): Means {
  const reads = { readsOnly: true };
  const db = openDatabase(databaseUrl, READS_POOL_MAX, reads);
  const orgs = openOrgDatabases(databaseUrl, READS_POOL_MAX, reads);
  const changes = {
    db: openDatabase(databaseUrl, CHANGES_POOL_MAX),
    orgs: openOrgDatabases(databaseUrl, CHANGES_POOL_MAX),
  };
  const intake = openDatabase(databaseUrl, INTAKE_POOL_MAX);
  const frozenLots = new FrozenLots(db);
  const ownWriter = (): LedgerWriter =>
    openLedgerWriter({
      url: databaseUrl,
      clock,
      deadlineMs: config.ledgerDeadlineMs,
      shards,
      frozenLots,
      prices: new PriceBook(db, () => clock.nowMs()),
      onTrouble: (message, error, passing) => log[passing === true ? 'warn' : 'error']({ err: error }, message),
    });
  // Commands are counted by the process that carries them out.
  const writer = traceWriter(given ?? meterWriter(ownWriter(), figures.registry));
  const readers = openChainReaders(config.chains);
  return {
    db,
    orgs,
    changes,
    writer,
    readers,
    feed: new EventFeed(db, clock),
    inlet: new Inlet(intake, clock),
    frozenLots,
    clock,
    log,
    close: async () => {
      for (const reader of readers.values()) reader.close();
      await writer.stop();
      const pools = [changes, { orgs, db }].flatMap((both) => [both.orgs, both.db]);
      await Promise.all([intake, ...pools].map(async (pool) => pool.destroy()));
    },
  };
}

/** The periodic jobs. Each may run in any number of processes at once. */
function startJobs(
  config: Config,
  means: Means & { readonly mayRun: MayRun },
  parts: Pick<RouteParts, 'accounts' | 'hint' | 'vault'> & {
    readonly eventLogs: EventLogs | undefined;
    /** An account in place of the configured one. */
    readonly own: ProviderAccount | undefined;
  },
): Job[] {
  const { eventLogs, accounts, hint, vault, own } = parts;
  const settling = { ...means, writer: hinting(means.writer, hint) };
  const jobs = [startExpiry(means), startBooks(means), startSums(means), startApprovals(means), startOrders(means)];
  const { failedPerDay } = config.payments.limits;
  jobs.push(startFreeTiers(settling), startGrants(settling), startRefusals(means), startExpiryNotices(means));
  jobs.push(startBudgets(means));
  jobs.push(startPayments({ ...settling, ...refillParts(config, { ...settling, accounts }), failedPerDay }));
  jobs.push(startRails({ ...settling, ...config.solvency, accounts: withOwn(accounts, own) }));
  const noting = { ...settling, db: audited(means.db) };
  const desk = openDisputeDesk({
    ...noting,
    vault,
    mode: config.payments.mode,
    findAccount: findingAccount(accounts),
  });
  jobs.push(startConceding({ ...noting, desk, belowMicros: config.disputeConcedeBelowMicros }));
  return eventLogs ? [...jobs, eventLogs.start()] : jobs;
}

/** The accounts at providers, with one in place of that of its name. */
function withOwn(accounts: PaymentAccounts, own: ProviderAccount | undefined): SolvencyOptions['accounts'] {
  if (own === undefined) return accounts;
  return {
    find: async (name) => (name === own.name ? own : accounts.find(name)),
    list: async () => [...new Set([own.name, ...(await accounts.list())])],
    note: async (name, what, fault) => accounts.note(name, what, fault),
  };
}

/** Addresses that nobody may register: the built-in ones and those of the configuration. */
function readShared({ sharedAddresses }: Config): SharedAddress[] {
  try {
    return sharedAddressesOf([...shared.addresses, ...sharedAddresses], usdc.tokens);
  } catch (error) {
    throw new ConfigError(`sharedAddresses: ${error instanceof Error ? error.message : 'not an address'}`);
  }
}
