import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from './error.ts';
import { Secret } from './secret.ts';
import { addSecretsKey, getKeyPepper, getVault } from './secrets.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coffer-secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const somebodys = { databaseUrl: new Secret('postgres://db.example/coffer'), dataDir: '/nowhere' };

describe('the secrets of a deployment', () => {
  it('are made once beside the database of our own, for its owner only', () => {
    const own = {
      databaseUrl: undefined,
      dataDir: join(folder, 'data'),
      keyPepper: undefined,
      secretsKeyFile: undefined,
    };
    const sealed = getVault(own).seal('a', 'b');
    expect(getVault(own).open('a', sealed)).toBe('b');
    expect(getKeyPepper(own).reveal()).toBe(getKeyPepper(own).reveal());
    for (const name of ['secrets-keys', 'key-pepper'])
      expect(statSync(join(own.dataDir, name)).mode & 0o777).toBe(0o600);
    addSecretsKey(own);
    expect(readFileSync(join(own.dataDir, 'secrets-keys'), 'utf8').trim().split('\n')).toHaveLength(2);
    expect(getVault(own).open('a', sealed)).toBe('b');
  });

  it("must be named where the database is somebody's", () => {
    expect(() => getVault({ ...somebodys, secretsKeyFile: undefined })).toThrow(/^COFFER_SECRETS_KEY_FILE: /);
    expect(() => getKeyPepper({ ...somebodys, keyPepper: undefined })).toThrow(/^COFFER_KEY_PEPPER_FILE: /);
  });

  it('are refused, without being shown, where the file is none', () => {
    const path = join(folder, 'wrong');
    writeFileSync(path, 'hunter2');
    const open = (): unknown => getVault({ ...somebodys, secretsKeyFile: path });
    expect(open).toThrow(ConfigError);
    expect(open).toThrow(/^(?!.*hunter2)COFFER_SECRETS_KEY_FILE: /);
    expect(() => getVault({ ...somebodys, secretsKeyFile: join(folder, 'none') })).toThrow(/cannot read/);
  });
});
