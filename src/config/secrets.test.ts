import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPepper, peppersIn, withNext, withNextUsed } from '../core/access/peppers.ts';
import { ConfigError } from './error.ts';
import { Secret } from './secret.ts';
import { addSecretsKey, changePeppers, getPeppers, getVault, readPeppers } from './secrets.ts';

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
      keyPepperFile: undefined,
      secretsKeyFile: undefined,
    };
    const sealed = getVault(own).seal('a', 'b');
    expect(getVault(own).open('a', sealed)).toBe('b');
    const pepper = getPeppers(own).current();
    expect(getPeppers(own).current()).toEqual(pepper);
    for (const name of ['secrets-keys', 'key-pepper'])
      expect(statSync(join(own.dataDir, name)).mode & 0o777).toBe(0o600);
    addSecretsKey(own);
    expect(readFileSync(join(own.dataDir, 'secrets-keys'), 'utf8').trim().split('\n')).toHaveLength(2);
    expect(getVault(own).open('a', sealed)).toBe('b');
    changePeppers(own, (file) => withNextUsed(withNext(file, createPepper())));
    expect(getPeppers(own).current()).not.toEqual(pepper);
    expect(peppersIn(readPeppers(own))).toContainEqual(pepper);
    expect(statSync(join(own.dataDir, 'key-pepper')).mode & 0o777).toBe(0o600);
  });

  it('are changed where a link leads, as a whole or not at all, for those who could read them before', () => {
    const [path, link] = [join(folder, 'real'), join(folder, 'link')];
    writeFileSync(path, createPepper().secret, { mode: 0o640 });
    symlinkSync(path, link);
    const config = { ...somebodys, keyPepperFile: link };
    expect(changePeppers(config, (file) => withNext(file, createPepper()))).toBe(link);
    const changed = readFileSync(path, 'utf8');
    expect(changed).toMatch(/^next [0-9a-f]{8}:/);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(() => changePeppers(config, (file) => withNext(file, createPepper()))).toThrow('not used yet');
    expect(readFileSync(path, 'utf8')).toBe(changed);
    expect(readdirSync(folder).filter((name) => name.startsWith('real'))).toEqual(['real']);
  });

  it("must be named where the database is somebody's", () => {
    expect(() => getVault({ ...somebodys, secretsKeyFile: undefined })).toThrow(/^COFFER_SECRETS_KEY_FILE: /);
    expect(() => getPeppers({ ...somebodys, keyPepperFile: undefined })).toThrow(/^COFFER_KEY_PEPPER_FILE: /);
  });

  it('are refused, without being shown, where the file is none', () => {
    const path = join(folder, 'wrong');
    writeFileSync(path, 'hunter2');
    const open = (): unknown => getVault({ ...somebodys, secretsKeyFile: path });
    expect(open).toThrow(ConfigError);
    expect(open).toThrow(/^(?!.*hunter2)COFFER_SECRETS_KEY_FILE: /);
    expect(() => getVault({ ...somebodys, secretsKeyFile: join(folder, 'none') })).toThrow(/cannot read/);
    const openPeppers = (): unknown => getPeppers({ ...somebodys, keyPepperFile: path });
    expect(openPeppers).toThrow(ConfigError);
    expect(openPeppers).toThrow(/^(?!.*hunter2)COFFER_KEY_PEPPER_FILE: /);
  });
});
