import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { tableText } from './table.ts';

const hash = `0x${'ab'.repeat(32)}`;
const widthOf = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('S23 tables', () => {
  test('that fit are tables, and empty lists say so', () => {
    expect(tableText(['id', 'state'], [['a', null]])).toContain('│ a');
    expect(tableText(['id', 'state'], [])).toBe('none');
  });

  test('that are wider than 100 columns are records down the page, in which long words can be copied', () => {
    const text = tableText(
      ['transaction', 'state', 'reason', 'note'],
      [
        [
          hash,
          'confirming',
          'it is large, and waits until the chain can no longer take its block back. '.repeat(3),
          null,
        ],
        [hash, 'credited', null, 'x'],
      ],
    );
    expect(widthOf(text)).toBeLessThanOrEqual(100);
    const [first, second] = text.split('\n\n');
    expect(first).toMatch(new RegExp(`^transaction {2}${hash}\nstate {8}confirming\nreason {7}it is large`));
    expect(first).not.toContain('note');
    expect(second).toBe(`transaction  ${hash}\nstate        credited\nnote         x`);
  });

  test('of two columns are one record', () => {
    expect(
      tableText(
        ['', ''],
        [
          ['address', hash],
          ['about', 'words '.repeat(20).trim()],
        ],
      ),
    ).toMatch(new RegExp(`^address {2}${hash}\nabout {4}words words`));
  });

  test('show states in colour where they may, and nothing else', () => {
    const colour = (text: string, name: string | undefined): string => (name === undefined ? text : `<${name}>${text}`);
    const text = tableText(
      ['name', 'state'],
      [
        ['down', 'down'],
        ['b', 'OK'],
        ['c', 'odd'],
      ],
      colour,
    );
    expect(text.match(/<\w+>\w+/g)).toEqual(['<red>down', '<green>OK']);
    // This is no terminal.
    const plain = tableText(['state'], [['down']]);
    expect(stripVTControlCharacters(plain)).toBe(plain);
  });

  test('hold no text that rewrites what is around it', () => {
    expect(tableText(['a', 'b', 'c'], [['\u001b[2J', hash, hash]])).toContain('<U+001B>[2J');
  });
});
