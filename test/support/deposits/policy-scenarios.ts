/** Credited money that its chain takes back, within the policy and beyond it. */
import { expect } from 'vitest';
import { listChainDues, listFreezes, releaseChain } from '../../../src/db/chains/freezes.ts';
import { listChainProgress } from '../../../src/db/chains/progress.ts';
import { balanceOf, configOf, eventually, newOrg, runDetector, type DepositRow, soon } from '../chains/bench.ts';
import { createSteppedClock } from '../fake-clock.ts';
import type { Bench, Scenario } from '../chains/chain-bench.ts';

/** Waits without mining, which could make older blocks final. */
async function stateOf({ depositsOf }: Bench, txHash: string, state: string): Promise<DepositRow[]> {
  return eventually(
    async () => depositsOf(txHash),
    (rows) => rows[0]?.state === state,
  );
}

async function reversesWithinPolicy(bench: Bench): Promise<void> {
  const { chain, db, takeAccount, depositsOf, detecting } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  await detecting(
    async ({ lines }) => {
      const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 8n });
      await stateOf(bench, txHash, 'credited');
      expect(await balanceOf(db, org)).toBe(8n);
      await chain.reorg(1);
      await chain.mine();
      const [deposit] = await eventually(
        async () => depositsOf(txHash),
        (rows) => rows[0]?.state === 'reversed' && rows[0].revision === 1,
      );
      expect(deposit?.entry_seq).toBeNull();
      expect(await balanceOf(db, org)).toBe(0n);
      await soon(() => {
        expect(lines).toContainEqual(expect.objectContaining({ event: 'deposit.reversed', txHash }));
      });
      expect(await listFreezes(db, chain.caip2)).toEqual([]);
    },
    { finality: { kind: 'depth', blocks: 0 } },
  );
}

async function freezesBeyondPolicy(bench: Bench): Promise<void> {
  const { chain, db, takeAccount, detecting } = bench;
  const [sender, other] = [takeAccount(), takeAccount()];
  const [org, second] = [await newOrg(db, chain.caip2, [sender]), await newOrg(db, chain.caip2, [other])];
  await detecting(
    async ({ lines }) => {
      const lost = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 8n });
      await stateOf(bench, lost.txHash, 'credited');
      await chain.mine(4);
      const head = await chain.head();
      await eventually(
        async () => (await listChainProgress(db)).get(chain.caip2)?.headBlock ?? 0,
        (read) => read >= head,
      );
      await chain.reorg(head - lost.blockNumber + 1);
      await chain.mine();
      await stateOf(bench, lost.txHash, 'orphaned');
      await soon(() => {
        expect(lines).toContainEqual(expect.objectContaining({ event: 'chain.frozen', chain: chain.caip2 }));
      });
      const held = await chain.send({ from: other, to: chain.creditsAddress, amountMicros: 5n });
      expect(await stateOf(bench, held.txHash, 'confirming')).toMatchObject([{ reason: 'chain_frozen' }]);
      expect([await balanceOf(db, org), await balanceOf(db, second)]).toEqual([8n, 0n]);
      expect(await listFreezes(db, chain.caip2)).toMatchObject([{ kind: 'deep_rewind', frozenBy: 'detector' }]);
      expect(await listChainDues(db, { chain: chain.caip2, limit: 10 })).toMatchObject({
        reversals: { count: 1, amountMicros: 8n, deposits: [{ txHash: lost.txHash }] },
        credits: { count: 1, amountMicros: 5n, deposits: [{ txHash: held.txHash }] },
      });
      await releaseChain(db, { chain: chain.caip2, by: 'test', at: new Date() });
      await chain.mine();
      await stateOf(bench, lost.txHash, 'reversed');
      await stateOf(bench, held.txHash, 'credited');
      expect([await balanceOf(db, org), await balanceOf(db, second)]).toEqual([0n, 5n]);
      await soon(() => {
        expect(lines.filter(({ event, org: of }) => event === 'deposit.reversed' && of === org)).toHaveLength(1);
      });
    },
    { finality: { kind: 'depth', blocks: 0 }, reorgBlocksMax: 2 },
  );
}

/** The machine's clock is set while the detector runs: forward, then back by more than that. */
async function outlivesClockJumps(bench: Bench): Promise<void> {
  const { chain, db, database, takeAccount, reaches } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  const clock = createSteppedClock(Date.now());
  const { detector, lines } = runDetector({ chains: [configOf(chain)], databaseUrl: database.appUrl, clock });
  try {
    const hours = [0, 3, -1, -24, 49];
    for (const [index, hour] of hours.entries()) {
      clock.step(hour * 3_600_000);
      const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 5n });
      await reaches(txHash, 'credited');
      expect(await balanceOf(db, org)).toBe(BigInt(index + 1) * 5n);
    }
    await soon(() => {
      expect(lines.filter(({ event, org: of }) => event === 'deposit.credited' && of === org)).toHaveLength(
        hours.length,
      );
    });
  } finally {
    await detector.stop();
  }
}

/** Run on every node by the detector's suite. */
export const POLICY_SCENARIOS: readonly Scenario[] = [
  ['F05 a credited transfer that leaves the chain within the policy is reversed, with an alarm', reversesWithinPolicy],
  [
    'F05 A12 a deeper rewrite freezes credits and reversals until the release, and lists what is due',
    freezesBeyondPolicy,
  ],
  ['F32 a clock that is set forward or back stops nothing, and credits nothing twice', outlivesClockJumps],
];
