/** The README matches the project: variables, commands, links. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { getAddress } from 'viem';
import { z } from 'zod';
import { VARIABLES } from '../../src/config/variables.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')));

/** Text in code blocks and code spans. */
const code = [...readme.matchAll(/```[a-z]*\n(.*?)```|`([^`\n]+)`/gs)].map(([, block, span]) => block ?? span ?? '');
const commandLines = code.flatMap((text) => text.split('\n')).map((line) => line.replace(/#.*$/, '').trim());

/** Cells of the rows of the table under that heading, or under the heading `below` that follows it. */
function tableUnder(heading: string, below?: string): string[][] {
  const part = readme.split(`\n## ${heading}\n`)[1] ?? '';
  const [section = ''] = (below === undefined ? part : (part.split(`\n### ${below}\n`)[1] ?? '')).split('\n#');
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((row) => row.split('|').slice(1, -1)).map((cells) => cells.map((cell) => cell.trim()));
}

const help = new Map<string, string>();
function helpOf(command: readonly string[]): string {
  const name = command.join(' ');
  const known = help.get(name);
  if (known !== undefined) return known;
  const args = [join(PROJECT, 'src', 'cli', 'main.ts'), ...command, '--help'];
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });
  help.set(name, printed);
  return printed;
}

/** Names of the commands that a help text lists. */
function commandsIn(printed: string): string[] {
  const [, list = ''] = printed.split('\nCommands:\n');
  return [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
}

test('its configuration table has every variable, with its default and what it is', () => {
  expect(tableUnder('Configuration')).toEqual(
    VARIABLES.map(({ name, default: value, about }) => [`\`${name}\``, value, about]),
  );
});

describe('its commands', () => {
  const scriptsShown = commandLines.flatMap((line) =>
    [...line.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map(([, name, short]) => name ?? short ?? ''),
  );
  const filesShown = commandLines.flatMap((line) =>
    [...line.matchAll(/\bnode ([\w./-]+\.ts)/g)].map(([, path]) => path),
  );
  const cliShown = commandLines.flatMap((line) =>
    [...line.matchAll(/\bbin\/coffer\.mjs (.+)$/g)].map(([, rest = '']) => rest),
  );

  test('are found at all', () => {
    expect(scriptsShown).toEqual(expect.arrayContaining(['demo', 'test', 'start', 'devnet:send']));
    expect(cliShown.length).toBeGreaterThan(2);
  });

  test.each([...new Set(scriptsShown)])('npm run %s is a script', (name) => {
    expect(Object.keys(scripts)).toContain(name);
  });

  test.each([...new Set(filesShown)])('node %s is there', (path) => {
    expect(existsSync(join(PROJECT, path ?? ''))).toBe(true);
  });

  test.each([...new Set(cliShown)])('bin/coffer.mjs %s is known, with its options', (rest) => {
    const words = rest.split(' ');
    let names: string[] = [];
    for (const word of words) {
      if (!commandsIn(helpOf(names)).includes(word)) break;
      names = [...names, word];
    }
    expect(names.length).toBeGreaterThan(0);
    expect(commandsIn(helpOf(names)), `${names.join(' ')} wants one of these behind it`).toEqual([]);
    for (const option of rest.matchAll(/--[a-z-]+/g)) expect(helpOf(names)).toContain(option[0]);
  });
});

test('its links lead to files that are there', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = '']) => target);
  const relative = links.filter((target) => !/^[a-z]+:/.test(target));
  expect(relative.length).toBeGreaterThan(3);
  expect(relative.filter((target) => !existsSync(join(PROJECT, target)))).toEqual([]);
});

describe('its token addresses', () => {
  const { tokens } = z
    .object({
      tokens: z.array(
        z.object({ chain: z.string(), name: z.string(), native: z.string(), bridged: z.string().optional() }),
      ),
    })
    .parse(JSON.parse(readFileSync(join(PROJECT, 'contracts-abi', 'usdc.json'), 'utf8')));

  test('are those of the reviewed list', () => {
    const rows = tableUnder('Configuration', 'Mainnet').map(([name, chain, address]) => ({ name, chain, address }));
    const mainnets = tokens.slice(0, rows.length);
    expect(rows).toEqual(
      mainnets.map(({ name, chain, native }) => ({ name, chain: `\`${chain}\``, address: `\`${native}\`` })),
    );
    const starknet = tokens.find(({ chain }) => chain === 'starknet:SN_MAIN');
    expect(readme).toContain(`\`${starknet?.bridged}\``);
  });

  test('carry a checksum that holds, on EVM chains, and no token is both native and bridged', () => {
    const addresses = tokens.flatMap(({ native, bridged }) => (bridged === undefined ? [native] : [native, bridged]));
    expect(addresses.filter((address) => address.length === 42 && getAddress(address) !== address)).toEqual([]);
    expect(new Set(addresses.map((address) => BigInt(address))).size).toBe(addresses.length);
  });
});
