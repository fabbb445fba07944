/** The two secrets of a deployment: the peppers of its API keys, and the keys that encrypt secrets in the database. */
import {
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createPepper, formatPeppers, openPeppers, type PepperFile, type Peppers } from '../core/access/peppers.ts';
import { createKeyLine, EnvelopeError, openVault, type Vault } from '../core/access/vault.ts';
import type { Config } from './config.ts';
import { ConfigError } from './error.ts';
import { readPepperFile } from './secret.ts';

const OWNER_ONLY = 0o600;

type PepperConfig = Pick<Config, 'keyPepperFile' | 'databaseUrl' | 'dataDir'>;

/**
 * The secrets under which API keys are hashed: of the configured file or, with the built-in database, of one that is
 * created once and stored beside it. Losing it makes every API key useless.
 * @throws ConfigError when a database is configured and a pepper is not, or the file is not valid.
 */
export function getPeppers(config: PepperConfig): Peppers {
  const path = pepperPath(config);
  readPepperFile(path);
  return openPeppers(() => readFileSync(path, 'utf8'));
}

/** What the pepper file holds now. @throws ConfigError as {@link getPeppers} does. */
export function readPeppers(config: PepperConfig): PepperFile {
  return readPepperFile(pepperPath(config));
}

/**
 * Changes the pepper file; gives its path. It has the old text or the new one at every moment, and keeps owner and mode.
 * @throws ConfigError as {@link getPeppers} does; whatever `change` throws, and then nothing is changed.
 */
export function changePeppers(config: PepperConfig, change: (file: PepperFile) => PepperFile): string {
  const path = pepperPath(config);
  rewrite(path, formatPeppers(change(readPepperFile(path))));
  return path;
}

function pepperPath({ keyPepperFile, databaseUrl, dataDir }: PepperConfig): string {
  if (keyPepperFile !== undefined) return keyPepperFile;
  if (databaseUrl !== undefined) {
    throw new ConfigError(
      'COFFER_KEY_PEPPER_FILE: name a file with 32 random characters or more, the same on every machine that uses this DATABASE_URL',
    );
  }
  return makeOnce(dataDir, 'key-pepper', () => createPepper().secret);
}

/**
 * Seals and opens secrets at rest, with the keys of the configured file or, with the built-in database, of a file that
 * is created once and stored beside it. Losing the file makes every secret in the database unreadable.
 * @throws ConfigError when a database is configured and a key file is not, or the file holds no valid keys.
 */
export function getVault(config: Pick<Config, 'secretsKeyFile' | 'databaseUrl' | 'dataDir'>): Vault {
  const path = secretsKeyPath(config);
  try {
    return openVault(() => readKeys(path));
  } catch (error) {
    if (error instanceof EnvelopeError) throw new ConfigError(`COFFER_SECRETS_KEY_FILE: ${path}: ${error.message}`);
    throw error;
  }
}

/**
 * Puts a new key at the top of the key file: it seals from now on, and the others still open what they sealed.
 * @throws ConfigError as {@link getVault} does.
 */
export function addSecretsKey(config: Pick<Config, 'secretsKeyFile' | 'databaseUrl' | 'dataDir'>): void {
  const path = secretsKeyPath(config);
  rewrite(path, `${createKeyLine()}\n${readKeys(path)}`);
}

/** Replaces the text of a secret file in one step. The new file belongs to the same user and group, with the same mode. */
function rewrite(path: string, text: string): void {
  const target = realpathSync(path);
  const { mode, uid, gid } = statSync(target);
  const unfinished = `${target}.${process.pid}`;
  try {
    writeFileSync(unfinished, text, { mode: mode & 0o777, flag: 'wx', flush: true });
    const made = statSync(unfinished);
    if (made.uid !== uid || made.gid !== gid) chownSync(unfinished, uid, gid);
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function secretsKeyPath(config: Pick<Config, 'secretsKeyFile' | 'databaseUrl' | 'dataDir'>): string {
  if (config.secretsKeyFile !== undefined) return config.secretsKeyFile;
  if (config.databaseUrl !== undefined) {
    throw new ConfigError(
      'COFFER_SECRETS_KEY_FILE: name a file made by `bin/coffer.mjs secrets new-key`, the same on every machine that uses this DATABASE_URL',
    );
  }
  return makeOnce(config.dataDir, 'secrets-keys', createKeyLine);
}

function readKeys(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`COFFER_SECRETS_KEY_FILE: cannot read ${path}`);
  }
}

/** Creates the file unless it exists. When several processes do so at once, one wins and all read its file. */
function makeOnce(dataDir: string, name: string, make: () => string): string {
  const path = join(dataDir, name);
  if (existsSync(path)) return path;
  mkdirSync(dataDir, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${make()}\n`, { mode: OWNER_ONLY });
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
  return path;
}
