/** Rules about what names and first lines promise: types, units, the purpose of a file. */
import { childrenOf, lineOf, nameOf, nodeIn, type SourceFile, type SyntaxNode, walk } from './source.ts';

const PRODUCTION = /^(src|detector)\/.*(?<!\.test)\.ts$/;
const HEADLESS_LINES_MAX = 40;
const HEADING_WORDS_MIN = 3;
const TYPE_DECLARATIONS = new Set(['TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'ClassDeclaration']);

/** Exported type names that have more than one definition in src and detector. */
export function twins(files: readonly SourceFile[]): string[] {
  const homes = new Map<string, string[]>();
  for (const { path, tree } of files.filter((file) => PRODUCTION.test(file.path))) {
    for (const node of childrenOf(tree)) {
      const declared = node.type === 'ExportNamedDeclaration' ? nodeIn(node, 'declaration') : undefined;
      if (declared === undefined || !TYPE_DECLARATIONS.has(declared.type)) continue;
      const name = nameOf(nodeIn(declared, 'id'));
      homes.set(name, [...(homes.get(name) ?? []), path]);
    }
  }
  const twice = [...homes].filter(([, paths]) => paths.length > 1);
  return twice.map(([name, paths]) => `${name} is a type of ${paths.toSorted().join(' and of ')}`);
}

/** Whether a type is bigint, a union with bigint, or a list of it. */
function isBigint(type: SyntaxNode | undefined): boolean {
  if (type === undefined) return false;
  if (type.type === 'TSBigIntKeyword') return true;
  const isWrapper = ['TSTypeAnnotation', 'TSUnionType', 'TSArrayType', 'TSTypeOperator', 'TSParenthesizedType'];
  return isWrapper.includes(type.type) && childrenOf(type).some(isBigint);
}

/** A name that ends in Usd is an amount in dollars as text. Micro-dollars are bigint, and their names end in Micros. */
export function liars(file: SourceFile): string[] {
  const found: string[] = [];
  walk(file.tree, (node) => {
    const type = nodeIn(node, 'typeAnnotation');
    const name = nameOf(node.type === 'Identifier' ? node : nodeIn(node, 'key'));
    if (name.endsWith('Usd') && isBigint(type)) {
      found.push(`${file.path}:${lineOf(file, node.start)}: ${name} is a bigint; micro-dollars end in Micros`);
    }
  });
  return found;
}

/** The words of a comment, without its asterisks. */
const wordsOf = (comment: string): string[] =>
  comment
    .replaceAll(/[*\s]+/g, ' ')
    .trim()
    .split(' ');
const saysNothing = (comment: string): boolean => /^\*?\s*see (above|below)\.?\s*$/i.test(comment);

/** A long production file opens with a line that says what it is, and no docstring only refers to another place. */
export function headless(file: SourceFile): string[] {
  if (!PRODUCTION.test(file.path)) return [];
  const empty = file.comments.filter(({ value }) => saysNothing(value));
  const found = empty.map(({ end }) => `${file.path}:${lineOf(file, end)}: a comment that says nothing`);
  const lines = file.text.trimEnd().split('\n').length;
  const [first] = file.comments;
  const opens = first !== undefined && /^(#!.*\n)?\s*\/[/*]/.test(file.text);
  const says = opens && wordsOf(first.value).length >= HEADING_WORDS_MIN && !saysNothing(first.value);
  if (lines > HEADLESS_LINES_MAX && !says) found.push(`${file.path}: ${lines} lines and none says what it is`);
  return found;
}
