/** Every tool of the devnet says which options it takes, without a devnet that runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startNode } from '../support/process/processes.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(PROJECT, 'package.json'), 'utf8'),
);

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  demo: ['once', 'folder'],
  devnet: [],
  'devnet:register': ['chain', 'from', 'key', 'url'],
  'devnet:send': ['chain', 'from', 'amount', 'to'],
  'devnet:prove': ['chain', 'account', 'url', 'key', 'org', 'claim'],
  'devnet:reorg': ['depth', 'chain'],
  'devnet:faults': ['chain', 'add', 'mix', 'list', 'clear'],
  'devnet:token': ['user', 'org', 'role', 'admin', 'minutes', 'issuer'],
};

test('these are all of them', () => {
  expect(Object.keys(scripts).filter((name) => /^(demo|devnet)/.test(name))).toEqual(
    expect.arrayContaining(Object.keys(OPTIONS)),
  );
  expect(Object.keys(scripts).filter((name) => /^(demo|devnet)/.test(name))).toHaveLength(Object.keys(OPTIONS).length);
});

test.each(Object.entries(OPTIONS))('S26 npm run %s -- --help explains its options', async (name, options) => {
  const path = scripts[name]?.split(' ').at(-1) ?? '';
  const [help, wrong] = await Promise.all([
    startNode([path, '--help'], {}).finished,
    startNode([path, '--no-such-option'], {}).finished,
  ]);
  expect([help.code, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toMatch(new RegExp(`^usage: npm run ${name}`));
  const explained = [...help.stdout.matchAll(/^ {2}--(\w+) +\S.*$/gm)].map(([, option]) => option);
  expect(explained).toEqual(options);
  expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toContain('--no-such-option');
  expect(wrong.stderr).toContain(help.stdout.trim());
});
