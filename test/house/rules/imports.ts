/** Rules about what may import what, and about files that nobody imports. */
import { posix } from 'node:path';

import type { SourceFile } from './source.ts';

/** The parts of the house, and the parts each may import beside itself. Outside packages are free but for core. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  db: ['core'],
  views: ['core', 'db'],
  http: ['views', 'core', 'db'],
  payments: ['core', 'db'],
  events: ['views', 'core', 'db'],
  detector: ['core', 'db'],
  jobs: ['core', 'db', 'detector'],
  // The command line is a program of its own, and reads its own settings.
  cli: ['views', 'core', 'db', 'detector', 'config', 'package.json'],
  // Read at the top and handed down: whoever needs a setting is given it.
  config: ['core'],
  log: [],
  'contracts-abi': [],
  migrations: [],
};
/** Pure parts of Node that core may use: hashes, and reading IP addresses. */
const CORE_PACKAGES = ['node:crypto', 'node:net'];
/** The composition root, and what stands outside the service. */
const UNBOUND_FILES = ['src/main.ts'];
const UNBOUND_FOLDERS = ['app', 'devnet', 'test', 'bench', 'setup'];

/** Started by npm, Node, the migrator or the test runner, not by an import. */
const ENTRY_POINTS = [
  /^src\/main\.ts$/,
  /^src\/cli\/main\.ts$/,
  /^devnet\/(main|send|prove|reorg|faults|token|demo|starknet-binary)\.ts$/,
  /^bench\/[^/]+\.ts$/,
  /^migrations\/[^/]+\.ts$/,
  /^setup\//,
  /^vitest\.config\.ts$/,
  /\.test\.ts$/,
  /^test\/mutants\/run\.ts$/,
];

function partOf(path: string): string {
  const [top, second] = path.split('/');
  if (top === 'src' && second !== undefined) return second.replace(/\.ts$/, '');
  return top ?? '';
}

function isUnbound(path: string): boolean {
  if (UNBOUND_FILES.includes(path) || path.endsWith('.test.ts')) return true;
  return !path.includes('/') || UNBOUND_FOLDERS.includes(partOf(path));
}

/** The project's file that a specifier means, or undefined for a package. */
function target(file: SourceFile, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file.path), specifier) : undefined;
}

/** Each import goes along an arrow of the design. */
export function wrongArrows(file: SourceFile): string[] {
  if (isUnbound(file.path)) return [];
  const from = partOf(file.path);
  const allowed = ARROWS[from];
  if (allowed === undefined) return [`${file.path}: no arrows are written down for ${from}`];
  return file.imports.flatMap((specifier) => {
    const to = target(file, specifier);
    if (to === undefined) {
      const free = from !== 'core' || CORE_PACKAGES.includes(specifier);
      return free
        ? []
        : [`${file.path}: core imports ${specifier}; only core itself and ${CORE_PACKAGES.join(', ')} may be`];
    }
    const part = partOf(to);
    if (part === from || allowed.includes(part) || (part === 'contracts-abi' && from !== 'core')) return [];
    return [`${file.path}: ${from} may not import ${part} (${specifier})`];
  });
}

/** Every file is imported by another, or is a known entry point. Processes that tests start count by their name. */
export function orphans(files: readonly SourceFile[]): string[] {
  const imported = new Set(
    files.flatMap((file) => file.imports.map((specifier) => target(file, specifier)).filter((to) => to !== file.path)),
  );
  const isNamed = (path: string): boolean =>
    files.some((file) => file.path !== path && file.text.includes(`'${path}'`));
  return files
    .filter(({ path }) => !imported.has(path) && !ENTRY_POINTS.some((entry) => entry.test(path)) && !isNamed(path))
    .map(({ path }) => `${path}: nothing imports this file`);
}
