/** Rules about size, types and comments. */
import { lineOf, nameOf, nodeIn, type SourceFile, type SyntaxNode, walk } from './source.ts';

const FUNCTION_LINES_MAX = 70;
const FILE_LINES_MAX = 400;
const FOLDERS_BELOW_SRC_MAX = 3;
const TEST_BLOCKS = new Set(['test', 'it', 'describe', 'beforeAll', 'beforeEach', 'afterAll', 'afterEach']);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** The name of the function at the root of a call such as `test.each(...)('...')`. */
function rootName(node: SyntaxNode | undefined): string {
  if (node?.type === 'CallExpression') return rootName(nodeIn(node, 'callee'));
  if (node?.type === 'TaggedTemplateExpression') return rootName(nodeIn(node, 'tag'));
  if (node?.type === 'MemberExpression') return rootName(nodeIn(node, 'object'));
  return nameOf(node);
}

function isTestCallback(file: SourceFile, parents: readonly SyntaxNode[]): boolean {
  const parent = parents.at(-1);
  return file.path.endsWith('.test.ts') && parent?.type === 'CallExpression' && TEST_BLOCKS.has(rootName(parent));
}

/** Functions that are longer than a screen, except callbacks of tests. */
export function longFunctions(file: SourceFile): string[] {
  const found: string[] = [];
  walk(file.tree, (node, parents) => {
    if (!FUNCTIONS.has(node.type) || isTestCallback(file, parents)) return;
    const [first, last] = [lineOf(file, node.start), lineOf(file, node.end)];
    const lines = last - first + 1;
    if (lines > FUNCTION_LINES_MAX)
      found.push(`${file.path}:${first}: a function of ${lines} lines, above ${FUNCTION_LINES_MAX}`);
  });
  return found;
}

/** A file that is too long to read in one go. What is made of the API's document is not read. */
export function longFile(file: SourceFile): string[] {
  if (/^sdk\/\w+\/src\/generated\//.test(file.path)) return [];
  const lines = file.text.trimEnd().split('\n').length;
  return lines > FILE_LINES_MAX ? [`${file.path}: ${lines} lines, above ${FILE_LINES_MAX}`] : [];
}

/** Folders below src that are nested too deep. */
export function deepFolders(file: SourceFile): string[] {
  const folders = file.path.split('/').length - 2;
  const tooDeep = file.path.startsWith('src/') && folders > FOLDERS_BELOW_SRC_MAX;
  return tooDeep ? [`${file.path}: ${folders} folders below src, above ${FOLDERS_BELOW_SRC_MAX}`] : [];
}

/** Uses of `any`, and of `!` that silences the compiler. */
export function looseTypes(file: SourceFile): string[] {
  const found: string[] = [];
  walk(file.tree, (node) => {
    const at = (): string => `${file.path}:${lineOf(file, node.start)}`;
    if (node.type === 'TSAnyKeyword') found.push(`${at()}: any`);
    if (node.type === 'TSNonNullExpression') found.push(`${at()}: a non-null !`);
    if (node['definite'] === true) found.push(`${at()}: a definite-assignment !`);
  });
  return found;
}

function isFunctionExport(declaration: SyntaxNode | undefined): boolean {
  if (declaration === undefined) return false;
  if (FUNCTIONS.has(declaration.type)) return true;
  if (declaration.type !== 'VariableDeclaration') return false;
  const declared = declaration['declarations'];
  return Array.isArray(declared) && declared.some((one: SyntaxNode) => FUNCTIONS.has(nodeIn(one, 'init')?.type ?? ''));
}

/** Exports without a docstring. Migrations, tests and code that runs only beside them are exempt. */
export function missingDocstrings(file: SourceFile): string[] {
  if (/^(migrations|test)\/|\.test\.ts$|^vitest\.config\.ts$/.test(file.path)) return [];
  const found: string[] = [];
  walk(file.tree, (node) => {
    if (node.type !== 'ExportNamedDeclaration' && node.type !== 'ExportDefaultDeclaration') return;
    const declaration = nodeIn(node, 'declaration');
    if (!isFunctionExport(declaration)) return;
    const documented = file.comments.some(
      (comment) =>
        comment.block && comment.value.startsWith('*') && file.text.slice(comment.end, node.start).trim() === '',
    );
    // An overload's docstring is above its first signature.
    const follows = /\bexport (?:async )?function \w+[^{]*;\s*$/.test(file.text.slice(0, node.start));
    if (!documented && !follows)
      found.push(`${file.path}:${lineOf(file, node.start)}: an exported function without docstring`);
  });
  return found;
}
