import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVault, type Vault } from '../../src/core/access/vault.ts';
import { secretContext } from '../../src/core/events/webhooks.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { findEndpoint, insertEndpoint } from '../../src/db/webhooks/endpoints.ts';
import { openEventBench, type EventBench } from '../support/events/bench.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

const TIMEOUT_MS = 120_000;

let bench: EventBench;
let folder: string;
let keys: string;
beforeAll(async () => {
  bench = await openEventBench();
  folder = mkdtempSync(join(tmpdir(), 'coffer-events-cli-'));
  keys = join(folder, 'keys');
});
afterAll(async () => {
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(...args: readonly string[]): Promise<Finished> {
  const { appUrl, ownerUrl } = bench.database;
  const env = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, COFFER_SECRETS_KEY_FILE: keys };
  return startNode(['src/cli/main.ts', ...args], env).finished;
}

/** The JSON that a command printed, having succeeded. */
async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await coffer(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  const parsed: unknown = JSON.parse(stdout);
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('an object was expected');
  return { ...parsed };
}

describe('coffer events', () => {
  it(
    'lists what happened behind a cursor, in tables and JSON',
    async () => {
      const { org } = await bench.newOrg();
      for (const name of ['one', 'two']) await bench.record(org, `${name}-${org}`);
      await bench.projector.sweep();
      const events = await bench.events(org);
      const first = events[0]?.cursor ?? '';
      expect(await json('events', 'list', '--org', org)).toEqual({ events, cursor: events[1]?.cursor, hasMore: false });
      const behind = await coffer('events', 'list', '--org', org, '--after', first, '--types', 'sender.unbound');
      expect([
        behind.code,
        behind.stdout.includes(events[1]?.id ?? ''),
        behind.stdout.includes(events[0]?.id ?? ''),
      ]).toEqual([0, true, false]);
      expect((await coffer('events', 'list', '--after', '7')).code).toBe(2);
    },
    TIMEOUT_MS,
  );
});

describe('coffer webhooks', () => {
  it(
    'shows, tests, disables, enables, sends again and removes, and never shows a secret',
    async () => {
      const { org } = await bench.newOrg();
      const { id } = await bench.newEndpoint(org);
      const listed = await json('webhooks', 'list', '--org', org);
      expect(listed).toMatchObject({ endpoints: [{ id, org, types: null, disabledAt: null }] });
      expect(JSON.stringify(listed)).not.toMatch(/secret|v1\./);
      const { eventId } = await json('webhooks', 'test', id);
      await bench.settle(bench.worker());
      expect(bench.receiver.taken).toEqual([eventId]);
      const { deliveries } = await json('webhooks', 'deliveries', id);
      expect(deliveries).toMatchObject([{ eventId, state: 'delivered', attempts: [{ statusCode: 200 }] }]);
      const [delivery] = Array.isArray(deliveries) ? deliveries.map((one: { id: string }) => one.id) : [];
      expect(await json('webhooks', 'redeliver', id, delivery ?? '')).toMatchObject({
        eventId,
        redeliveryOf: delivery,
      });
      expect(await json('webhooks', 'disable', id)).toMatchObject({ disabledReason: 'by_hand' });
      expect((await coffer('webhooks', 'enable', id)).stdout).toBe(`${id} enabled\n`);
      expect((await coffer('webhooks', 'redeliver', id, uuidV7(0))).code).toBe(4);
      expect(await json('webhooks', 'remove', id)).toEqual({ id, removed: true });
      expect((await coffer('webhooks', 'test', id)).code).toBe(4);
    },
    TIMEOUT_MS,
  );
});

describe('coffer secrets', () => {
  const read = (): string => readFileSync(keys, 'utf8');
  const vault = (): Vault => openVault(read);

  it(
    'makes a key file once, and seals everything anew under another key while a service goes on',
    async () => {
      expect((await coffer('secrets', 'new-key', '--out', keys)).code).toBe(0);
      expect(statSync(keys).mode & 0o777).toBe(0o600);
      expect((await coffer('secrets', 'new-key', '--out', keys)).code).toBe(1);
      const running = vault();
      const { org } = await bench.newOrg();
      const [id, plain] = [uuidV7(Date.now()), 'whsec_for_the_test'];
      const terms = {
        id,
        log: org,
        url: 'https://hooks.example/',
        description: null,
        kinds: null,
        createdAt: new Date(),
      };
      const secret = running.seal(secretContext(id), plain);
      await insertEndpoint(bench.db, { ...terms, secret, after: undefined, most: 20 });
      const [before] = read().split('\n');
      const rotated = await json('secrets', 'rotate');
      expect(read().split('\n').slice(1, 2)).toEqual([before]);
      expect(rotated).toEqual({ key: read().slice(0, 8), sealed: 1 });
      expect(statSync(keys).mode & 0o777).toBe(0o600);
      expect(await json('secrets', 'status')).toEqual({ keys: [{ key: read().slice(0, 8), secrets: 1 }] });
      const endpoint = await findEndpoint(bench.db, { log: org, id });
      expect(endpoint?.secret).not.toBe(secret);
      expect(running.open(secretContext(id), endpoint?.secret ?? '')).toBe(plain);
      expect(await json('secrets', 'rotate', '--keep-key')).toEqual({ key: read().slice(0, 8), sealed: 0 });
    },
    TIMEOUT_MS,
  );
});
