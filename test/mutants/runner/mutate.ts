import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'rolldown/utils';
import type { Mutant } from '../mutant.ts';

/** The file's text without the defence, or undefined when the entry no longer fits the file. */
export function mutate(mutant: Mutant, project: string): string | undefined {
  const path = join(project, mutant.file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (text.split(mutant.find).length !== 2) return undefined;
  const mutated = text.replace(mutant.find, () => mutant.replace);
  // Any test would notice a file that does not parse, so such a mutant proves nothing.
  return parseSync(mutant.file, mutated).errors.length === 0 ? mutated : undefined;
}
