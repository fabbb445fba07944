/**
 * Makes the parts of the package that are not written by hand, into src/coffer_treasury or another folder: the types, from the
 * API's document, and the blocking client, from the asynchronous one. `node make.mjs [document] [folder] [python]`: the Python has
 * datamodel-code-generator.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDocument } from '../document.mjs';

const OWN = join(import.meta.dirname, 'src', 'coffer_treasury');
const [from, folder = OWN, python = 'python3'] = process.argv.slice(2);

/** In this order: what makes the asynchronous code a blocking one. */
const BLOCKING = [
  [/^"""The asynchronous /gm, '"""The blocking '],
  [/async /g, ''],
  [/\basync_(?=hold)/g, ''],
  [/\basynccontextmanager\b/g, 'contextmanager'],
  [/await /g, ''],
  [/\bAwaitable\[(\w+)\]/g, '$1'],
  [/\bAwaitable, /g, ''],
  [/\bAsync(?=[A-Z])/g, ''],
  [/\b__aenter__\b/g, '__enter__'],
  [/\b__aexit__\b/g, '__exit__'],
  [/\baclose\b/g, 'close'],
  [/\b__aiter__\b/g, '__iter__'],
  [/\baread\b/g, 'read'],
  [/\baiter_raw\b/g, 'iter_raw'],
  [/\b_async_(?=\w+ import)/g, '_'],
  [/\b_tasks\b/g, '_threads'],
  [/\basyncio\.sleep\b/g, 'time.sleep'],
  [/^import asyncio\nimport json\n/gm, 'import json\nimport time\n'],
];

function blocking(name) {
  const text = readFileSync(join(OWN, `_async_${name}.py`), 'utf8');
  const made = BLOCKING.reduce((sum, [find, replace]) => sum.replaceAll(find, replace), text);
  writeFileSync(join(folder, `_${name}.py`), `# Made by make.mjs from _async_${name}.py.\n${made}`);
}

function models(document) {
  const temporary = mkdtempSync(join(tmpdir(), 'coffer-models-'));
  const input = join(temporary, 'openapi.json');
  writeFileSync(input, JSON.stringify(document));
  const form = [
    '--output-model-type',
    'typing.TypedDict',
    '--no-use-closed-typed-dict',
    '--enum-field-as-literal',
    'all',
  ];
  const style = ['--target-python-version', '3.11', '--formatters', 'builtin', '--disable-timestamp'];
  const scope = ['--input', input, '--input-file-type', 'openapi', '--openapi-scopes', 'schemas'];
  const to = [
    '--output',
    join(folder, 'models.py'),
    '--custom-file-header',
    "# Made by make.mjs from the API's document.",
  ];
  execFileSync(python, ['-m', 'datamodel_code_generator', ...scope, ...form, ...style, ...to], { stdio: 'inherit' });
  rmSync(temporary, { recursive: true });
}

models(await readDocument(from));
for (const name of ['client', 'holds']) blocking(name);
