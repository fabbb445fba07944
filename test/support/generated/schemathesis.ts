/** Schemathesis: requests that are made of the API's document alone. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderOf, installIn, runIn } from './workshop.ts';

const VERSION = '4.32.5';

/** What is looked at in each answer. */
export const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'ignored_auth',
] as const;

export interface Asked {
  /** The service; its document is at `/openapi.json`. */
  readonly url: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Which paths are called, and which of them are not. */
  readonly include: RegExp;
  readonly exclude?: RegExp;
  readonly checks?: readonly (typeof CHECKS)[number][];
  /** Values of parts of paths, by name: without them most requests would find nothing. */
  readonly parts?: Readonly<Record<string, string>>;
}

/**
 * Makes requests that fit the document and requests that break it, and checks what comes back.
 * @returns what was printed, with how many requests were made
 * @throws Error with what was found, when anything was
 */
export async function schemathesis({ url, headers, include, exclude, ...more }: Asked): Promise<string> {
  const { checks = CHECKS, parts = {} } = more;
  const folder = folderOf({ name: 'schemathesis', version: VERSION });
  await installIn(folder, [
    ['python3', '-m', 'venv', 'venv'],
    ['venv/bin/pip', 'install', '--quiet', `schemathesis==${VERSION}`],
  ]);
  const values = Object.entries(parts).map(([name, value]) => `"path.${name}" = ${JSON.stringify(value)}\n`);
  await writeFile(join(folder, 'run.toml'), `[parameters]\n${values.join('')}`);
  return runIn(folder, [
    'venv/bin/schemathesis',
    '--config-file',
    'run.toml',
    'run',
    `${url}/openapi.json`,
    '--no-color',
    ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    '--include-path-regex',
    include.source,
    ...(exclude ? ['--exclude-path-regex', exclude.source] : []),
    '--phases',
    'coverage',
    '--continue-on-failure',
    // They are about the requests, such as ids of nothing that exists.
    '--warnings',
    'off',
    '--checks',
    checks.join(','),
  ]);
}
