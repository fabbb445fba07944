/** The page about an error code, generated from its file under docs/errors. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProblemCode } from '../server/problem.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'docs', 'errors');

/** The page as HTML. The files use only headings, paragraphs, lists, and code between backticks. */
export async function readErrorPage(code: ProblemCode): Promise<string> {
  const blocks = (await readFile(join(FOLDER, `${code}.md`), 'utf8')).trim().split(/\n{2,}/);
  const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${code}</title></head>`;
  return `${head}<body>${blocks.map(elementOf).join('\n')}</body></html>\n`;
}

function elementOf(block: string): string {
  if (block.startsWith('- ')) {
    const items = block.split(/\n- /).map((item) => `<li>${inline(item.replace(/^- /, ''))}</li>`);
    return `<ul>${items.join('')}</ul>`;
  }
  const [, marks = '', words = ''] = /^(#{1,2}) (.*)$/s.exec(block) ?? [];
  return marks === '' ? `<p>${inline(block)}</p>` : `<h${marks.length}>${inline(words)}</h${marks.length}>`;
}

function inline(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
