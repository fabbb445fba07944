/** Rules about the shape of the tree: circles of imports, full folders, names that repeat other names. */
import { posix } from 'node:path';
import { target } from './imports.ts';
import type { SourceFile } from './source.ts';

const CIRCLE_FOLDERS = /^(src|detector|test|devnet|bench)\//;
const FOLDER_FILES_MAX = 30;
const SAME_FIRST_WORD_MAX = 3;
/** Folders that may hold any number of files, each with its reason. */
const UNCOUNTED_FOLDERS: Readonly<Record<string, string>> = {
  'docs/errors': 'one page for each error code, looked up by its name and never read through',
  'docs/decisions': 'one page for each decision, numbered, never moved, and found through the index beside them',
  migrations: 'one step each, numbered and never changed: a new one is added at the end, and nobody reads all of them',
};

/** Circles of imports, types included, since a reader follows them too. Each closing import counts once. */
export function circles(files: readonly SourceFile[]): string[] {
  const inside = files.filter(({ path }) => CIRCLE_FOLDERS.test(path));
  const targets = new Map(
    inside.map((file) => [file.path, file.imports.flatMap((specifier) => target(file, specifier) ?? [])]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const from = trail.indexOf(path);
    if (from >= 0) found.push([...trail.slice(from), path].join(' -> '));
    if (from >= 0 || done.has(path)) return;
    for (const next of targets.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return found;
}

/** Folders with more files than fit on a screen. A test beside its file counts with it. */
export function crowded(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths.filter((one) => !one.endsWith('.test.ts'))) {
    const folder = posix.dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, count]) => count > FOLDER_FILES_MAX && UNCOUNTED_FOLDERS[folder] === undefined)
    .map(([folder, count]) => `${folder}: ${count} files, above ${FOLDER_FILES_MAX}`);
}

/** File names that repeat their folder's name, or a prefix that four siblings share. */
export function stutter(paths: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  const found: string[] = [];
  for (const path of paths.filter((one) => /^(src|detector)\/.*\.ts$/.test(one) && !one.endsWith('.test.ts'))) {
    const [folder, name] = [posix.dirname(path), posix.basename(path, '.ts')];
    if (name.startsWith(`${posix.basename(folder)}-`)) found.push(`${path}: begins with the name of its folder`);
    const key = `${folder}/${name.split('-')[0]}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  for (const [key, names] of groups) {
    if (names.length > SAME_FIRST_WORD_MAX) found.push(`${key}-*: ${names.length} siblings share their first word`);
  }
  return found;
}
