/** What the operator says about keys and holds that a restore brought back: as options, or in a file. */
import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { parseHoldId } from '../../core/ids.ts';
import { CliError, EXIT } from '../context.ts';

/** All of them, none, or those with these ids. */
export type Chosen = 'all' | 'none' | readonly string[];

export interface Answers {
  readonly endKeys: Chosen | undefined;
  readonly endHolds: Chosen | undefined;
  readonly keepPool: boolean | undefined;
}

const choice = z.union([z.enum(['all', 'none']), z.array(z.string().min(1)).min(1)]);
const answersFile = z.strictObject({
  endKeys: choice.optional(),
  endHolds: choice.optional(),
  keepPool: z.boolean().optional(),
});

/** `all`, `none`, or ids separated by commas. */
export function readChoice(text: string): Chosen {
  if (text === 'all' || text === 'none') return text;
  const ids = text.split(',').map((id) => id.trim());
  if (ids.every((id) => id !== '')) return ids;
  throw new InvalidArgumentError('It must be all, none, or ids separated by commas.');
}

/** The answers of a file, under those of the options. @throws CliError when the file is not valid */
export function readAnswers(options: Partial<Answers>, path: string | undefined): Answers {
  const filed = path === undefined ? {} : readFile(path);
  const answers = {
    endKeys: options.endKeys ?? filed.endKeys,
    endHolds: options.endHolds ?? filed.endHolds,
    keepPool: options.keepPool ?? filed.keepPool,
  };
  const holds = Array.isArray(answers.endHolds) ? answers.endHolds : [];
  const wrong = holds.find((id) => parseHoldId(id) === undefined);
  if (wrong !== undefined) throw new CliError(`${wrong} is not the id of a hold`, EXIT.usage);
  return answers;
}

function readFile(path: string): z.infer<typeof answersFile> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${error instanceof Error ? error.message : ''}`, EXIT.notFound);
  }
  const checked = answersFile.safeParse(content);
  if (checked.success) return checked.data;
  throw new CliError(`${path}: ${z.prettifyError(checked.error)}`, EXIT.usage);
}
