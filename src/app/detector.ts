/** The detector as a process or a part of one: its database, its watch and its metrics. */
import { openFigures } from '../http/server/metrics.ts';
import { openListScreener } from '../../detector/credit/screening.ts';
import { startDetector as startChains } from '../../detector/service.ts';
import { readChain } from '../config/chain.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/error.ts';
import { systemClock } from '../core/clock.ts';
import { openDatabase } from '../db/database.ts';
import { startLossWatch } from '../jobs/loss-watch.ts';
import { startJobNotes } from '../jobs/notes.ts';
import type { Running, WorkerOptions } from './running.ts';
import { openSite, watchSchema } from './site.ts';
import project from '../../package.json' with { type: 'json' };

/**
 * Starts the detector of every configured chain, on the same database as the API's.
 * @throws ConfigError when no chain is configured or an address of one is invalid; Error when the database is
 * unreachable or its schema is behind.
 */
export async function startDetector(
  config: Config,
  { log, clock = systemClock, onBarred, witnessFolder }: WorkerOptions,
): Promise<Running> {
  if (config.chains.length === 0) throw new ConfigError('COFFER_CONFIG: the detector needs a chain to read');
  for (const chain of config.chains) readChain(chain);
  const { chains, senderPolicy, screeningListFile: list } = config;
  const screener = list === undefined ? undefined : openListScreener(list);
  const site = await openSite(config, log);
  const watching = watchSchema(site, clock, onBarred);
  const figures = openFigures(config, { role: 'detector', version: project.version });
  const metricsUrl = await figures.serve();
  const { registry } = figures;
  const db = openDatabase(site.appUrl, 1);
  const watch = await startLossWatch({ db, clock, log, folder: witnessFolder });
  const mayWork = (): boolean => watch.problem() === undefined;
  const databaseUrl = site.appUrl;
  const notes = startJobNotes([watch], { role: 'detector', db, clock, log, mayRun: mayWork });
  const detector = startChains({ chains, senderPolicy, screener, databaseUrl, clock, log, registry, mayWork });
  return {
    metricsUrl,
    stop: async () => {
      await watching.stop();
      await figures.stop();
      await detector.stop();
      await notes.stop();
      await watch.stop();
      await db.destroy();
      await site.stop();
    },
  };
}
