/** Says whether `coffer recover` is needed, as the service itself judges it. Changes nothing. */
import { systemClock } from '../../core/clock.ts';
import { uuidV7 } from '../../core/ids.ts';
import { judgeCompleteness, type Witness } from '../../core/recovery/completeness.ts';
import type { Database } from '../../db/database.ts';
import { findSighting } from '../../db/recovery/sightings.ts';
import { readWitness } from '../../db/recovery/witness-file.ts';
import { fail, ok, type Finding } from '../finding.ts';

const CHECK = 'database: recovery';

/**
 * Fails while the service would refuse to serve this database. What this machine's data folder remembers counts, if it
 * has a witness of this database; else only what the database says of itself.
 */
export async function lookAtRecovery(db: Database, dataDir: string): Promise<Finding> {
  const unseen = await findSighting(db, uuidV7(systemClock.nowMs()), []);
  const { identity, recovery } = unseen;
  if (!identity) return ok(CHECK, 'not needed: no process has served this database yet');
  const kept = readWitness(dataDir, identity.deployment, systemClock.nowMs());
  const fresh: Witness = {
    id: '',
    deployment: identity.deployment,
    counter: 0,
    recoveries: recovery === undefined ? [] : [recovery],
  };
  const verdict = judgeCompleteness(kept ?? fresh, kept ? await findSighting(db, kept.id, []) : unseen);
  if ('reason' in verdict) return fail(CHECK, `run coffer recover (docs/runbook.md): ${verdict.reason}`);
  return ok(CHECK, kept ? 'not needed: nothing that was seen from here is missing' : 'not needed: no loss is reported');
}
