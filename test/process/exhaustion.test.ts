/** A66 What the service does while the database has no connection, no room or no pen for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseUsd } from '../../src/core/money.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import type { Customer } from '../support/ledger/holds.ts';
import { auditWallet, connect, depositOf } from '../support/ledger/wallets.ts';

let api: TestApi;
let owner: Client;
let customer: Customer;
let name: string;
beforeAll(async () => {
  api = await startTestApi();
  // Stays connected all the time: where nobody is let in, it could not come back.
  owner = await connect(api.database.ownerUrl);
  name = new URL(api.database.ownerUrl).pathname.slice(1);
  customer = await api.createCustomer(100n);
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});

const debit = { serviceType: 'AI_API', amountUsd: '1' };
const ready = async (): Promise<number> => (await api.call('GET', '/readyz')).status;
const available = async (): Promise<bigint> =>
  parseUsd(String((await api.call('GET', '/treasury/balance', { key: customer.key })).json['availableUsd']));

/** Until the service is as it was; then its books are looked at. */
async function recovered(): Promise<void> {
  await vi.waitFor(async () => expect(await ready()).toBe(200), { timeout: 20_000, interval: 200 });
  const client = await connect(api.database.ownerUrl);
  await auditWallet(client, customer.wallet);
  await client.end();
}

/** Ends every connection of the service; a role may end its own. The one that asks is the test's. */
async function disconnect(): Promise<void> {
  await api.db.raw(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`,
  );
}

/**
 * Lives through an outage; answers by how many micros the balance has changed once a debit of one dollar and a credit of
 * seven, both refused in it, were sent again under their keys.
 */
async function outage(begin: () => Promise<void>, end: () => Promise<void>): Promise<bigint> {
  const before = await available();
  await api.db.raw('SELECT 1');
  const headers = { 'idempotency-key': `during-${performance.now()}` };
  const credit = depositOf(customer.wallet, 7n);
  const spend = async (): Promise<Answer> =>
    api.call('POST', '/treasury/debit', { key: customer.key, body: debit, headers });
  await begin();
  try {
    await vi.waitFor(async () => expect(await ready()).toBe(503), { timeout: 20_000, interval: 200 });
    const refused = await spend();
    expect([refused.status, refused.json['code']]).toEqual([503, 'LEDGER_UNAVAILABLE']);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    await expect(api.writer.submit(credit)).rejects.toThrow(/ledger|database/);
    // Not for the moment alone in which its connections ended.
    expect(await ready()).toBe(503);
  } finally {
    await end();
  }
  await recovered();
  // Whether they were done at the last instant after all is not known: under the same keys they are done once.
  expect((await spend()).status).toBe(200);
  await api.writer.submit(credit);
  await recovered();
  return (await available()) - before;
}

describe('A66 the database', () => {
  it('lets nobody in: not ready, nothing is done, and it goes on by itself', async () => {
    // Its limit is the database's own; whoever holds a connection keeps it.
    const limit = async (most: number): Promise<void> => {
      await owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT ${most}`);
    };
    const after = await outage(
      async () => {
        await limit(0);
        await disconnect();
      },
      async () => limit(-1),
    );
    expect(after).toBe(6_000_000n);
  }, 90_000);

  it('takes no writes, as one that was demoted or has no room left: the same', async () => {
    const readOnly = async (on: 'on' | 'off'): Promise<void> => {
      await owner.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${on}`);
      await disconnect();
    };
    const after = await outage(
      async () => readOnly('on'),
      async () => {
        await owner.query('SET default_transaction_read_only = off');
        await readOnly('off');
      },
    );
    expect(after).toBe(6_000_000n);
  }, 90_000);
});

describe('A66 a full disk', () => {
  it('in the middle of a credit leaves nothing of it, nor of what was written with it', async () => {
    await owner.query(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$`);
    // The entry is written by now; the lot that it opens is not.
    await owner.query('CREATE TRIGGER no_room BEFORE INSERT ON lot FOR EACH ROW EXECUTE FUNCTION no_room()');
    const before = await available();
    try {
      const credits = Array.from({ length: 5 }, async () => api.writer.submit(depositOf(customer.wallet, 7n)));
      for (const one of await Promise.allSettled(credits)) expect(one.status).toBe('rejected');
      expect(await available()).toBe(before);
      // What needs no new lot is not held up by what does.
      expect((await api.call('POST', '/treasury/debit', { key: customer.key, body: debit })).status).toBe(200);
    } finally {
      await owner.query('DROP TRIGGER no_room ON lot');
    }
    await recovered();
    await api.writer.submit(depositOf(customer.wallet, 7n));
    await recovered();
  }, 60_000);
});

describe('A66 a pool without a connection left', () => {
  it('makes the process not ready; debits, which have their own, go on; it comes back by itself', async () => {
    const holder = new Client({ connectionString: api.database.ownerUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE org_settings IN ACCESS EXCLUSIVE MODE');
    const { key } = customer;
    // The org itself is in memory for a while, its settings are not.
    await sleep(10);
    const waiting = Array.from({ length: 30 }, async () => api.call('GET', '/treasury/settings', { key }));
    try {
      await vi.waitFor(async () => expect(await ready()).toBe(503), { timeout: 10_000, interval: 100 });
      expect((await api.call('POST', '/treasury/debit', { key, body: debit })).status).toBe(200);
    } finally {
      await holder.query('ROLLBACK');
      await holder.end();
    }
    const statuses = new Set((await Promise.all(waiting)).map(({ status }) => status));
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    await recovered();
  }, 60_000);
});
