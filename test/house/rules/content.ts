/** Rules about the content of code: SQL, numbers, skipped tests, words. */
import { lineOf, nameOf, nodeIn, type SourceFile, type SyntaxNode, walk } from './source.ts';

/** Where SQL may be: the database's own folder, migrations, and code that drives databases from outside the service. */
const SQL_FOLDERS = /^(src\/db|migrations|test|bench)\/|\.test\.ts$/;
const SQL_TEXT = new RegExp(
  [
    String.raw`\bSELECT\b[\s\S]+\bFROM\b`,
    String.raw`\bINSERT\s+INTO\b`,
    String.raw`\bUPDATE\s+\w+\s+SET\b`,
    String.raw`\bDELETE\s+FROM\b`,
    String.raw`\b(CREATE|ALTER|DROP)\s+(TABLE|INDEX|ROLE|DATABASE|TYPE|SCHEMA)\b`,
  ].join('|'),
);
const SQL_CALLS = new Set(['query', 'raw']);
const NUMBER_HOME = 'src/core/integers.ts';
const NUMBER_READERS = new Set(['Number', 'parseFloat', 'parseInt']);
const TEST_MAKERS = new Set(['test', 'it', 'describe', 'suite', 'bench']);
const TEST_EVASIONS = new Set(['skip', 'only', 'todo', 'skipIf', 'runIf', 'fails']);
/** Built from pieces, so that this file does not contain what it looks for. */
const PRIVATE_PATHS = new RegExp(['work', 'root', 'home/[a-z]+'].map((name) => `(?<![\\w.])/${name}/`).join('|'));
const UNFINISHED_WORK = new RegExp(`\\b(${['TO_DO', 'FIX_ME', 'X_XX'].join('|').replaceAll('_', '')})\\b`);

function textOf(node: SyntaxNode): string {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return '';
  return node['quasis'].map((quasi: { value: { raw: string } }) => quasi.value.raw).join(' ? ');
}

/** SQL outside the folders that may hold it. */
export function sqlOutside(file: SourceFile): string[] {
  if (SQL_FOLDERS.test(file.path)) return [];
  const found: string[] = [];
  walk(file.tree, (node) => {
    const at = (): string => `${file.path}:${lineOf(file, node.start)}`;
    if (SQL_TEXT.test(textOf(node))) found.push(`${at()}: SQL outside src/db`);
    const callee = node.type === 'CallExpression' ? nodeIn(node, 'callee') : undefined;
    const owner = nodeIn(callee, 'object');
    // express.raw() parses bodies; a query of a chain client is not SQL.
    if (
      callee?.type === 'MemberExpression' &&
      SQL_CALLS.has(nameOf(callee)) &&
      /^(knex|trx|pool|db|client)$/.test(nameOf(owner))
    ) {
      found.push(`${at()}: a database call outside src/db`);
    }
  });
  return found;
}

/** Text is converted to numbers in one place only. */
export function looseNumbers(file: SourceFile): string[] {
  if (file.path === NUMBER_HOME) return [];
  const found: string[] = [];
  walk(file.tree, (node) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return;
    const callee = nodeIn(node, 'callee');
    const name = nameOf(callee);
    const isGlobal = callee?.type === 'Identifier' ? NUMBER_READERS.has(name) : false;
    const isMember = nameOf(nodeIn(callee, 'object')) === 'Number' && (name === 'parseFloat' || name === 'parseInt');
    if (isGlobal || isMember) found.push(`${file.path}:${lineOf(file, node.start)}: ${name}( outside ${NUMBER_HOME}`);
  });
  return found;
}

/** Tests that are skipped, or that keep others from running. */
export function evadedTests(file: SourceFile): string[] {
  if (!file.path.endsWith('.test.ts')) return [];
  const found: string[] = [];
  walk(file.tree, (node) => {
    const property = node.type === 'MemberExpression' ? nameOf(nodeIn(node, 'property')) : '';
    const owner = nodeIn(node, 'object');
    const isTest = TEST_MAKERS.has(nameOf(owner)) || TEST_MAKERS.has(nameOf(nodeIn(owner, 'object')));
    if (TEST_EVASIONS.has(property) && isTest)
      found.push(`${file.path}:${lineOf(file, node.start)}: .${property} on a test`);
  });
  return found;
}

/** Paths of the machine that the code was written on, and notes of work left for later. */
export function foreignWords(path: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const at = `${path}:${index + 1}`;
    return [
      ...(PRIVATE_PATHS.test(line) ? [`${at}: a path of somebody's machine`] : []),
      ...(UNFINISHED_WORK.test(line) ? [`${at}: unfinished work`] : []),
    ];
  });
}
