/** A detector in a process of its own, configured by the environment like the service. Logs its events as JSON lines. */
import { startDetector } from '../../detector/service.ts';
import { readConfig } from '../../src/config/config.ts';
import { systemClock } from '../../src/core/clock.ts';

const config = readConfig(process.env);
if (config.databaseUrl === undefined) throw new Error('DATABASE_URL is missing');
const print = (fields: Readonly<Record<string, unknown>>): void => console.log(JSON.stringify(fields));
const detector = startDetector({
  chains: config.chains,
  senderPolicy: config.senderPolicy,
  databaseUrl: config.databaseUrl.reveal(),
  clock: systemClock,
  log: { info: print, warn: print, error: print },
  // Faster than in production, unless a test is about the real timing.
  ...(process.env['DETECTOR_OWN_TIMING'] === undefined ? { leaseTtlMs: 1_000, pollMs: 300 } : {}),
});
process.once('SIGTERM', () => void detector.stop());
