import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY_PATTERN } from '../../src/core/access/api-key.ts';
import { ledgerKey, uuidV7, walletId } from '../../src/core/ids.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { requestApproval, type BookingAsked } from '../../src/db/approvals/bookings.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { auditWallet, connect } from '../support/ledger/wallets.ts';

const HERE = `cli:${userInfo().username}`;
let database: TestDatabase;
let db: DatabasePool;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  folder = mkdtempSync(join(tmpdir(), 'coffer-cli-access-'));
  writeFileSync(join(folder, 'pepper'), 'a pepper that is used by tests and by nothing else');
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(...args: readonly string[]): Promise<Finished> {
  return startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    COFFER_KEY_PEPPER_FILE: join(folder, 'pepper'),
    COFFER_SECRETS_KEY_FILE: join(folder, 'secrets'),
  }).finished;
}

/** The JSON that a command printed, having succeeded. */
async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await coffer(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  const parsed: unknown = JSON.parse(stdout);
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('an object was expected');
  return { ...parsed };
}

async function newOrg(): Promise<string> {
  const createdAt = new Date();
  return (await createOrg(db, { id: uuidV7(createdAt.getTime()), name: 'Acme', externalId: null, createdAt })).id;
}

async function ask(over: Partial<BookingAsked> = {}): Promise<BookingAsked> {
  const org = await newOrg();
  const at = new Date();
  const { approval } = await requestApproval(db, {
    id: uuidV7(at.getTime()),
    org,
    user: null,
    wallet: walletId({ kind: 'org', id: org }),
    key: ledgerKey('client', 'k'),
    inputHash: inputHash('k'),
    idempotencyKey: 'k',
    type: 'ADJUSTMENT',
    amountMicros: 5_000_000n,
    reason: 'ticket 7',
    service: null,
    creditExpiresAt: null,
    reference: null,
    metadata: null,
    requestedBy: 'key:abcdefgh',
    hands: ['key:abcdefgh'],
    requestedAt: at,
    expiresAt: new Date(at.getTime() + 60_000),
    ...over,
  });
  return approval;
}

describe('coffer keys', () => {
  it('makes a key for some addresses, and rotates it once', async () => {
    const args = ['--kind', 'platform', '--scopes', 'treasury:read', '--ip', '192.0.2.0/24, ::1'];
    const made = await json('keys', 'create', ...args);
    expect(made['allowedIps']).toEqual(['192.0.2.0/24', '::1/128']);
    const id = String(made['id']);
    const next = await json('keys', 'rotate', id, '--overlap', '1');
    expect(next['key']).toMatch(API_KEY_PATTERN);
    expect(next).toMatchObject({ kind: 'platform', allowedIps: ['192.0.2.0/24', '::1/128'], madeBy: [`key:${id}`] });
    const { keys } = await json('keys', 'list', '--kind', 'platform');
    expect(keys).toMatchObject([
      { id: next['id'], state: 'active' },
      { id, state: 'replaced', replacedBy: next['id'] },
    ]);
    expect(JSON.stringify(keys)).not.toContain('secretHash');
    const again = await coffer('keys', 'rotate', id);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('already been rotated')]);
    expect((await coffer('keys', 'rotate', 'nokey000')).code).toBe(4);
    for (const wrong of [
      ['--overlap', '721'],
      ['--overlap', 'x'],
    ]) {
      expect((await coffer('keys', 'rotate', String(next['id']), ...wrong)).code).toBe(2);
    }
    expect((await coffer('keys', 'create', ...args.slice(0, 4), '--ip', '10.0.0.0/33')).code).toBe(2);
  });
});

describe('coffer orgs', () => {
  it('shows, changes, suspends and resumes', async () => {
    const made = await json('orgs', 'create', '--name', 'Acme', '--metadata', 'tier=gold', '--metadata', 'crm=7');
    const id = String(made['id']);
    expect(made['metadata']).toEqual({ tier: 'gold', crm: '7' });
    expect(await json('orgs', 'update', id, '--name', 'Acme 2', '--external-id', 'a2')).toMatchObject({
      name: 'Acme 2',
      externalId: 'a2',
      metadata: { tier: 'gold', crm: '7' },
    });
    expect(await json('orgs', 'suspend', id, '--reason', 'chargeback')).toMatchObject({
      suspendedReason: 'chargeback',
    });
    expect(await json('orgs', 'resume', id, '--reason', 'paid')).toMatchObject({ suspendedAt: null });
    expect((await json('orgs', 'show', id))['suspensions']).toMatchObject([
      { begins: false, reason: 'paid', actor: HERE },
      { begins: true, reason: 'chargeback', actor: HERE },
    ]);
    expect((await coffer('orgs', 'show', id)).stdout).toContain('gold');
    expect((await coffer('orgs', 'suspend', id)).code).toBe(2);
    expect((await coffer('orgs', 'suspend', uuidV7(0), '--reason', 'r')).code).toBe(4);
    expect((await coffer('orgs', 'show', uuidV7(0))).code).toBe(4);
    expect((await coffer('orgs', 'update', id, '--metadata', 'nonsense')).code).toBe(2);
  });

  it('closes and reopens', async () => {
    const id = await newOrg();
    expect(await json('orgs', 'close', id, '--reason', 'they left')).toMatchObject({
      closedReason: 'they left',
      suspendedReason: 'they left',
      availableUsd: '0.00',
      heldUsd: '0.00',
    });
    const early = await coffer('orgs', 'resume', id, '--reason', 'back');
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('reopen it first')]);
    expect((await coffer('orgs', 'close', id)).code).toBe(2);
    expect((await coffer('orgs', 'close', uuidV7(0), '--reason', 'r')).code).toBe(4);
    expect((await coffer('orgs', 'close', id, '--reason', 'again')).stdout).toContain('closed: 0.00 USD available');
    expect((await coffer('orgs', 'reopen', id)).stdout).toBe(`${id}  Acme  suspended\n`);
    expect(await json('orgs', 'resume', id, '--reason', 'back')).toMatchObject({ suspendedAt: null, closedAt: null });
    expect((await coffer('orgs', 'reopen', uuidV7(0))).code).toBe(4);
  });
});

describe('coffer approvals', () => {
  it('lists, approves once and rejects; a booking of its own it cannot approve', async () => {
    const [first, second] = [await ask(), await ask()];
    const own = await ask({ requestedBy: HERE, hands: [HERE] });
    const { approvals } = await json('approvals', 'list', '--state', 'pending');
    expect(approvals).toMatchObject([
      { id: own.id },
      { id: second.id },
      { id: first.id, booking: { amountUsd: '5.00' } },
    ]);
    const entryId = `ent_${first.wallet}_1`;
    for (let time = 0; time < 2; time += 1) {
      expect(await json('approvals', 'approve', first.id)).toMatchObject({
        state: 'approved',
        decidedBy: HERE,
        entryId,
      });
    }
    const client = await connect(database.ownerUrl);
    expect((await auditWallet(client, first.wallet)).map(({ available }) => available)).toEqual([5_000_000n]);
    expect(await auditWallet(client, second.wallet)).toEqual([]);
    await client.end();
    expect((await coffer('approvals', 'reject', second.id, '--reason', 'no')).stdout).toBe(
      `rejected ${second.id}: book ADJUSTMENT 5.00 USD: ticket 7\n`,
    );
    for (const id of [second.id, own.id]) {
      const refused = await coffer('approvals', 'approve', id);
      expect([refused.code, refused.stdout]).toEqual([1, '']);
      expect(refused.stderr).toMatch(id === own.id ? /somebody other than its requester/ : /rejected already/);
    }
    expect((await coffer('approvals', 'list')).stdout).toContain('ticket 7');
    expect((await coffer('approvals', 'approve', uuidV7(0))).code).toBe(4);
    expect((await coffer('approvals', 'approve', 'x')).code).toBe(2);
    expect((await coffer('approvals', 'list', '--state', 'lost')).code).toBe(2);
  });
});
