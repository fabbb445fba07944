/** Fills the event logs and sends events to webhooks, inside the API's process or in a process of its own. */
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import type { Config } from '../config/config.ts';
import { getVault } from '../config/secrets.ts';
import type { Vault } from '../core/access/vault.ts';
import { systemClock, type Clock } from '../core/clock.ts';
import { openDatabase, type Database } from '../db/database.ts';
import type { EventFeed } from '../db/events/feed.ts';
import { createAddressGuard } from '../events/address-guard.ts';
import { DeliveryWorker } from '../events/delivery.ts';
import { openOutbound } from '../events/outbound.ts';
import { Projector } from '../events/projector.ts';
import { openFigures } from '../http/server/metrics.ts';
import { meterEvents } from '../http/service/event-metrics.ts';
import { giveWay, startEvents, type EventWork } from '../jobs/events.ts';
import { startLossWatch } from '../jobs/loss-watch.ts';
import { startJobNotes } from '../jobs/notes.ts';
import type { Job, MayRun } from '../jobs/rounds.ts';
import type { Running, WorkerOptions } from './running.ts';
import { openSite, watchSchema } from './site.ts';
import project from '../../package.json' with { type: 'json' };

/** The work on the event logs, not started yet. */
export interface EventLogs {
  readonly start: () => Job;
  /** Hints that a wallet was written to, so that its log is brought up to date first. */
  readonly hint: (wallet: string) => void;
}

/** Counts attempts to deliver by their outcome. */
export function countAttempts(registry: Registry): (outcome: string) => void {
  const attempts = new Counter({
    name: 'coffer_webhook_attempts_total',
    help: 'Attempts to deliver an event to an endpoint, by outcome: delivered, refused (another status), unreachable.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return (outcome) => attempts.inc({ outcome });
}

/** Opens the work on the event logs. @param parts.feed is notified of logs that have grown. */
export function openEventLogs(
  { webhooks }: Config,
  parts: {
    /** Where attempts are counted; left out: they are not. */
    readonly registry?: Registry | undefined;
    readonly db: Database;
    readonly clock: Clock;
    readonly log: Logger;
    readonly vault: Vault;
    readonly feed?: EventFeed;
    readonly mayRun: MayRun;
  },
): EventLogs {
  const { db, clock, log, vault, feed, mayRun, registry } = parts;
  const projector = new Projector({
    db,
    clock,
    onTrouble: (name, error) => log.error({ err: error, log: name }, 'the log of an org cannot be brought up to date'),
    onGrown: (name, position) => feed?.grown(name, position),
  });
  const outbound = openOutbound({ guard: createAddressGuard(webhooks.allowPrivate), clock });
  const worker = new DeliveryWorker({
    db,
    clock,
    log,
    vault,
    outbound,
    onAttempt: registry && countAttempts(registry),
  });
  const work: EventWork[] = [async (stopped) => projector.round(stopped), async () => worker.round()];
  return {
    hint: (wallet) => projector.hint(wallet),
    start: () => {
      const job = startEvents(work, { job: 'events', clock, log, mayRun });
      return {
        ...job,
        stop: async () => {
          await job.stop();
          await worker.stop();
          await outbound.close();
        },
      };
    },
  };
}

/**
 * Starts the event logs as a process of their own, on the database of the API and with a lower priority than the
 * processes that serve callers.
 * @param hear receives the function to call with each wallet that was written to.
 * @throws ConfigError when secrets are not configured; Error when the database is unreachable or its schema is behind.
 */
export async function startEventLogs(
  config: Config,
  { log, clock = systemClock, onBarred, witnessFolder }: WorkerOptions,
  hear: (hint: (wallet: string) => void) => void,
): Promise<Running> {
  const vault = getVault(config);
  const site = await openSite(config, log);
  const watching = watchSchema(site, clock, onBarred);
  const db = openDatabase(site.appUrl);
  const watch = await startLossWatch({ db, clock, log, folder: witnessFolder });
  const mayRun: MayRun = () => watch.problem() === undefined;
  const figures = openFigures(config, { role: 'events', version: project.version });
  const metricsUrl = await figures.serve((to) => meterEvents(to, { db, clock }));
  const logs = openEventLogs(config, { db, clock, log, vault, mayRun, registry: figures.registry });
  giveWay(log);
  hear(logs.hint);
  const job = logs.start();
  const notes = startJobNotes([job, watch], { role: 'events', db, clock, log, mayRun });
  return {
    metricsUrl,
    stop: async () => {
      await watching.stop();
      await figures.stop();
      await notes.stop();
      await job.stop();
      await watch.stop();
      await db.destroy();
      await site.stop();
    },
  };
}
