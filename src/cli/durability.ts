/** The part of `coffer doctor` that asks whether a commit survives the loss of a machine, and what it waits for. */
import type { Database } from '../db/database.ts';
import {
  isBehindPooler,
  listReplicas,
  listStaleCollations,
  POSTGRES_VERSION_MIN,
  readDurability,
  readServerVersion,
  type DurabilitySettings,
  type Replica,
} from '../db/durability.ts';
import { fail, ok, warn, type Finding } from './finding.ts';

/** A replica that is further behind gets a warning. */
const LAG_BYTES_MAX = 64_000_000;
/** Values of synchronous_commit that answer a commit before it is on a disk. */
const LOSES_COMMITS: ReadonlySet<string> = new Set(['off']);
/** Values that wait for this server's disk alone, even where standbys are named. */
const IGNORES_STANDBYS: ReadonlySet<string> = new Set(['local', 'off']);
const SYNCHRONOUS: ReadonlySet<string | null> = new Set(['sync', 'quorum']);

/** Checks the version, the settings of durability, the replicas, the collations and the way to the server. */
export async function lookAtDurability(db: Database, url: string): Promise<Finding[]> {
  const [version, settings, replicas, collations, pooled] = await Promise.all([
    readServerVersion(db),
    readDurability(db),
    listReplicas(db),
    listStaleCollations(db),
    isBehindPooler(url),
  ]);
  return [
    version >= POSTGRES_VERSION_MIN
      ? ok('database: version', `PostgreSQL ${version}`)
      : fail('database: version', `PostgreSQL ${version}: ${POSTGRES_VERSION_MIN} or newer is needed`),
    judgeSettings(settings),
    ...judgeReplicas(settings, replicas),
    collations.length === 0
      ? ok('database: collations', 'unchanged since its indexes were built')
      : warn(
          'database: collations',
          `changed since its indexes were built: ${collations.join(', ')}; build them again (docs/runbook.md)`,
        ),
    pooled
      ? warn('database: pooler', 'a pooler is in between: sessions must not be shared, connect to PostgreSQL itself')
      : ok('database: pooler', 'none: connections lead to PostgreSQL itself'),
  ];
}

/** Whether what is committed is on a disk. */
export function judgeSettings({ fsync, fullPageWrites, synchronousCommit }: DurabilitySettings): Finding {
  const check = 'database: durability';
  const shown = `fsync ${fsync}, full_page_writes ${fullPageWrites}, synchronous_commit ${synchronousCommit}`;
  if (fsync !== 'on' || fullPageWrites !== 'on') return fail(check, `${shown}: a crash can destroy the database`);
  if (LOSES_COMMITS.has(synchronousCommit)) return fail(check, `${shown}: a crash loses answered commits`);
  return ok(check, shown);
}

/** Which servers follow, how far behind they are, and whether commits wait for one that is away. */
export function judgeReplicas(settings: DurabilitySettings, replicas: readonly Replica[]): Finding[] {
  const check = 'database: replicas';
  const { synchronousStandbyNames: names, synchronousCommit } = settings;
  const hidden = replicas.some(({ syncState }) => syncState === null);
  const follows = replicas.map((replica) => judgeReplica(replica));
  if (names === '') {
    const alone = replicas.length === 0 ? 'none' : 'none is synchronous';
    return [warn(check, `${alone}: what is committed is on one server, and can be lost with it`), ...follows];
  }
  if (!hidden && !replicas.some(({ syncState }) => SYNCHRONOUS.has(syncState))) {
    return [
      fail(check, `no server of synchronous_standby_names (${names}) is connected: no write is answered`),
      ...follows,
    ];
  }
  if (IGNORES_STANDBYS.has(synchronousCommit)) {
    return [fail(check, `synchronous_commit ${synchronousCommit} does not wait for ${names}`), ...follows];
  }
  if (hidden)
    return [warn(check, `${replicas.length} connected; which ones only a member of pg_monitor sees`), ...follows];
  return [ok(check, `${replicas.length} connected, synchronous: ${names}`), ...follows];
}

function judgeReplica({ name, state, syncState, lagBytes }: Replica): Finding {
  const check = `replica: ${name ?? 'unknown'}`;
  if (state === null) return ok(check, 'connected');
  const shown = `${state}, ${syncState ?? 'async'}, ${lagBytes ?? 0} bytes behind`;
  const isFine = state === 'streaming' && (lagBytes ?? 0) <= LAG_BYTES_MAX;
  return isFine ? ok(check, shown) : warn(check, shown);
}
