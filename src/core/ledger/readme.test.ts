import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ENTRY_SHAPES } from './shapes.ts';

it('the table of entry types in the README is the table that verification uses', () => {
  const text = readFileSync(`${import.meta.dirname}/README.md`, 'utf8');
  const [, section = ''] = text.split('## Entry types');
  const rows = (section.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
  const expected = Object.entries(ENTRY_SHAPES).flatMap(([type, shapes]) =>
    shapes.map(({ event, available, held, gifts = '0', contra }) => {
      return [type, event, available, held, gifts, contra.join(', ') || 'within'];
    }),
  );
  expect(rows.slice(2)).toEqual(expected);
});
