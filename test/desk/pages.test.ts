/** What the desk's pages of one thing read: an org with its balance, a deposit with what was read of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { storeVotes } from '../../src/db/deposits/votes.ts';
import { tracedDeposit } from '../../src/http/admin/deposit-schemas.ts';
import { orgDetailReply } from '../../src/http/admin/schemas.ts';
import { writeDeposit } from '../support/deposits/rows.ts';
import { EVM, startTestApi, TOKENS, type TestApi } from '../support/http/api.ts';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

it('GET /admin/orgs/{org} has the balance, of an org without entries, too', async () => {
  const { org, key } = await api.createCustomer(12n);
  const held = { amountUsd: '5', serviceType: 'AI_API', expiresInSeconds: 3_600 };
  expect((await api.call('POST', '/treasury/hold', { key, body: held })).status).toBe(200);
  const read = async (id: string): Promise<unknown> =>
    orgDetailReply.parse((await api.call('GET', `/admin/orgs/${id}`, { key: admin })).json);
  expect(await read(org)).toMatchObject({ id: org, availableUsd: '7.00', heldUsd: '5.00' });
  expect(await read(await api.createOrg('Empty'))).toMatchObject({ availableUsd: '0.00', heldUsd: '0.00' });
});

it('GET /admin/deposits/{id} has each block that it was read in, and what each RPC said of it', async () => {
  const { id, txHash } = await writeDeposit(api.db, { amount: 2_500_000n });
  const other = await writeDeposit(api.db, { txHash, ordinal: 1 });
  const at = new Date('2026-02-03T04:05:06.000Z');
  const later = new Date('2026-02-03T04:06:06.000Z');
  for (const [ordinal, block, orphanedAt, observedAt] of [
    [0, '0x01', later, at],
    [0, '0x02', null, later],
    [1, '0x01', null, at],
  ] as const) {
    await api.db.raw(
      `INSERT INTO deposit_observation (chain, token, tx_hash, ordinal, block_hash, block_number, block_time, from_address,
         to_address, amount, orphaned_at, observed_at)
       VALUES (?, ?, ?, ?, ?, 10, ?, '0x1', '0x2', 2500000, ?, ?)`,
      [EVM, TOKENS.evm, txHash, ordinal, block, at, orphanedAt, observedAt],
    );
  }
  const vote = { txHash, token: TOKENS.evm, rpc: 'one.test', vote: 'log_seen', detail: 'block 10' } as const;
  await storeVotes(
    api.db,
    EVM,
    [
      { ...vote, ordinal: 0 },
      { ...vote, ordinal: 1, detail: 'not of it' },
    ],
    at,
  );
  const read = async (deposit: string): Promise<ReturnType<typeof tracedDeposit.parse>> =>
    tracedDeposit.parse((await api.call('GET', `/admin/deposits/${deposit}`, { key: admin })).json);
  const { observations, votes } = await read(id);
  expect(observations).toEqual([
    {
      blockNumber: 10,
      blockHash: '0x01',
      amountUnits: '2500000',
      observedAt: at.toISOString(),
      orphanedAt: later.toISOString(),
    },
    { blockNumber: 10, blockHash: '0x02', amountUnits: '2500000', observedAt: later.toISOString(), orphanedAt: null },
  ]);
  expect(votes).toEqual([{ rpc: 'one.test', vote: 'log_seen', detail: 'block 10', at: at.toISOString() }]);
  expect((await read(other.id)).observations).toHaveLength(1);
});
