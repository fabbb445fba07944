/** The two secrets of a deployment: the pepper of its API keys, and the keys that encrypt secrets in the database. */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyLine, EnvelopeError, openVault, type Vault } from '../core/access/vault.ts';
import type { Config } from './config.ts';
import { ConfigError } from './error.ts';
import { Secret } from './secret.ts';

const PEPPER_BYTES = 32;
const OWNER_ONLY = 0o600;

/**
 * The secret under which API keys are hashed: the configured one or, with the built-in database, one that is created
 * once and stored beside it. Losing it makes every API key useless.
 * @throws ConfigError when a database is configured and a pepper is not.
 */
export function getKeyPepper(config: Pick<Config, 'keyPepper' | 'databaseUrl' | 'dataDir'>): Secret {
  if (config.keyPepper !== undefined) return config.keyPepper;
  if (config.databaseUrl !== undefined) {
    throw new ConfigError(
      'COFFER_KEY_PEPPER_FILE: name a file with 32 random characters or more, the same on every machine that uses this DATABASE_URL',
    );
  }
  const path = makeOnce(config.dataDir, 'key-pepper', () => randomBytes(PEPPER_BYTES).toString('base64url'));
  return new Secret(readFileSync(path, 'utf8').trim());
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
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${createKeyLine()}\n${readKeys(path)}`, { mode: OWNER_ONLY });
  renameSync(unfinished, path);
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
