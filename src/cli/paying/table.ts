/** Draws the table of an org's products: heavy lines around the head, light ones below; plain text for pipes. */
import { fencedText } from '../../core/foreign-text.ts';
import { dollars } from '../../views/transaction.ts';
import type { ProductView } from '../../views/product.ts';

const MICROS_PER_CENT = 10_000n;
/** A name may have them; a row of the table is one line. */
const LINE_BREAKS = /[\t\r\n]+/g;
const HEAD = ['ID', 'Name', 'Price', 'Deposit', 'Type', 'Active'] as const;

/** The table with its title. @param plain without lines, for programs and files */
export function drawProducts(org: string, products: readonly ProductView[], plain: boolean): string {
  const rows = products.map((product) => [
    product.product_id,
    fencedText(product.name.replaceAll(LINE_BREAKS, ' ')),
    dollars(product.price_cents * MICROS_PER_CENT),
    dollars(product.amount_micros),
    product.billing_model,
    product.active ? '✓' : '',
  ]);
  const title = `Products (org: ${fencedText(org)})`;
  const widths = HEAD.map((name, at) => Math.max(lengthOf(name), ...rows.map((row) => lengthOf(row[at] ?? ''))));
  const padded = (row: readonly string[]): string[] => row.map((cell, at) => pad(cell, widths[at] ?? 0));
  if (plain) return [title, ...[HEAD, ...rows].map((row) => padded(row).join('  ').trimEnd())].join('\n');
  const line = (left: string, between: string, right: string, dash: string): string =>
    left + widths.map((width) => dash.repeat(width + 2)).join(between) + right;
  const cells = (row: readonly string[], bar: string): string => `${bar} ${padded(row).join(` ${bar} `)} ${bar}`;
  const top = line('┏', '┳', '┓', '━');
  return [
    `${' '.repeat(Math.max(0, Math.floor((lengthOf(top) - lengthOf(title)) / 2)))}${title}`,
    top,
    cells(HEAD, '┃'),
    line('┡', '╇', '┩', '━'),
    ...rows.map((row) => cells(row, '│')),
    line('└', '┴', '┘', '─'),
  ].join('\n');
}

function lengthOf(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
}
