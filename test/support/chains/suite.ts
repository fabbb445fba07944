/** The detector's promises on every chain; each chain family's test file runs them on its nodes. */
import { expect } from 'vitest';
import type { DevChain } from '../../../devnet/dev-chain.ts';
import { describeScenarios, USD, type Bench, type Scenario } from './chain-bench.ts';
import { balanceOf, bind, configOf, eventually, newOrg, runDetector, soon } from './bench.ts';
import { FAILPOINTS, prepareDetectorChild } from './child.ts';
import { pausesLeader } from './paused-leader.ts';
import { DEPOSIT_ADDRESS_SCENARIOS } from '../senders/address-scenarios.ts';
import { POLICY_SCENARIOS } from '../deposits/policy-scenarios.ts';

export type { Bench } from './chain-bench.ts';

async function creditsTransfer(bench: Bench): Promise<void> {
  const { chain, db, takeAccount, depositsOf, reaches, detecting } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  await detecting(async ({ lines }) => {
    const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 12_345_678n });
    await eventually(
      async () =>
        Promise.resolve(lines.some((line) => line.event === 'deposit.confirming' && line['txHash'] === txHash)),
      (confirming) => confirming,
    );
    expect(await depositsOf(txHash)).toMatchObject([{ entry_seq: null }]);
    expect(await balanceOf(db, org)).toBe(0n);
    const [deposit] = await reaches(txHash, 'credited');
    expect(deposit).toMatchObject({ amount: '12345678', org, from_address: sender, entry_seq: '1' });
    expect(await balanceOf(db, org)).toBe(12_345_678n);
    await soon(() => {
      const events = lines.filter((line) => line['txHash'] === txHash).map(({ event }) => event);
      expect(events).toContain('deposit.seen');
      expect(events).toContain('deposit.confirming');
      expect(events.at(-1)).toBe('deposit.credited');
    });
  });
}

async function ignoresTheRest(bench: Bench): Promise<void> {
  const { chain, db, takeAccount, depositsOf, reaches, detecting } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  const lookAlike = await chain.deployLookAlike();
  const to = chain.creditsAddress;
  await detecting(async () => {
    const reverted = await chain.sendReverted({ from: sender, to, amountMicros: USD });
    const zero = await chain.send({ from: sender, to, amountMicros: 0n });
    const foreign = await chain.send({ from: sender, to, amountMicros: USD, token: lookAlike });
    const elsewhere = await chain.send({ from: sender, to: takeAccount(), amountMicros: USD });
    const minted = await chain.faucet(to, 3n * USD);
    // Sent last: once it is credited, everything before it has been read.
    const real = await chain.send({ from: sender, to, amountMicros: 7n });
    await reaches(real.txHash, 'credited');
    expect(await reaches(zero.txHash, 'ignored')).toMatchObject([{ reason: 'zero_amount', entry_seq: null }]);
    expect(await reaches(minted, 'unmatched')).toMatchObject([{ reason: 'minted', entry_seq: null }]);
    for (const { txHash } of [reverted, foreign, elsewhere]) expect(await depositsOf(txHash)).toEqual([]);
    expect(await balanceOf(db, org)).toBe(7n);
  });
}

async function countsEveryTransfer(bench: Bench): Promise<void> {
  const { chain, db, takeAccount, reaches, detecting } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  await detecting(async () => {
    const amounts = [5n, 5n, 5n, 11n];
    const transfers = amounts.map((amountMicros) => ({ to: chain.creditsAddress, amountMicros }));
    const { txHash } = await chain.sendMany({ from: sender, transfers });
    const rows = await reaches(txHash, 'credited');
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map(({ ordinal }) => ordinal)).size).toBe(4);
    expect(await balanceOf(db, org)).toBe(26n);
  });
}

async function matchesAnyForm(bench: Bench): Promise<void> {
  const { chain, db, otherForm, takeAccount, reaches, detecting } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [otherForm(sender)]);
  const change = {
    creditsAddress: otherForm(chain.creditsAddress),
    tokens: [{ symbol: 'USDC', address: otherForm(chain.usdc), decimals: 6 as const }],
  };
  await detecting(async () => {
    const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 99n });
    await reaches(txHash, 'credited');
    expect(await balanceOf(db, org)).toBe(99n);
  }, change);
}

async function creditsStrangerLater(bench: Bench): Promise<void> {
  const { chain, db, takeAccount, reaches, detecting } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, []);
  await detecting(async () => {
    const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 4n * USD });
    const [deposit] = await reaches(txHash, 'unmatched');
    expect(deposit).toMatchObject({ reason: 'unknown_sender', org: null });
    // Blocks mined in quick succession have times ahead of the clock.
    await bind(db, org, chain.caip2, sender, new Date((deposit?.block_time.getTime() ?? 0) + 1_000));
    await reaches(txHash, 'credited');
    expect(await balanceOf(db, org)).toBe(4n * USD);
  });
}

async function sharesLeadership(bench: Bench): Promise<void> {
  const { chain, db, takeAccount, reaches, detecting } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  await detecting(async (second) => {
    await detecting(async () => {
      const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 21n });
      await reaches(txHash, 'credited');
    });
    const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 21n });
    await reaches(txHash, 'credited');
    expect(await balanceOf(db, org)).toBe(42n);
    await soon(() => {
      expect(second.detector.status()[0]?.state).toBe('running');
    });
  });
}

async function refusesWrongChain(bench: Bench): Promise<void> {
  const { chain, db, database, takeAccount, reaches } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  const wrong = configOf(chain, { caip2: chain.caip2.startsWith('eip155') ? 'eip155:9' : 'starknet:SN_OTHER' });
  const run = runDetector({ chains: [wrong, configOf(chain)], databaseUrl: database.appUrl });
  try {
    const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 2n });
    await reaches(txHash, 'credited');
    expect(await balanceOf(db, org)).toBe(2n);
    await soon(() => {
      expect(run.detector.status().map(({ state }) => state)).toEqual(['refused', 'running']);
    });
    expect(run.lines).toContainEqual(expect.objectContaining({ event: 'chain.refused', chain: wrong.caip2 }));
  } finally {
    await run.detector.stop();
  }
}

async function survivesKill(bench: Bench, failpoint: string): Promise<void> {
  const { chain, db, database, takeAccount, reaches } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 33n });
  const child = prepareDetectorChild([chain], database.appUrl);
  child.arm(failpoint);
  const first = child.start();
  const killedBy = await eventually(
    async () => {
      await chain.mine();
      return first.child.signalCode;
    },
    (signal) => signal !== null,
  );
  expect(killedBy).toBe('SIGKILL');
  expect(child.isArmed(failpoint)).toBe(false);
  const second = child.start();
  try {
    await reaches(txHash, 'credited');
  } finally {
    second.child.kill('SIGTERM');
    await second.finished;
    child.removeFiles();
  }
  expect(await balanceOf(db, org)).toBe(33n);
}

const SCENARIOS: readonly Scenario[] = [
  ['a transfer of a registered sender is credited once it is final', creditsTransfer],
  ['what is not a transfer of money to us credits nothing', ignoresTheRest],
  ['F33 A18 every transfer of one transaction counts, equal ones too', countsEveryTransfer],
  ['F39 addresses match in whatever form they were registered and configured', matchesAnyForm],
  ['a stranger waits unmatched and is credited once its sender is registered', creditsStrangerLater],
  ...POLICY_SCENARIOS,
  ...DEPOSIT_ADDRESS_SCENARIOS,
  ['a chain or token that is not the configured one is refused, and others go on', refusesWrongChain],
];

/** Scenarios that depend on processes and not on the node. */
const PROCESS_SCENARIOS: readonly Scenario[] = [
  ['two detectors at once credit once, and the second takes over when the first stops', sharesLeadership],
  ...(['detector.before-commit', 'detector.after-intent'] as const).map(
    (failpoint) =>
      [
        `F30 A64 a leader that is paused at ${failpoint} is replaced, and writes nothing when it goes on`,
        async (bench: Bench) => pausesLeader(bench, failpoint),
      ] as const,
  ),
  ...FAILPOINTS.map(
    (failpoint) =>
      [
        `F28 A24 killed at ${failpoint}, it credits once all the same`,
        async (bench: Bench) => survivesKill(bench, failpoint),
      ] as const,
  ),
];

/**
 * Runs the promises on one chain. `otherForm` writes an address in its other common form. `processes: false` leaves out
 * leadership and crashes, which another chain's run covers. `extra` holds scenarios that only this family has.
 */
export function describeDetector(
  name: string,
  open: () => Promise<{ chain: DevChain; stop: () => Promise<void> }>,
  otherForm: (address: string) => string,
  { processes = true, extra = [] }: { processes?: boolean; extra?: readonly Scenario[] } = {},
): void {
  const scenarios = [...SCENARIOS, ...extra, ...(processes ? PROCESS_SCENARIOS : [])];
  describeScenarios(name, open, { scenarios, otherForm, entriesMin: 6 });
}
