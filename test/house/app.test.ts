import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isOfApp, leaving, unfit } from './rules/app.ts';

const project = join(import.meta.dirname, '..', '..');
const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'dashboard'], {
  cwd: project,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /\.tsx?$/.test(path) && existsSync(join(project, path)));
const texts = paths.map((path) => [path, readFileSync(join(project, path), 'utf8')] as const);

it('the web app knows nothing of the project but the document of the API', () => {
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.every(isOfApp)).toBe(true);
  expect(texts.flatMap(([path, text]) => leaving(path, text))).toEqual([]);
  expect(leaving('dashboard/src/a.ts', "import { x } from '../../src/core/money.ts';")).toHaveLength(1);
  expect(leaving('dashboard/src/a.ts', "await import('./b')")).toEqual([]);
});

it('the web app makes no markup or code of text, no number of an amount, and shortens no address', () => {
  expect(texts.flatMap(([path, text]) => unfit(path, text))).toEqual([]);
  for (const bad of [
    'a.innerHTML = b',
    'parseFloat(usd)',
    'eval(text)',
    'Number(one.leftUsd)',
    'one.txHash.slice(0, 8)',
  ])
    expect(unfit('dashboard/a.ts', bad)).toHaveLength(1);
  expect(unfit('dashboard/src/lib/money.ts', 'Number(usd)')).toEqual([]);
});
