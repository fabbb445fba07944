/** Tables and records for people at a terminal. Pure but for the colours, which the terminal decides about. */
import { stripVTControlCharacters, styleText } from 'node:util';
import Table from 'cli-table3';
import { fencedText } from '../../core/foreign-text.ts';

/** Columns that a table may take; a wider one is printed as records down the page. */
const COLUMNS = 100;
/** Columns of the labels' indent and gap in a record. */
const GAP = 2;

type Row = readonly (string | null)[];

const STATES: readonly (readonly ['green' | 'yellow' | 'red', readonly string[]])[] = [
  ['green', ['ok', 'running', 'active', 'applied', 'credited', 'paid', 'delivered', 'done', 'approved', 'bound']],
  ['yellow', ['observed', 'confirming', 'pending', 'standby', 'unmatched', 'screening', 'unknown', 'stale', 'syncing']],
  ['red', ['failing', 'failed', 'refused', 'frozen', 'gap', 'down', 'wrong_chain', 'dissent', 'quarantined', 'parked']],
];

/**
 * The rows as text of at most 100 columns where their words allow it: a table, or records down the page where that would
 * be wider; `none` where there are no rows. No text of others can rewrite what is around it.
 * @param colour what shows a state in colour; by default it does so on a terminal only.
 */
export function tableText(head: readonly string[], rows: readonly Row[], colour = colourOfTerminal): string {
  if (rows.length === 0) return 'none';
  const cells = rows.map((row) => row.map((cell) => fencedText(cell ?? '')));
  const coloured = cells.map((row) =>
    row.map((cell, index) => (/^(state|status)$/i.test(head[index] ?? '') ? colour(cell, colourOf(cell)) : cell)),
  );
  const table = new Table({ head: [...head], style: { head: [], border: [] } });
  for (const row of coloured) table.push(row);
  const text = table.toString();
  const width = Math.max(...text.split('\n').map((line) => stripVTControlCharacters(line).length));
  if (width <= COLUMNS) return text;
  // Two columns are a label and its value already.
  if (head.length === 2) return recordText(coloured.map(([label = '', value = '']) => [label, value]));
  return coloured.map((row) => recordText(row.map((cell, index) => [head[index] ?? '', cell]))).join('\n\n');
}

/** One line for each label, its value wrapped below it; values that are empty are left out. */
function recordText(fields: readonly (readonly [string, string])[]): string {
  const shown = fields.filter(([, value]) => value !== '');
  const indent = Math.max(...shown.map(([label]) => label.length)) + GAP;
  return shown
    .map(([label, value]) => `${label.padEnd(indent)}${wrap(value, COLUMNS - indent).join(`\n${' '.repeat(indent)}`)}`)
    .join('\n');
}

/** The lines of a text; a word that is longer than a line stays whole, so that it can be copied. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    lines.push(line);
  }
  return lines;
}

type Colour = 'green' | 'yellow' | 'red' | undefined;

function colourOf(state: string): Colour {
  return STATES.find(([, states]) => states.includes(state.toLowerCase()))?.[0];
}

function colourOfTerminal(text: string, colour: Colour): string {
  return colour === undefined ? text : styleText(colour, text, { stream: process.stdout });
}
