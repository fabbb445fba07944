/** Keys go on working while the pepper under which they are hashed is replaced, in one process and in several. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createApiKey, hashUnder, type KeyHash } from '../../src/core/access/api-key.ts';
import {
  createPepper,
  formatPeppers,
  withNext,
  withNextUsed,
  withoutPepper,
  type Pepper,
  type PepperFile,
} from '../../src/core/access/peppers.ts';
import { findApiKey, insertApiKey } from '../../src/db/access/api-keys.ts';
import { replaceKeyHashes } from '../../src/db/access/key-peppers.ts';
import { ACCESS_CACHE_TTL_MS } from '../../src/http/access/guard.ts';
import { newKeyReply } from '../../src/http/endpoint/key-schemas.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';

const folder = mkdtempSync(join(tmpdir(), 'coffer-peppers-'));
const path = join(folder, 'peppers');
let api: TestApi;
let old: Pepper;
let fresh: Pepper;
const write = (file: PepperFile): void => writeFileSync(path, formatPeppers(file));
const alone = (): PepperFile => ({ next: undefined, current: old, older: [] });
const added = (): PepperFile => withNext(alone(), fresh);
const used = (): PepperFile => withNextUsed(added());

beforeAll(async () => {
  [old, fresh] = [createPepper(), createPepper()];
  write(alone());
  api = await startTestApi('first_come', [], {}, { COFFER_KEY_PEPPER_FILE: path });
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});
/** Each test begins with a process that knows the old pepper alone. */
beforeEach(async () => {
  write(alone());
  await api.restart();
});

const idOf = (key: string): string => key.slice(8, 16);

async function put(hashOf: (key: string) => Pick<KeyHash, 'secretHash'> & Partial<KeyHash>): Promise<string> {
  const { id, key } = createApiKey();
  const terms = { kind: 'admin', org: null, name: 'k', scopes: [], createdAt: new Date(), expiresAt: null } as const;
  await insertApiKey(api.db, { ...terms, id, ...hashOf(key) });
  return key;
}
const under = (pepper: Pepper) => (key: string) => hashUnder(pepper, key);

async function statusOf(key: string, from: Pick<TestApi, 'call'> = api): Promise<number> {
  return (await from.call('GET', '/admin/keys?limit=1', { key })).status;
}

async function pepperOfKey(key: string): Promise<string | null | undefined> {
  return (await findApiKey(api.db, idOf(key)))?.pepper;
}

async function becomes(key: string, pepper: Pepper): Promise<void> {
  await vi.waitFor(async () => expect(await pepperOfKey(key)).toBe(pepper.id), { timeout: 10_000 });
}

it('a key is hashed again under the new pepper at its next use, and works without the old one from then on', async () => {
  const key = await put(under(old));
  expect(await statusOf(key)).toBe(200);
  write(used());
  await api.restart();
  expect(await statusOf(key)).toBe(200);
  await becomes(key, fresh);
  write(withoutPepper(used(), old.id));
  await api.restart();
  expect(await statusOf(key)).toBe(200);
  expect(await statusOf(await put(under(old)))).toBe(401);
});

it('a key of a version that names no pepper works under each, and names one after its next use', async () => {
  write(used());
  await api.restart();
  for (const pepper of [old, fresh]) {
    const key = await put((text) => ({ secretHash: hashUnder(pepper, text).secretHash }));
    expect(await pepperOfKey(key)).toBeNull();
    expect(await statusOf(key)).toBe(200);
    await becomes(key, fresh);
    api.advance(ACCESS_CACHE_TTL_MS);
    expect(await statusOf(key)).toBe(200);
  }
});

it('new keys and rotated ones are hashed under the current pepper', async () => {
  const admin = await put(under(old));
  write(used());
  await api.restart();
  const body = { kind: 'platform', name: 'k', scopes: ['treasury:read'] };
  const made = newKeyReply.parse((await api.call('POST', '/admin/keys', { key: admin, body })).json);
  const rotate = `/admin/keys/${made.id}/rotate`;
  const next = newKeyReply.parse((await api.call('POST', rotate, { key: admin, body: {} })).json);
  expect([await pepperOfKey(made.key), await pepperOfKey(next.key)]).toEqual([fresh.id, fresh.id]);
});

it('a process that runs learns of a new pepper when a key names it', async () => {
  write(used());
  const key = await put(under(fresh));
  expect(await statusOf(key)).toBe(200);
  const early = await put(under(createPepper()));
  expect(await statusOf(early)).toBe(401);
});

it('while some processes hash under the new pepper and some do not, every key works in all of them and stays new', async () => {
  write(added());
  await api.restart();
  const key = await put(under(old));
  expect(await statusOf(key)).toBe(200);
  write(used());
  const second = await api.spawn({ COFFER_KEY_PEPPER_FILE: path });
  try {
    expect(await statusOf(key, second)).toBe(200);
    await becomes(key, fresh);
    // The first process read the file before: to it the pepper is one that is not used yet.
    api.advance(ACCESS_CACHE_TTL_MS);
    expect(await statusOf(key)).toBe(200);
    const before = await put(under(old));
    expect(await statusOf(before)).toBe(200);
    await api.restart();
    expect([await pepperOfKey(key), await pepperOfKey(before)]).toEqual([fresh.id, old.id]);
  } finally {
    await second.stop();
  }
});

it('a hash that was changed meanwhile, or belongs to another key, is not replaced', async () => {
  const key = await put(under(fresh));
  const stored = await findApiKey(api.db, idOf(key));
  const before = hashUnder(old, key).secretHash;
  await replaceKeyHashes(api.db, [{ id: idOf(key), before, ...hashUnder(old, key) }]);
  expect(await findApiKey(api.db, idOf(key))).toEqual(stored);
});
