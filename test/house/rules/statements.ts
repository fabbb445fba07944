/** The rule that a statement names tables of the ledger, or other tables, and never both. */
import { childrenOf, lineOf, nameOf, nodeIn, type SourceFile, type SyntaxNode, walk } from './source.ts';

/** Which tables there are. */
export interface KnownTables {
  readonly ledger: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
}

/** How deep pieces of statements may lie in other pieces. */
const DEPTH_MAX = 8;
const IS_STATEMENT = /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|LOCK TABLE|TRUNCATE)\b/;
/** A table's name after a word that wants one, and further names of a list. A call of a function is no table. */
const NAMED =
  /\b(?:FROM|JOIN|INTO|UPDATE|TABLE|USING|TRUNCATE)\s+(?:ONLY\s+)?([a-z_]+)(?![a-z_]*\()|,\s*(?:LATERAL\s+)?([a-z_]+)(?=\s+(?:AS\s+)?[a-z]{1,2}\b)/g;

/**
 * Statements that name both. Pieces that are put into a statement (`${...}`) count as parts of it: constants and functions of the
 * same file, and those that are imported by name.
 */
export function mixedStatements(files: readonly SourceFile[], tables: KnownTables): string[] {
  const pieces = piecesOf(files);
  return files.flatMap((file) => {
    const found: string[] = [];
    walk(file.tree, (node) => {
      if (!isText(node)) return;
      const text = textOf(node, { file, pieces, depth: 0 });
      if (!IS_STATEMENT.test(text)) return;
      const named = new Set([...text.matchAll(NAMED)].map(([, one, other]) => one ?? other ?? ''));
      const [ledger, others] = [tables.ledger, tables.others].map((known) =>
        [...named].filter((name) => known.has(name)),
      );
      if (!ledger?.length || !others?.length) return;
      found.push(
        `${file.path}:${lineOf(file, node.start)}: one statement names ${ledger.join(', ')} and ${others.join(', ')}`,
      );
    });
    return found;
  });
}

/** The names of the tables that migrations create. */
export function createdTables(migrations: readonly string[]): Set<string> {
  return new Set(
    migrations.flatMap((text) =>
      [...text.matchAll(/CREATE (?:UNLOGGED )?TABLE ([a-z_]+)/g)].map(([, name]) => name ?? ''),
    ),
  );
}

/** What is declared, by file and name, and by name alone. */
type Pieces = ReadonlyMap<string, readonly SyntaxNode[]>;

function piecesOf(files: readonly SourceFile[]): Pieces {
  const pieces = new Map<string, SyntaxNode[]>();
  const add = (file: SourceFile, name: string, node: SyntaxNode | undefined): void => {
    if (node === undefined || name === '') return;
    for (const key of [name, `${file.path} ${name}`]) pieces.set(key, [...(pieces.get(key) ?? []), node]);
  };
  for (const file of files) {
    walk(file.tree, (node) => {
      if (node.type === 'VariableDeclarator') add(file, nameOf(nodeIn(node, 'id')), nodeIn(node, 'init'));
      if (node.type === 'FunctionDeclaration') add(file, nameOf(nodeIn(node, 'id')), nodeIn(node, 'body'));
    });
  }
  return pieces;
}

interface Within {
  readonly file: SourceFile;
  readonly pieces: Pieces;
  readonly depth: number;
}

function isText(node: SyntaxNode): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node['value'] === 'string');
}

/** All text below a node, with that of the pieces that it names. */
function textOf(node: SyntaxNode, within: Within): string {
  if (within.depth > DEPTH_MAX) return '';
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : '';
  if (node.type === 'TemplateElement') return rawOf(node['value']);
  const deeper = { ...within, depth: within.depth + 1 };
  if (node.type === 'TemplateLiteral') {
    return childrenOf(node)
      .toSorted((a, b) => a.start - b.start)
      .map((child) => textOf(child, deeper))
      .join(' ');
  }
  if (node.type === 'Identifier') {
    const name = nameOf(node);
    const own = within.pieces.get(`${within.file.path} ${name}`) ?? importedPiece(name, within);
    return own.map((piece) => textOf(piece, deeper)).join(' ');
  }
  // What a member is called names nothing.
  if (node.type === 'MemberExpression') {
    const object = nodeIn(node, 'object');
    return object ? textOf(object, deeper) : '';
  }
  return childrenOf(node)
    .map((child) => textOf(child, deeper))
    .join(' ');
}

/** What another file declares under a name that this one imports. */
function importedPiece(name: string, { file, pieces }: Within): readonly SyntaxNode[] {
  const isImported = new RegExp(`^import [^;]*\\b${name}\\b[^;]*;`, 'm').test(file.text);
  return isImported ? (pieces.get(name) ?? []) : [];
}

function rawOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'raw' in value && typeof value.raw === 'string'
    ? value.raw
    : '';
}
