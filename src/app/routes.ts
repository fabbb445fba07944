/** All routes of the API, each surface with what it works on. */
import { join } from 'node:path';
import { isReading, type Route } from '../http/server/route.ts';
import type { Logger } from 'pino';
import project from '../../package.json' with { type: 'json' };
import type { KnownChain } from '../config/chain.ts';
import type { Config } from '../config/config.ts';
import type { Peppers } from '../core/access/peppers.ts';
import type { Vault } from '../core/access/vault.ts';
import { tokenBook } from '../core/chains/token-book.ts';
import type { Clock } from '../core/clock.ts';
import { PLATFORM_LOG } from '../core/events/kinds.ts';
import type { ChainReader } from '../core/senders/chain-reader.ts';
import type { SharedAddress } from '../core/senders/shared-addresses.ts';
import { audited } from '../db/database.ts';
import { listRailFreezes } from '../db/billing/rails.ts';
import { listChainStates } from '../db/chains/status.ts';
import type { Database, OrgDatabases } from '../db/database.ts';
import type { EventFeed } from '../db/events/feed.ts';
import type { SchemaWatch } from '../db/schema/watch.ts';
import type { LedgerWriter } from '../db/ledger/writer.ts';
import { createAddressGuard, findUrlProblem } from '../events/address-guard.ts';
import type { Guard } from '../http/access/guard.ts';
import type { RateLimits } from '../http/access/rate-limits.ts';
import type { AppSignIn } from '../http/app/deps.ts';
import { appRoutes } from '../http/app/routes.ts';
import { budgetRoutes } from '../http/budgets/routes.ts';
import { adminRoutes } from '../http/admin/routes.ts';
import type { SurfaceDeps } from '../http/deps.ts';
import type { EventDeps } from '../http/events/deps.ts';
import { eventRoutes } from '../http/events/routes.ts';
import { documentRoutes } from '../http/openapi/routes.ts';
import { creditsAdminRoutes } from '../http/credits/admin.ts';
import { creditsRoutes } from '../http/credits/routes.ts';
import type { TakeTurn } from '../http/server/served-file.ts';
import { reportRoutes } from '../http/reports/routes.ts';
import { healthRoutes, type ReadinessCheck } from '../http/service/health.ts';
import { ownChecks } from '../http/service/readiness.ts';
import { orgBillingRoutes } from '../http/org-billing/routes.ts';
import { teamRoutes } from '../http/team/routes.ts';
import { walletRoutes } from '../http/wallet/routes.ts';
import type { RefusalNotes } from '../http/money/refusals.ts';
import { treasuryRoutes } from '../http/treasury/routes.ts';
import { explainRoutes } from '../http/explain/routes.ts';
import { usageRoutes } from '../http/usage/routes.ts';
import type { PaymentAccounts } from '../payments/accounts.ts';
import type { Inlet } from '../payments/inlet.ts';
import type { ProviderAccount } from '../payments/port.ts';
import { openCards, webhookRoutes } from './payments.ts';

/** Where `npm run dashboard:build` puts the app. */
const APP_FOLDER = join(import.meta.dirname, '..', '..', 'dashboard', 'dist');

/** Access to the database: to every org's rows, and to those of one. */
export interface Pools {
  readonly db: Database;
  readonly orgs: OrgDatabases;
}

/** What the routes use. Its own pools are those of requests that only read. */
export interface RouteParts extends Pools {
  /** For requests that change something, and for all work that is no request: each may wait for a synchronous standby. */
  readonly changes: Pools;
  readonly writer: LedgerWriter;
  readonly guard: Guard;
  readonly schema: SchemaWatch;
  readonly feed: EventFeed;
  readonly readers: ReadonlyMap<string, ChainReader>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly peppers: Peppers;
  readonly vault: Vault;
  readonly chains: readonly KnownChain[];
  readonly sharedAddresses: readonly SharedAddress[];
  /** Called with each wallet that is about to be written to. */
  readonly hint: (wallet: string) => void;
  /** The platform's account at a payment provider; undefined: no card payments are taken. */
  readonly account: ProviderAccount | undefined;
  /** All accounts at payment providers. */
  readonly accounts: PaymentAccounts;
  /** Where webhooks of payment providers reach the database. */
  readonly inlet: Inlet;
  readonly limits: RateLimits;
  /** Keeps refused commands. */
  readonly refusals: RefusalNotes;
  /** How people sign in to the app; undefined where nobody can. */
  readonly signIn: AppSignIn | undefined;
  /** Further checks of `/readyz`. */
  readonly checks: readonly ReadinessCheck[];
}

/** All routes and, unless COFFER_DOCS is off, the OpenAPI document that describes them. */
export function routesOf(config: Config, parts: RouteParts): readonly Route[] {
  const reading = surfacesOf(config, parts, parts);
  const changing = surfacesOf(config, parts, parts.changes);
  const routes = [
    ...health(parts),
    // Whoever only reads is answered while all connections of the others wait.
    ...reading.map((route, at) => (isReading(route) ? route : (changing[at] ?? route))),
    ...webhookRoutes({ ...parts, db: parts.inlet.db }),
    ...appRoutes({ ...parts, publicUrl: config.publicUrl, folder: APP_FOLDER, turn: turnsOf(parts) }),
  ];
  const { offered } = config.services;
  const about = { version: project.version, basePath: new URL(config.publicUrl).pathname, services: offered };
  return config.docs ? [...routes, ...documentRoutes(routes, about, turnsOf(parts))] : routes;
}

/** What anybody may download is sent at one rate for all. */
function turnsOf({ guard }: RouteParts): TakeTurn {
  return async (work) => guard.turns.download(work);
}

/** The routes of every surface, on these pools. */
function surfacesOf(config: Config, parts: RouteParts, pools: Pools): readonly Route[] {
  const treasury = treasuryDeps(config, parts, pools);
  return [
    ...treasuryRoutes(treasury),
    ...usageRoutes(treasury),
    ...budgetRoutes(treasury),
    ...explainRoutes(treasury),
    ...orgBillingRoutes(treasury),
    ...walletRoutes(treasury),
    ...creditsRoutes(treasury),
    ...creditsAdminRoutes({ ...treasury, db: treasury.crossing }),
    ...reportRoutes(treasury),
    ...teamRoutes(treasury),
    ...adminRoutes({ ...treasury, db: treasury.crossing }),
    ...eventRoutes(eventDeps(config, parts, treasury)),
  ];
}

function health({ db, orgs, clock, writer, schema, checks, chains, log }: RouteParts): readonly Route[] {
  return healthRoutes({
    checks: [...ownChecks({ db, orgs, clock, writer, schema }), ...checks],
    chains: async () =>
      listChainStates(
        db,
        chains.map(({ chain }) => chain),
      ),
    frozenRails: async () => listRailFreezes(db),
    clock,
    log,
  });
}

/** What the treasury's endpoints use. Chains with `watchOnly` are not offered to orgs. */
function treasuryDeps(config: Config, parts: RouteParts, { db, orgs }: Pools): SurfaceDeps {
  const { guard, clock, log, readers, sharedAddresses, chains, writer, hint } = parts;
  const {
    chains: configured,
    senderPolicy,
    holds,
    services,
    giftCardMaxMicros,
    adminEntryLimitMicros,
    creditMicros,
    checkIn,
  } = config;
  const { vault, accounts, account } = parts;
  const means = { db: audited(db), writer: hinting(writer, hint), clock };
  const cardMeans = { ...means, vault, accounts };
  const watched = new Set(configured.filter(({ watchOnly }) => watchOnly === true).map(({ caip2 }) => caip2));
  return {
    guard,
    clock,
    log,
    vault,
    refusals: parts.refusals,
    readers,
    sharedAddresses,
    db: orgs.none,
    forOrg: (org) => orgs.of(org),
    crossing: audited(db),
    writer: hinting(writer, hint),
    chains: chains.filter(({ chain }) => !watched.has(chain)),
    chainNames: configured.map(({ caip2 }) => caip2),
    tokens: tokenBook(configured),
    senderPolicy,
    holds,
    services,
    giftCardMaxMicros,
    adminEntryLimitMicros,
    peppers: parts.peppers,
    creditMicros,
    checkIn,
    cards: openCards(config, cardMeans, account),
    loadAddressDeriver: async () => (await import('../../detector/evm/deposit-key.ts')).deriveEvmAddress,
    publicUrl: config.publicUrl,
    linkBase: config.linkBase,
  };
}

function eventDeps({ webhooks }: Config, { feed, vault }: RouteParts, treasury: SurfaceDeps): EventDeps {
  const { guard, clock, crossing, forOrg } = treasury;
  const addresses = createAddressGuard(webhooks.allowPrivate);
  return {
    guard,
    forLog: (name) => (name === PLATFORM_LOG ? crossing : forOrg(name)),
    clock,
    vault,
    feed,
    findUrlProblem: (url) => findUrlProblem(addresses, url),
  };
}

/** The writer, which also gives a hint for each wallet that it is asked to write to. */
export function hinting(writer: LedgerWriter, hint: (wallet: string) => void): SurfaceDeps['writer'] {
  return {
    submit: async (submission) => {
      hint(submission.wallet);
      return writer.submit(submission);
    },
  };
}
