/** `coffer doctor`: checks once what a deployment depends on. Changes nothing. */
import { lookup } from 'node:dns/promises';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { askNodes } from '../../detector/ask/nodes.ts';
import { readConfig, type Config } from '../config/config.ts';
import type { ChainConfig } from '../config/file.ts';
import { readChain } from '../config/chain.ts';
import { getPeppers, getVault } from '../config/secrets.ts';
import { systemClock } from '../core/clock.ts';
import { measureClockSkewMs, openDatabase, ownsLedger, seesPastPolicies, type Database } from '../db/database.ts';
import { migrationStatus } from '../db/schema/migrate.ts';
import { listEndpoints } from '../db/webhooks/endpoints.ts';
import { CliError, printJson, printTable, withSite } from './context.ts';
import { lookAtDurability } from './durability.ts';
import { fail, ok, warn, type Finding } from './finding.ts';
import { lookAtPeppers } from './peppers/finding.ts';
import { lookAtRecovery } from './recovery/need.ts';

const SKEW_MS_MAX = 2_000;
/** An RPC that is further behind the best of its chain gets a warning. */
const LAG_BLOCKS_MAX = 10;
const HEAD_AGE_MS_MAX = 5 * 60_000;
const ENDPOINTS_LOOKED_AT_MAX = 1_000;
/** Bits of a file's mode that give access to anyone but its owner. */
const OTHERS = 0o077;

const reasonOf = (error: unknown): string => (error instanceof Error && error.message) || String(error);

/** Finds secret files that anyone but their owner may access. */
async function lookAtSecrets(config: Config): Promise<Finding[]> {
  const { dataDir } = config;
  const files = [
    ['COFFER_KEY_PEPPER_FILE', process.env['COFFER_KEY_PEPPER_FILE'] ?? join(dataDir, 'key-pepper'), getPeppers],
    ['COFFER_SECRETS_KEY_FILE', process.env['COFFER_SECRETS_KEY_FILE'] ?? join(dataDir, 'secrets-keys'), getVault],
  ] as const;
  return Promise.all(
    files.map(async ([name, path, read]) => {
      const check = `secrets: ${name}`;
      try {
        // With a database of somebody else's, the service starts with named files only.
        if (config.databaseUrl !== undefined) read(config);
      } catch (error) {
        return fail(check, reasonOf(error));
      }
      try {
        const mode = (await stat(path)).mode & 0o777;
        const shown = `${path} has mode ${mode.toString(8)}`;
        return (mode & OTHERS) === 0 ? ok(check, shown) : fail(check, `${shown}: close it to others with chmod 600`);
      } catch (error) {
        return warn(check, `${path} cannot be checked: ${reasonOf(error)}`);
      }
    }),
  );
}

async function lookAtChain(chain: ChainConfig): Promise<Finding[]> {
  readChain(chain);
  const nodes = await askNodes(chain, systemClock);
  const best = Math.max(0, ...nodes.map((node) => ('head' in node ? node.head : 0)));
  return nodes.map((node) => {
    const check = `RPC: ${chain.caip2} ${node.rpc}`;
    if ('problem' in node) return fail(check, node.problem);
    const lag = best - node.head;
    const detail = `head ${node.head}, ${lag} behind the best, made ${Math.round(node.headAgeMs / 1_000)} s ago`;
    return lag > LAG_BLOCKS_MAX || node.headAgeMs > HEAD_AGE_MS_MAX ? warn(check, detail) : ok(check, detail);
  });
}

async function lookAtRole(db: Database): Promise<Finding[]> {
  const [owns, above] = await Promise.all([ownsLedger(db), seesPastPolicies(db)]);
  return [
    owns
      ? warn('database: role', 'it owns the ledger and could remove its guards: give the service a role of its own')
      : ok('database: role', 'it may add entries but not change them'),
    above
      ? warn('database: isolation', 'the role bypasses row-level security: only the queries separate orgs')
      : ok('database: isolation', 'row-level security applies to the role'),
  ];
}

async function lookAtClock(db: Database): Promise<Finding> {
  const skewMs = Math.round(await measureClockSkewMs(db, systemClock));
  const detail = `${skewMs} ms off the database's`;
  return Math.abs(skewMs) > SKEW_MS_MAX ? warn('clock', `${detail}: set both by NTP`) : ok('clock', detail);
}

/** Checks whether deliveries to each endpoint succeed and whether its name resolves. Nothing is sent. */
async function lookAtWebhooks(db: Database): Promise<Finding[]> {
  const endpoints = await listEndpoints(db, { log: undefined, limit: ENDPOINTS_LOOKED_AT_MAX });
  const enabled = endpoints.filter(({ disabledAt }) => disabledAt === null);
  const findings = await Promise.all(
    enabled.map(async ({ id, url, failingSince }): Promise<Finding> => {
      const check = `webhook: ${id}`;
      if (failingSince !== null)
        return warn(check, `deliveries have failed since ${failingSince.toISOString()}: ${url}`);
      try {
        await lookup(new URL(url).hostname.replace(/^\[(.*)\]$/, '$1'));
        return ok(check, url);
      } catch (error) {
        return warn(check, `${url}: ${reasonOf(error)}`);
      }
    }),
  );
  const disabled = endpoints.length - enabled.length;
  return disabled === 0 ? findings : [...findings, warn('webhooks', `${disabled} endpoints are disabled`)];
}

async function lookAtDatabase(config: Config): Promise<Finding[]> {
  try {
    return await withSite(async (site) => {
      const { applied, pending, unknown, barring } = await migrationStatus(site.ownerUrl);
      if (barring.length > 0) {
        const found = `this version cannot serve after ${barring.join(', ')}; start a newer version`;
        return [fail('database: migrations', found)];
      }
      if (pending.length > 0) {
        return [fail('database: migrations', `pending: ${pending.join(', ')}; run coffer migrate with this version`)];
      }
      const db = openDatabase(site.appUrl, 2);
      try {
        const migrations =
          unknown.length > 0
            ? warn('database: migrations', `${unknown.join(', ')} of a newer version; this one may go on serving`)
            : ok('database: migrations', `all ${applied.length} are applied`);
        return [
          migrations,
          ...(await lookAtPeppers(db, config)),
          await lookAtRecovery(db, config.dataDir),
          ...(await lookAtDurability(db, site.appUrl)),
          ...(await lookAtRole(db)),
          await lookAtClock(db),
          ...(await lookAtWebhooks(db)),
        ];
      } finally {
        await db.destroy();
      }
    });
  } catch (error) {
    return [fail('database', reasonOf(error))];
  }
}

async function doctor({ json }: { readonly json?: boolean }): Promise<void> {
  const config = readConfig(process.env);
  const progress = (what: string): void => {
    if (json !== true) console.error(`checking ${what} ...`);
  };
  progress('secrets');
  const findings = await lookAtSecrets(config);
  progress('the database');
  findings.push(...(await lookAtDatabase(config)));
  for (const chain of config.chains) {
    progress(chain.caip2);
    findings.push(...(await lookAtChain(chain)));
  }
  const failed = findings.filter(({ state }) => state === 'fail').length;
  if (json === true) printJson({ ok: failed === 0, findings });
  else {
    printTable(
      ['check', 'state', 'detail'],
      findings.map(({ check, state, detail }) => [check, state, detail]),
    );
  }
  if (failed > 0) throw new CliError(`${failed} of ${findings.length} checks failed`);
}

/** `coffer doctor`. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'check secrets, database, clock, RPCs and webhooks; fails if one of them keeps the service from working',
    )
    .option('--json', 'print JSON')
    .action(doctor);
}
