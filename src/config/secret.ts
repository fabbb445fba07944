/** Secret values, which never print themselves, read from a variable or a file. */
import { readFileSync } from 'node:fs';
import { parsePeppers, PepperError, type PepperFile } from '../core/access/peppers.ts';
import { splitDatabaseUrl } from '../core/database-url.ts';
import { ConfigError } from './error.ts';
import type { ReadVariable, VariableName } from './variables.ts';

/** A value that does not print itself: not in logs, not in JSON, not in error messages. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself; call it only at the place of use. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

/**
 * Reads a secret from a variable, or from the file that another variable names; undefined when neither is set.
 * @throws ConfigError when both are set, or the file is unreadable or empty.
 */
export function readSecret(name: VariableName, fileName: VariableName, variable: ReadVariable): Secret | undefined {
  const [value, path] = [variable(name), variable(fileName)];
  if (value !== undefined && path !== undefined) throw new ConfigError(`${name}: set it or ${fileName}, not both`);
  if (path === undefined) return value === undefined ? undefined : new Secret(value);
  const text = readSecretFile(fileName, path);
  if (text === '') throw new ConfigError(`${fileName}: ${path} is empty`);
  return new Secret(text);
}

/**
 * Like {@link readSecret}, for the URL of a PostgreSQL database, which may name several hosts.
 * @throws ConfigError when it is not one; the message names the variable and does not contain the value.
 */
export function readDatabaseUrl(
  name: VariableName,
  fileName: VariableName,
  variable: ReadVariable,
): Secret | undefined {
  const secret = readSecret(name, fileName, variable);
  try {
    if (secret) splitDatabaseUrl(secret.reveal());
  } catch (error) {
    const given = variable(name) === undefined ? fileName : name;
    throw new ConfigError(`${given}: ${error instanceof Error ? error.message : 'not valid'}`);
  }
  return secret;
}

/** Reads a pepper file. @throws ConfigError when it is unreadable or not valid */
export function readPepperFile(path: string): PepperFile {
  const text = readSecretFile('COFFER_KEY_PEPPER_FILE', path);
  try {
    return parsePeppers(text);
  } catch (error) {
    if (error instanceof PepperError) throw new ConfigError(`COFFER_KEY_PEPPER_FILE: ${path} ${error.message}`);
    throw error;
  }
}

/** Reads a file with a secret that a setting names. @throws ConfigError when it is unreadable or empty */
export function readFileAs(setting: string, path: string): Secret {
  const text = readSecretFile(setting, path);
  if (text === '') throw new ConfigError(`${setting}: ${path} is empty`);
  return new Secret(text);
}

function readSecretFile(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigError(`${name}: cannot read ${path}`);
  }
}
