import { readFileSync } from 'node:fs';
import { AnchorError, readAnchor, type AnchorFacts } from '../core/ledger/anchor.ts';
import { CliError, EXIT } from './context.ts';

/** The text of a file that the user names. @throws CliError when it cannot be read */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${error instanceof Error ? error.message : ''}`, EXIT.notFound);
  }
}

/** Reads an anchor and checks it by the key in a file. @throws CliError when it is not valid */
export function openAnchor(path: string, key: string): AnchorFacts {
  try {
    return readAnchor(readText(path), readText(key));
  } catch (error) {
    if (error instanceof AnchorError) throw new CliError(`${path}: ${error.message}`);
    throw error;
  }
}
