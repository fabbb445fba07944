/** What operators and orgs see and do of the credit policy over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { chainsReply, freezeReply, releaseReply } from '../../src/http/admin/chain-schemas.ts';
import { orgReply } from '../../src/http/admin/schemas.ts';
import { depositsReply } from '../../src/http/treasury/schemas.ts';
import { EVM, startTestApi, type TestApi } from '../support/http/api.ts';
import { pathsOfErrors } from '../support/asserts.ts';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

describe('the kill switch', () => {
  const path = `/admin/chains/${EVM}`;
  const freezesNow = async (): Promise<unknown> => {
    const { json } = await api.call('GET', '/admin/chains', { key: admin });
    const found = chainsReply.parse(json).chains.find(({ chain }) => chain === EVM);
    return found && [found.state, found.freezes.map(({ reason }) => reason), found.dues?.reversals.count ?? null];
  };

  test('A12 freezes a chain, shows why and what is due, and releases it', async () => {
    const freeze = async (reason: string): Promise<unknown> =>
      freezeReply.parse((await api.call('POST', `${path}/freeze`, { key: admin, body: { reason } })).json);
    expect(await freeze('the bridge is under attack')).toEqual({ chain: EVM, frozen: true, changed: true });
    expect(await freeze('again')).toEqual({ chain: EVM, frozen: true, changed: false });
    expect(await freezesNow()).toEqual(['frozen', ['the bridge is under attack'], 0]);
    const release = async (): Promise<unknown[]> =>
      releaseReply.parse((await api.call('POST', `${path}/release`, { key: admin, body: {} })).json).released;
    expect(await release()).toMatchObject([
      { kind: 'operator', reason: 'the bridge is under attack', frozenBy: expect.stringMatching(/^key:/) },
    ]);
    expect(await release()).toEqual([]);
    expect(await freezesNow()).toEqual(['waiting', [], null]);
  });

  test.each(['freeze', 'release'])('%s is for admin keys alone, and for chains that are configured', async (call) => {
    const { key } = await api.createCustomer();
    const body = { body: call === 'freeze' ? { reason: 'r' } : {} };
    expect((await api.call('POST', `${path}/${call}`, { key, ...body })).status).toBe(403);
    expect((await api.call('POST', `${path}/${call}`, body)).status).toBe(401);
    const unknown = await api.call('POST', `/admin/chains/eip155:999999/${call}`, { key: admin, ...body });
    expect([unknown.status, unknown.json['code']]).toEqual([404, 'NOT_FOUND']);
  });

  test('a freeze without a reason is refused', async () => {
    expect(pathsOfErrors(await api.call('POST', `${path}/freeze`, { key: admin, body: {} }))).toEqual(['reason']);
  });
});

describe('the provisional limit of an org', () => {
  test('A13 is set by the operator, shown, and is none to begin with', async () => {
    const { org } = await api.createCustomer();
    const change = async (body: object): Promise<string> => {
      const { json } = await api.call('PATCH', `/admin/orgs/${org}`, { key: admin, body });
      return orgReply.parse(json).provisionalLimitUsd;
    };
    expect(await change({})).toBe('0.00');
    expect(await change({ provisionalLimitUsd: '250.5' })).toBe('250.50');
    expect(await change({ name: 'Other' })).toBe('250.50');
    expect(await change({ provisionalLimitUsd: '0' })).toBe('0.00');
    const bad = await api.call('PATCH', `/admin/orgs/${org}`, { key: admin, body: { provisionalLimitUsd: '-1' } });
    expect(pathsOfErrors(bad)).toEqual(['provisionalLimitUsd']);
  });

  test('A13 is not for the org itself to set', async () => {
    const { key } = await api.createCustomer();
    const own = await api.call('PATCH', '/treasury/settings', { key, body: { provisionalLimitUsd: '1' } });
    expect(pathsOfErrors(own)).toEqual(['provisionalLimitUsd']);
  });
});

describe('pending deposits', () => {
  test('tell n of m and the seconds that are left at the pace of the chain, credited ones whether it was early', async () => {
    const { key, org } = await api.createCustomer();
    const { db } = api;
    const at = new Date();
    const add = async (block: number, state: string, provisional: boolean): Promise<void> => {
      await db.raw(
        `INSERT INTO deposit (id, chain, token, tx_hash, ordinal, from_address, to_address, amount, block_number,
           block_hash, block_time, state, org, wallet, provisional, observed_at, updated_at)
         VALUES (?, ?, 'usdc', ?, 0, 'a', 'b', 5, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          uuidV7(Date.now()),
          EVM,
          `0x${block}`,
          block,
          `0xb${block}`,
          at,
          state,
          org,
          state === 'credited' ? uuidV7(Date.now()) : null,
          provisional,
          at,
          at,
        ],
      );
    };
    await db.raw(
      `INSERT INTO chain_cursor (chain, start_block, next_block, head_block, credit_block, hard_final_block, scanned_at)
       VALUES (?, 0, 101, 100, 40, 40, now())`,
      [EVM],
    );
    await db.raw(
      `INSERT INTO block_checkpoint (chain, number, hash, parent_hash, block_time)
       SELECT ?, n, n::text, '', timestamptz '2026-01-01' + n * interval '2.5 seconds' FROM unnest(ARRAY[10, 60, 100]) n`,
      [EVM],
    );
    await add(90, 'confirming', false);
    await add(41, 'observed', false);
    await add(30, 'credited', true);
    const { json } = await api.call('GET', '/treasury/deposits', { key });
    const seen = depositsReply
      .parse(json)
      .deposits.map((one) => [
        one.txHash,
        one.confirmations,
        one.confirmationsNeeded,
        one.estimatedSeconds,
        one.provisional,
      ]);
    expect(new Set(seen)).toEqual(
      new Set([
        ['0x90', 10, 60, 125, false],
        ['0x41', 59, 60, 3, false],
        ['0x30', 60, 60, null, true],
      ]),
    );
  });
});
