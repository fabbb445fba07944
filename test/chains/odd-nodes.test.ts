/** One odd thing on a chain stops nothing else: notices that cannot be read, transfers that cannot be placed. */
import { expect, test } from 'vitest';
import { audit } from '../../detector/audit/audit.ts';
import { RpcFault } from '../../detector/rpc/fault.ts';
import { ChainScan } from '../../detector/scan/scan.ts';
import { listBalancesToCheck } from '../../src/db/chains/balances.ts';
import { listFreezes } from '../../src/db/chains/freezes.ts';
import { CREDITS, TOKEN } from '../support/chains/memory-chain.ts';
import { useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();

async function roundAndAudit(given: RoundBench): Promise<void> {
  await given.round();
  await audit({ ...given, reach: await new ChainScan(given.context).run(given.pool, given.lease, true) });
}

test('S09 whose notices cannot be read keep no balance from being checked', async () => {
  const given = bench();
  const { chain, caip2, db, sender } = given;
  await given.newOwner();
  chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
  chain.mineMany(3);
  chain.tokenNotices = async () => Promise.reject(new RpcFault('rpc_error', 'no such logs'));
  await expect(roundAndAudit(given)).rejects.toThrow('no such logs');
  const checked = { chain: caip2, tokens: [TOKEN], first: [CREDITS], sinceBlock: -1, limit: 10 };
  expect(await listBalancesToCheck(db, checked)).toMatchObject([{ address: CREDITS, proven: { amount: 5n } }]);
});

test('S09 transfers that cannot be placed are no new layout', async () => {
  const given = bench();
  const { chain, sender } = given;
  for (const txHash of ['0x1', '0x2', '0x3', '0x4']) {
    chain.mine([{ txHash, from: sender, amount: 5n, malformed: 'unplaced: no receipt' }]);
  }
  await roundAndAudit(given);
  expect(await listFreezes(given.db, given.caip2)).toEqual([]);
  expect(await given.deposits()).toMatchObject(
    Array.from({ length: 4 }, () => ({ state: 'quarantined', reason: 'unplaced: no receipt' })),
  );
});
