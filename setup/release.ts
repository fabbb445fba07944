/**
 * Releases: `check` whether every place names the same version and the release before may serve beside it, `prepare` a new one in all of them, and write the bill of
 * materials (`sbom`). docs/releases.md leads through it.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSbom } from '../deploy/package/sbom.ts';

const VERSION = /^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$/;
const UNRELEASED = 'not released yet';

/** Where the version is, as a pattern whose second group is it. Each occurs in its file at least once. */
const PLACES: readonly (readonly [path: string, pattern: RegExp])[] = [
  ['package.json', /^( {2}"version": ")([^"]+)/m],
  ['package-lock.json', /^( {2}"version": ")([^"]+)/m],
  ['package-lock.json', /^( {4}"": \{\n {6}"name": "[^"]+",\n {6}"version": ")([^"]+)/m],
  ['deploy/helm/coffer/Chart.yaml', /^(version: )(\S+)/m],
  ['deploy/helm/coffer/Chart.yaml', /^(appVersion: )(\S+)/m],
  ['deploy/compose/compose.yaml', /(COFFER_IMAGE:-coffer:)([0-9.]+)/],
  ['deploy/image/Dockerfile', /(--tag coffer:)([0-9.]+)/],
  ['docs/install.md', /(coffer-treasury-coffer-)([0-9.]+)(?=\.tgz)/],
  ['docs/install.md', /(--tag coffer:)([0-9.]+)(?= )/],
  ['CHANGELOG.md', /^(## )([0-9.]+)(?= \()/m],
];

/** What is wrong with the versions of a project; empty when it may be released. @param tag such as `v1.2.3`: it is about to be tagged so */
export function findProblems(project: string, tag?: string): string[] {
  const read = (path: string): string => readFileSync(join(project, path), 'utf8');
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const problems = VERSION.test(version) ? [] : [`package.json: ${version} is not a version`];
  for (const [path, pattern] of PLACES) {
    const found = pattern.exec(read(path))?.[2];
    if (found === undefined) problems.push(`${path}: it names no version where ${String(pattern)} expects it`);
    else if (found !== version) problems.push(`${path}: names ${found}, and package.json ${version}`);
  }
  const [, heading = ''] =
    new RegExp(`^## ${version.replaceAll('.', '\\.')} \\(([^)]*)\\)`, 'm').exec(read('CHANGELOG.md')) ?? [];
  if (heading !== UNRELEASED && !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(heading)) {
    problems.push(`CHANGELOG.md: the heading of ${version} says neither a day nor "${UNRELEASED}"`);
  }
  if (tag === undefined) return problems;
  if (tag !== `v${version}`) problems.push(`the tag ${tag} is not v${version}`);
  if (heading === UNRELEASED) problems.push(`CHANGELOG.md: ${version} has no day yet`);
  return problems;
}

/**
 * Whether the release before may serve beside this one while versions are exchanged: nothing that its schema had is renamed or
 * missing, and a migration that ends older programs needs only what that release has.
 */
export function findOverlapProblems(project: string): string[] {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: project, encoding: 'utf8', stdio: 'pipe' });
  const [before] = git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname').split('\n');
  if (before === undefined || before === '') return [];
  const isMigration = (name: string): boolean => /^[0-9]{4}_.*\.ts$/.test(name);
  const theirs = git('ls-tree', '--name-only', `${before}:migrations`).split('\n').filter(isMigration);
  const ours = readdirSync(join(project, 'migrations')).filter(isMigration);
  const lost = theirs
    .filter((name) => !ours.includes(name))
    .map((name) => `migrations/${name} of ${before} is missing`);
  const ending = ours.flatMap((name) => {
    const needed = /_needs_([0-9]{4})\.ts$/.exec(name)?.[1];
    if (needed === undefined || theirs.includes(name) || theirs.some((one) => one.startsWith(needed))) return [];
    return [`migrations/${name}: ${before} has no ${needed}, and could not serve beside this version`];
  });
  return [...lost, ...ending];
}

/** Names a new version in every place, above a new section of the changelog. @throws Error when it is not above the one before */
export function prepare(project: string, version: string, day: string): void {
  const { version: before } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
  const isFirst = before === version && readFileSync(join(project, 'CHANGELOG.md'), 'utf8').includes(UNRELEASED);
  if (!VERSION.test(version) || (!isFirst && !isAbove(version, before))) {
    throw new Error(`${version} is not a version above ${before}`);
  }
  for (const [path, pattern] of PLACES) {
    if (path === 'CHANGELOG.md') continue;
    const file = join(project, path);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(pattern, (_, head: string) => head + version),
    );
  }
  const file = join(project, 'CHANGELOG.md');
  const text = readFileSync(file, 'utf8');
  const open = `## ${before} (${UNRELEASED})`;
  const heading = `## ${version} (${day})`;
  writeFileSync(
    file,
    text.includes(open)
      ? text.replace(open, heading)
      : text.replace(/^## /m, `${heading}\n\nWrite here what changed.\n\n## `),
  );
}

function isAbove(version: string, before: string): boolean {
  const [ours, theirs] = [version, before].map((one) => one.split('.').map(BigInt));
  const at = [0, 1, 2].find((index) => ours?.[index] !== theirs?.[index]);
  return at !== undefined && (ours?.[at] ?? 0n) > (theirs?.[at] ?? 0n);
}

function main([command, argument]: readonly string[]): void {
  const project = join(import.meta.dirname, '..');
  if (command === 'check') {
    const problems = [...findProblems(project, argument), ...findOverlapProblems(project)];
    const isTagged = argument !== undefined;
    const changed = isTagged ? execFileSync('git', ['status', '--porcelain'], { cwd: project, encoding: 'utf8' }) : '';
    if (changed !== '') problems.push('files are changed and not committed');
    for (const problem of problems) console.error(problem);
    if (problems.length === 0)
      console.log('every place names the same version, and the release before may serve beside it');
    process.exitCode = problems.length === 0 ? 0 : 1;
  } else if (command === 'prepare' && argument !== undefined) {
    prepare(project, argument, new Date().toISOString().slice(0, 10));
    console.log(`${argument} is named everywhere; now write its section of CHANGELOG.md`);
  } else if (command === 'sbom' && argument !== undefined) {
    const { name } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { name: string };
    writeFileSync(argument, `${JSON.stringify(makeSbom(project, name), undefined, 2)}\n`);
    console.log(`the bill of materials is in ${argument}`);
  } else {
    console.error('usage: release check [tag] | prepare <version> | sbom <file>');
    process.exitCode = 2;
  }
}

if (import.meta.main) main(process.argv.slice(2));
