import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'rolldown/utils';
import type { Mutant } from './mutant.ts';

/** The file's text without the defence, or undefined when the entry does not fit the file any more. */
export function mutate(mutant: Mutant, project: string): string | undefined {
  const path = join(project, mutant.file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (text.split(mutant.find).length !== 2) return undefined;
  const mutated = text.replace(mutant.find, () => mutant.replace);
  // What cannot even be read would be noticed by any test: it proves nothing.
  return parseSync(mutant.file, mutated).errors.length === 0 ? mutated : undefined;
}
