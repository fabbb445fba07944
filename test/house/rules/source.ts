/** A source file, parsed once, with everything that the rules read of it. */
import { parseSync } from 'rolldown/utils';

export interface SourceFile {
  /** From the project's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: SyntaxNode;
  /** Module specifiers as written: static, dynamic, re-exports, types. */
  readonly imports: readonly string[];
  readonly comments: readonly { readonly value: string; readonly end: number; readonly block: boolean }[];
}

/** A node of the ESTree-shaped syntax tree. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The nodes directly below a node, in source order of their fields. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flatMap((value: unknown) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

/** Calls `visit` for this node and every node below it, parents first, with the path from the root. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void): void {
  const pending: { node: SyntaxNode; parents: readonly SyntaxNode[] }[] = [{ node, parents: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    visit(next.node, next.parents);
    const parents = [...next.parents, next.node];
    for (const child of childrenOf(next.node)) pending.push({ node: child, parents });
  }
}

/** The node in a field, if there is one. */
export function nodeIn(node: SyntaxNode | undefined, field: string): SyntaxNode | undefined {
  const value = node?.[field];
  return isNode(value) ? value : undefined;
}

/** The name of an identifier, or of the last property of a member expression. */
export function nameOf(node: SyntaxNode | undefined): string {
  const name = node?.['name'];
  if (typeof name === 'string') return name;
  return node?.type === 'MemberExpression' ? nameOf(nodeIn(node, 'property')) : '';
}

/** The line that an offset lies on, from 1. */
export function lineOf(file: SourceFile, offset: number): number {
  return file.text.slice(0, offset).split('\n').length;
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** @throws Error when the text is not TypeScript */
export function parseSource(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`);
  const tree: unknown = parsed.program;
  if (!isNode(tree)) throw new Error(`${path}: the parser gave no tree`);
  const imports: string[] = [];
  walk(tree, (node) => {
    const specifier = IMPORTING.has(node.type) ? nodeIn(node, 'source')?.['value'] : undefined;
    if (typeof specifier === 'string') imports.push(specifier);
  });
  const comments = parsed.comments.map((comment) => ({ ...comment, block: comment.type === 'Block' }));
  return { path, text, tree, imports, comments };
}
