/**
 * Every failure mode (F01 to F48) and attack (A01 to A24, A31 to A37) of the detector, and every attack on the ledger, the
 * API and what runs them that is named below, has a test. The test's title begins with its code, or with several codes
 * that include it; and none of these tests is skipped.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nameOf, nodeIn, parseSource, walk, type SyntaxNode } from './rules/source.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const numbered = (letter: string, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `${letter}${String(first + index).padStart(2, '0')}`);
const CODES = [
  ...numbered('F', 1, 48),
  ...numbered('A', 1, 37),
  ...numbered('A', 38, 58),
  'A60',
  ...numbered('A', 62, 66),
  ...numbered('A', 69, 70),
];
/** All valid codes; attacks on other parts have codes as well. */
const KNOWN_CODES = [...CODES, ...numbered('A', 1, 70)];

const LEADING_CODES = /^(?:[FA]\d\d )+/;
/** Calls whose titles may carry codes; a group's title precedes those of its tests. */
const TITLED: ReadonlySet<string> = new Set(['test', 'it', 'describe']);
/** Names that keep a test from running, anywhere in a chain such as test.skipIf(...). */
const SKIPS: ReadonlySet<string> = new Set(['skip', 'todo', 'skipIf', 'runIf', 'fails']);

/** The name at the root of a call: `test` of test.each(...)(...). */
function rootOf(node: SyntaxNode | undefined): string {
  if (node?.type === 'CallExpression') return rootOf(nodeIn(node, 'callee'));
  return node?.type === 'MemberExpression' ? rootOf(nodeIn(node, 'object')) : nameOf(node);
}

/** The text of a literal, or the beginning of a template. */
function textOf(node: SyntaxNode): string {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateElement') return '';
  const value = node['value'];
  return typeof value === 'object' && value !== null && 'raw' in value ? String(value.raw) : '';
}

/** Codes of the titles in a file: of tests, and of scenarios, which are tuples that begin with their title. */
function readFile(path: string): { path: string; codes: string[]; skips: boolean } {
  const codes: string[] = [];
  let skips = false;
  walk(parseSource(path, readFileSync(join(PROJECT, path), 'utf8')).tree, (node, parents) => {
    if (node.type === 'MemberExpression') {
      skips ||= SKIPS.has(nameOf(nodeIn(node, 'property'))) && TITLED.has(rootOf(node));
    }
    const found = LEADING_CODES.exec(textOf(node))?.[0];
    const holder = parents.findLast(({ type }) => type !== 'TemplateLiteral');
    const isTitle =
      holder?.type === 'ArrayExpression' || (holder?.type === 'CallExpression' && TITLED.has(rootOf(holder)));
    if (found !== undefined && isTitle) codes.push(...found.trim().split(' '));
  });
  return { path, codes, skips };
}

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  cwd: PROJECT,
  encoding: 'utf8',
});
const files = listed
  .split('\n')
  .filter((path) => /\.test\.ts$|^test\/support\//.test(path))
  .map(readFile);

describe('a test carries the code', () => {
  test.each(CODES)('%s', (code) => {
    expect(files.filter(({ codes }) => codes.includes(code)).map(({ path }) => path)).not.toEqual([]);
  });
});

test('no title carries a code that is none', () => {
  const unknown = files.flatMap(({ path, codes }) =>
    codes.filter((code) => !KNOWN_CODES.includes(code)).map((code) => `${path}: ${code}`),
  );
  expect(unknown).toEqual([]);
});

test('no file that carries one skips a test', () => {
  expect(files.filter(({ codes, skips }) => codes.length > 0 && skips).map(({ path }) => path)).toEqual([]);
});
